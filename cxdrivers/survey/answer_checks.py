"""Look at the answers themselves: whether they can be read, lie on the scale, and vary."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from cxdrivers.errors import SurveyError
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.given import as_given
from cxdrivers.survey.ratings import base_in_use
from cxdrivers.survey.survey import Survey


def unreadable(survey: Survey) -> Iterator[Finding]:
    """Find columns that cannot be read as answers; until they can, nothing else can be checked."""
    for question in survey.codebook.questions:
        try:
            survey.answers_to(question)
        except SurveyError as error:
            yield _unread(question.key, error)
    try:
        _ = survey.weights
    except SurveyError as error:
        yield _unread(str(survey.codebook.weight), error)
    try:
        _ = survey.replicate_weights
    except SurveyError as error:
        yield _unread(str(error.sentence.values["column"]), error)


def off_scale(survey: Survey) -> Iterator[Finding]:
    """Find answers outside the scale: codes left in, or a scale that is not the scale."""
    for question in survey.codebook.questions:
        answers = survey.answers[question.key]
        for place, item in enumerate(question.items):
            outside = answers.off_scale[:, place]
            if outside.any() and item not in answers.yes_no:
                strange = np.unique(as_given(survey, question)[outside, place])
                facts: dict[str, Any] = {"values": [float(value) for value in strange]}
                name = "infinite" if question.scale is None else "off_scale"
                if question.scale is not None:
                    facts |= dict(zip(("low", "high"), question.scale, strict=True))
                yield Finding(name, "stop", item, int(outside.sum()), facts)


def unanswered(survey: Survey) -> Iterator[Finding]:
    """Find an outcome or a driver that nobody answered."""
    for question in survey.codebook.questions:
        if question.items and not np.isfinite(survey.answers[question.key].values).any():
            yield Finding("unanswered", "stop", question.key, len(survey.respondents), {})


def constant(survey: Survey) -> Iterator[Finding]:
    """Find an outcome or a driver that is the same for everybody."""
    used = base_in_use(survey).used
    for question in survey.codebook.questions:
        is_outcome = question is survey.codebook.outcome
        values = survey.outcome if is_outcome else survey.scores[question.key].to_numpy()
        given = values[used & np.isfinite(values)]
        if given.size and np.ptp(given) == 0:
            name = "constant_outcome" if is_outcome else "constant_driver"
            severity = "stop" if is_outcome else "warn"
            yield Finding(name, severity, question.key, given.size, {"value": float(given[0])})


def duplicate_drivers(survey: Survey) -> Iterator[Finding]:
    """Find two drivers with the same score in every row."""
    scores = survey.scores
    for first, second in combinations(survey.drivers, 2):
        if scores[first].notna().any() and scores[first].equals(scores[second]):
            rows = int(scores[first].notna().sum())
            yield Finding("duplicate_drivers", "stop", second, rows, {"other": first})


def _unread(column: str, error: SurveyError) -> Finding:
    rows = int(error.sentence.values.get("count", 0))
    return Finding("unreadable", "stop", column, rows, {"error": error.sentence})
