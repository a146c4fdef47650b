"""Look for scales that run the other way: a high answer that is a bad one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.ratings import FEWEST, base_in_use, pairwise_correlations, ratings_of
from cxdrivers.survey.survey import Survey

AGAINST = -0.2
SURE = 4.0
"""A correlation goes the other way when it is below −.2 and four standard errors from nothing, a
chance of one in thirty thousand. Items that are worded negatively agree less with the others than
those that are not, but do agree once they are turned (Weijters, Baumgartner & Schillewaert 2013,
*Psychological Methods* 18, 320–334)."""


def reversed_items(survey: Survey) -> Iterator[Finding]:
    """Find items that go against the other items of their driver."""
    used = base_in_use(survey).used
    masses = (np.ones(len(used)) if survey.weights is None else survey.weights)[used]
    for question in survey.codebook.questions:
        if question.kind != RATING or len(question.items) < 2:
            continue
        values = survey.answers[question.key].values[used]
        found, rows = _with_the_rest(values, masses)
        against = [place for place, r in enumerate(found) if _is_against(r, rows[place])]
        if against and len(question.items) == 2:
            against = [_odd_one(values, survey.outcome[used], masses)]
        for place in against:
            yield _item(question, place, float(found[place]), int(rows[place]))


def reversed_drivers(survey: Survey) -> Iterator[Finding]:
    """Find drivers whose high scores go with a low outcome, in a survey where others do not."""
    ratings = ratings_of(survey)
    with_outcome = ratings.with_outcome
    if not (with_outcome > -AGAINST).any():
        return
    scales = {question.key: question.scale for question in survey.codebook.drivers}
    for place, driver in enumerate(ratings.drivers):
        rows = int(np.isfinite(ratings.scores[:, place]).sum())
        if _is_against(with_outcome[place], rows):
            severity = "note" if scales[driver] is None else "warn"
            facts = {"correlation": round(float(with_outcome[place]), 2)}
            yield Finding("reversed_driver", severity, driver, rows, facts)


def _with_the_rest(values: FloatArray, masses: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the correlation of each item with the mean of the others, and of how many rows."""
    given = np.isfinite(values)
    filled = np.where(given, values, 0.0)
    others = given.sum(axis=1, keepdims=True) - given
    rest = filled.sum(axis=1, keepdims=True) - filled
    rest = np.divide(rest, others, out=np.full_like(rest, np.nan), where=others > 0)
    found, rows = np.empty(values.shape[1]), np.empty(values.shape[1])
    for place in range(values.shape[1]):
        both = np.column_stack([values[:, place], rest[:, place]])
        correlations, counts = pairwise_correlations(both, masses)
        found[place], rows[place] = correlations[0, 1], counts[0, 1]
    return found, rows


def _is_against(correlation: float, rows: float) -> bool:
    enough = rows >= FEWEST
    return bool(enough and correlation < AGAINST and correlation * np.sqrt(rows) < -SURE)


def _odd_one(values: FloatArray, outcome: FloatArray, masses: FloatArray) -> int:
    """Return which of two items goes least with the outcome: of two either could be reversed."""
    correlations, _ = pairwise_correlations(np.column_stack([values, outcome]), masses)
    return int(np.nan_to_num(correlations[:-1, -1]).argmin())


def _item(question: Question, place: int, correlation: float, rows: int) -> Finding:
    facts = {"question": question.key, "correlation": round(correlation, 2)}
    if question.items[place] in question.reversed:
        return Finding("turned_item", "warn", question.items[place], rows, facts)
    return Finding("reversed_item", "warn", question.items[place], rows, facts)
