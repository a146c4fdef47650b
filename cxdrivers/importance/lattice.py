"""Compute the fit of every subset of drivers from one covariance matrix.

The 2^p subsets form a lattice. Drivers are processed one at a time: a branch that leaves the
driver out keeps the remaining block, a branch that takes it in keeps the block's Schur complement.
No matrix is inverted, and the work is a small multiple of 2^p. Resamples and clients are leading
axes; inside they are the last axis, where NumPy is fast.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Groups = Sequence[Sequence[int]]

COLLINEAR = 1e-10
"""A column whose variance, given those before it, is below this share of its own adds nothing."""
BLOCK_BYTES = 2**18
"""Size that the working blocks aim for, so that they stay in the processor's cache."""


def r_squared_values(covariance: FloatArray, groups: Groups) -> FloatArray:
    """Return R² of every subset of drivers.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``: covariance or correlation matrices of the columns, outcome last.
    groups
        For each driver the positions of its columns; most drivers have one. Columns in no group
        are left out of every subset.

    Returns
    -------
    ndarray, shape ``(..., 2**p)``
        Bit j of the last index says whether driver j is in the subset. NaN where the outcome does
        not vary.

    Notes
    -----
    A column that is a linear combination of those already in adds nothing, instead of noise.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> r_squared_values(matrix, [(0,), (1,)])
    array([0.        , 0.25      , 0.16      , 0.31868132])
    """
    leading = covariance.shape[:-2]
    order = [column for group in groups for column in group]
    order.append(covariance.shape[-1] - 1)
    ordered = covariance[..., order, :][..., order]
    stacked = np.moveaxis(ordered.reshape(-1, len(order), len(order)), 0, -1)
    sizes = [len(group) for group in groups]
    values = np.empty((2 ** len(groups), stacked.shape[-1]))
    step = _columns_at_once(len(order), len(groups))
    for start in range(0, stacked.shape[-1], step):
        part = np.ascontiguousarray(stacked[..., start : start + step])
        values[:, start : start + step] = _explained(part, sizes)
    return np.moveaxis(values, 0, -1).reshape(*leading, -1)


def subset_sizes(groups: Groups) -> NDArray[np.int64]:
    """Return how many columns each of the 2^p subsets holds, in the order of the lattice."""
    sizes = np.zeros(1, dtype=np.int64)
    for group in groups:
        sizes = np.concatenate([sizes, sizes + len(group)])
    return sizes


def _explained(block: FloatArray, sizes: Sequence[int]) -> FloatArray:
    """Return R² of all subsets, shape ``(2**p, N)``, from blocks of shape ``(k, k, N)``."""
    total = block[-1, -1].copy()
    floors = COLLINEAR * np.einsum("iin->in", block)
    branches = block[np.newaxis]
    for size in sizes:
        taken = branches
        for position in range(size):
            taken = _swept(taken, floors[position])
        left_out = branches[:, size:, size:]
        branches = np.concatenate([left_out, taken])
        floors = floors[size:]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, 1 - branches[:, 0, 0] / total, np.nan)


def _swept(branches: FloatArray, floor: FloatArray) -> FloatArray:
    """Take the first column in: every branch's Schur complement, shape ``(m, k-1, k-1, N)``."""
    pivot = branches[:, 0, 0]
    usable = pivot > floor
    inverse = np.where(usable, 1 / np.where(usable, pivot, 1.0), 0.0)
    row = branches[:, 0, 1:]
    product = row[:, :, np.newaxis] * (row * inverse[:, np.newaxis])[:, np.newaxis]
    return np.subtract(branches[:, 1:, 1:], product, out=product)


def _columns_at_once(columns: int, drivers: int) -> int:
    """Return how many matrices to walk the lattice with, so that a stage fits in the cache."""
    widest = max((columns - taken) ** 2 << taken for taken in range(drivers + 1))
    return max(1, BLOCK_BYTES // (8 * widest))
