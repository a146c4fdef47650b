"""Read quantiles of resampled numbers, for every column at its own probability."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtri

from cxdrivers.moments.sums import FloatArray

Quantiles = Callable[[FloatArray, FloatArray], FloatArray]
"""A way to read quantiles: numbers, shape ``(B, ...)`` with NaN where there is none, and
probabilities, shape ``(...)``; the quantile of each column at its probability, shape ``(...)``."""


def linear_quantiles(numbers: FloatArray, probabilities: FloatArray) -> FloatArray:
    """Return quantiles in a straight line between order statistics, as NumPy and pandas do.

    Examples
    --------
    >>> float(linear_quantiles(np.arange(101.0), np.array(0.025)))
    2.5
    """
    ordered, given = _ordered(numbers)
    place = probabilities * (given - 1)
    below = np.floor(place)
    return _between(ordered, given, below, place - below)


def normal_quantiles(numbers: FloatArray, probabilities: FloatArray) -> FloatArray:
    """Return quantiles in a line on the normal scale, as R's package boot does.

    The q-th quantile of B numbers is the order statistic (B + 1)q; between two of them the line is
    straight in the normal quantiles of q (Davison & Hinkley 1997, equation 5.8). This reproduces
    intervals of relaimpo. Beyond the outermost numbers it stays at them.
    """
    ordered, told = _ordered(numbers)
    given = np.maximum(told, 1)
    place = np.clip(probabilities * (given + 1), 1, given)
    below = np.floor(place)
    low, high = (ndtri(np.minimum(rank, given) / (given + 1)) for rank in (below, below + 1))
    inside = (place > below) & (high > low)
    here = ndtri(np.where(inside, probabilities, 0.5))
    share = np.where(inside, (here - low) / np.where(inside, high - low, 1.0), 0.0)
    return _between(ordered, given, below - 1, share)


def _ordered(numbers: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the numbers in order, those that are none last, and how many there are."""
    given = (~np.isnan(numbers)).sum(axis=0).astype(np.float64)
    return np.sort(numbers, axis=0), given


def _between(
    ordered: FloatArray, given: FloatArray, below: FloatArray, share: FloatArray
) -> FloatArray:
    """Return what lies a share of the way from one order statistic to the next."""
    last = np.maximum(given - 1, 0)
    low, high = (
        np.take_along_axis(ordered, np.clip(rank, 0, last).astype(np.intp)[np.newaxis], axis=0)[0]
        for rank in (below, below + 1)
    )
    between: FloatArray = low + share * (high - low)
    return between
