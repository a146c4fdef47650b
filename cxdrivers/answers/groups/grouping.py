"""Say which respondent is in which group, in an order that a reader expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError, SurveyError, nearest
from cxdrivers.moments.group_labels import BETWEEN, bare, group_codes
from cxdrivers.survey.survey import Survey

By = str | Sequence[str]
"""A column, or two of which the second lies within the first."""


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which respondent is in which of K groups.

    Attributes
    ----------
    by
        The column that the groups come from.
    labels
        Their K names, in the order of a reader: of the categories where the column has them, else
        numbers by size and texts as a person would sort them.
    codes
        Shape ``(respondents,)``: the place of each one's group, -1 without a group.
    within
        For each group the place of the group that it lies in; empty without outer groups.
    repeated
        The names that stood in several outer groups, and mean as many groups.
    """

    by: str
    labels: tuple[str, ...]
    codes: NDArray[np.intp]
    within: tuple[int, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def n(self) -> NDArray[np.intp]:
        """Respondents of every group, shape ``(K,)``."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.labels))

    @property
    def unplaced(self) -> int:
        """Respondents without a group."""
        return int((self.codes < 0).sum())


def columns_of(survey: Survey, by: By | None) -> tuple[str, ...]:
    """Return the column of the groups, or that of the outer and of the inner groups.

    Without any it is the first segment of the codebook, else its wave.

    Raises
    ------
    FitError
        When there is no such column, it is asked about a driver or the outcome, or the two are
        the same.
    """
    here = [str(column) for column in survey.respondents.columns]
    if by is None or (isinstance(by, Sized) and not len(by)):
        named = (*survey.codebook.segments, survey.codebook.wave)[0]
        if named is None:
            raise FitError("groups_not_named", columns=here)
        by = named
    columns = tuple(by) if isinstance(by, Iterable) and not isinstance(by, str) else (by,)
    if len(columns) not in (1, 2):
        raise FitError("groups_by_two", count=len(columns), columns=list(columns))
    asked = {
        item: question.key for question in survey.codebook.questions for item in question.items
    }
    for column in columns:
        if column not in survey.respondents:
            raise FitError(
                "groups_of_no_column",
                column=str(column),
                near=nearest(str(column), here),
                columns=here,
            )
        if here.count(column) > 1:
            raise SurveyError("column_twice", column=column)
        if column in asked:
            raise FitError("group_column_is_an_item", column=column, question=asked[column])
    if len(set(columns)) < len(columns):
        raise FitError("groups_in_themselves", column=columns[0])
    return columns


def grouping_of(survey: Survey, column: str) -> Grouping:
    """Return which respondent is in which group of a column."""
    codes, labels = group_codes(survey.respondents[column])
    return Grouping(column, labels, codes)


def nested_grouping(outer: Grouping, inner: Grouping) -> Grouping:
    """Return the inner groups within the outer ones.

    An inner label that stands in two outer groups, such as "Team 1", means two groups. Then every
    label says in which outer group it lies.
    """
    placed = (outer.codes >= 0) & (inner.codes >= 0)
    pairs = np.full(len(inner.codes), -1, dtype=np.intp)
    width = len(inner.labels)
    pairs[placed] = outer.codes[placed] * width + inner.codes[placed]
    kept, codes = np.unique(pairs[placed], return_inverse=True)
    pairs[placed] = codes
    above, below = np.divmod(kept, width)
    repeated = tuple(inner.labels[low] for low in np.flatnonzero(np.bincount(below) > 1))
    labels = tuple(
        f"{outer.labels[high]}{BETWEEN}{inner.labels[low]}" if repeated else inner.labels[low]
        for high, low in zip(above, below, strict=True)
    )
    return Grouping(inner.by, labels, pairs, tuple(above.tolist()), repeated)


def spellings(labels: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the places of labels that are equal but for case, accents and white space.

    Examples
    --------
    >>> spellings(["Energie", "Telecom", "energie ", "Telecom 2"])
    [(0, 2)]
    """
    alike: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        alike.setdefault(bare(label), []).append(place)
    return [tuple(places) for places in alike.values() if len(places) > 1]
