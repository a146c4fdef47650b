"""Look at drivers that stand in each other's way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.survey.finding import Finding
from cxdrivers.survey.ratings import ratings_of
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import sentence

INFLATED = 5.0
"""Variance inflation from which an own effect tells little (James, Witten, Hastie & Tibshirani
2021, *An Introduction to Statistical Learning*, name 5 or 10; O'Brien 2007, *Quality & Quantity*
41, 673–690, warns against dropping a driver for it)."""


def inflated_effects(survey: Survey) -> Iterator[Finding]:
    """Find drivers that the others predict so well that their own effects are hardly told."""
    ratings = ratings_of(survey)
    correlations = ratings.correlations_of_model
    if correlations is None:
        return
    factors = np.diag(np.linalg.inv(correlations[:-1, :-1]))
    worst = [place for place in np.argsort(-factors, kind="stable") if factors[place] > INFLATED]
    if worst:
        named = [
            sentence(
                "findings.fragment.number",
                name=ratings.drivers[place],
                value=round(float(factors[place]), 1),
            )
            for place in worst
        ]
        column = ratings.drivers[worst[0]] if len(worst) == 1 else ""
        facts = {"drivers": named, "limit": round(INFLATED)}
        yield Finding("inflated_effects", "warn", column, len(ratings.outcome), facts)
