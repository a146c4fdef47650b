"""Share R² among drivers, for one covariance matrix or a thousand."""

from __future__ import annotations

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.importance.adjustment import adjusted_values
from cxdrivers.importance.lattice import FloatArray, Groups, r_squared_values, subset_sizes
from cxdrivers.importance.shapley import shapley

MOST_DRIVERS = 25
VALUES_AT_ONCE = 2**22


def linear_shares(
    covariance: FloatArray, groups: Groups, *, n: float | None = None, adjust: int = 0
) -> FloatArray:
    """Return LMG: every driver's Shapley share of R².

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    n
        Effective number of respondents; needed when `adjust` is not 0.
    adjust
        How often R² is adjusted for noise: 0 for the classic shares, 1 for a sample, 2 for a
        resample of it.

    Returns
    -------
    ndarray, shape ``(..., p)``

    Raises
    ------
    FitError
        When there are more drivers than the lattice can hold, or too few respondents.
    """
    if len(groups) > MOST_DRIVERS:
        raise FitError("too_many_drivers", count=len(groups), most=MOST_DRIVERS)
    leading = covariance.shape[:-2]
    matrices = covariance.reshape(-1, *covariance.shape[-2:])
    sizes = subset_sizes(groups)
    step = max(1, VALUES_AT_ONCE // len(sizes))
    shares = np.empty((len(matrices), len(groups)))
    for start in range(0, len(matrices), step):
        values = r_squared_values(matrices[start : start + step], groups)
        if adjust and n is not None:
            values = adjusted_values(values, sizes, n, times=adjust)
        shares[start : start + step] = shapley(values)
    return shares.reshape(*leading, len(groups))


def own_shares(covariance: FloatArray, groups: Groups) -> FloatArray:
    """Return what R² loses when each driver is left out: its squared semipartial correlation.

    Parameters
    ----------
    covariance
        Shape ``(k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    """
    everything = _r_squared(covariance, groups)
    without = [
        _r_squared(covariance, [*groups[:place], *groups[place + 1 :]])
        for place in range(len(groups))
    ]
    return everything - np.array(without)


def _r_squared(covariance: FloatArray, groups: Groups) -> float:
    columns = tuple(column for group in groups for column in group)
    return float(r_squared_values(covariance, [columns])[1]) if columns else 0.0
