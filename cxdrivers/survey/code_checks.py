"""Look for codes that were left in as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cxdrivers.codebook.codebook import RATING
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.given import as_given
from cxdrivers.survey.survey import Survey

TYPICAL_CODES = (-9.0, -1.0, 77.0, 88.0, 97.0, 98.0, 99.0, 997.0, 998.0, 999.0)
FEWEST_AT_END = 20
FEWEST_ANSWERS, MOST_ANSWERS = 4, 12
LEADS = 4.0
BACKWARDS, SURE = 0.3, 5.0
"""How far the outcome may fall back at the end of a scale: three tenths of its spread and five
standard errors. A flat end is common, a turn of that size is not one of grades."""


@dataclass(frozen=True)
class OddEnd:
    """An end of a scale that turns back, and the mean outcome there and at the answer beside it."""

    item: str
    value: float
    beside: float
    rows: int
    mean: float
    mean_beside: float


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


def odd_ends(survey: Survey) -> Iterator[Finding]:
    """Find a lowest or highest answer to drivers that does not go on where the others lead.

    Such as a 6 for "not used" above five grades, or a 0 for "no opinion" below ten: customers who
    gave it are less satisfied, or more, than those who gave the answer next to it.
    """
    outcome = survey.outcome
    found: dict[tuple[float, float], list[OddEnd]] = {}
    for question in survey.codebook.drivers:
        if question.kind != RATING or question.interaction:
            continue
        for item, values in zip(question.items, as_given(survey, question).T, strict=True):
            told = np.isfinite(values) & np.isfinite(outcome)
            for odd in _odd_ends(item, values[told], outcome[told]):
                found.setdefault((odd.value, odd.beside), []).append(odd)
    for (value, beside), ends in found.items():
        clearest = max(ends, key=lambda odd: odd.rows)
        facts = {
            "columns": [odd.item for odd in ends],
            "value": value,
            "beside": beside,
            "clearest": clearest.item,
            "mean": round(clearest.mean, 1),
            "mean_beside": round(clearest.mean_beside, 1),
        }
        column = clearest.item if len(ends) == 1 else ""
        yield Finding("odd_end", "warn", column, clearest.rows, facts)


def _odd_ends(item: str, values: FloatArray, outcome: FloatArray) -> Iterator[OddEnd]:
    answers = np.unique(values)
    if not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        return
    trend = _trend(values, outcome, answers[1:-1])
    for end, beside in ((answers[-1], answers[-2]), (answers[0], answers[1])):
        at_end, next_to_it = outcome[values == end], outcome[values == beside]
        if trend == 0 or min(len(at_end), len(next_to_it)) < FEWEST_AT_END:
            continue
        step = (at_end.mean() - next_to_it.mean()) * trend * np.sign(end - beside)
        error = np.sqrt(at_end.var() / len(at_end) + next_to_it.var() / len(next_to_it))
        if step < -max(BACKWARDS * outcome.std(), SURE * error):
            means = (float(at_end.mean()), float(next_to_it.mean()))
            yield OddEnd(item, float(end), float(beside), len(at_end), *means)


def _trend(values: FloatArray, outcome: FloatArray, between: FloatArray) -> int:
    """Return whether the outcome rises (1) or falls (−1) with the answers between the ends, or 0.

    A trend that is not four standard errors from none leads nowhere.
    """
    inside = np.isin(values, between)
    if np.ptp(outcome[inside]) == 0:
        return 0
    correlation = float(np.corrcoef(values[inside], outcome[inside])[0, 1])
    sure = abs(correlation) * np.sqrt(inside.sum()) > LEADS
    return int(np.sign(correlation)) if sure else 0


def _far_off(code: float, rest: FloatArray) -> bool:
    """Say whether a code lies further from the other answers than those lie from one another."""
    if not rest.size:
        return False
    distance = max(rest.min() - code, code - rest.max())
    return bool(distance > max(2 * np.ptp(rest), 1))
