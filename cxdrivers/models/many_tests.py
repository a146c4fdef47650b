"""Adjust p-values for there being many of them."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.effective_sizes import IntArray


def holm_adjusted(p_values: FloatArray) -> FloatArray:
    """Return p-values that hold the chance of any wrong discovery (Holm 1979).

    Use it when one wrong discovery spoils the conclusion; `benjamini_hochberg` finds more when
    many things are looked at. *Scandinavian Journal of Statistics* 6(2), 65–70.

    Parameters
    ----------
    p_values
        Shape ``(..., m)``: a family in each row. NaN stays NaN and does not count.

    Returns
    -------
    ndarray, shape ``(..., m)``

    Examples
    --------
    >>> holm_adjusted(np.array([0.01, np.nan, 0.04, 0.03])).tolist()
    [0.03, nan, 0.06, 0.06]
    """
    ascending, places, count = _in_order(p_values)
    left = count - np.arange(ascending.shape[-1])
    adjusted = np.maximum.accumulate(ascending * np.maximum(left, 1), axis=-1)
    return _put_back(adjusted, places)


def benjamini_hochberg(p_values: FloatArray) -> FloatArray:
    """Return p-values that hold the expected part of discoveries that are wrong.

    Benjamini & Hochberg (1995, *Journal of the Royal Statistical Society B* 57(1), 289–300): who
    calls everything below 5 % a discovery has on average at most 5 % of wrong ones among them,
    if the tests are independent or lean the same way.

    Parameters
    ----------
    p_values
        Shape ``(..., m)``: a family in each row. NaN stays NaN and does not count.

    Returns
    -------
    ndarray, shape ``(..., m)``

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, np.nan, 0.04, 0.03])).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    ascending, places, count = _in_order(p_values)
    ranks = np.arange(1, ascending.shape[-1] + 1)
    stepped = np.where(ranks <= count, ascending * (count / ranks), np.inf)
    adjusted = np.minimum.accumulate(stepped[..., ::-1], axis=-1)[..., ::-1]
    return _put_back(np.where(ranks <= count, adjusted, np.nan), places)


def _in_order(p_values: FloatArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Return p-values from small to large with NaN last, their places, and how many there are."""
    given = np.asarray(p_values, np.float64)
    places = np.argsort(given, axis=-1, kind="stable")
    count = np.isfinite(given).sum(axis=-1, keepdims=True)
    return np.take_along_axis(given, places, axis=-1), places, count


def _put_back(adjusted: FloatArray, places: IntArray) -> FloatArray:
    """Return adjusted p-values, at most 1, in the order in which they were given."""
    found = np.empty_like(adjusted)
    np.put_along_axis(found, places, np.minimum(adjusted, 1.0), axis=-1)
    return found
