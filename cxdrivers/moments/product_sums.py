"""Add up the products of rows place by place, without holding the products of all rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cxdrivers.moments.sums import FloatArray, row_products

ROWS_AT_ONCE = 2**15


@dataclass(frozen=True, eq=False)
class Doubt:
    """What is left to chance in the products of rows of which some columns are only expected.

    Attributes
    ----------
    kind
        Shape ``(n,)``: which kind each row is of.
    products
        Shape ``(kinds, k(k+1)/2)``: what is added to the products x·x' of a row of each kind, in
        the order of `row_products`.
    """

    kind: NDArray[np.intp]
    products: FloatArray


def product_sums(
    values: FloatArray,
    place: NDArray[np.intp],
    places: int,
    *,
    weights: FloatArray | None = None,
    doubt: Doubt | None = None,
) -> FloatArray:
    """Return the sums of `row_products` over the rows of each place.

    Parameters
    ----------
    values
        Shape ``(n, k)``.
    place
        Shape ``(n,)``: where each row belongs, from 0.
    places
        How many places there are.
    weights
        Shape ``(n,)``, or None.
    doubt
        What is added to the products of rows of which some columns are only expected.

    Returns
    -------
    ndarray, shape ``(places, 1 + k + k(k+1)/2)``
        0 for a place without rows.

    Examples
    --------
    >>> rows = np.array([[1.0], [2.0], [3.0]])
    >>> product_sums(rows, np.array([0, 2, 0]), 3)
    array([[ 2.,  4., 10.],
           [ 0.,  0.,  0.],
           [ 1.,  2.,  4.]])
    """
    columns = values.shape[1]
    sums = np.zeros((places, 1 + columns + columns * (columns + 1) // 2))
    order = np.argsort(place, kind="stable")
    for start in range(0, len(order), ROWS_AT_ONCE):
        rows = order[start : start + ROWS_AT_ONCE]
        products = row_products(values[rows])
        if doubt is not None:
            products[:, 1 + columns :] += doubt.products[doubt.kind[rows]]
        masses = np.ones(len(rows)) if weights is None else weights[rows]
        first, last = int(place[rows[0]]), int(place[rows[-1]]) + 1
        stops = np.searchsorted(place[rows], np.arange(first, last + 1))
        adding = csr_array((masses, np.arange(len(rows)), stops), (last - first, len(rows)))
        sums[first:last] += adding @ products
    return sums
