"""Look at drivers of several items: do these hang together, and do the drivers differ.

These are the cheap versions, from respondents who answered everything and without intervals, as
alpha in `Survey.tidy` is. `assess_scales` takes all answers into account and says how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.discrimination import TOO_CLOSE, htmt_of
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.reliability import LEAST_ITEM_REST, USUAL, correlations_of
from cxdrivers.survey.reversal_checks import reversed_items
from cxdrivers.survey.scale_verdicts import (
    DOUBTFUL,
    LOW,
    SOUND,
    STRAY_ITEM,
    ScaleVerdict,
    verdict_of,
)
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import sentence

FEWEST = 50
"""With fewer respondents a low reliability may well be chance."""
WHOLE = (SOUND, DOUBTFUL)
"""Verdicts on drivers that can be held against others."""


def loose_items(survey: Survey) -> Iterator[Finding]:
    """Find a driver whose items hang together little: alpha and omega both below 0.7.

    That is what is usual (Nunnally & Bernstein 1994). Below 0.6, the least for an exploration
    (Hair et al. 2019), the finding is a warning.
    """
    for question, verdict, rows in _verdicts(survey):
        if verdict.remark in (LOW, DOUBTFUL):
            facts = {
                "items": len(question.items),
                "alpha": round(verdict.alpha, 2),
                "omega": round(verdict.omega, 2),
                "usual": USUAL,
            }
            severity = "warn" if verdict.remark == LOW else "note"
            yield Finding("loose_items", severity, question.key, rows, facts)


def stray_items(survey: Survey) -> Iterator[Finding]:
    """Find an item that goes badly with the others of its driver, which do hang together.

    Its correlation with their sum is below 0.3 (Nunnally & Bernstein 1994), and without it alpha
    is 0.6 or more.
    """
    for question, verdict, rows in _verdicts(survey):
        if verdict.remark == STRAY_ITEM:
            facts = {
                "driver": question.key,
                "correlation": round(float(verdict.item_rest[verdict.worst]), 2),
                "least": LEAST_ITEM_REST,
                "alpha": round(verdict.alpha, 2),
                "without": round(float(verdict.without[verdict.worst]), 2),
            }
            yield Finding("stray_items", "warn", question.items[verdict.worst], rows, facts)


def drivers_alike(survey: Survey) -> Iterator[Finding]:
    """Find drivers that their items cannot tell apart: HTMT is 0.9 or more.

    That is the limit for things that resemble each other, as views of one contact do (Henseler,
    Ringle & Sarstedt 2015). Drivers whose items do not hang together are left alone: to divide by
    how little they do makes any two drivers look alike.
    """
    whole = [question for question, verdict, _ in _verdicts(survey) if verdict.remark in WHOLE]
    alike: dict[tuple[str, str], float] = {}
    bases: list[int] = []
    for one, other in combinations(whole, 2):
        answers = (survey.answers[one.key].values, survey.answers[other.key].values)
        covariance, rows = _complete(np.column_stack(answers), survey.weights)
        htmt = float(htmt_of(correlations_of(covariance), len(one.items)))
        if rows >= FEWEST and abs(htmt) >= TOO_CLOSE:
            alike[one.key, other.key] = htmt
            bases.append(rows)
    if alike:
        pairs = [
            sentence("findings.fragment.pair", first=first, second=second, value=round(htmt, 2))
            for (first, second), htmt in sorted(alike.items(), key=lambda pair: -abs(pair[1]))
        ]
        column = next(iter(alike))[1] if len(alike) == 1 else ""
        facts = {"pairs": pairs, "limit": TOO_CLOSE}
        yield Finding("drivers_alike", "warn", column, min(bases), facts)


def _verdicts(survey: Survey) -> Iterator[tuple[Question, ScaleVerdict, int]]:
    """Yield the verdict on every driver that enough respondents answered in full.

    Without drivers that have an item to be turned round: there is a check for that, and until it
    is mended the rest says nothing.
    """
    turned = {finding.facts["question"] for finding in reversed_items(survey)}
    for question in survey.codebook.drivers:
        if question.kind != RATING or len(question.items) < 2 or question.key in turned:
            continue
        covariance, rows = _complete(survey.answers[question.key].values, survey.weights)
        if rows >= FEWEST:
            yield question, verdict_of(covariance), rows


def _complete(values: FloatArray, weights: FloatArray | None) -> tuple[FloatArray, int]:
    """Return the covariances of respondents who answered everything, and how many they are."""
    mass = np.ones(len(values)) if weights is None else weights
    whole = np.isfinite(values).all(axis=1) & (mass > 0)
    rows = int(whole.sum())
    if rows < FEWEST:
        return np.full((values.shape[1],) * 2, np.nan), rows
    covariance: FloatArray = np.cov(values[whole], rowvar=False, aweights=mass[whole])
    return covariance, rows
