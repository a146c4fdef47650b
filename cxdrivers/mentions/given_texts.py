"""Take the texts that somebody gives, in the kinds of lists in which they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from cxdrivers.errors import CxError
from cxdrivers.survey.survey import Survey

LONGEST_VALUE = 40


def texts_with_index(texts: Iterable[object]) -> tuple[tuple[str | None, ...], pd.Index]:
    """Return texts, None where there is none, with their labels.

    Parameters
    ----------
    texts
        A column of a table, whose labels are kept, or any list. None, NaN and NA are no text.

    Raises
    ------
    CxError
        For one text instead of a list, a survey or a whole table, or a value that is neither text
        nor missing.
    """
    if isinstance(texts, str | bytes):
        raise CxError("mention_texts_one", text=_short(texts))
    if isinstance(texts, Survey):
        column = texts.codebook.verbatim
        if column is None:
            raise CxError("mention_texts_survey_without")
        raise CxError("mention_texts_survey", column=column)
    if isinstance(texts, pd.DataFrame | Mapping) or not isinstance(texts, Iterable):
        raise CxError("mention_texts_kind", kind=type(texts).__name__)
    values = list(texts)
    index = texts.index if isinstance(texts, pd.Series) else pd.RangeIndex(len(values))
    return tuple(_text(value, index, place) for place, value in enumerate(values)), index


def _text(value: Any, index: pd.Index, place: int) -> str | None:
    if isinstance(value, str):
        return str(value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    kind = type(value).__name__
    row = str(index[place])
    raise CxError("mention_text_not_text", row=row, value=_short(value), kind=kind)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
