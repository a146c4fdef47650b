"""Find out who mentions an employee: from a column, from the caller, or from the texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.survey.advocacy_columns import verbatims, yes_or_no
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.survey import Survey

if TYPE_CHECKING:
    from cxdrivers.mentions.mentions_result import Mentions

OWN_COLUMN, FOUND, GIVEN = SOURCES = ("column", "found", "given")
"""Where mentions come from: a column of the survey, the texts, or the caller."""


def mention_flags(
    survey: Survey, mentions: Mentions | Sequence[float] | None
) -> tuple[FloatArray | None, str | None]:
    """Return who mentions an employee, and where that comes from.

    Parameters
    ----------
    survey
        What was read.
    mentions
        As in `advocacy_rows`.

    Returns
    -------
    flags, source
        Shape ``(rows,)``: 1, 0, or NaN where it is not known; and one of `SOURCES`. None and None
        when there is neither a column nor text.

    Raises
    ------
    FitError
        When there are not as many mentions as respondents, or they are not 1, 0 or NaN.
    """
    if mentions is None:
        if survey.codebook.mention is not None:
            return yes_or_no(survey, "mention"), OWN_COLUMN
        found = mentions_in_texts(survey)
        return (None, None) if found is None else (_checked(_of_texts(found), survey), FOUND)
    from cxdrivers.mentions.mentions_result import Mentions  # noqa: PLC0415  (not for a column)

    if isinstance(mentions, Mentions):
        return _checked(_of_texts(mentions), survey), FOUND
    return _checked(_numbers(mentions), survey), GIVEN


def mentions_in_texts(survey: Survey, **how: Any) -> Mentions | None:
    """Find the mentions that the survey does not give itself, so that they are found only once.

    Parameters
    ----------
    survey
        What was read.
    **how
        As `find_mentions` takes it.

    Returns
    -------
    Mentions or None
        None when the survey has a column of its own, or no texts.
    """
    if survey.codebook.mention is not None or survey.codebook.verbatim is None:
        return None
    from cxdrivers.mentions.detector import find_mentions  # noqa: PLC0415  (only for texts)

    return find_mentions(verbatims(survey), **how)


def _of_texts(mentions: Mentions) -> FloatArray:
    """Return what was found: not known for a customer who wrote nothing."""
    return np.where(mentions.written, np.asarray(mentions.mention, np.float64), np.nan)


def _numbers(mentions: Sequence[float]) -> FloatArray:
    values = pd.to_numeric(pd.Series(mentions), errors="coerce")
    if values.isna().sum() > pd.Series(mentions).isna().sum():
        raise FitError("mentions_not_flags")
    return values.to_numpy(dtype=np.float64, na_value=np.nan)


def _checked(flags: FloatArray, survey: Survey) -> FloatArray:
    if len(flags) != len(survey.respondents):
        raise FitError("mentions_length", found=len(flags), n=len(survey.respondents))
    if not np.isin(flags[~np.isnan(flags)], (0.0, 1.0)).all():
        raise FitError("mentions_not_flags")
    return flags
