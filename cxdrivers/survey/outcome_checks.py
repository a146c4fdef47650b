"""Look at how drivers go with the outcome: too well to be drivers, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.survey.finding import Finding
from cxdrivers.survey.ratings import FEWEST, ratings_of
from cxdrivers.survey.survey import Survey

SAME_THING = 0.85
"""Correlation with the outcome above which a driver may be the outcome in other words: the
stricter limit for telling two measures apart (Henseler, Ringle & Sarstedt 2015, *Journal of the
Academy of Marketing Science* 43, 115–135)."""
NEARLY_ALL = 0.9
"""R² that single grades, which are not that reliable, cannot reach."""
STRANGERS = 0.3
"""Correlation with the outcome that some driver of any real rating survey passes: ratings by one
person share at least their mood."""
FEWEST_DRIVERS = 3


def outcome_in_other_words(survey: Survey) -> Iterator[Finding]:
    """Find a driver that correlates with the outcome as if both were one question."""
    ratings = ratings_of(survey)
    for driver, correlation in zip(ratings.drivers, ratings.with_outcome, strict=True):
        if abs(correlation) > SAME_THING:
            rows = int(survey.scores[driver].notna().sum())
            facts = {"correlation": round(float(correlation), 3), "limit": SAME_THING}
            yield Finding("quasi_outcome", "warn", driver, rows, facts)


def nearly_all_explained(survey: Survey) -> Iterator[Finding]:
    """Find drivers that together explain more of the outcome than answers of people allow."""
    ratings = ratings_of(survey)
    correlations = ratings.correlations_of_model
    if correlations is None or (np.abs(ratings.with_outcome) > SAME_THING).any():
        return
    with_outcome = correlations[:-1, -1]
    explained = float(with_outcome @ np.linalg.solve(correlations[:-1, :-1], with_outcome))
    if explained > NEARLY_ALL:
        facts = {"share": round(100 * explained, 1), "limit": round(100 * NEARLY_ALL)}
        column = survey.codebook.outcome.key
        yield Finding("nearly_all_explained", "warn", column, len(ratings.outcome), facts)


def strangers(survey: Survey) -> Iterator[Finding]:
    """Find ratings that none of them go with the outcome: rows of two files put side by side."""
    ratings = ratings_of(survey)
    if len(ratings.drivers) < FEWEST_DRIVERS or len(ratings.outcome) < 2 * FEWEST:
        return
    told = np.nan_to_num(np.abs(ratings.with_outcome), nan=1.0)
    if told.max() < STRANGERS:
        best = int(told.argmax())
        facts = {
            "limit": STRANGERS,
            "driver": ratings.drivers[best],
            "correlation": round(float(ratings.with_outcome[best]), 2),
        }
        column = survey.codebook.outcome.key
        yield Finding("strangers", "warn", column, len(ratings.outcome), facts)
