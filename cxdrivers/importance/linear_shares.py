"""Share R² among drivers, for one covariance matrix or a thousand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.importance.adjustment import subset_values
from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.shapley import shapley
from cxdrivers.importance.walk import walked_shares

MOST_DRIVERS = 30
"""How many drivers can be weighed exactly in a minute."""
WALK_FROM = 14
"""From so many drivers on, walking the lattice depth first beats holding all of it."""
VALUES_AT_ONCE = 2**22


def linear_shares(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return LMG: every driver's Shapley share of R².

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    always
        Positions of controls: columns that are in every subset. The shares then add up to R² minus
        that of the controls alone.
    n
        Effective number of respondents; needed when `adjust` is not 0.
    adjust
        How often R² is adjusted for noise: 0 for the classic shares, 1 for adjusted ones.

    Returns
    -------
    ndarray, shape ``(..., p)``

    Raises
    ------
    FitError
        When there are more than 30 drivers (see `sampled_shares`), or too few respondents.
    """
    if len(groups) > MOST_DRIVERS:
        raise FitError("too_many_drivers", count=len(groups), most=MOST_DRIVERS)
    if len(groups) >= WALK_FROM:
        progress = covariance.ndim == 2
        return walked_shares(
            covariance, groups, always=always, n=n, adjust=adjust, progress=progress
        )
    leading = covariance.shape[:-2]
    matrices = covariance.reshape(-1, *covariance.shape[-2:])
    step = max(1, VALUES_AT_ONCE >> len(groups))
    shares = np.empty((len(matrices), len(groups)))
    for start in range(0, len(matrices), step):
        part = matrices[start : start + step]
        values = subset_values(part, groups, always=always, n=n, adjust=adjust)
        shares[start : start + step] = shapley(values)
    return shares.reshape(*leading, len(groups))


def explained(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> float:
    """Return R² of all drivers beside the controls, for one covariance matrix.

    Parameters
    ----------
    covariance, groups, always, n, adjust
        As `linear_shares`.
    """
    whole = [column for group in groups for column in group]
    return float(added_by(covariance, whole, always=always, n=n, adjust=adjust))


def added_by(
    covariance: FloatArray,
    columns: Sequence[int],
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return what some columns add to the R² of those that are always in, shape ``(...)``."""
    values = subset_values(covariance, [columns], always=always, n=n, adjust=adjust)
    added: FloatArray = values[..., 1] - values[..., 0]
    return added


def own_shares(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return what R² loses when each driver is left out: its squared semipartial correlation.

    Known as the usefulness of a driver (Darlington 1968, *Psychological Bulletin* 69, 161–182), and
    as "last" in relaimpo.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    always
        Positions of controls, which stay in when a driver is left out.
    n, adjust
        Effective number of respondents, and how often R² is adjusted for it.

    Returns
    -------
    ndarray, shape ``(..., p)``

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> own_shares(matrix, [(0,), (1,)])
    array([0.15868132, 0.06868132])
    """
    shares = np.empty((*covariance.shape[:-2], len(groups)))
    for place, group in enumerate(groups):
        others = [*groups[:place], *groups[place + 1 :]]
        kept = [*always, *(column for other in others for column in other)]
        shares[..., place] = added_by(covariance, group, always=kept, n=n, adjust=adjust)
    return shares
