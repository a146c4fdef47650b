"""Read the outcome as what logistic models need: a top box of 0 and 1, or grades in their order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.survey.coding import FloatArray

TOP = 0.8
"""How far up the scale the top box starts by default: 8 of 10, 4 of 5, 6 of 7."""
MOST_GRADES = 30


def threshold_of(question: Question, threshold: float | None, outcome: FloatArray) -> float:
    """Return from which answer on a respondent is in the top box: as asked, or by the scale.

    Without a scale it is the higher of two answers, such as yes and no.

    Raises
    ------
    FitError
        When nothing was asked, and the outcome has no scale and more than two answers.
    """
    if threshold is not None:
        return float(threshold)
    if question.scale is None:
        answers = np.unique(outcome)
        if len(answers) == 2:
            return float(answers[1])
        raise FitError("threshold_needed", outcome=question.key)
    low, high = question.scale
    return float(round(low + TOP * (high - low)))


def top_box_of(design: Design, threshold: float, outcome: str = "outcome") -> Design:
    """Return a design whose outcome is 1 from the threshold on, and 0 below.

    Raises
    ------
    FitError
        When nobody reaches the threshold, or everybody does.
    """
    reached = design.outcome >= threshold
    if not reached.any() or reached.all():
        key = "threshold_of_all" if reached.all() else "threshold_of_none"
        low, high = float(design.outcome.min()), float(design.outcome.max())
        raise FitError(
            key, outcome=outcome, threshold=threshold, n=len(reached), low=low, high=high
        )
    return replace(design, outcome=reached.astype(np.float64))


def grades_of(design: Design, outcome: str = "outcome") -> FloatArray:
    """Return the values of the outcome that occur, in their order, for an ordinal model.

    Raises
    ------
    FitError
        When there are fewer than three, or more than thirty.
    """
    values = np.unique(design.outcome)
    if len(values) < 3:
        raise FitError("too_few_grades", outcome=outcome, values=[f"{value:g}" for value in values])
    if len(values) > MOST_GRADES:
        raise FitError("too_many_grades", outcome=outcome, count=len(values), most=MOST_GRADES)
    return values
