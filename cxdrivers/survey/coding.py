"""Turn the raw answers of one column into numbers, and keep apart why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import FACTOR, Question
from cxdrivers.errors import SurveyError
from cxdrivers.reading.cells import is_blank, typed_columns
from cxdrivers.reading.numerals import number, number_before_label
from cxdrivers.reading.table import Code
from cxdrivers.reading.yes_no import YesNo, yes_no_words

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

EXAMPLES = 3
YES_NO_SCALE = (0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers to the items of one question, shape ``(rows, items)``.

    Attributes
    ----------
    values
        The answers as given, NaN where there is none; reversed items are turned round.
    not_applicable
        Where the respondent said that it did not apply.
    dont_know
        Where the respondent gave a code for "don't know"; a blank is neither of the two.
    off_scale
        Where the answer lies outside the scale, or is infinite. It stays in `values`, to be seen.
        Yes and no lie on the scale from 0 to 1, and on no other.
    categories
        Of a factor: what its values 0, 1, 2, … stand for. Empty for ratings.
    yes_no
        By item: the words that were read as 1 and 0. Without the items that hold numbers.
    """

    values: FloatArray
    not_applicable: BoolArray
    dont_know: BoolArray
    off_scale: BoolArray
    categories: tuple[str, ...] = ()
    yes_no: Mapping[str, YesNo] = field(default_factory=dict)

    def of_rows(self, rows: BoolArray) -> Answers:
        """Return the answers of some of the respondents."""
        return Answers(
            self.values[rows],
            self.not_applicable[rows],
            self.dont_know[rows],
            self.off_scale[rows],
            self.categories,
            self.yes_no,
        )


def coded_answers(frame: pd.DataFrame, question: Question, decimal: str = ".") -> Answers:
    """Return the coded answers to a question.

    Parameters
    ----------
    frame
        The answers as given.
    question
        Whose items to take, and what their codes mean.
    decimal
        The decimal mark of numbers that are written as text, as they stand beside codes.

    Raises
    ------
    SurveyError
        When a column holds text that is no number and no declared code, unless it holds nothing
        but yes and no.
    """
    if question.interaction:
        nothing = np.zeros((len(frame), 0), dtype=bool)
        return Answers(nothing.astype(np.float64), nothing, nothing, nothing)
    if question.kind == FACTOR:
        return _coded_factor(frame[question.items[0]], question)
    columns = [_coded(frame[item], item, question, decimal) for item in question.items]
    *parts, words = zip(*columns, strict=True)
    values, not_applicable, dont_know = map(np.column_stack, parts)
    off_scale = np.isinf(values)
    if question.scale is not None:
        low, high = question.scale
        off_scale |= (values < low) | (values > high)
        if question.scale != YES_NO_SCALE:
            off_scale |= np.isfinite(values) & [found is not None for found in words]
        turned = [item in question.reversed for item in question.items]
        values[:, turned] = low + high - values[:, turned]
    yes_no = {item: found for item, found in zip(question.items, words, strict=True) if found}
    return Answers(values, not_applicable, dont_know, off_scale, yes_no=yes_no)


def numeric_column(frame: pd.DataFrame, column: str, decimal: str = ".") -> FloatArray:
    """Return a column that must be numeric, such as a weight, with NaN for blanks."""
    return _numbers(frame[column], column, decimal)


def _coded_factor(series: pd.Series, question: Question) -> Answers:
    not_applicable = _holds(series, question.not_applicable)
    dont_know = _holds(series, question.dont_know)
    blank = not_applicable | dont_know | series.map(is_blank).to_numpy(bool)
    codes, names = pd.factorize(series[~blank].map(_as_category), sort=True)
    values = np.full((len(series), 1), np.nan)
    values[~blank, 0] = codes
    return Answers(
        values,
        not_applicable[:, np.newaxis],
        dont_know[:, np.newaxis],
        np.zeros_like(blank)[:, np.newaxis],
        tuple(names),
    )


def _coded(
    series: pd.Series, item: str, question: Question, decimal: str
) -> tuple[FloatArray, BoolArray, BoolArray, YesNo | None]:
    not_applicable = _holds(series, question.not_applicable)
    dont_know = _holds(series, question.dont_know)
    given = series.mask(not_applicable | dont_know)
    words = _words_of(given, item)
    if words is None:
        values = _numbers(given, item, decimal)
    else:
        values = np.array([words.number(cell) for cell in given], dtype=np.float64)
    return values, not_applicable, dont_know, words


def _words_of(series: pd.Series, column: str) -> YesNo | None:
    """Return the words for yes and no of a column that holds nothing else, or None."""
    if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        return None
    given = series.dropna()
    words = yes_no_words(given)
    if words is None:
        return None
    other = words.others(given)
    if other:
        examples = list(dict.fromkeys(other))[:EXAMPLES]
        facts = {"column": column, "count": len(other), "examples": examples}
        raise SurveyError("yes_no_and_more", **facts, words=words.words)
    return words


def _holds(series: pd.Series, codes: Sequence[Code]) -> BoolArray:
    """Return where a column holds one of the codes, numbers and texts alike."""
    if pd.api.types.is_numeric_dtype(series):
        numbers = [code for code in map(_as_number, codes) if code is not None]
        return series.isin(numbers).to_numpy(dtype=bool)
    texts = {_as_text(code) for code in codes}
    return series.map(_as_text, na_action="ignore").isin(texts).to_numpy(dtype=bool)


def _numbers(series: pd.Series, column: str, decimal: str) -> FloatArray:
    if pd.api.types.is_numeric_dtype(series):
        return series.to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    cells = [
        None if missing else _without_label(cell)
        for cell, missing in zip(series, series.isna(), strict=True)
    ]
    parsed = typed_columns([cells], decimal=decimal, otherwise=".")[0]
    texts = [str(cell).strip() for cell in cells if not is_blank(cell)]
    doubtful = decimal == "." and any("," in text for text in texts)
    if doubtful or not pd.api.types.is_numeric_dtype(parsed):
        _refuse(texts, column)
    return parsed.to_numpy(dtype=np.float64)


def _refuse(texts: list[str], column: str) -> None:
    strange = [text for text in texts if "," in text or number(text, ".") is None]
    examples = list(dict.fromkeys(strange))[:EXAMPLES]
    decimal_commas = all(number(text, ",") is not None for text in strange)
    key = "decimal_comma_as_text" if decimal_commas else "text_in_rating"
    raise SurveyError(key, column=column, count=len(strange), examples=examples)


def _without_label(value: object) -> object:
    """Return "10 - very satisfied" as "10", anything else as it is."""
    return (number_before_label(value) or value) if isinstance(value, str) else value


def _as_category(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return f"{value:.0f}" if whole else str(value).strip()


def _as_text(value: object) -> str:
    if isinstance(value, int | float) and float(value).is_integer():
        return str(int(value))
    return str(_without_label(value)).strip().casefold()


def _as_number(code: Code) -> float | None:
    try:
        return float(code)
    except ValueError:
        return None
