"""Read the table of sums that came back, and find its groups and their parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.moments.group_labels import BETWEEN, distinct_labels, natural_order
from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.hashing import one_in, part_count
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.reading.cells import is_blank

IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]
Key = tuple[Hashable, ...]


@dataclass(frozen=True, eq=False)
class SumsTable:
    """The sums of K groups in up to U parts, as they were added up.

    Attributes
    ----------
    labels
        The names of the groups that have sums, in the order of a reader.
    keys
        What stands for each of them in the columns of `by`.
    rows, n
        Shape ``(K,)``: respondents, and those that are usable (pairwise: of the rarest pair).
    away
        Shape ``(K, a)``: usable respondents to whom the drivers with a mark did not apply.
    totals
        Shape ``(K, m)``: the other columns of `SumsPlan.sums`.
    parts
        Shape ``(K, U, m)``: the same of each part, 0 where there is none.
    told
        Shape ``(K,)``: whether a group has parts.
    cut
        Shape ``(K,)``: into how many parts a group is cut, if it has any.
    sampled
        Shape ``(K,)``: whether only some of its rows are in the parts.
    unplaced, off, alone
        Usable respondents without a group; rows with an answer or a weight that cannot be used;
        usable respondents whose identity is blank.
    everybody
        All rows, usable or not.
    empty
        Names of groups in which nobody is usable.
    withheld, withheld_n
        How many groups are small, and their usable respondents.
    """

    labels: tuple[str, ...]
    keys: tuple[Key, ...]
    rows: IntArray
    n: IntArray
    away: IntArray
    totals: FloatArray
    parts: FloatArray
    told: BoolArray
    cut: IntArray
    sampled: BoolArray
    unplaced: int
    off: int
    alone: int
    everybody: int
    empty: tuple[str, ...]
    withheld: int
    withheld_n: int


@dataclass(frozen=True, eq=False)
class _Lines:
    """Some lines of the table of sums: which group each is of, and its numbers by column."""

    keys: list[Key]
    frame: nw.DataFrame[Any]

    def numbers(self, name: str) -> FloatArray:
        values: FloatArray = self.frame[name].cast(nw.Float64).to_numpy()
        return np.nan_to_num(values)

    def whole(self, name: str) -> IntArray:
        return self.numbers(name).astype(np.intp)


def read_sums(
    plan: SumsPlan, frames: Iterable[Any], orders: Sequence[Mapping[Hashable, int] | None] = ()
) -> SumsTable:
    """Return what stands in a table of sums.

    Parameters
    ----------
    plan
        What was asked for.
    frames
        Data frames of any kind that are the table one after the other, with the columns
        `SumsPlan.result_columns`: the totals in the first.
    orders
        For each column of `by` the places of its categories, or None where it has none.

    Raises
    ------
    FitError
        When there are no totals, or parts of a group that has none.
    """
    split = (_split(plan, nw.from_native(each)) for each in frames)
    totals, first = next(split)
    usable, small = totals.whole("n"), totals.whole("small") > 0
    named = ~small & np.array([not any(map(is_blank, key)) for key in totals.keys], dtype=bool)
    if not usable.size:
        raise FitError("sums_without_totals")
    told_of = np.flatnonzero(named)
    amounts = _amounts(plan, totals)
    least = least_of(plan, usable, amounts)
    full, empty = told_of[least[told_of] > 0], told_of[least[told_of] == 0]
    values = [[key[place] for key in totals.keys] for place in range(len(plan.by))]
    order = _order(values, full, orders)
    labels = _labels(values, full[order])
    kept = full[order]
    places = {totals.keys[line]: place for place, line in enumerate(kept.tolist())}
    n = least[kept]
    cut = part_count(plan, n)
    parts = np.zeros((len(kept), max(1, int(cut.max(initial=1))), amounts.shape[1]))
    told = np.zeros(len(kept), dtype=bool)
    for lines in chain([first], (more for _, more in split)):
        told |= _fill(plan, lines, places, cut, parts)
    return SumsTable(
        labels=labels,
        keys=tuple(places),
        rows=totals.whole("rows")[kept],
        n=n,
        away=np.column_stack(
            [np.zeros((len(kept), 0), dtype=np.intp)]
            + [totals.whole(f"away_{place}")[kept, np.newaxis] for place in plan.marked]
        ),
        totals=amounts[kept],
        parts=parts,
        told=told,
        cut=cut,
        sampled=one_in(plan, n) > 1,
        unplaced=int(usable[~named & ~small].sum()),
        off=int(totals.whole("off").sum()),
        alone=int(totals.whole("alone").sum()),
        everybody=int(totals.whole("rows").sum()),
        empty=_labels(values, empty),
        withheld=int(totals.whole("groups")[small].sum()),
        withheld_n=int(usable[small].sum()),
    )


def least_of(plan: SumsPlan, n: IntArray, amounts: FloatArray) -> IntArray:
    """Return the respondents that decide about a group: usable ones, or those of the rarest pair.

    Parameters
    ----------
    plan
        What was asked for.
    n
        Shape ``(...)``: usable respondents.
    amounts
        Shape ``(..., m)``: the columns of `SumsPlan.sums` that do not count who was away.
    """
    if not plan.is_pairwise:
        return n
    least: IntArray = amounts[..., : len(plan.pairs)].min(axis=-1).astype(np.intp)
    return least


def _split(plan: SumsPlan, frame: nw.DataFrame[Any]) -> tuple[_Lines, _Lines]:
    """Return the lines of totals, and those of parts."""
    is_total = frame["part"].cast(nw.Float64).to_numpy() < 0
    return _some(plan, frame, is_total), _some(plan, frame, ~is_total)


def _some(plan: SumsPlan, frame: nw.DataFrame[Any], lines: BoolArray) -> _Lines:
    chosen = frame if lines.all() else frame.filter(lines.tolist())
    columns = [_cells(chosen[key]) for key in plan.keys]
    return _Lines(list(zip(*columns, strict=True)) if columns else [()] * len(chosen), chosen)


def _cells(column: nw.Series[Any]) -> list[Hashable]:
    cells, missing = column.to_list(), column.is_null().to_list()
    return [None if blank else cell for cell, blank in zip(cells, missing, strict=True)]


def _amounts(plan: SumsPlan, lines: _Lines) -> FloatArray:
    columns = [lines.numbers(name) for name in plan.amounts]
    return np.column_stack(columns)


def _fill(
    plan: SumsPlan, lines: _Lines, places: Mapping[Key, int], cut: IntArray, parts: FloatArray
) -> BoolArray:
    """Put the sums of parts where they belong, and return which groups have any."""
    told = np.zeros(len(parts), dtype=bool)
    place = np.array([places.get(key, -1) for key in lines.keys], dtype=np.intp)
    part = lines.whole("part")
    if (place < 0).any() or (part >= cut[place]).any():
        raise FitError("parts_of_no_group")
    told[place] = True
    for column, name in enumerate(plan.amounts):
        parts[place, part, column] = lines.numbers(name)
    return told


def _order(
    values: Sequence[Sequence[Hashable]],
    lines: IntArray,
    orders: Sequence[Mapping[Hashable, int] | None],
) -> IntArray:
    """Return the order in which a reader expects groups: by category, or natural."""

    def rank(place: int) -> tuple[object, ...]:
        line = int(lines[place])
        ranks: list[object] = []
        for column, found in enumerate(values):
            known = orders[column] if orders else None
            value = found[line]
            ranks.append(natural_order(value) if known is None else (0, known[value]))
        return tuple(ranks)

    return np.array(sorted(range(len(lines)), key=rank), dtype=np.intp)


def _labels(values: Sequence[Sequence[Hashable]], lines: IntArray) -> tuple[str, ...]:
    if not values:
        return ("",) * len(lines)
    written = [_written([found[line] for line in lines.tolist()]) for found in values]
    return tuple(BETWEEN.join(names) for names in zip(*written, strict=True))


def _written(values: Sequence[Hashable]) -> list[str]:
    found = list(dict.fromkeys(values))
    named = dict(zip(found, distinct_labels(found), strict=True))
    return [named[value] for value in values]
