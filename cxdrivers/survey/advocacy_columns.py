"""Read what a survey says about mentions and recommendations: words, and answers of yes or no."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import SurveyError
from cxdrivers.reading.cells import is_blank
from cxdrivers.survey.coding import YES_NO_SCALE, FloatArray
from cxdrivers.survey.survey import Survey

PROMOTER = 9.0
"""From this grade on an intention counts as "would recommend", as in a net promoter score."""
PROMOTER_SCALE = 10.0


def column_of(survey: Survey, field: str) -> str:
    """Return the column that the codebook gives a field.

    Parameters
    ----------
    survey
        What was read.
    field
        ``verbatim``, ``recommended``, ``would_recommend`` or ``mention``.

    Raises
    ------
    SurveyError
        When it names none.
    """
    column: str | None = getattr(survey.codebook, field)
    if column is None:
        raise SurveyError("field_missing", field=field, survey=survey.source.name)
    return column


def verbatims(survey: Survey) -> pd.Series:
    """Return the customers' own words, None where a customer wrote nothing.

    Raises
    ------
    SurveyError
        When the codebook names no column for them.
    """
    given = survey.respondents[column_of(survey, "verbatim")]
    texts = [None if is_blank(cell) else str(cell) for cell in given]
    return pd.Series(texts, index=given.index, name=given.name, dtype=object)


def yes_or_no(survey: Survey, field: str) -> FloatArray:
    """Return 1 for yes, 0 for no and NaN for a blank, shape ``(rows,)``.

    Parameters
    ----------
    survey
        What was read.
    field
        ``recommended`` or ``mention``.

    Raises
    ------
    SurveyError
        When the codebook names no column, or it holds anything else than yes and no, 1 and 0.
    """
    column = column_of(survey, field)
    answers = survey.answers_to(Question(field, (column,), scale=YES_NO_SCALE))
    values = answers.values[:, 0]
    other = np.isfinite(values) & (values != 0) & (values != 1) | answers.off_scale[:, 0]
    if other.any():
        examples = [f"{value:g}" for value in np.unique(values[other])[:3]]
        facts = {"field": field, "count": int(other.sum()), "examples": examples}
        raise SurveyError("not_yes_or_no", column=column, **facts)
    return values


def would_recommend(survey: Survey) -> FloatArray:
    """Return 1 for who would recommend, 0 for who would not, NaN for a blank, shape ``(rows,)``.

    An intention is asked as yes or no, or as a grade up to ten, of which 9 and 10 count (Reichheld
    2003, *Harvard Business Review* 81(12), 46–54).

    Raises
    ------
    SurveyError
        When the codebook names no column, or it holds neither yes and no nor grades up to ten, of
        which somebody gave a 9 or a 10.
    """
    column = column_of(survey, "would_recommend")
    answers = survey.answers_to(Question("would_recommend", (column,)))
    values = answers.values[:, 0]
    given = values[np.isfinite(values)]
    if np.isin(given, (0.0, 1.0)).all():
        return values
    reaches = PROMOTER <= given.max() <= PROMOTER_SCALE
    if not reaches or given.min() < 0 or np.isinf(values).any():
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        raise SurveyError("intention_off_scale", column=column, low=low, high=high)
    return np.where(np.isnan(values), np.nan, values >= PROMOTER)
