"""Describe the columns of a file as far as a draft of its codebook needs to know them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.codebook.draft_hints import is_generic
from cxdrivers.codebook.draft_ratings import Rating, counted, find_rating
from cxdrivers.reading.yes_no import yes_no_words

if TYPE_CHECKING:
    from cxdrivers.reading.table import Table


@dataclass(frozen=True)
class Column:
    """A column of the file: its name, its label and the shape of its answers.

    Attributes
    ----------
    name, label
        As in the file; the label is empty when there is none.
    rows, answers, distinct
        Rows of the file, rows with a value, and different values.
    text
        Whether it holds texts, other than yes and no.
    yes_no
        Whether it holds nothing but yes and no, in words or as booleans.
    rating
        What its answers are like as a rating, or None.
    """

    name: str
    label: str
    rows: int
    answers: int
    distinct: int
    text: bool
    yes_no: bool
    rating: Rating | None

    @property
    def repeats(self) -> bool:
        """Whether some value stands in more than one row."""
        return self.distinct < self.answers

    @property
    def nearly_empty(self) -> bool:
        """Whether fewer than one row in ten holds an answer."""
        return 10 * self.answers < self.rows

    @property
    def stem(self) -> str:
        """The name without the number of the item: "rel" of "rel_1"; else the whole name."""
        found = re.fullmatch(r"(.*?)[\W_]*\d+", self.name)
        return found[1] if found and not is_generic(found[1]) else self.name

    @property
    def block(self) -> str:
        """The number of the question that a column belongs to ("Q7" of "Q7ALL"), or nothing."""
        found = re.match(r"(?:q|v|vr|vraag|question)[\W_]?\d+(?=[\W_a-z])", self.name.casefold())
        return found[0] if found else ""


def columns_of(table: Table) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Return the columns of a file, and the names that no codebook can use.

    Such a name is blank or stands more than once.
    """
    names = Counter(map(str, table.frame.columns))
    unusable = tuple(name for name, times in names.items() if times > 1 or not name.strip())
    described = tuple(
        _described(table, str(name), table.frame.iloc[:, place])
        for place, name in enumerate(table.frame.columns)
        if str(name) not in unusable
    )
    return described, unusable


def _described(table: Table, name: str, series: pd.Series) -> Column:
    counts = None if pd.api.types.is_bool_dtype(series) else counted(series)
    labels = table.value_labels.get(name, {})
    missing = table.missing_codes.get(name, ())
    text = not pd.api.types.is_numeric_dtype(series)
    yes_no = _is_yes_no(series)
    return Column(
        name=name,
        label=" ".join(table.column_labels.get(name, "").split()),
        rows=len(series),
        answers=int(series.notna().sum()),
        distinct=int(series.nunique()),
        text=text and not yes_no and not pd.api.types.is_datetime64_any_dtype(series),
        yes_no=yes_no,
        rating=None if counts is None else find_rating(counts, labels, missing),
    )


def _is_yes_no(series: pd.Series) -> bool:
    if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        return False
    given = series.dropna().unique()
    words = yes_no_words(given)
    return words is not None and not words.others(given)
