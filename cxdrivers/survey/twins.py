"""Count rows that hold the same answers, and rows that hold the same but for one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.survey.coding import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Twins:
    """How many pairs of rows are alike.

    Attributes
    ----------
    exact
        Pairs with the same answer in every column.
    near
        Pairs with another answer in exactly one column.
    later
        Shape ``(n,)``: rows that repeat an earlier one.
    """

    exact: int
    near: int
    later: BoolArray


def twins_of(values: FloatArray) -> Twins:
    """Count the pairs of rows that are alike, and nearly.

    Rows are compared by 64-bit sums of a code for each answer, so that leaving a column out is a
    subtraction.

    Parameters
    ----------
    values
        Shape ``(n, k)``; two blanks are alike.

    Examples
    --------
    >>> found = twins_of(np.array([[7.0, 8.0], [7.0, 8.0], [7.0, 9.0]]))
    >>> found.exact, found.near
    (1, 2)
    """
    words = np.column_stack([_words(column, place) for place, column in enumerate(values.T)])
    whole = words.sum(axis=1, dtype=np.uint64)
    exact = _pairs(whole)
    near = sum(_pairs(whole - words[:, place]) - exact for place in range(words.shape[1]))
    return Twins(exact, near, pd.Series(whole).duplicated().to_numpy())


def _words(column: FloatArray, place: int) -> NDArray[np.uint64]:
    """Return a number of 64 bits for every answer, another one in every column."""
    codes, _ = pd.factorize(column)
    return pd.util.hash_array(codes.astype(np.int64) + (place + 1) * 2**32)


def _pairs(keys: NDArray[np.uint64]) -> int:
    _, times = np.unique(keys, return_counts=True)
    return int((times * (times - 1) // 2).sum())
