"""Turn rows into sums, and sums into means and covariances.

The sums of 1, x and x·x' over rows are all that the moments need. They add up: over clusters,
over files, and over resamples, where a resample is a row of counts times these sums.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

ROUNDING = 1e-12
"""A variance below this share of its second moment is rounding: the column does not vary."""


def row_products(values: FloatArray, weights: FloatArray | None = None) -> FloatArray:
    """Return for every row 1, x and the products x·x' of its columns, times its weight.

    Parameters
    ----------
    values
        Shape ``(n, k)``. Subtract something near the mean first, so that no digits are lost.
    weights
        Shape ``(n,)``, or None.

    Returns
    -------
    ndarray, shape ``(n, 1 + k + k(k+1)/2)``
        The products in the order of the upper triangle, row by row.
    """
    first, second = np.triu_indices(values.shape[1])
    products = np.column_stack([np.ones(len(values)), values, values[:, first] * values[:, second]])
    return products if weights is None else products * weights[:, np.newaxis]


def cluster_sums(products: FloatArray, cluster: NDArray[np.intp]) -> FloatArray:
    """Return the sums over the rows of each cluster, shape ``(clusters, m)``."""
    order = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.diff(cluster[order], prepend=-1))
    return np.add.reduceat(products[order], starts, axis=0)


def moments_from_sums(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return means and covariances from sums of `row_products`.

    Parameters
    ----------
    sums
        Shape ``(..., 1 + k + k(k+1)/2)``.

    Returns
    -------
    mean, covariance
        Shapes ``(..., k)`` and ``(..., k, k)``. The covariance divides by the sum of the weights.
    """
    columns = _columns(sums.shape[-1])
    per_row = sums[..., 1:] / sums[..., :1]
    mean = per_row[..., :columns]
    first, second = np.triu_indices(columns)
    upper = per_row[..., columns:] - mean[..., first] * mean[..., second]
    diagonal = first == second
    variances = upper[..., diagonal]
    flat = variances < ROUNDING * per_row[..., columns:][..., diagonal]
    upper[..., diagonal] = np.where(flat, 0.0, variances)
    covariance = np.empty((*sums.shape[:-1], columns, columns))
    covariance[..., first, second] = upper
    covariance[..., second, first] = upper
    return mean, covariance


def _columns(sums: int) -> int:
    """Return k, given 1 + k + k(k+1)/2."""
    return int((np.sqrt(8 * sums + 1) - 3) / 2)
