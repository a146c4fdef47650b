"""Add the rows of a data frame in memory up to the table of sums, some rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.hashing import MODULUS, hashed, one_in, part_count, parts_of
from cxdrivers.moments.warehouse.memory import (
    Keyed,
    ids_of,
    keyed,
    pandas_column,
    respondents_of,
    weights_of,
)
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.rows import Rows, amounts_of, rows_of
from cxdrivers.moments.warehouse.sums_table import IntArray, least_of

ROWS_AT_ONCE = 2**17

Tick = Callable[[float], object]
"""Called with the rows that were added up."""


def totals_of_frame(
    plan: SumsPlan, frame: nw.DataFrame[Any], *, tick: Tick | None = None
) -> pd.DataFrame:
    """Return the totals of a table of sums.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows.
    tick
        Called as rows are added up.

    Raises
    ------
    SurveyError
        As of a survey, when a column or a weight cannot be read.
    """
    here = _Frame(plan, frame)
    groups = len(here.keyed.keys)
    place = np.where(here.keyed.codes < 0, groups, here.keyed.codes)
    rows = np.bincount(place, minlength=groups + 1)
    counts = np.zeros((groups + 1, 3), dtype=np.intp)
    away = np.zeros((groups + 1, len(plan.marked)), dtype=np.intp)
    amounts = np.zeros((groups + 1, len(plan.amounts)))
    for chunk, found in here.chunks(tick):
        where = place[chunk]
        amounts += amounts_of(plan, found, where, groups + 1)
        nameless = found.usable & here.missing[chunk]
        for column, counted in enumerate((found.usable, found.off, nameless)):
            counts[:, column] += np.bincount(where[counted], minlength=groups + 1)
        for column, absent in enumerate(found.away.T):
            told = where[absent & found.usable]
            away[:, column] += np.bincount(told, minlength=groups + 1)
    least = least_of(plan, counts[:, 0], amounts)
    nobody = (least == 0) & (rows >= plan.minimum)
    is_group = np.arange(groups + 1) < groups
    small = is_group & (least < plan.minimum) & ~nobody
    told = is_group & (least >= plan.minimum)
    numbers = np.column_stack([rows, counts, away, amounts])
    numbers[~told, 1 + counts.shape[1] :] = np.nan
    kept = np.flatnonzero(~small & (rows > 0))
    lines = [_line(plan, here.keyed.keys[each] if is_group[each] else None) for each in kept]
    table = numbers[kept]
    if small.any():
        lines.append(_line(plan, None, small=int(small.sum())))
        together = np.where(np.isnan(numbers[small]), 0.0, numbers[small]).sum(axis=0)
        together[1 + counts.shape[1] :] = np.nan
        table = np.vstack([table, together])
    return _table(plan, lines, table)


def parts_of_frame(
    plan: SumsPlan, frame: nw.DataFrame[Any], *, tick: Tick | None = None
) -> pd.DataFrame:
    """Return the parts of a table of sums, of the groups that are large enough.

    Parameters
    ----------
    plan, frame, tick
        As `totals_of_frame`.
    """
    here = _Frame(plan, frame)
    groups = len(here.keyed.keys)
    n = np.zeros(groups, dtype=np.intp)
    amounts = np.zeros((groups, len(plan.amounts)))
    for chunk, found in here.chunks(None):
        codes = here.keyed.codes[chunk]
        n += np.bincount(codes[found.usable & (codes >= 0)], minlength=groups)
        if plan.is_pairwise:
            amounts += amounts_of(plan, found, codes, groups)
    n = least_of(plan, n, amounts)
    cut = np.where(n >= plan.minimum, part_count(plan, n), 0)
    every = one_in(plan, n)
    most = max(1, int(cut.max(initial=0)))
    part = _part_of_row(here, cut, every)
    sums = np.zeros((groups * most, len(plan.amounts)))
    usable = np.zeros(groups * most, dtype=np.intp)
    for chunk, found in here.chunks(tick):
        place = np.where(part[chunk] < 0, -1, here.keyed.codes[chunk] * most + part[chunk])
        sums += amounts_of(plan, found, place, groups * most)
        usable += np.bincount(place[found.usable & (place >= 0)], minlength=groups * most)
    least = least_of(plan, usable, sums).reshape(groups, most)
    taken = usable.reshape(groups, most) > 0
    enough = np.where(taken, least, plan.minimum).min(axis=1) >= plan.minimum
    kept = np.flatnonzero((taken & enough[:, np.newaxis]).ravel())
    lines = [_line(plan, here.keyed.keys[at // most], part=at % most) for at in kept.tolist()]
    numbers = np.full((len(kept), len(plan.counts) + len(plan.sums)), np.nan)
    numbers[:, 1] = usable[kept]
    numbers[:, -len(plan.amounts) :] = sums[kept]
    return _table(plan, lines, numbers)


class _Frame:
    """A frame whose rows have a group, a weight and an identity."""

    def __init__(self, plan: SumsPlan, frame: nw.DataFrame[Any]) -> None:
        self.plan = plan
        self.frame, numbers = respondents_of(plan, frame)
        self.keyed: Keyed = keyed(plan, self.frame)
        self.weights: FloatArray = weights_of(plan, self.frame)
        self.ids, self.missing = ids_of(plan, self.frame, numbers)
        items = [item.column for asked in plan.questions for item in asked.items]
        self.columns = {item: pandas_column(self.frame[item]) for item in items}
        numeric = all(map(pd.api.types.is_numeric_dtype, self.columns.values()))
        self.at_once = ROWS_AT_ONCE if numeric else max(1, len(self.frame))

    def chunks(self, tick: Tick | None) -> Iterator[tuple[slice, Rows]]:
        """Yield some rows at a time; all at once where texts must be looked at together."""
        for start in range(0, len(self.frame), self.at_once):
            chunk = slice(start, start + self.at_once)
            cells = {name: column.iloc[chunk] for name, column in self.columns.items()}
            found = rows_of(self.plan, pd.DataFrame(cells), self.weights[chunk])
            yield chunk, found
            if tick is not None:
                tick(len(found.weights))


def _part_of_row(here: _Frame, cut: IntArray, every: IntArray) -> IntArray:
    """Return the part that each row is in, -1 for none."""
    codes = here.keyed.codes
    found = hashed(here.ids, here.plan.seed)
    in_parts = (codes >= 0) & (cut[codes] > 0) & (found * every[codes] < MODULUS)
    part = parts_of(found, np.maximum(cut[codes], 1), here.plan.seed)
    return np.where(in_parts, part, -1).astype(np.intp)


def _line(
    plan: SumsPlan, key: tuple[object, ...] | None, *, part: int = -1, small: int = 0
) -> tuple[object, ...]:
    """Return the first columns of a line of the table: its group, and what it stands for."""
    names = (None,) * len(plan.by) if key is None else key
    return (*names, int(small > 0), part, max(small, 1))


def _table(plan: SumsPlan, lines: list[tuple[object, ...]], numbers: FloatArray) -> pd.DataFrame:
    names = [*plan.keys, "small", "part", "groups"]
    heads = list(zip(*lines, strict=True)) if lines else [()] * len(names)
    columns = {
        name: pd.Series(list(cells), dtype=object if name in plan.keys else np.int64)
        for name, cells in zip(names, heads, strict=True)
    }
    found = dict(zip((*plan.counts, *plan.sums), numbers.T, strict=True))
    return pd.DataFrame({**columns, **found})
