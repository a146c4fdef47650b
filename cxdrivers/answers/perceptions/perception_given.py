"""Read shares that somebody counted before, a row a question and group."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.answers.perceptions.perception_columns import (
    Cell,
    cells_of,
    labels_of,
    numbers_of,
    order_of,
    table_columns,
    texts_among,
)
from cxdrivers.answers.perceptions.perception_shares import COLUMNS, PerceptionCells
from cxdrivers.answers.perceptions.roles import in_order
from cxdrivers.errors import FitError, SurveyError
from cxdrivers.survey.coding import FloatArray
from cxdrivers.wording import Sentence, sentence

PERCENT = "%"
THOUSANDS = re.compile(r"\s*\d{1,3}([.,'’\s]\d{3})+\s*")
"""Numbers with a mark for thousands."""


def given_shares(
    frame: object, question: str, group: str, share: str, n: str | None
) -> PerceptionCells:
    """Return shares as they were given, from 0 to 1.

    Parameters
    ----------
    frame
        The table, a row a question and group.
    question, group, share
        Columns: which question, of whom, and the share that says yes. All shares are proportions
        or all are percentages.
    n
        The column with the number of respondents behind each, blank or a text where it is not
        known; None when no row has one.

    Raises
    ------
    SurveyError
        When a column is not there or cannot be read.
    FitError
        When no row has a share.
    """
    asked = [("question", question), ("group", group), ("share", share)]
    columns = table_columns(frame, [*asked, *([] if n is None else [("n", n)])])
    names, labels = labels_of(columns[0]), labels_of(columns[1])
    shares = _shares(cells_of(columns[2]), share)
    sizes, remarks = _sizes(cells_of(columns[3]), str(n)) if n else (_unknown(shares), [])
    table = pd.DataFrame({"question": names, "group": labels, "share": shares, "n": sizes})
    nameless = table["question"].isna() | table["group"].isna()
    if nameless.any():
        column = f"{question}, {group}"
        remarks.append(sentence("perceptions.nameless", count=int(nameless.sum()), column=column))
    table = table[~nameless]
    blank = table["share"].isna()
    if blank.any():
        remarks.append(sentence("perceptions.blank_shares", count=int(blank.sum())))
    table = table[~blank]
    if table.empty:
        raise FitError("perception_no_shares", column=share, n=len(names))
    _check(table)
    return PerceptionCells(_ordered(table, columns), (*remarks, *_rounded(table)))


def _unknown(shares: FloatArray) -> FloatArray:
    return np.full(len(shares), np.nan)


def _shares(cells: Sequence[Cell], column: str) -> FloatArray:
    """Return shares from 0 to 1, whichever of the two ways they were written in."""
    marked = [isinstance(cell, str) and cell.strip().endswith(PERCENT) for cell in cells]
    bare = [_bare(cell) for cell in cells]
    values = numbers_of(bare)
    if values is None:
        raise SurveyError("perception_share_text", column=column, examples=texts_among(bare)[:3])
    there = ~np.isnan(values)
    if any(marked) and not np.array(marked)[there].all():
        counted = {"marked": sum(marked), "n": int(there.sum())}
        raise SurveyError("perception_share_marks", column=column, **counted)
    given = values[there]
    low, high = float(given.min(initial=0.0)), float(given.max(initial=0.0))
    if low < 0 or high > 100:
        raise SurveyError("perception_share_range", column=column, low=low, high=high)
    if any(marked):
        return values / 100
    if high <= 1:
        return values
    fractions = given[(given > 0) & (given < 1)]
    if len(fractions):
        facts = {"column": column, "fraction": float(fractions[0]), "percentage": high}
        raise SurveyError("perception_share_units", **facts)
    return values / 100


def _bare(cell: Cell) -> Cell:
    return cell.strip().removesuffix(PERCENT).strip() if isinstance(cell, str) else cell


def _sizes(cells: Sequence[Cell], column: str) -> tuple[FloatArray, list[Sentence]]:
    """Return how many respondents are behind each share, NaN where a text says it is not known.

    A text such as "7.000" is refused: it is seven thousand to some and seven to others.
    """
    thousands = [cell for cell in cells if isinstance(cell, str) and THOUSANDS.fullmatch(cell)]
    if thousands:
        raise SurveyError("perception_n_not_whole", column=column, value=thousands[0].strip())
    texts = texts_among(cells)
    numbers = numbers_of([None if _is_among(cell, texts) else cell for cell in cells])
    sizes = np.full(len(cells), np.nan) if numbers is None else numbers
    given = sizes[~np.isnan(sizes)]
    odd = given[~np.isfinite(given) | (given < 0) | (np.floor(given) != given)]
    if len(odd):
        raise SurveyError("perception_n_not_whole", column=column, value=float(odd[0]))
    if not texts:
        return sizes, []
    return sizes, [sentence("perceptions.n_in_words", column=column, texts=texts)]


def _is_among(cell: Cell, texts: Sequence[str]) -> bool:
    return isinstance(cell, str) and cell.strip() in texts


def _check(table: pd.DataFrame) -> None:
    for row in table[table["n"] == 0].itertuples():
        facts = {"question": row.question, "group": row.group}
        raise SurveyError("perception_n_zero", **facts)
    for row in table[table.duplicated(["question", "group"])].itertuples():
        facts = {"question": row.question, "group": row.group}
        raise SurveyError("perception_group_twice", **facts)


def _ordered(table: pd.DataFrame, columns: Sequence[pd.Series]) -> pd.DataFrame:
    questions = order_of(columns[0], table["question"])
    groups = in_order(order_of(columns[1], table["group"]))
    place = {
        "question": {name: at for at, name in enumerate(questions)},
        "group": {name: at for at, name in enumerate(groups)},
    }
    ordered = table.sort_values(["question", "group"], key=lambda of: of.map(place[str(of.name)]))
    return ordered[list(COLUMNS)].reset_index(drop=True)


def _rounded(table: pd.DataFrame) -> list[Sentence]:
    """Return that whole percentages may be half a point off, where that is not nothing.

    The interval of a difference does not hold it, and with thousands of respondents it is as large.
    """
    whole = np.isclose(100 * table["share"] % 1, 0) | np.isclose(100 * table["share"] % 1, 1)
    return [sentence("perceptions.rounded")] if whole.all() and table["n"].notna().any() else []
