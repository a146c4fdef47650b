"""Estimate how a set of items goes together, with blanks among the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.moments.incomplete import (
    IncompleteRows,
    Likeliest,
    incomplete_rows,
    likeliest,
    likeliest_moments,
)
from cxdrivers.survey.coding import BoolArray, FloatArray

FEWEST = 10
"""With fewer answers to two items together, nothing is said of how they go together."""


@dataclass(frozen=True, eq=False)
class ItemSet:
    """The items of one question, or of two, and who answered them.

    Attributes
    ----------
    rows
        Shape ``(n,)``: respondents who answered at least one item of each question. To the others
        it did not apply, or they skipped it whole.
    sizes
        How many items each question has.
    answers
        Those of these rows, by which are blank; None where they tell too little.
    """

    rows: BoolArray
    sizes: tuple[int, ...]
    answers: IncompleteRows | None


def item_set(questions: Sequence[FloatArray]) -> ItemSet:
    """Put the items of one question or two together.

    Parameters
    ----------
    questions
        Each of shape ``(n, items)``, NaN for a blank.
    """
    rows: BoolArray = np.logical_and.reduce(
        [np.isfinite(values).any(axis=1) for values in questions]
    )
    values = np.column_stack(questions)[rows]
    given = np.isfinite(values).astype(np.float64)
    enough = (given.T @ given).min() >= FEWEST
    sizes = tuple(part.shape[1] for part in questions)
    return ItemSet(rows, sizes, incomplete_rows(values) if enough else None)


def start_of(items: ItemSet, masses: FloatArray) -> Likeliest | None:
    """Return what the sample says, for resamples to start from; None where it says nothing.

    Parameters
    ----------
    items
        Of n respondents.
    masses
        Shape ``(n,)``: how much each of them counts.
    """
    kept = masses[np.newaxis, items.rows]
    if items.answers is None or not kept.any():
        return None
    try:
        return likeliest(items.answers, kept)
    except (FitError, np.linalg.LinAlgError):
        return None


def item_covariances(items: ItemSet, masses: FloatArray, start: Likeliest | None) -> FloatArray:
    """Return the likeliest covariances of the items in every resample.

    Parameters
    ----------
    items
        k of them.
    masses
        Shape ``(B, n)``: how much each respondent counts.
    start
        What `start_of` returns.

    Returns
    -------
    ndarray, shape ``(B, k, k)``
        NaN where the answers do not tell them.
    """
    columns = sum(items.sizes)
    covariance = np.full((len(masses), columns, columns), np.nan)
    kept = masses[:, items.rows]
    told = kept.sum(axis=1) > 0
    if items.answers is not None and start is not None and told.any():
        try:
            covariance[told] = likeliest_moments(items.answers, kept[told], start)[1]
        except (FitError, np.linalg.LinAlgError):
            return np.full_like(covariance, np.nan)
    return covariance
