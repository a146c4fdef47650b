"""Compare drivers by what they add to the same subsets of the others.

General dominance is the Shapley share itself (`shapley`). The two stricter kinds compare drivers
before averaging: conditional dominance among subsets of one size, complete dominance in every
single subset (Azen & Budescu 2003, *Psychological Methods* 8, 129–148). All take the values of the
lattice, so they hold for any value of a subset, with or without controls or an adjustment.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.shapley import shapley
from cxdrivers.importance.subsets import averages_by_count

TIE = 1e-12
"""Additions that differ by no more than this are equal: what is left is rounding."""


def conditional_dominance(values: FloatArray) -> FloatArray:
    """Return what each driver adds on average to the subsets with no other, one other, and so on.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: the value of every subset; bit j of the index says that j is in.

    Returns
    -------
    ndarray, shape ``(..., p, p)``
        A row for each driver; element s is the mean over the subsets of s other drivers. The mean
        of a row is the driver's Shapley share.

    Examples
    --------
    >>> conditional_dominance(np.array([0.0, 0.25, 0.16, 0.32]))
    array([[0.25, 0.16],
           [0.16, 0.07]])
    """
    drivers = values.shape[-1].bit_length() - 1
    added = np.empty((*values.shape[:-1], drivers, drivers))
    for driver in range(drivers):
        split = values.reshape(*values.shape[:-1], -1, 2, 2**driver)
        steps = split[..., 1, :] - split[..., 0, :]
        added[..., driver, :] = averages_by_count(steps.reshape(*values.shape[:-1], -1))
    return added


def complete_dominance(values: FloatArray) -> FloatArray:
    """Return in which part of the subsets of the others each driver adds more than each other.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: the value of every subset.

    Returns
    -------
    ndarray, shape ``(..., p, p)``
        Element (j, k) is the share of the 2^(p − 2) subsets without j and k to which j adds more
        than k does; 1 is complete dominance of j over k. Where both add the same, neither counts.
        NaN on the diagonal.

    Examples
    --------
    >>> complete_dominance(np.array([0.0, 0.25, 0.16, 0.32]))
    array([[nan,  1.],
           [ 0., nan]])
    """
    drivers = values.shape[-1].bit_length() - 1
    shares = np.full((*values.shape[:-1], drivers, drivers), np.nan)
    told = np.isfinite(values).all(axis=-1)
    for high in range(drivers):
        for low in range(high):
            split = values.reshape(*values.shape[:-1], -1, 2, 2 ** (high - low - 1), 2, 2**low)
            gaps = split[..., 1, :, 0, :] - split[..., 0, :, 1, :]
            for row, column, gap in ((high, low, gaps), (low, high, -gaps)):
                more = (gap > TIE).mean(axis=(-3, -2, -1))
                shares[..., row, column] = np.where(told, more, np.nan)
    return shares


def completely_dominates(values: FloatArray) -> NDArray[np.bool_]:
    """Return whether each driver adds more than each other to every subset without the two.

    Shapes are those of `complete_dominance`. The strictest statement of the three: it implies
    conditional dominance, which implies general dominance.

    Examples
    --------
    >>> completely_dominates(np.array([0.0, 0.25, 0.16, 0.32]))
    array([[False,  True],
           [False, False]])
    """
    dominates: NDArray[np.bool_] = complete_dominance(values) == 1
    return dominates


def conditionally_dominates(values: FloatArray) -> NDArray[np.bool_]:
    """Return whether each driver adds more than each other on average at every size of subset.

    Examples
    --------
    >>> conditionally_dominates(np.array([0.0, 0.25, 0.16, 0.32]))
    array([[False,  True],
           [False, False]])
    """
    added = conditional_dominance(values)
    gaps = added[..., :, np.newaxis, :] - added[..., np.newaxis, :, :]
    return np.asarray(np.greater(gaps, TIE).all(axis=-1))


def generally_dominates(values: FloatArray) -> NDArray[np.bool_]:
    """Return whether each driver's Shapley share is larger than each other's.

    Examples
    --------
    >>> generally_dominates(np.array([0.0, 0.25, 0.16, 0.32]))
    array([[False,  True],
           [False, False]])
    """
    shares = shapley(values)
    gaps = shares[..., :, np.newaxis] - shares[..., np.newaxis, :]
    return np.greater(gaps, TIE)
