"""Compute the mean of an outcome from drivers that may have been changed, in every resample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.sums import moments_from_sums, row_products


def changed_means(
    columns: FloatArray, outcome: FloatArray, worlds: Sequence[FloatArray], masses: FloatArray
) -> FloatArray:
    """Return the mean that least squares predicts with changed columns, in every resample.

    With the columns as they are that is the mean itself. Use it where an outcome has no grades; a
    mean can leave the range of the answers, which a distribution over grades cannot.

    Parameters
    ----------
    columns
        Shape ``(n, k)``, not tied to each other.
    outcome
        Shape ``(n,)``.
    worlds
        Each of shape ``(n, k)``: the columns in a world, such as those of today and changed ones.
    masses
        Shape ``(B, n)``: how much each respondent counts.

    Returns
    -------
    ndarray, shape ``(B, W)``
        One mean a world.
    """
    values = np.column_stack([columns, outcome])
    centre = values.mean(axis=0)
    mean, covariance = moments_from_sums(masses @ row_products(values - centre))
    inverse = np.linalg.pinv(covariance[:, :-1, :-1], hermitian=True)
    slopes = np.einsum("bij,bj->bi", inverse, covariance[:, :-1, -1])
    total = masses.sum(axis=1, keepdims=True)
    moved = [np.vecdot(masses @ (world - columns) / total, slopes) for world in worlds]
    means: FloatArray = centre[-1] + mean[:, -1:] + np.stack(moved, axis=1)
    return means
