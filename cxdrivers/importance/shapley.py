"""Share the value of a set of drivers among its members by Shapley's rule."""

from __future__ import annotations

from math import factorial

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.subsets import member_counts


def shapley(values: FloatArray) -> FloatArray:
    """Return each driver's average contribution over all orders of entry.

    Over R² this is LMG (Lindeman, Merenda & Gold 1980; Grömping 2007, *The American Statistician*
    61(2), 139–147), which equals general dominance (Azen & Budescu 2003, *Psychological Methods* 8,
    129–148). Any other value of a subset may be shared in the same way.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: the value of every subset; bit j of the index says that j is in.

    Returns
    -------
    ndarray, shape ``(..., p)``
        The shares; they add up to the value of all drivers minus the value of none.

    Examples
    --------
    >>> shapley(np.array([0.0, 0.25, 0.16, 0.31868132]))
    array([0.20434066, 0.11434066])
    """
    drivers = values.shape[-1].bit_length() - 1
    first = np.moveaxis(values, -1, 0)
    entering, leaving = _size_weights(drivers)
    sizes = member_counts(drivers).reshape(-1, *[1] * (first.ndim - 1))
    with_member = first * (entering + leaving)[sizes]
    everything = (first * leaving[sizes]).sum(axis=0)
    return np.moveaxis(_member_sums(with_member, drivers) - everything, 0, -1)


def _size_weights(drivers: int) -> tuple[FloatArray, FloatArray]:
    """Return, by subset size, the weight of a subset that a driver completes or is about to join.

    A driver's share is the sum over subsets with it of ``entering[size]`` times the value, minus
    the sum over subsets without it of ``leaving[size]`` times the value.
    """
    entering, leaving = np.zeros(drivers + 1), np.zeros(drivers + 1)
    for size in range(drivers):
        weight = factorial(size) * factorial(drivers - size - 1) / factorial(drivers)
        leaving[size], entering[size + 1] = weight, weight
    return entering, leaving


def _member_sums(terms: FloatArray, drivers: int) -> FloatArray:
    """Return for each driver the sum over the subsets that hold it, shape ``(p, ...)``."""
    sums = np.empty((drivers, *terms.shape[1:]))
    for driver in reversed(range(drivers)):
        without, including = terms[: 2**driver], terms[2**driver :]
        sums[driver] = including.sum(axis=0)
        terms = without + including
    return sums
