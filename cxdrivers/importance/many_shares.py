"""Share R² for thousands of covariance matrices that rest on different numbers of respondents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.hierarchy import hierarchical_shapley
from cxdrivers.importance.lattice import FloatArray, Groups, r_squared_values, subset_sizes
from cxdrivers.importance.linear_shares import VALUES_AT_ONCE, WALK_FROM
from cxdrivers.importance.metrics import check_metric, metric
from cxdrivers.importance.shapley import shapley

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.intp]

OF_SUBSETS = ("lmg", "first", "last")
"""The measures that follow from R² of all subsets."""


def many_shares(
    covariance: FloatArray,
    groups: Groups,
    *,
    n: FloatArray,
    method: str = "lmg",
    adjusted: bool = True,
    needs: Sequence[Sequence[int]] = (),
) -> FloatArray:
    """Return the share of every driver in every matrix, each adjusted for its own respondents.

    A column that does not vary in a matrix has no column there: its driver earns 0, and the
    adjustment of the others does not count it.

    Parameters
    ----------
    covariance
        Shape ``(N, k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    n
        Shape ``(N,)``: effective respondents.
    method
        A name of `METRICS`.
    adjusted
        Whether noise is taken out of R².
    needs
        For each driver the drivers that must be in before it; empty without interactions.

    Returns
    -------
    ndarray, shape ``(N, p)``
        NaN where the outcome does not vary, and where no more respondents than columns are left to
        adjust by.

    Raises
    ------
    FitError
        When the measure is not defined for several columns a driver, noise cannot be taken out of
        it by a formula, or there are more than 30 drivers.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> many_shares(np.stack([matrix, matrix]), [(0,), (1,)], n=np.array([101.0, 1e9])).round(3)
    array([[0.198, 0.107],
           [0.204, 0.114]])
    """
    check_metric(method, groups, adjust=int(adjusted))
    shares = np.full((len(covariance), len(groups)), np.nan)
    varies = np.einsum("nii->ni", covariance)[:, :-1] > 0
    for columns, rows in _alike(varies):
        kept = [tuple(column for column in group if columns[column]) for group in groups]
        told = rows[covariance[rows, -1, -1] > 0]
        if adjusted:
            told = told[n[told] > columns.sum() + 1]
        step = max(1, VALUES_AT_ONCE >> len(groups))
        for start in range(0, len(told), step):
            some = told[start : start + step]
            size = n[some] if adjusted else None
            shares[some] = _shares(covariance[some], kept, size, method, needs)
        shares[np.ix_(told, [not group for group in kept])] = 0.0
    return shares


def _alike(varies: BoolArray) -> list[tuple[BoolArray, IntArray]]:
    """Return which columns vary, with the matrices in which just those do."""
    flat = np.flatnonzero(~varies.all(axis=1))
    kinds, kind = np.unique(varies[flat], axis=0, return_inverse=True)
    found = [(columns, flat[kind.ravel() == place]) for place, columns in enumerate(kinds)]
    every = np.ones(varies.shape[1], dtype=bool)
    return [(every, np.flatnonzero(varies.all(axis=1))), *found]


def _shares(
    covariance: FloatArray,
    groups: Groups,
    n: FloatArray | None,
    method: str,
    needs: Sequence[Sequence[int]],
) -> FloatArray:
    """Return shares of matrices in which all columns of the groups vary."""
    if method in OF_SUBSETS and (needs or len(groups) < WALK_FROM):
        values = r_squared_values(covariance, groups)
        if n is not None:
            sizes = subset_sizes(groups)
            columns = np.arange(sizes.max() + 1)
            growth = (n[:, np.newaxis] - 1) / (n[:, np.newaxis] - 1 - columns)
            values = 1 - (1 - values) * growth[:, sizes]
        return _split(values, method, needs)
    kernel = metric(method).shares
    if n is None:
        return kernel(covariance, groups)
    return np.concatenate(
        [
            kernel(one[np.newaxis], groups, n=float(size), adjust=1)
            for one, size in zip(covariance, n, strict=True)
        ]
    )


def _split(values: FloatArray, method: str, needs: Sequence[Sequence[int]]) -> FloatArray:
    """Return what each driver earns of the values of all subsets."""
    if method == "lmg":
        return hierarchical_shapley(values, needs) if needs else shapley(values)
    every = values.shape[-1] - 1
    alone = 1 << np.arange(every.bit_length())
    if method == "first":
        return values[:, alone] - values[:, [0]]
    return values[:, [every]] - values[:, every ^ alone]
