"""Turn coefficients and their covariance into tests and intervals (Wald 1943)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.models.terms import TermEstimates


def wald_terms(
    estimate: FloatArray,
    covariance: FloatArray,
    groups: Groups,
    *,
    level: float,
    freedom: float = np.inf,
) -> TermEstimates:
    """Return tests and intervals of coefficients, from their covariance.

    Parameters
    ----------
    estimate
        Shape ``(k,)``.
    covariance
        Shape ``(k, k)``; NaN in the rows and columns of what has no standard error.
    groups
        The columns of each driver, for the test that none of them has an effect.
    level, freedom
        Of the intervals, and of the t and F distributions; infinite for the normal and χ².
    """
    std_error = np.sqrt(np.diag(covariance))
    statistic = estimate / std_error
    reach = stats.t.ppf((1 + level) / 2, freedom) * std_error
    return TermEstimates(
        estimate=estimate,
        std_error=std_error,
        statistic=statistic,
        p_value=2 * stats.t.sf(np.abs(statistic), freedom),
        conf_low=estimate - reach,
        conf_high=estimate + reach,
        own_p_value=np.array([_joint(estimate, covariance, group, freedom) for group in groups]),
    )


def _joint(
    estimate: FloatArray, covariance: FloatArray, group: Sequence[int], freedom: float
) -> float:
    """Return the p-value of the test that all coefficients with an error are zero."""
    tested = [column for column in group if np.isfinite(covariance[column, column])]
    if not tested:
        return np.nan
    inner = covariance[np.ix_(tested, tested)]
    statistic = estimate[tested] @ np.linalg.pinv(inner, hermitian=True) @ estimate[tested]
    size = int(np.linalg.matrix_rank(inner, hermitian=True))
    if np.isinf(freedom):
        return float(stats.chi2.sf(statistic, size))
    return float(stats.f.sf(statistic / size, size, freedom))
