"""Take the columns of a table that perceptions are read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.cells import BLANK_MARKS, is_blank, typed_columns
from cxdrivers.survey.coding import FloatArray

Cell = str | float | int | bool | None


def table_columns(frame: object, columns: Sequence[tuple[str, str]]) -> list[pd.Series]:
    """Return columns of a table by name, each asked for in a role.

    Parameters
    ----------
    frame
        What was given as a table.
    columns
        Argument and name of each.

    Raises
    ------
    SurveyError
        When it is no table, holds no rows, or a column is not there, there twice or in two roles.
    """
    if not isinstance(frame, pd.DataFrame):
        raise SurveyError("perception_no_table", kind=type(frame).__name__)
    if not len(frame):
        raise SurveyError("perception_no_rows")
    known = [str(column) for column in frame.columns]
    asked: dict[str, str] = {}
    for argument, column in columns:
        if column is None or column not in frame.columns:
            near = nearest(column, known)
            facts = {"column": column, "argument": argument, "near": near, "columns": known}
            raise SurveyError("perception_column_unknown", **facts)
        if isinstance(frame[column], pd.DataFrame):
            raise SurveyError("perception_column_twice", column=column)
        if column in asked:
            roles = {"argument": asked[column], "other": argument}
            raise SurveyError("perception_column_shared", column=column, **roles)
        asked[column] = argument
    return [frame[column] for _, column in columns]


def cells_of(column: pd.Series) -> list[Cell]:
    """Return plain cells, None for every blank."""
    plain: list[Cell] = column.astype(object).where(column.notna(), None).tolist()
    return [None if is_blank(cell) else cell for cell in plain]


def labels_of(column: pd.Series) -> list[str | None]:
    """Return the name of a group or question in every row, None where there is none.

    White space around and within a name does not matter.

    Raises
    ------
    SurveyError
        When no row has one, or one name is written with and without capitals.
    """
    labels = [_label(cell) for cell in cells_of(column)]
    spelt: defaultdict[str, set[str]] = defaultdict(set)
    for label in labels:
        if label is not None:
            spelt[label.casefold()].add(label)
    if not spelt:
        raise SurveyError("perception_column_blank", column=str(column.name), n=len(labels))
    for found in spelt.values():
        if len(found) > 1:
            facts = {"column": str(column.name), "labels": sorted(found)}
            raise SurveyError("perception_two_spellings", **facts)
    return labels


def order_of(column: pd.Series, labels: Iterable[str | None]) -> list[str]:
    """Return every name once: in the order of the categories, or else of the rows."""
    there = dict.fromkeys(label for label in labels if label is not None)
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return list(there)
    known = dict.fromkeys(_label(category) for category in column.dtype.categories)
    return [label for label in known if label is not None and label in there]


def numbers_of(cells: Sequence[Cell]) -> FloatArray | None:
    """Return cells as numbers, NaN for blanks, or None when one is no number."""
    (column,) = typed_columns([cells], decimal=None, otherwise=".")
    if column.dtype == object:
        return np.full(len(cells), np.nan) if all(cell is None for cell in cells) else None
    return column.to_numpy(np.float64)


def texts_among(cells: Iterable[Cell]) -> list[str]:
    """Return the cells that are texts and write no number, each once."""
    texts = dict.fromkeys(cell.strip() for cell in cells if isinstance(cell, str))
    return [text for text in texts if text not in BLANK_MARKS and numbers_of([text]) is None]


def _label(cell: object) -> str | None:
    if is_blank(cell):
        return None
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return " ".join(str(cell).split())
