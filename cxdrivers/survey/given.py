"""Return answers as the respondents gave them: reversed items turned back, one scale at a time."""

from __future__ import annotations

import numpy as np

from cxdrivers.codebook.codebook import FACTOR, Question
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey

ENOUGH_ITEMS = 6
"""How many questions somebody must have answered alike before it says anything."""


def as_given(survey: Survey, question: Question) -> FloatArray:
    """Return the answers to a question as they were given, shape ``(rows, items)``."""
    values = survey.answers[question.key].values.copy()
    if question.scale is not None:
        turned = [item in question.reversed for item in question.items]
        values[:, turned] = sum(question.scale) - values[:, turned]
    return values


def one_scale(survey: Survey) -> FloatArray:
    """Return the answers to the drivers' items that share a scale, shape ``(rows, items)``.

    Of several scales that with most items; yes and no and categories are left out.
    """
    parts: dict[tuple[float, float] | None, list[FloatArray]] = {}
    for question in survey.codebook.drivers:
        words = survey.answers[question.key].yes_no
        if question.kind != FACTOR and not words and not question.interaction:
            parts.setdefault(question.scale, []).append(as_given(survey, question))
    if not parts:
        return np.empty((len(survey.respondents), 0))
    return max(map(np.hstack, parts.values()), key=lambda values: values.shape[1])


def straight_liners(values: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Return who gave the same answer throughout, and who answered enough to be looked at.

    Parameters
    ----------
    values
        Shape ``(rows, items)``, as given, NaN for a blank.

    Returns
    -------
    straight, asked
        Shape ``(rows,)``: the first are some of the second, who answered six items or more.
    """
    given = np.isfinite(values)
    asked: BoolArray = given.sum(axis=1) >= ENOUGH_ITEMS
    highest = np.where(given, values, -np.inf).max(axis=1, initial=-np.inf)
    lowest = np.where(given, values, np.inf).min(axis=1, initial=np.inf)
    return asked & (highest == lowest), asked
