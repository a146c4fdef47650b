"""Count and average over the subsets of drivers, in the order of the lattice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray


def member_counts(drivers: int) -> NDArray[np.int64]:
    """Return how many drivers each of the 2^p subsets holds.

    Examples
    --------
    >>> member_counts(3)
    array([0, 1, 1, 2, 1, 2, 2, 3])
    """
    counts = np.zeros(1, dtype=np.int64)
    for _ in range(drivers):
        counts = np.concatenate([counts, counts + 1])
    return counts


def averages_by_count(values: FloatArray) -> FloatArray:
    """Return the mean over the subsets that hold no driver, one driver, and so on to all.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: a number for every subset; bit j of the index says that j is in.

    Returns
    -------
    ndarray, shape ``(..., p + 1)``

    Examples
    --------
    >>> averages_by_count(np.array([0.0, 0.25, 0.16, 0.32]))
    array([0.   , 0.205, 0.32 ])
    """
    drivers = values.shape[-1].bit_length() - 1
    counts = member_counts(drivers)
    how_many = np.bincount(counts)
    starts = np.concatenate([[0], np.cumsum(how_many[:-1])])
    by_count = values[..., np.argsort(counts, kind="stable")]
    sums: FloatArray = np.add.reduceat(by_count, starts, axis=-1)
    return sums / how_many
