"""Hold two proportions side by side, with intervals that also hold for few and for none.

A proportion of a weighted or clustered sample comes with its effective number of respondents
(`effective_sizes`), which may be a fraction (Rao & Scott 1992, *Biometrics* 48, 577–585).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtri

from cxdrivers.importance.lattice import FloatArray

BoolArray = NDArray[np.bool_]
Interval = tuple[FloatArray, FloatArray]

HALF = 0.5
"""What is added to every cell of a table with an empty one (Haldane 1956; Anscombe 1956)."""


@dataclass(frozen=True, eq=False)
class Ratio:
    """A ratio of chances or of odds.

    Attributes
    ----------
    estimate, low, high
        Shape ``(...)``.
    mended
        Shape ``(...)``: where half a respondent was added to each cell, since one was empty.
    """

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    mended: BoolArray


def wilson_interval(share: FloatArray, n: FloatArray, level: float) -> Interval:
    """Return the score interval of a proportion (Wilson 1927, *JASA* 22, 209–212).

    It holds its promise for few respondents and for proportions of 0 and 1, where the usual
    interval has no width (Brown, Cai & DasGupta 2001, *Statistical Science* 16, 101–133).

    Parameters
    ----------
    share
        Shape ``(...)``, from 0 to 1.
    n
        Shape ``(...)``: respondents, effective ones with weights or clusters.
    level
        For example 0.95.

    Returns
    -------
    low, high
        Shape ``(...)``; NaN without respondents.

    Examples
    --------
    >>> low, high = wilson_interval(np.array([0.0, 0.36]), np.array([10.0, 100.0]), 0.95)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.273], [0.278, 0.458])
    """
    share, n = np.broadcast_arrays(np.asarray(share, np.float64), np.asarray(n, np.float64))
    there = n > 0
    size = np.where(there, n, 1.0)
    square = ndtri((1 + level) / 2) ** 2
    middle = (share + square / (2 * size)) / (1 + square / size)
    reach = np.sqrt(square * (share * (1 - share) / size + square / (4 * size**2)))
    reach /= 1 + square / size
    low = np.where(share == 0, 0.0, np.clip(middle - reach, 0, 1))
    high = np.where(share == 1, 1.0, np.clip(middle + reach, 0, 1))
    return np.where(there, low, np.nan), np.where(there, high, np.nan)


def difference_interval(
    first: tuple[FloatArray, FloatArray, FloatArray],
    second: tuple[FloatArray, FloatArray, FloatArray],
) -> Interval:
    """Return the interval of first minus second, from an interval of each.

    With Wilson's intervals it is Newcombe's hybrid score interval (1998, *Statistics in Medicine*
    17, 873–890, method 10); for other intervals see Zou & Donner (2008, *Statistics in Medicine*
    27, 1693–1702).

    Parameters
    ----------
    first, second
        Estimate, low and high of two independent quantities, each of shape ``(...)``.

    Examples
    --------
    >>> low, high = difference_interval((0.36, 0.28, 0.45), (0.14, 0.09, 0.21))
    >>> round(float(low), 2), round(float(high), 2)
    (0.11, 0.32)
    """
    gap = np.asarray(first[0] - second[0], np.float64)
    below = np.hypot(first[0] - first[1], second[2] - second[0])
    above = np.hypot(first[2] - first[0], second[0] - second[1])
    return gap - below, gap + above


def newcombe_interval(
    first: FloatArray, first_n: FloatArray, second: FloatArray, second_n: FloatArray, level: float
) -> Interval:
    """Return the hybrid score interval of a difference of two proportions.

    Parameters
    ----------
    first, second
        Shape ``(...)``.
    first_n, second_n
        Shape ``(...)``: respondents behind each.
    level
        For example 0.95.
    """
    return difference_interval(
        (first, *wilson_interval(first, first_n, level)),
        (second, *wilson_interval(second, second_n, level)),
    )


def difference_p_value(
    first: FloatArray, first_n: FloatArray, second: FloatArray, second_n: FloatArray
) -> FloatArray:
    """Return the p-value of no difference between two independent proportions.

    The "N − 1" chi-squared test (Campbell 2007, *Statistics in Medicine* 26, 3661–3675), which
    holds its level in small groups where Pearson's does not and Fisher's is too careful.

    Parameters
    ----------
    first, second
        Shape ``(...)``.
    first_n, second_n
        Shape ``(...)``: respondents behind each, NaN where not known.

    Returns
    -------
    array
        Shape ``(...)``; 1 where everybody or nobody says yes, NaN where an n is not known.

    Examples
    --------
    >>> difference_p_value(np.array([0.4, 0.0]), 50.0, np.array([0.2, 0.0]), 50.0).round(4).tolist()
    [0.0299, 1.0]
    """
    total = np.asarray(first_n + second_n, np.float64)
    pooled = (first * first_n + second * second_n) / total
    spread = pooled * (1 - pooled) * (1 / first_n + 1 / second_n)
    square = np.zeros_like(spread)
    np.divide((first - second) ** 2 * (total - 1) / total, spread, out=square, where=spread > 0)
    p_values: FloatArray = np.where(np.isnan(spread), np.nan, chdtrc(1.0, square))
    return p_values


def risk_ratio(
    first: FloatArray, first_n: FloatArray, second: FloatArray, second_n: FloatArray, level: float
) -> Ratio:
    """Return first over second, with an interval that is normal in its logarithm.

    Katz et al. (1978, *Biometrics* 34, 469–474). Where nobody is in one of the two, half a
    respondent is added to each of the four cells.

    Parameters
    ----------
    first, first_n, second, second_n, level
        As `newcombe_interval`.
    """
    mended = (np.asarray(first) == 0) | (np.asarray(second) == 0)
    yes, n, yes_other, n_other = _cells(first, first_n, second, second_n, mended)
    spread = np.sqrt(1 / yes - 1 / n + 1 / yes_other - 1 / n_other)
    return _ratio((yes / n) / (yes_other / n_other), spread, mended, level)


def odds_ratio(
    first: FloatArray, first_n: FloatArray, second: FloatArray, second_n: FloatArray, level: float
) -> Ratio:
    """Return the odds of the first over those of the second, normal in the logarithm.

    Woolf (1955, *Annals of Human Genetics* 19, 251–253). Where one of the four cells is empty,
    half a respondent is added to each.

    Parameters
    ----------
    first, first_n, second, second_n, level
        As `newcombe_interval`.
    """
    shares = np.stack(np.broadcast_arrays(first, second))
    mended: BoolArray = np.asarray(((shares == 0) | (shares == 1)).any(axis=0))
    yes, n, yes_other, n_other = _cells(first, first_n, second, second_n, mended)
    no, no_other = n - yes, n_other - yes_other
    spread = np.sqrt(1 / yes + 1 / no + 1 / yes_other + 1 / no_other)
    return _ratio((yes / no) / (yes_other / no_other), spread, mended, level)


def _cells(
    first: FloatArray,
    first_n: FloatArray,
    second: FloatArray,
    second_n: FloatArray,
    mended: BoolArray,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    more = np.where(mended, HALF, 0.0)
    return (
        first * first_n + more,
        first_n + 2 * more,
        second * second_n + more,
        second_n + 2 * more,
    )


def _ratio(estimate: FloatArray, spread: FloatArray, mended: BoolArray, level: float) -> Ratio:
    reach = np.exp(ndtri((1 + level) / 2) * spread)
    return Ratio(estimate, estimate / reach, estimate * reach, mended)
