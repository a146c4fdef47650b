"""Expect the products of rows with blanks, given what each row holds and which group it is in.

One normal distribution around the means of the groups is fitted to all rows (`incomplete`). What a
row leaves blank is expected from what it holds, and what is left to chance is added to its
products. So a group's own answers speak for it, and its blanks are what everybody's answers say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.moments.incomplete import (
    CLOSE,
    MANY_BLANKS,
    NUMBERS_AT_ONCE,
    ROUGH,
    IncompleteRows,
    expected_columns,
    likeliest,
)
from cxdrivers.moments.product_sums import Doubt, product_sums
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.coding import BoolArray

IntArray = NDArray[np.intp]

KINDS_AT_MOST = 3**38


@dataclass(frozen=True, eq=False)
class ExpectedRows:
    """Rows with what is blank in them expected.

    Attributes
    ----------
    values
        Shape ``(n, k)``: as given, and where blank as expected; 0 where a driver did not apply.
    doubt
        What is left to chance, for `product_sums`; None when nothing was blank.
    """

    values: FloatArray
    doubt: Doubt | None


def expected_rows(
    values: FloatArray,
    group: IntArray,
    groups: int,
    *,
    weights: FloatArray | None = None,
    absent: BoolArray | None = None,
) -> ExpectedRows:
    """Return rows with what is blank in them expected.

    Parameters
    ----------
    values
        Shape ``(n, k)``, NaN for a blank. Every column is filled in somewhere.
    group
        Shape ``(n,)``: the group of each row, from 0.
    groups
        How many there are.
    weights
        Shape ``(n,)``, or None.
    absent
        Shape ``(n, k)``: where a column is 0 because its driver did not apply. As in
        `incomplete_rows` that matters where a tenth or more of a column's answers are blank.

    Raises
    ------
    FitError
        When the blanks leave so little in common that there is no likeliest distribution.
    """
    blank = np.isnan(values)
    if not blank.any():
        return ExpectedRows(values, None)
    masses = np.ones(len(values)) if weights is None else weights
    away = np.zeros(values.shape, dtype=bool) if absent is None else absent
    away = away & (blank.sum(axis=0) >= MANY_BLANKS * (~away).sum(axis=0))
    given = ~(blank | away)
    centre = _group_means(values, given, group, groups, masses)
    inside = np.where(given, values, centre[group]) - centre[group]
    kind, rows = _patterns(inside, given, away, masses)
    found = likeliest(rows, np.ones((1, len(rows.given))), close=CLOSE if groups == 1 else ROUGH)
    told = values.copy()
    told[away] = 0.0
    doubt = np.empty((len(rows.given), _pairs(values.shape[1])[0].size))
    members = _members(kind, len(rows.given))
    for patterns, some in _some_patterns(rows):
        expected = expected_columns(some, found)
        for place, pattern in enumerate(patterns):
            left = expected.left[0, place] * np.outer(rows.scale, rows.scale)
            stays = ~some.absent[place]
            doubt[pattern] = (left * np.outer(stays, stays))[_pairs(len(stays))]
            unknown = np.flatnonzero(~some.given[place] & stays)
            if unknown.size:
                who = members[pattern]
                standard = (inside[who] - rows.centre) / rows.scale
                slopes = expected.slopes[0, place][unknown] * some.given[place]
                filled = expected.constant[0, place][unknown] + standard @ slopes.T
                filled = filled * rows.scale[unknown] + rows.centre[unknown]
                told[np.ix_(who, unknown)] = filled + centre[group[who]][:, unknown]
    return ExpectedRows(told, Doubt(kind, doubt))


def _group_means(
    values: FloatArray, given: BoolArray, group: IntArray, groups: int, masses: FloatArray
) -> FloatArray:
    """Return the mean of what each group filled in, everybody's where that is nothing."""
    means = np.empty((groups, values.shape[1]))
    for column, filled in enumerate(given.T):
        weights, answers = masses[filled], values[filled, column]
        whole = np.average(answers, weights=weights)
        total = np.bincount(group[filled], weights=weights, minlength=groups)
        above = np.bincount(group[filled], weights=weights * (answers - whole), minlength=groups)
        means[:, column] = whole + np.divide(above, total, out=np.zeros(groups), where=total > 0)
    return means


def _patterns(
    inside: FloatArray, given: BoolArray, away: BoolArray, masses: FloatArray
) -> tuple[IntArray, IncompleteRows]:
    """Return each row's pattern of blanks, and the sums of the patterns as if each was one row."""
    kind, first = _kinds(given, away)
    filled = given.sum(axis=0)
    centre = np.where(given, inside, 0.0).sum(axis=0) / filled
    spread = np.sqrt(np.where(given, (inside - centre) ** 2, 0.0).sum(axis=0) / filled)
    scale = np.where(spread > 0, spread, 1.0)
    standard = np.where(given, (inside - centre) / scale, 0.0)
    patterns = np.arange(len(first))
    return kind, IncompleteRows(
        centre=centre,
        scale=scale,
        order=patterns,
        starts=patterns,
        given=given[first],
        absent=away[first],
        products=product_sums(standard, kind, len(first), weights=masses),
    )


def _kinds(given: BoolArray, away: BoolArray) -> tuple[IntArray, IntArray]:
    """Return the number of each row's pattern, and the first row of each pattern."""
    kind = np.zeros(len(given), dtype=np.int64)
    first, highest = np.zeros(1, dtype=np.intp), 1
    for filled, absent in zip(given.T, away.T, strict=True):
        if not filled.all():
            kind = kind * 3 + ~filled + absent
            highest *= 3
        if highest >= KINDS_AT_MOST:
            kind = np.unique(kind, return_inverse=True)[1]
            highest = int(kind.max()) + 1
    _, first, kind = np.unique(kind, return_index=True, return_inverse=True)
    return kind, first


def _some_patterns(rows: IncompleteRows) -> Iterator[tuple[range, IncompleteRows]]:
    """Yield some patterns at a time, so that how columns follow from others fits in memory."""
    columns = len(rows.centre)
    step = max(1, NUMBERS_AT_ONCE // columns**2)
    for start in range(0, len(rows.given), step):
        patterns = range(start, min(start + step, len(rows.given)))
        some = slice(patterns.start, patterns.stop)
        yield (
            patterns,
            IncompleteRows(
                centre=rows.centre,
                scale=rows.scale,
                order=np.arange(len(patterns)),
                starts=np.arange(len(patterns)),
                given=rows.given[some],
                absent=rows.absent[some],
                products=rows.products[some],
            ),
        )


def _members(kind: IntArray, kinds: int) -> list[IntArray]:
    """Return the rows of each pattern."""
    order = np.argsort(kind, kind="stable")
    return np.split(order, np.cumsum(np.bincount(kind, minlength=kinds))[:-1])


def _pairs(columns: int) -> tuple[IntArray, IntArray]:
    first, second = np.triu_indices(columns)
    return first, second
