"""Have an engine add a lazy frame up to the table of sums, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from cxdrivers.errors import CxError
from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.engines import IDENTITY, collected, identified
from cxdrivers.moments.warehouse.expressions import cell_of
from cxdrivers.moments.warehouse.group_keys import exact_keys
from cxdrivers.moments.warehouse.hashing import one_in, part_count
from cxdrivers.moments.warehouse.memory import exact_key, orders_of, pandas_column
from cxdrivers.moments.warehouse.memory_route import FIRST_ROWS, Orders
from cxdrivers.moments.warehouse.part_tables import (
    CUT,
    EVERY,
    SLICE,
    asked_sizes,
    drawn_rows,
    parts_query,
    size_keys,
)
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.sums_table import SumsTable
from cxdrivers.moments.warehouse.tables import alone_query, totals_query
from cxdrivers.moments.warehouse.troubles import (
    check_kinds,
    check_names,
    is_text,
    trouble_of_blanks,
    trouble_of_rows,
)

Frame = nw.LazyFrame[Any]
LINES_AT_ONCE = 50_000
"""So many lines of parts are in a slice; more of them at once take much memory."""


class Engine:
    """What an engine of whatever kind does; one of our own does more."""

    def fetch(self, query: Frame) -> Iterator[nw.DataFrame[Any]]:
        """Have a query done, and yield its lines in one data frame or in several."""
        yield collected(query)

    def lend(self, table: pd.DataFrame) -> Frame | None:
        """Return a small table as one of the engine, or None where it takes none."""
        del table
        return None

    def fetch_parts(
        self, rows: Frame, slices: int, asked: Callable[[Frame], Frame]
    ) -> Iterator[nw.DataFrame[Any]]:
        """Have a query done of rows, whose slices may be apart, for all of them at once."""
        del slices
        yield from self.fetch(asked(rows))


class InEngine:
    """A lazy frame, added up by the engine that it belongs to.

    Parameters
    ----------
    frame
        The rows; with the column `IDENTITY` where row numbers are known already.
    engine
        What does it.
    """

    def __init__(self, frame: Frame, engine: Engine | None = None) -> None:
        self.frame = frame
        self.schema = dict(frame.collect_schema())
        self.engine = engine or Engine()

    def columns(self) -> Sequence[str]:
        """Return the columns of the table."""
        return [name for name in self.schema if name != IDENTITY]

    def head(self) -> pd.DataFrame:
        """Return a frame with the same columns, and no rows."""
        return pd.DataFrame(columns=list(self.columns()))

    def check(self, plan: SumsPlan) -> None:
        """Refuse columns that can hold no answers, or that the engine cannot name."""
        if self.frame.implementation.is_spark_like():
            check_names(plan)
        check_kinds(plan, self.schema)

    def orders(self, plan: SumsPlan) -> Orders:
        """Return for each column of `by` the places of its categories, where it has some."""
        return orders_of(plan, self.schema, None)

    def centres(self, plan: SumsPlan) -> FloatArray:
        """Return the mean of the first rows for columns without a scale, else their centre."""
        found = np.array([column.centre for column in plan.columns])
        rows = _respondents(plan, self.frame, self.schema).head(FIRST_ROWS)
        for place, column in enumerate(plan.columns):
            if plan.questions[column.question].key in plan.uncentred and not column.is_mark:
                found[place] = self._mean(plan, rows, place)
        return found

    def totals(self, plan: SumsPlan) -> Iterator[Any]:
        """Yield the totals of the table of sums, all of them at once."""
        query = totals_query(plan, self._rows(plan, identity=False))
        first, *more = self._lines(plan, self.engine.fetch(query))
        found = pd.concat([first, *filter(len, more)], ignore_index=True) if len(first) else first
        if plan.identity is not None and plan.ladder and len(found):
            counted = self.engine.fetch(alone_query(plan, self._rows(plan, identity=True)))
            found["alone"] = 0
            found.loc[0, "alone"] = sum(int(lines["alone"].sum()) for lines in counted)
        yield found

    def parts(self, plan: SumsPlan, table: SumsTable) -> Iterator[Any]:
        """Yield the parts of the table of sums, given its totals."""
        rows = self._rows(plan, identity=True)
        sizes, slices = self._sizes(plan, table, rows)
        rows = drawn_rows(plan, rows, sizes, cheapest=int(one_in(plan, table.n).min()))
        found = self.engine.fetch_parts(rows, slices, lambda some: parts_query(plan, some))
        yield from self._lines(plan, found)

    def _sizes(self, plan: SumsPlan, table: SumsTable, rows: Frame) -> tuple[Frame | int, int]:
        """Return the groups that have parts for `drawn_rows`, and how many slices they are in."""
        cut = part_count(plan, table.n)
        if not plan.by:
            return int(cut.max()), 1
        kinds = [self.schema[name] for name in plan.by]
        if all(kind.is_integer() or kind == nw.String for kind in kinds):
            place = (cut.cumsum() // LINES_AT_ONCE).astype(np.int16)
            known = pd.DataFrame({CUT: cut, EVERY: one_in(plan, table.n), SLICE: place})
            for at, name in enumerate(size_keys(plan)):
                known[name] = pd.Series([key[at] for key in table.keys])
            lent = self.engine.lend(known)
            if lent is not None:
                names = zip(size_keys(plan), kinds, strict=True)
                lent = lent.with_columns(nw.col(name).cast(kind) for name, kind in names)
                return lent, 1 + int(place.max())
        return asked_sizes(plan, rows), 1

    def trouble(self, plan: SumsPlan, table: SumsTable) -> CxError:
        """Return what is wrong, where rows cannot be used or none is usable."""
        rows = _respondents(plan, self.frame, self.schema)
        return (trouble_of_rows if table.off else trouble_of_blanks)(plan, rows)

    def _rows(self, plan: SumsPlan, *, identity: bool) -> Frame:
        frame = self.frame
        if identity and (plan.identity is not None or IDENTITY not in self.schema):
            frame = identified(plan, frame)
        return _respondents(plan, frame, self.schema)

    def _mean(self, plan: SumsPlan, rows: Frame, place: int) -> float:
        """Return the mean of a column over some rows, 0 where too few of them tell it."""
        items = plan.columns[place].items
        means = []
        for item in items:
            cell = cell_of(plan, item, self.schema[item.column])
            told = nw.when(cell.fits).then(cell.number).cast(nw.Float64).alias("told")
            line = collected(
                rows.select(told).select(
                    nw.col("told").mean().alias("mean"), nw.col("told").count().alias("count")
                )
            )
            if line["count"].item() < plan.minimum:
                return 0.0
            means.append(float(line["mean"].item()))
        return float(np.mean(means))

    def _lines(self, plan: SumsPlan, found: Iterable[nw.DataFrame[Any]]) -> Iterator[Any]:
        whole = exact_keys(plan, self.schema)
        for frame in found:
            yield pd.DataFrame(
                {
                    name: _exact_numbers(frame[name])
                    if name in whole
                    else pandas_column(frame[name])
                    for name in plan.result_columns
                }
            )


def _exact_numbers(column: nw.Series[Any]) -> pd.Series:
    """Return texts as the numbers that they are, with all their digits."""
    cells = zip(column.to_list(), column.is_null().to_list(), strict=True)
    numbers = (None if blank else exact_key(Decimal(cell)) for cell, blank in cells)
    return pd.Series(list(numbers), dtype=object)


def _respondents(plan: SumsPlan, frame: Frame, schema: Mapping[str, Any]) -> Frame:
    """Return the rows in which all that is required is filled in."""
    for name in plan.required:
        column = nw.col(name)
        if is_text(schema[name]):
            frame = frame.filter(column.cast(nw.String).str.strip_chars() != "")
        elif schema[name].is_float():
            frame = frame.filter(~column.is_null() & ~column.is_nan())
        else:
            frame = frame.filter(~column.is_null())
    return frame
