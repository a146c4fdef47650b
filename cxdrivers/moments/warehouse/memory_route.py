"""Add a data frame in memory up to the table of sums, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from tqdm import tqdm

from cxdrivers.errors import CxError
from cxdrivers.moments.sums import FloatArray
from cxdrivers.moments.warehouse.frames import parts_of_frame, totals_of_frame
from cxdrivers.moments.warehouse.memory import (
    decimal_of,
    orders_of,
    pandas_column,
    respondents_of,
)
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.rows import asked_of, rows_of
from cxdrivers.moments.warehouse.sums_table import SumsTable
from cxdrivers.moments.warehouse.troubles import (
    MOST_VALUES,
    blanks_error,
    most_answered,
    off_scale_error,
)
from cxdrivers.survey.coding import coded_answers

FIRST_ROWS = 4096
"""Rows that say around which number answers lie, where there is no scale."""
PROGRESS_AFTER = 2.0
"""Seconds before progress is shown."""

Orders = Sequence[Mapping[Hashable, int] | None]


class InMemory:
    """A data frame in memory, added up with NumPy.

    Parameters
    ----------
    frame
        The rows.
    """

    def __init__(self, frame: nw.DataFrame[Any]) -> None:
        self.frame = frame

    def columns(self) -> Sequence[str]:
        """Return the columns of the table."""
        return self.frame.columns

    def head(self) -> pd.DataFrame:
        """Return a frame with the same columns, that says which are categories."""
        native = nw.to_native(self.frame)
        if isinstance(native, pd.DataFrame):
            return native
        return pd.DataFrame(columns=list(self.frame.columns))

    def check(self, plan: SumsPlan) -> None:
        """Refuse nothing: a column that cannot be read is found when it is read."""

    def orders(self, plan: SumsPlan) -> Orders:
        """Return for each column of `by` the places of its categories, where it has some."""
        return orders_of(plan, self.frame.schema, nw.to_native(self.frame))

    def centres(self, plan: SumsPlan) -> FloatArray:
        """Return the mean of the first rows for columns without a scale, else their centre."""
        cells = self._cells(plan, FIRST_ROWS)
        rows = rows_of(plan, cells, np.ones(len(cells)))
        answered = np.isfinite(rows.values)
        for driver, away in zip(plan.marked, rows.away.T, strict=True):
            mine = [column.question == driver for column in plan.columns]
            answered[np.ix_(away, mine)] = False
        counts = np.maximum(answered.sum(axis=0), 1)
        means = np.where(answered, rows.values, 0.0).sum(axis=0) / counts
        bare = [plan.questions[each.question].key in plan.uncentred for each in plan.columns]
        return np.where(bare, means, [column.centre for column in plan.columns])

    def totals(self, plan: SumsPlan) -> Iterator[Any]:
        """Yield the totals of the table of sums."""
        with tqdm(total=len(self.frame), delay=PROGRESS_AFTER, leave=False) as bar:
            yield totals_of_frame(plan, self.frame, tick=bar.update)

    def parts(self, plan: SumsPlan, table: SumsTable) -> Iterator[Any]:
        """Yield the parts of the table of sums."""
        del table
        with tqdm(total=len(self.frame), delay=PROGRESS_AFTER, leave=False) as bar:
            yield parts_of_frame(plan, self.frame, tick=bar.update)

    def trouble(self, plan: SumsPlan, table: SumsTable) -> CxError:
        """Return what is wrong, where rows cannot be used or none is usable."""
        cells = self._cells(plan, len(self.frame))
        answered: dict[str, int] = {}
        questions = list(zip(plan.questions, asked_of(plan), strict=True))
        for asked, question in (questions[-1], *questions[:-1]):
            answers = coded_answers(cells, question, decimal_of(plan))
            told = np.isfinite(answers.values) | (answers.not_applicable & asked.marked)
            counts = dict(zip(question.items, told.sum(axis=0).tolist(), strict=True))
            answered[asked.key] = most_answered(asked, counts)
            for place, item in enumerate(asked.items):
                outside = answers.off_scale[:, place]
                if table.off and outside.any():
                    found = answers.values[outside, place]
                    given = found if item.turned is None else item.turned - found
                    values = np.unique(given)[:MOST_VALUES].tolist()
                    return off_scale_error(item, int(outside.sum()), values, minimum=1)
        return blanks_error(answered, len(cells), pairwise=plan.is_pairwise)

    def _cells(self, plan: SumsPlan, rows: int) -> pd.DataFrame:
        frame = respondents_of(plan, self.frame)[0].head(rows)
        items = [item.column for asked in plan.questions for item in asked.items]
        return pd.DataFrame({item: pandas_column(frame[item]) for item in items})
