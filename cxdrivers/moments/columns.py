"""Lay out one driver or one control as columns of numbers that vary."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import FACTOR, ITEMS, Question
from cxdrivers.survey.coding import Answers, BoolArray, FloatArray

RATING = "rating"
NOT_APPLICABLE = "not_applicable"
CONTROL = "control"
"""What a column is, where it is no item and no category of its own."""

Columns = Mapping[str, FloatArray]
"""Term → column, shape ``(n,)``."""


def driver_columns(
    question: Question,
    answers: Answers,
    score: FloatArray,
    away: BoolArray,
    weights: FloatArray | None,
) -> Columns:
    """Return the columns of one driver, over the rows that are used.

    A rating is one column, a factor one for every category but the most frequent, items one
    each. Where the driver did not apply they are 0, the others are centred at their mean, and one
    more column marks it. An interaction has no mark: those of its two drivers say it. Where the
    driver has no score although it applied the columns are NaN.

    Parameters
    ----------
    question
        What kind of driver it is.
    answers, score
        Its answers and its score.
    away
        Where it did not apply.
    weights
        Of the rows, or None.
    """
    rated = np.flatnonzero(~away & ~np.isnan(score))
    columns: dict[str, FloatArray] = {}
    for term, values in _terms(question, answers, score, rated).items():
        if rated.size and np.ptp(values[rated]) > 0:
            kept = None if weights is None else weights[rated]
            centre = np.average(values[rated], weights=kept) if away.any() else 0.0
            columns[term] = np.where(away, 0.0, values - centre)
    if away.any() and rated.size and not question.interaction:
        columns[NOT_APPLICABLE] = away.astype(np.float64)
    return columns


def control_columns(series: pd.Series) -> list[FloatArray]:
    """Return the columns of a control without blanks: numbers as they are, else categories."""
    if pd.api.types.is_numeric_dtype(series):
        values = series.to_numpy(np.float64)
        return [values] if np.ptp(values) > 0 else []
    codes, names = pd.factorize(series, sort=True)
    return list(_dummies(codes, np.arange(len(names))).values())


def _terms(
    question: Question, answers: Answers, score: FloatArray, rated: NDArray[np.intp]
) -> dict[str, FloatArray]:
    if question.kind == FACTOR:
        codes = np.where(np.isnan(score), -1, score).astype(np.intp)
        used = np.unique(codes[rated])
        return {
            answers.categories[code]: np.where(codes < 0, np.nan, column)
            for code, column in _dummies(codes, used).items()
        }
    if question.kind == ITEMS:
        return dict(zip(question.items, answers.values.T, strict=True))
    return {RATING: score}


def _dummies(codes: NDArray[np.intp], used: NDArray[np.intp]) -> dict[int, FloatArray]:
    """Return a column of 0 and 1 for every code but the most frequent."""
    counts = [(codes == code).sum() for code in used]
    reference = used[int(np.argmax(counts))] if len(used) else -1
    return {int(code): (codes == code).astype(float) for code in used if code != reference}
