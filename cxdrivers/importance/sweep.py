"""Take a column into many regressions at once, by one Schur complement each.

The matrices are symmetric, so one half is kept. Branches, permutations or resamples are the last
axis, where NumPy is fast.
"""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.adjustment import adjusted_values
from cxdrivers.importance.lattice import FloatArray

Block = list[FloatArray]
"""Row i, shape ``(k - i, N)``, holds column i with itself and with those after it."""


def swept(block: Block, floor: FloatArray | float, room: Block | None = None) -> Block:
    """Take the first column in and return what is left of the others.

    Parameters
    ----------
    block
        Covariances of k columns, given those that are in already.
    floor
        A column with no more variance than this adds nothing: a number, or shape ``(N,)``.
    room
        Arrays to write into, of the shapes of the block's later rows.

    Examples
    --------
    >>> block = [np.array([[2.0], [1.0]]), np.array([[3.0]])]
    >>> swept(block, 1e-10)
    [array([[2.5]])]
    """
    pivot, row = block[0][0], block[0][1:]
    usable = pivot > floor
    if usable.all():
        slopes = row / pivot
    else:
        slopes = np.where(usable, row / np.where(usable, pivot, 1.0), 0.0)
    left = room or [np.empty_like(later) for later in block[1:]]
    for place, (later, target) in enumerate(zip(block[1:], left, strict=True)):
        np.multiply(row[place], slopes[place:], out=target)
        np.subtract(later, target, out=target)
    return left


def growth_by_columns(columns: int, *, n: float | None, adjust: int) -> FloatArray:
    """Return by how much adjusting raises what is unexplained, for 0 to `columns` columns in.

    Parameters
    ----------
    columns
        Columns of all drivers and controls.
    n, adjust
        Effective number of respondents, and how often R² is adjusted for it.

    Raises
    ------
    FitError
        When there are no more respondents than columns.
    """
    if not adjust or n is None:
        return np.ones(columns + 1)
    nothing = np.zeros(columns + 1)
    return 1 - adjusted_values(nothing, np.arange(columns + 1), n, times=adjust)
