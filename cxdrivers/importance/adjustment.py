"""Take out of R² what noise alone would explain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray


def adjusted_values(
    values: FloatArray, sizes: NDArray[np.int64], n: float, *, times: int = 1
) -> FloatArray:
    """Return R² of every subset, adjusted for the number of columns in it.

    A sample R² of s columns is too large by about s(1 − R²)/n (Ezekiel 1930); its resampled value
    by about twice that, since the resample adds noise of its own. So the estimate is adjusted
    once and a resample twice. An adjusted value may be slightly negative: nothing is there.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: R² of every subset.
    sizes
        Shape ``(2**p,)``: columns in each subset.
    n
        Effective number of respondents.
    times
        How often to adjust: 1 for the sample, 2 for a resample of it.

    Raises
    ------
    FitError
        When there are no more respondents than columns.
    """
    if n <= sizes.max() + 1:
        raise FitError("too_few_rows", n=round(n), columns=int(sizes.max()), lost=0)
    unexplained = ((n - 1) / (n - 1 - sizes)) ** times
    return 1 - (1 - values) * unexplained
