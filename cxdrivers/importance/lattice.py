"""Compute what every subset of drivers explains and leaves, from one covariance matrix.

The 2^p subsets form a lattice. Drivers are processed one at a time: a branch that leaves the
driver out keeps the remaining block, a branch that takes it in keeps the block's Schur complement.
No matrix is inverted, and the work is a small multiple of 2^p. Resamples and clients are leading
axes; inside they are the last axis, where NumPy is fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Groups = Sequence[Sequence[int]]

COLLINEAR = 1e-10
"""A column whose variance, given those before it, is below this share of its own adds nothing."""
BLOCK_BYTES = 2**18
"""Size that the working blocks aim for, so that they stay in the processor's cache."""


def r_squared_values(
    covariance: FloatArray, groups: Groups, *, always: Sequence[int] = ()
) -> FloatArray:
    """Return R² of every subset of drivers.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``: covariance or correlation matrices of the columns, outcome last.
    groups
        For each driver the positions of its columns; most drivers have one. Columns in no group
        are left out of every subset.
    always
        Positions of controls: columns that are in every subset, the first one included.

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
    >>> r_squared_values(matrix, [(0,)], always=[1])
    array([0.16      , 0.31868132])
    """
    sizes = [len(group) for group in groups]
    stacked = _stacked(covariance, always, groups, [-1])
    total = stacked[-1, -1]
    left = np.empty((2 ** len(groups), len(total)))
    for part in _parts(stacked, sizes):
        branches = _walked(np.ascontiguousarray(stacked[..., part]), len(always), sizes)
        left[:, part] = branches[:, 0, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(total > 0, 1 - left / total, np.nan)
    return np.moveaxis(values, 0, -1).reshape(*covariance.shape[:-2], -1)


def residual_covariances(
    covariance: FloatArray, groups: Groups, kept: Sequence[int], *, always: Sequence[int] = ()
) -> FloatArray:
    """Return what every subset of drivers leaves of the covariance of some columns.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``.
    groups
        For each driver the positions of its columns.
    kept
        Positions of the m columns whose covariance is wanted, given each subset.
    always
        Positions of columns that are in every subset.

    Returns
    -------
    ndarray, shape ``(..., 2**p, m, m)``
        Covariances of the residuals that a regression on the subset leaves.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> residual_covariances(matrix, [], [0, 2], always=[1])
    array([[[0.91, 0.38],
            [0.38, 0.84]]])
    """
    sizes = [len(group) for group in groups]
    stacked = _stacked(covariance, always, groups, kept)
    left = np.empty((2 ** len(groups), len(kept), len(kept), stacked.shape[-1]))
    for part in _parts(stacked, sizes):
        left[..., part] = _walked(np.ascontiguousarray(stacked[..., part]), len(always), sizes)
    return np.moveaxis(left, -1, 0).reshape(*covariance.shape[:-2], *left.shape[:-1])


def subset_sizes(groups: Groups, *, always: Sequence[int] = ()) -> NDArray[np.int64]:
    """Return how many columns each of the 2^p subsets holds, in the order of the lattice.

    The columns in `always` are in every subset, so they count in every one.
    """
    sizes = np.full(1, len(always), dtype=np.int64)
    for group in groups:
        sizes = np.concatenate([sizes, sizes + len(group)])
    return sizes


def _stacked(
    covariance: FloatArray, always: Sequence[int], groups: Groups, kept: Sequence[int]
) -> FloatArray:
    """Return matrices in the order of the walk, shape ``(k, k, N)``: the columns kept come last."""
    order = [*always, *(column for group in groups for column in group), *kept]
    ordered = covariance[..., order, :][..., order]
    return np.moveaxis(ordered.reshape(-1, len(order), len(order)), 0, -1)


def _walked(block: FloatArray, controls: int, sizes: Sequence[int]) -> FloatArray:
    """Return what each subset leaves of the last columns, shape ``(2**p, m, m, N)``."""
    floors = COLLINEAR * np.einsum("iin->in", block)
    branches = _taken(block[np.newaxis], floors[:controls])
    for size in sizes:
        floors = floors[-branches.shape[1] :]
        taken = _taken(branches, floors[:size])
        branches = np.concatenate([branches[:, size:, size:], taken])
    return branches


def _taken(branches: FloatArray, floors: FloatArray) -> FloatArray:
    """Take the first columns in, one for each floor: every branch's Schur complement."""
    for floor in floors:
        pivot = branches[:, 0, 0]
        usable = pivot > floor
        inverse = np.where(usable, 1 / np.where(usable, pivot, 1.0), 0.0)
        row = branches[:, 0, 1:]
        product = row[:, :, np.newaxis] * (row * inverse[:, np.newaxis])[:, np.newaxis]
        branches = np.subtract(branches[:, 1:, 1:], product, out=product)
    return branches


def _parts(stacked: FloatArray, sizes: Sequence[int]) -> Iterator[slice]:
    """Yield which matrices to walk the lattice with at once, so that a stage fits in the cache."""
    columns, matrices = len(stacked), stacked.shape[-1]
    widest = max((columns - taken) ** 2 << taken for taken in range(len(sizes) + 1))
    step = max(1, BLOCK_BYTES // (8 * widest))
    for start in range(0, matrices, step):
        yield slice(start, start + step)
