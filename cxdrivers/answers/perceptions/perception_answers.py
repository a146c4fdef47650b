"""Count who says yes from answers, a row a respondent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.answers.perceptions.perception_columns import (
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
from cxdrivers.given_numbers import is_number
from cxdrivers.reading.yes_no import yes_no_words
from cxdrivers.survey.coding import FloatArray
from cxdrivers.wording import Sentence, sentence

TEN = 10.0
"""The top of most scales: a threshold up to here with answers above it means a code was left in."""


def answered_shares(
    frame: object, questions: Sequence[str], group: str, threshold: float | None
) -> PerceptionCells:
    """Return the share that says yes to each question, by group.

    Parameters
    ----------
    frame
        The table, a row a respondent.
    questions
        Columns of yes and no, 1 and 0, or ratings.
    group
        The column with the group of each respondent.
    threshold
        From which rating on the answer is yes.

    Raises
    ------
    SurveyError
        When a column is not there or cannot be read.
    FitError
        When the threshold is no number, or nobody answered anything.
    """
    if threshold is not None and not is_number(threshold):
        raise FitError("perception_threshold", threshold=threshold)
    asked = [("group", group), *(("question", question) for question in questions)]
    of_group, *columns = table_columns(frame, asked)
    labels = labels_of(of_group)
    order = in_order(order_of(of_group, labels))
    remarks: list[Sentence] = []
    nameless = sum(label is None for label in labels)
    if nameless:
        remarks.append(sentence("perceptions.nameless", count=nameless, column=group))
    of_whom = pd.Series(labels, dtype=object)
    rows: list[tuple[str, str, float, float]] = []
    cut: list[float] = []
    for column in columns:
        name = str(column.name)
        answers, seen = _yes(column, threshold)
        cut += seen
        silent = []
        for label in order:
            given = answers[(of_whom == label).to_numpy() & np.isfinite(answers)]
            if len(given):
                rows.append((name, label, float(given.mean()), float(len(given))))
            else:
                silent.append(label)
        if silent:
            remarks.append(sentence("perceptions.silent", question=name, groups=silent))
    if cut and threshold is not None:
        ends = {"low": min(cut), "high": max(cut)}
        remarks.insert(0, sentence("perceptions.cut", threshold=float(threshold), **ends))
    if not rows:
        raise FitError("perception_no_answers", questions=[*questions], n=len(labels))
    return PerceptionCells(pd.DataFrame(rows, columns=list(COLUMNS)), tuple(remarks))


def _yes(column: pd.Series, threshold: float | None) -> tuple[FloatArray, list[float]]:
    """Return 1 for yes, 0 for no and NaN for a blank, and the ends of ratings that were cut."""
    cells, name = cells_of(column), str(column.name)
    numbers = numbers_of(cells)
    if numbers is None:
        return _of_words(cells, name), []
    given = numbers[~np.isnan(numbers)]
    if np.isin(given, (0.0, 1.0)).all():
        if threshold is not None and not 0 < threshold <= 1 and len(given):
            raise SurveyError("perception_flags_cut", column=name, threshold=float(threshold))
        return numbers, []
    low, high = float(given.min()), float(given.max())
    if threshold is None:
        raise SurveyError("perception_ratings", column=name, low=low, high=high)
    if not np.isfinite([low, high]).all() or (threshold <= TEN < high):
        facts = {"column": name, "high": high, "threshold": float(threshold)}
        raise SurveyError("perception_code", **facts)
    yes = np.where(np.isnan(numbers), np.nan, (numbers >= threshold).astype(np.float64))
    return yes, [low, high]


def _of_words(cells: Sequence[object], name: str) -> FloatArray:
    texts = [None if cell is None else str(cell) for cell in cells]
    words = yes_no_words(texts)
    if words is None:
        examples = texts_among(texts)[:3]
        raise SurveyError("perception_text", column=name, examples=examples)
    others = words.others(texts)
    if others:
        facts = {"column": name, "count": len(others), "examples": [*dict.fromkeys(others)][:3]}
        raise SurveyError("perception_not_yes_or_no", **facts)
    answers = [None if text is None else words.number(text) for text in texts]
    return np.array([np.nan if answer is None else answer for answer in answers])
