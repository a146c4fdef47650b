"""Take out of R² what noise alone would explain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray, Groups, r_squared_values, subset_sizes


def adjusted_values(
    values: FloatArray, sizes: NDArray[np.int64], n: float, *, times: int = 1
) -> FloatArray:
    """Return R² of every subset, adjusted for the number of columns in it.

    A sample R² of s columns is too large by about s(1 − R²)/n (Ezekiel 1930). An adjusted value
    may be slightly negative: nothing is there.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: R² of every subset.
    sizes
        Shape ``(2**p,)``: columns in each subset.
    n
        Effective number of respondents.
    times
        How often to adjust.

    Raises
    ------
    FitError
        When there are no more respondents than columns.
    """
    if n <= sizes.max() + 1:
        raise FitError("too_few_rows", n=round(n), columns=int(sizes.max()), lost=0)
    unexplained = ((n - 1) / (n - 1 - sizes)) ** times
    return 1 - (1 - values) * unexplained


def subset_values(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return R² of every subset of drivers, adjusted for noise as often as asked.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    always
        Positions of controls, which are in every subset. They count as columns of it.
    n
        Effective number of respondents; needed when `adjust` is not 0.
    adjust
        How often R² is adjusted: 0 for R² itself, 1 to adjust it.

    Returns
    -------
    ndarray, shape ``(..., 2**p)``

    Raises
    ------
    FitError
        When there are no more respondents than columns.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> subset_values(matrix, [(0,), (1,)], n=101, adjust=1)
    array([0.        , 0.24242424, 0.15151515, 0.30477686])
    """
    values = r_squared_values(covariance, groups, always=always)
    if adjust and n is not None:
        sizes = subset_sizes(groups, always=always)
        return adjusted_values(values, sizes, n, times=adjust)
    return values
