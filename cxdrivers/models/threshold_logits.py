"""Fit a logit at every threshold of the grades, and test whether their slopes are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.cumulative_fit import CumulativeFit, fit_cumulative
from cxdrivers.models.separation import separating_direction
from cxdrivers.moments.sums import cluster_sums

LEAST_A_COLUMN = 5
"""Respondents a column that must lie on each side of a threshold."""
LEAST_P = 0.05
"""A p-value below this counts as a difference."""
FEW, SEPARATED = "few", "separated"


@dataclass(frozen=True, eq=False)
class ThresholdLogits:
    """A logit of reaching each of T thresholds, on the same m columns.

    Attributes
    ----------
    thresholds
        From which grade on, lowest first.
    fits
        One for each of them.
    left_out
        Threshold → why it has no fit: ``few`` on one of its sides, or ``separated``.
    covariance
        Shape ``(T, m, T, m)``: of the slopes with each other.
    units
        Respondents, or clusters, that it was estimated from.
    """

    thresholds: tuple[float, ...]
    fits: tuple[CumulativeFit, ...]
    left_out: dict[float, str]
    covariance: FloatArray
    units: int


@dataclass(frozen=True)
class SlopeTest:
    """A test that slopes are equal at all thresholds.

    Attributes
    ----------
    statistic
        Wald's, the sum of df squares. NaN where it cannot be told.
    df
        How many differences are tested.
    p_value
        By Hotelling's T², since the covariance is estimated from units that may be few.
    """

    statistic: float
    df: int
    p_value: float


def fit_thresholds(
    columns: FloatArray,
    outcome: FloatArray,
    weights: FloatArray | None = None,
    cluster: NDArray[np.intp] | None = None,
) -> ThresholdLogits:
    """Fit a logit of reaching each grade but the lowest, where the answers suffice.

    The slopes at different thresholds are of the same respondents, so they go together: their
    covariance is the sum over units of the products of each unit's pulls. That is Brant's (1990,
    *Biometrics* 46, 1171–1178) with what happened in place of what the logits expect, so it holds
    for survey weights and clusters too.

    Parameters
    ----------
    columns
        Shape ``(n, m)``, not tied to each other and none of them constant.
    outcome
        Shape ``(n,)``: grades.
    weights, cluster
        Shape ``(n,)``, or None.
    """
    fits: dict[float, CumulativeFit] = {}
    left_out: dict[float, str] = {}
    for threshold in np.unique(outcome)[1:].tolist():
        reached = (outcome >= threshold).astype(np.float64)
        if min(reached.sum(), (1 - reached).sum()) < LEAST_A_COLUMN * columns.shape[1]:
            left_out[threshold] = FEW
        elif separating_direction(columns, reached) is not None:
            left_out[threshold] = SEPARATED
        else:
            fits[threshold] = fit_cumulative(columns, reached, weights)
    pulls = np.column_stack([np.empty((len(outcome), 0)), *map(_slope_pulls, fits.values())])
    if cluster is not None:
        pulls = cluster_sums(pulls, cluster)
    units, shape = len(pulls), (len(fits), columns.shape[1])
    covariance = pulls.T @ pulls * units / (units - 1)
    return ThresholdLogits(
        tuple(fits), tuple(fits.values()), left_out, covariance.reshape(shape + shape), units
    )


def equal_slopes(logits: ThresholdLogits, columns: Sequence[int]) -> SlopeTest:
    """Test whether the slopes of some columns are the same at all thresholds.

    Parameters
    ----------
    logits
        At T thresholds.
    columns
        Positions of the columns.

    Returns
    -------
    SlopeTest
        NaN with fewer than two thresholds, without columns, and when there are no more units than
        differences.
    """
    count, chosen = len(logits.fits), list(columns)
    df = max(count - 1, 0) * len(chosen)
    if not df or logits.units <= df:
        return SlopeTest(np.nan, df, np.nan)
    slopes = np.stack([fit.slopes[chosen] for fit in logits.fits]).ravel()
    covariance = logits.covariance[:, chosen][:, :, :, chosen].reshape(len(slopes), len(slopes))
    contrasts = np.kron(np.diff(np.eye(count), axis=0), np.eye(len(chosen)))
    differences = contrasts @ slopes
    spread = contrasts @ covariance @ contrasts.T
    statistic = float(differences @ np.linalg.solve(spread, differences))
    freedom = logits.units - df
    squared = statistic * freedom / ((logits.units - 1) * df)
    return SlopeTest(statistic, df, float(stats.f.sf(squared, df, freedom)))


def _slope_pulls(fit: CumulativeFit) -> FloatArray:
    return fit.influence[:, len(fit.thresholds) :]
