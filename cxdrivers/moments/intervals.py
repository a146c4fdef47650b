"""Turn resampled numbers into intervals.

Resamples are always the first axis, and NaN where a resample could not give the number. An
interval is NaN where more of them are NaN than one tail holds: then it cannot be told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from cxdrivers.moments.quantiles import Quantiles, linear_quantiles
from cxdrivers.moments.sums import FloatArray

Interval = tuple[FloatArray, FloatArray]


def percentile_interval(
    replicates: FloatArray, level: float, *, quantiles: Quantiles = linear_quantiles
) -> Interval:
    """Return the middle `level` of resampled numbers, along the first axis.

    Parameters
    ----------
    replicates
        Shape ``(B, ...)``, NaN where a resample could not give the number.
    level
        For example 0.95.
    quantiles
        How quantiles are read; `normal_quantiles` reads them as R's package boot does.

    Returns
    -------
    low, high
        Shape ``(...)``. NaN without resamples, and where more of them are NaN than one tail
        holds: then the interval cannot be told.
    """
    tail = np.full(replicates.shape[1:], (1 - level) / 2)
    return _between(replicates, level, quantiles, tail, 1 - tail)


def basic_interval(
    estimate: FloatArray,
    replicates: FloatArray,
    level: float,
    *,
    quantiles: Quantiles = linear_quantiles,
) -> Interval:
    """Return the percentile interval, turned round the estimate.

    What resamples lie above the estimate, the estimate is taken to lie above the truth (Davison &
    Hinkley 1997, section 5.2). It can leave the range that a share has.

    Parameters
    ----------
    estimate
        Shape ``(...)``.
    replicates, level, quantiles
        As `percentile_interval`.
    """
    low, high = percentile_interval(replicates, level, quantiles=quantiles)
    return 2 * estimate - high, 2 * estimate - low


def normal_interval(estimate: FloatArray, replicates: FloatArray, level: float) -> Interval:
    """Return the estimate without its bias, and standard errors to both sides.

    Bias and standard error are those of the resamples: their mean minus the estimate, and their
    standard deviation (Davison & Hinkley 1997, section 5.2).

    Parameters
    ----------
    estimate
        Shape ``(...)``.
    replicates, level
        As `percentile_interval`; at least two resamples.
    """
    told = _is_told(replicates, level)
    if len(replicates) < 2:
        return _nothing(told), _nothing(told)
    given = np.where(told, replicates, 0.0)
    centre = 2 * estimate - np.nanmean(given, axis=0)
    reach = ndtri((1 + level) / 2) * np.nanstd(given, axis=0, ddof=1)
    return np.where(told, centre - reach, np.nan), np.where(told, centre + reach, np.nan)


def bca_interval(
    estimate: FloatArray,
    replicates: FloatArray,
    influence: FloatArray,
    level: float,
    *,
    quantiles: Quantiles = linear_quantiles,
) -> Interval:
    """Return the percentile interval at levels mended for bias and for a spread that grows.

    The bias is the share of resamples below the estimate (ties count half), the growth of the
    spread the skewness of the influence values (Efron 1987, *Journal of the American Statistical
    Association* 82, 171–185). With influence from a jackknife the number of resamples may be
    smaller than that of respondents, where R's package boot stops.

    Parameters
    ----------
    estimate
        Shape ``(...)``.
    replicates, level, quantiles
        As `percentile_interval`.
    influence
        Shape ``(units, ...)``: how much each unit pulls at the estimate (`jackknife_influence`).

    Returns
    -------
    low, high
        Shape ``(...)``. NaN also where the estimate lies outside all resamples, where it is NaN
        itself, and where more of its influence values are NaN than one tail holds.
    """
    if not len(replicates):
        return percentile_interval(replicates, level)
    given = np.maximum((~np.isnan(replicates)).sum(axis=0), 1)
    below = (replicates < estimate).sum(axis=0) + (replicates == estimate).sum(axis=0) / 2
    bias = ndtri(below / given)
    told = np.isfinite(bias) & np.isfinite(estimate) & _is_told(influence, level)
    growth = _acceleration(influence)
    probabilities = []
    for end in (-1, 1):
        shift = np.where(told, bias, 0.0) + end * ndtri((1 + level) / 2)
        told &= growth * shift < 1
        stretched = shift / np.where(told, 1 - growth * shift, 1.0)
        probabilities.append(ndtr(np.where(told, bias + stretched, 0.0)))
    low, high = _between(replicates, level, quantiles, *probabilities)
    return np.where(told, low, np.nan), np.where(told, high, np.nan)


def replicate_interval(
    estimate: FloatArray,
    replicates: FloatArray,
    level: float,
    *,
    scale: float | None = None,
    degrees: int | None = None,
) -> Interval:
    """Return the interval that the replicate weights of a survey design give.

    The squared standard error is the scale times the sum of squared deviations of the replicates
    from the estimate (Wolter 2007, *Introduction to Variance Estimation*, chapter 3).

    Parameters
    ----------
    estimate
        Shape ``(...)``: under the survey's own weight.
    replicates
        Shape ``(R, ...)``: under each replicate weight. One that is NaN leaves no interval: every
        replicate stands for a part of the sample.
    level
        For example 0.95.
    scale
        1/R by default, as for balanced repeated replication; (R − 1)/R for a jackknife.
    degrees
        Degrees of freedom of the t quantile (`replicate_degrees`); R − 1 by default.
    """
    count = len(replicates)
    freedom = count - 1 if degrees is None else degrees
    if count < 2 or freedom < 1:
        nothing = np.full(replicates.shape[1:], np.nan)
        return nothing, nothing.copy()
    factor = 1 / count if scale is None else scale
    error = np.sqrt(factor * ((replicates - estimate) ** 2).sum(axis=0))
    reach = stdtrit(freedom, (1 + level) / 2) * error
    return estimate - reach, estimate + reach


def _between(
    replicates: FloatArray, level: float, quantiles: Quantiles, low: FloatArray, high: FloatArray
) -> Interval:
    """Return the quantiles at two probabilities a column, NaN where too few resamples tell."""
    told = _is_told(replicates, level)
    if not len(replicates):
        return _nothing(told), _nothing(told)
    given = np.where(told, replicates, 0.0)
    ends = (quantiles(given, low), quantiles(given, high))
    return np.where(told, ends[0], np.nan), np.where(told, ends[1], np.nan)


def _is_told(numbers: FloatArray, level: float) -> NDArray[np.bool_]:
    """Say where no more numbers are missing than one tail holds."""
    if not len(numbers):
        return np.zeros(numbers.shape[1:], dtype=bool)
    told: NDArray[np.bool_] = np.isnan(numbers).mean(axis=0) <= (1 - level) / 2
    return told


def _nothing(told: NDArray[np.bool_]) -> FloatArray:
    return np.full(told.shape, np.nan)


def _acceleration(influence: FloatArray) -> FloatArray:
    """Return the skewness of influence values over six root n; 0 where there is no influence."""
    given = np.nan_to_num(influence)
    largest = np.abs(given).max(axis=0, initial=0.0)
    given = given / np.where(largest > 0, largest, 1.0)
    squares: FloatArray = (given**2).sum(axis=0)
    cubes: FloatArray = (given**3).sum(axis=0)
    return cubes / (6 * np.where(squares > 0, squares, 1.0) ** 1.5)
