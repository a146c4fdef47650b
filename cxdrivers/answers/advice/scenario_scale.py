"""Find out whether an outcome has grades to predict, and who recommended at them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cxdrivers.answers.advice.scenario_numbers import GradeScale
from cxdrivers.errors import FitError
from cxdrivers.given_numbers import is_number
from cxdrivers.models.diagnostics import Fittable
from cxdrivers.models.logistic import named_groups
from cxdrivers.models.separation import separating_groups
from cxdrivers.moments.design import Design
from cxdrivers.moments.grades import MOST_GRADES, threshold_of, top_box_of
from cxdrivers.survey.advocacy_columns import yes_or_no
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, sentence


def grade_scale(
    survey: Survey, fillings: Sequence[Design], fittable: Fittable, threshold: float | None
) -> tuple[GradeScale | None, tuple[Sentence, ...]]:
    """Return the scale of the grades, or None and why only the mean can be told.

    Parameters
    ----------
    survey
        What was read.
    fillings
        Its rows, their blanks filled in once or several times.
    fittable
        Which columns the model has.
    threshold
        From which grade on a respondent is in the top box, or None for the usual.

    Returns
    -------
    scale, remarks
        And why something else cannot be told.

    Raises
    ------
    FitError
        When the threshold is no number, nobody or everybody reaches it, or one is given for an
        outcome without grades.
    """
    if threshold is not None and not is_number(threshold):
        raise FitError("threshold_not_a_number", threshold=repr(threshold))
    question, rows = survey.codebook.outcome, fillings[0]
    grades, place = np.unique(rows.outcome, return_inverse=True)
    if len(grades) > MOST_GRADES:
        facts = {"outcome": question.key, "count": len(grades), "most": MOST_GRADES}
        if threshold is not None:
            raise FitError("threshold_without_grades", threshold=threshold, **facts)
        return None, (sentence("scenarios.line.too_many", **facts),)
    if question.scale is None and threshold is None:
        return None, (sentence("scenarios.line.no_scale", outcome=question.key),)
    start = threshold_of(question, threshold, rows.outcome)
    top_box_of(rows, start, question.key)
    named = named_groups(rows, fittable.fitted)
    for filled in fillings:
        apart = separating_groups(filled.columns[:, fittable.fitted], filled.outcome, named)
        if apart:
            return None, (sentence("scenarios.line.separated", names=apart, count=len(apart)),)
    recommended, remarks = _recommended(survey, rows)
    return GradeScale(grades, start, place.astype(np.intp), recommended), remarks


def _recommended(survey: Survey, rows: Design) -> tuple[FloatArray | None, tuple[Sentence, ...]]:
    """Return who really recommended, or None and why that cannot be told."""
    column = survey.codebook.recommended
    if column is None:
        return None, ()
    given = yes_or_no(survey, "recommended")[rows.base.used]
    if not np.isfinite(given).any():
        return None, (sentence("scenarios.nobody_asked", column=column, n=len(given)),)
    return given, ()
