"""Read what people say of texts: a table with a row number and a label, 1 or 0."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.reading.readers import read_table

ROW, TEXT, STANDS_FOR, LABEL, SECOND = COLUMNS = (
    "row",
    "text",
    "stands_for",
    "label",
    "second_label",
)
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What begins a cell that a spreadsheet may run as a formula."""
SHOWN = 5
MOST_STANDS_FOR = 1e9
"""No text was drawn for more; squares of larger numbers overflow."""


@dataclass(frozen=True, eq=False)
class LabelTable:
    """The texts that a person has labelled, without those left blank.

    Attributes
    ----------
    row
        Shape ``(labels,)``: which text, counted from 0.
    label, second
        Shape ``(labels,)``: 1 or 0; the second is NaN where the second coder gave none.
    stands_for
        Shape ``(labels,)``: how many texts each was drawn for; 1 where the table does not say.
    text
        The texts as they were written, or None without that column.
    blank
        Rows of the table that nobody has labelled.
    """

    row: NDArray[np.intp]
    label: FloatArray
    second: FloatArray
    stands_for: FloatArray
    text: tuple[str, ...] | None
    blank: int


def read_labels(labels: pd.DataFrame | str | Path, *, n: int | None = None) -> LabelTable:
    """Read a table of labels.

    Parameters
    ----------
    labels
        What `mention_sample` drew, with `label` filled in: a table, or a CSV or Excel file.
    n
        How many texts there are; None when the table stands by itself.

    Raises
    ------
    FitError
        When columns are not there, a label is not 1 or 0, a row is not there or twice, or nothing
        is labelled.
    """
    table = labels if isinstance(labels, pd.DataFrame) else read_table(labels).frame
    needed = [ROW, LABEL] if n is not None else [TEXT, LABEL]
    missing = [name for name in needed if name not in table]
    if missing:
        raise FitError("labels_columns", missing=missing, columns=[str(name) for name in table])
    label = _flags(table, LABEL)
    done = ~np.isnan(label)
    if not done.any():
        raise FitError("labels_none", rows=len(table))
    nothing = np.full(len(table), np.nan)
    second = _flags(table, SECOND) if SECOND in table else nothing
    weights = _numbers(table[STANDS_FOR]) if STANDS_FOR in table else np.ones(len(table))
    weights = np.where((weights > 0) & (weights <= MOST_STANDS_FOR), weights, 1.0)
    rows = np.arange(len(table)) if n is None else _rows(table[ROW], done, n)
    texts = table.loc[done, TEXT].map(_as_written) if TEXT in table else None
    return LabelTable(
        row=rows[done].astype(np.intp),
        label=label[done],
        second=second[done],
        stands_for=weights[done],
        text=None if texts is None else tuple(texts),
        blank=int((~done).sum()),
    )


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe goes before what begins a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("top")
    ("'=1+1", 'top')
    """
    return f"'{text}" if text.startswith(RISKY) else text


def _as_written(text: object) -> str:
    """Return a text without the apostrophe that `harmless` puts before it."""
    if not isinstance(text, str):
        return "" if pd.Series([text]).isna().item() else str(text)
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _numbers(values: pd.Series) -> FloatArray:
    return pd.to_numeric(values, errors="coerce").to_numpy(np.float64, na_value=np.nan)


def _flags(table: pd.DataFrame, column: str) -> FloatArray:
    """Return 1, 0 or NaN for a blank."""
    given = table[column].map(lambda value: None if str(value).strip() == "" else value)
    values = _numbers(given)
    wrong = given.notna().to_numpy() & ~np.isin(values, (0.0, 1.0))
    if wrong.any():
        examples = list(dict.fromkeys(str(value) for value in given[wrong]))[:SHOWN]
        raise FitError("labels_not_flags", column=column, count=int(wrong.sum()), examples=examples)
    return values


def _rows(given: pd.Series, done: NDArray[np.bool_], n: int) -> FloatArray:
    """Return which text each row is about."""
    values = _numbers(given)
    there = (values >= 0) & (values < n) & (values == np.floor(values))
    wrong = done & ~there
    if wrong.any():
        examples = [_shown(value) for value in given[wrong]][:SHOWN]
        raise FitError("labels_rows_unknown", count=int(wrong.sum()), examples=examples, last=n - 1)
    twice = pd.Series(values[done]).duplicated()
    if twice.any():
        examples = [f"{value:.0f}" for value in dict.fromkeys(values[done][twice])][:SHOWN]
        raise FitError("labels_rows_twice", count=int(twice.sum()), examples=examples)
    return np.where(there, values, -1)
