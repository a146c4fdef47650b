"""Look for what would make the weights wrong or easy to misread, one named check a trouble.

A check is a function from a survey to findings. It says nothing when there is nothing to say, and
it never changes an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import SurveyError
from cxdrivers.survey.base import effective_n
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.finding import SEVERITIES, Finding
from cxdrivers.survey.sampling_checks import few_clusters, jackknife_scale, lone_strata
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Lines, say

SMALL_BASE = 100
LOST_SHARE = 0.2
EFFECTIVE_SHARE = 0.5
TYPICAL_CODES = (-9.0, -1.0, 77.0, 88.0, 97.0, 98.0, 99.0, 997.0, 998.0, 999.0)


def check(survey: Survey) -> tuple[Finding, ...]:
    """Run every check on a survey and return what they found, most serious first."""
    unread = tuple(unreadable(survey))
    if unread:
        return unread
    found = [finding for run in CHECKS for finding in run(survey)]
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def check_name(name: str, language: str = "en") -> str:
    """Return what a check or a severity is called in a language."""
    return say(f"findings.{name}.name", language)


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
            if outside.any():
                strange = np.unique(_as_given(survey, question, place)[outside])
                facts: dict[str, Any] = {"values": [float(value) for value in strange]}
                name = "infinite" if question.scale is None else "off_scale"
                if question.scale is not None:
                    facts |= dict(zip(("low", "high"), question.scale, strict=True))
                yield Finding(name, "stop", item, int(outside.sum()), facts)


def left_in_codes(survey: Survey) -> Iterator[Finding]:
    """Find 98, 99 and their like in answers that have no scale to hold them against."""
    for question in survey.codebook.questions:
        if question.scale is not None:
            continue
        for place, item in enumerate(question.items):
            values = survey.answers[question.key].values[:, place]
            typical = np.isin(values, TYPICAL_CODES)
            rest = values[np.isfinite(values) & ~typical]
            codes = [code for code in TYPICAL_CODES if code in values and _far_off(code, rest)]
            if codes:
                rows = int(np.isin(values, codes).sum())
                yield Finding("left_in_codes", "stop", item, rows, {"values": codes})


def unanswered(survey: Survey) -> Iterator[Finding]:
    """Find an outcome or a driver that nobody answered."""
    for question in survey.codebook.questions:
        if question.items and not np.isfinite(survey.answers[question.key].values).any():
            yield Finding("unanswered", "stop", question.key, len(survey.respondents), {})


def constant(survey: Survey) -> Iterator[Finding]:
    """Find an outcome or a driver that is the same for everybody."""
    used = survey.base.used
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


def drafted(survey: Survey) -> Iterator[Finding]:
    """Say that nobody has checked a codebook that was drafted from the file."""
    if survey.drafted is not None:
        facts = {"questions": Lines(survey.drafted), "file": survey.source.name}
        yield Finding("drafted", "warn", "", len(survey.drafted), facts)


def bases(survey: Survey) -> Iterator[Finding]:
    """Find a base that is small, or that blanks made smaller."""
    base = survey.base
    if base.n < SMALL_BASE:
        yield Finding("small_base", "warn", "", base.n, {"enough": SMALL_BASE})
    eligible = base.n + base.lost
    if base.lost:
        severity = "warn" if base.lost > LOST_SHARE * eligible else "note"
        worst = max(base.no_score, key=lambda driver: int(base.no_score[driver].sum()))
        facts = {"rows": eligible, "driver": worst, "blank": int(base.no_score[worst].sum())}
        yield Finding("rows_lost", severity, "", base.lost, facts)
    no_outcome = int(base.no_outcome.sum())
    if no_outcome:
        column = survey.codebook.outcome.key
        yield Finding("no_outcome", "note", column, no_outcome, {"rows": base.rows})


def not_applicable(survey: Survey) -> Iterator[Finding]:
    """Say which drivers did not apply to some respondents."""
    marked = survey.not_applicable
    counts = marked.sum().loc[lambda column: column > 0].sort_values(ascending=False, kind="stable")
    if len(counts):
        drivers = [f"{driver}: {rows}" for driver, rows in counts.items()]
        rows = int(marked.any(axis=1).sum())
        yield Finding("not_applicable", "note", "", rows, {"drivers": drivers})


def left_out(survey: Survey) -> Iterator[Finding]:
    """Say how many rows the codebook itself leaves out."""
    rows = len(survey.frame) - len(survey.respondents)
    if rows:
        facts = {"rows": len(survey.frame), "columns": survey.codebook.required}
        yield Finding("left_out", "note", "", rows, facts)


def unequal_weights(survey: Survey) -> Iterator[Finding]:
    """Find weights of zero, and weights so unequal that few rows carry the result."""
    column = survey.codebook.weight
    if column is None or survey.weights is None:
        return
    silent = int((survey.weights == 0).sum())
    if silent:
        yield Finding("zero_weights", "warn", column, silent, {})
    effective = effective_n(survey.weights)
    if effective < EFFECTIVE_SHARE * len(survey.weights):
        facts = {"rows": len(survey.weights), "effective": round(effective)}
        yield Finding("extreme_weights", "warn", column, len(survey.weights), facts)


CHECKS = (
    drafted,
    unanswered,
    off_scale,
    left_in_codes,
    constant,
    duplicate_drivers,
    unequal_weights,
    few_clusters,
    lone_strata,
    jackknife_scale,
    bases,
    not_applicable,
    left_out,
)
"""The gate, in the order in which its findings are listed within a severity."""


def _unread(column: str, error: SurveyError) -> Finding:
    rows = int(error.sentence.values.get("count", 0))
    return Finding("unreadable", "stop", column, rows, {"error": error.sentence})


def _far_off(code: float, rest: FloatArray) -> bool:
    """Say whether a code lies further from the other answers than those lie from one another."""
    if not rest.size:
        return False
    distance = max(rest.min() - code, code - rest.max())
    return bool(distance > max(2 * np.ptp(rest), 1))


def _as_given(survey: Survey, question: Question, place: int) -> FloatArray:
    """Return an item as the respondent gave it, a reversed item turned back."""
    values = survey.answers[question.key].values[:, place]
    if question.items[place] in question.reversed and question.scale is not None:
        return sum(question.scale) - values
    return values
