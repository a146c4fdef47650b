"""Have Spark add a data frame up by the query that is handed to data teams.

A query that Spark writes itself from some thousand expressions takes it several times as long to
make ready, and no longer fits in what it compiles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import narwhals as nw
import pandas as pd

from cxdrivers.moments.warehouse.dialects import SPARK, dialect_of
from cxdrivers.moments.warehouse.engine_route import Frame, InEngine
from cxdrivers.moments.warehouse.engines import IDENTITY
from cxdrivers.moments.warehouse.expressions import cell_of
from cxdrivers.moments.warehouse.group_keys import exact_keys
from cxdrivers.moments.warehouse.plan import Asked, Item, SumsPlan
from cxdrivers.moments.warehouse.query_sums import WEIGHT
from cxdrivers.moments.warehouse.sql import sums_query
from cxdrivers.moments.warehouse.sums_table import SumsTable
from cxdrivers.moments.warehouse.troubles import is_text

AWAY = -1e300
"""Stands in a column of texts for "did not apply", once it holds numbers."""

_numbers = count()


class InSpark(InEngine):
    """A data frame of Spark, added up by Spark.

    Totals and parts come of one query: what they have in common is then done once.

    Parameters
    ----------
    frame
        The rows.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._asked: SumsPlan | None = None
        self._found = pd.DataFrame()

    def totals(self, plan: SumsPlan) -> Iterator[Any]:
        """Yield the totals of the table of sums."""
        found = self._added_up(plan)
        yield found[found["part"] < 0]

    def parts(self, plan: SumsPlan, table: SumsTable) -> Iterator[Any]:
        """Yield the parts of the table of sums, which mostly came with its totals."""
        del table
        asked = self._asked
        known = asked is not None and (asked.columns, asked.ladder) == (plan.columns, plan.ladder)
        found = self._found if known else self._added_up(plan)
        yield found[found["part"] >= 0]

    def _added_up(self, plan: SumsPlan) -> pd.DataFrame:
        """Return the table of sums."""
        rows, asked = self._view(plan)
        native: Any = nw.to_native(rows)
        session = native.sparkSession
        name = f"cxdrivers_rows_{next(_numbers)}"
        native.createTempView(name)
        try:
            found = session.sql(sums_query(asked, dialect_of(SPARK), [name]))
            lines = list(self._lines(plan, self.engine.fetch(nw.from_native(found))))
        finally:
            session.catalog.dropTempView(name)
        self._asked, self._found = plan, pd.concat(lines, ignore_index=True)
        return self._found

    def _view(self, plan: SumsPlan) -> tuple[Frame, SumsPlan]:
        """Return rows with columns of plain names that hold numbers, and the plan for these."""
        rows = self._rows(plan, identity=bool(plan.ladder))
        columns = [nw.col(IDENTITY)] if plan.ladder else []
        if plan.weight is not None:
            columns.append(nw.col(plan.weight).cast(nw.Float64).alias(WEIGHT))
        by = tuple(f"cxdrivers_{key}" for key in plan.keys)
        columns += [self._key(plan, *named) for named in zip(plan.keys, plan.by, by, strict=True)]
        items: dict[Item, Item] = {}
        for item in (each for asked in plan.questions for each in asked.items):
            items[item] = replace(item, column=f"cxdrivers_item_{len(items)}")
            if is_text(self.schema[item.column]):
                items[item] = replace(items[item], not_applicable=(AWAY,), dont_know=())
            columns.append(self._answers(plan, item).alias(items[item].column))
        return rows.select(*columns), replace(
            plan,
            questions=tuple(_with(asked, items) for asked in plan.questions),
            columns=tuple(
                replace(column, items=tuple(items[item] for item in column.items))
                for column in plan.columns
            ),
            by=by,
            weight=WEIGHT if plan.weight is not None else None,
            required=(),
            identity=IDENTITY if plan.ladder else None,
        )

    def _key(self, plan: SumsPlan, key: str, column: str, name: str) -> nw.Expr:
        """Return a column that tells groups apart, as `exact_keys` says, null where it is blank."""
        found = nw.col(column)
        if key in exact_keys(plan, self.schema):
            found = found.cast(nw.String)
        elif is_text(self.schema[column]):
            found = nw.when(found.str.strip_chars() != "").then(found)
        return found.alias(name)

    def _answers(self, plan: SumsPlan, item: Item) -> nw.Expr:
        """Return an item as it stands, but texts as numbers: infinite where they are none."""
        if not is_text(self.schema[item.column]):
            return nw.col(item.column)
        cell = cell_of(plan, item, self.schema[item.column])
        wrong = nw.when(cell.off).then(nw.lit(float("inf")))
        answer = nw.when(cell.fits).then(cell.number).otherwise(wrong)
        return nw.when(cell.away).then(nw.lit(AWAY)).otherwise(answer)


def _with(asked: Asked, items: dict[Item, Item]) -> Asked:
    return replace(asked, items=tuple(items[item] for item in asked.items))
