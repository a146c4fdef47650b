"""Look at the weights of the rows: some that say nothing, some that say nearly everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cxdrivers.survey.base import effective_n
from cxdrivers.survey.finding import Finding
from cxdrivers.survey.survey import Survey

EFFECTIVE_SHARE = 0.5
"""Kish's effective part of the rows below which weights cost more than half of them."""
LARGE = 5.0
"""Times the mean weight, where weights are often capped (DeBell & Krosnick 2009, for the ANES)."""


def zero_weights(survey: Survey) -> Iterator[Finding]:
    """Find weights of zero."""
    column = survey.codebook.weight
    if column is not None and survey.weights is not None:
        silent = int((survey.weights == 0).sum())
        if silent:
            yield Finding("zero_weights", "warn", column, silent, {})


def unequal_weights(survey: Survey) -> Iterator[Finding]:
    """Find weights so unequal that few rows carry the result, or a few rows that count for many."""
    column = survey.codebook.weight
    if column is None or survey.weights is None:
        return
    weights = survey.weights
    effective = effective_n(weights)
    if effective < EFFECTIVE_SHARE * len(weights):
        told = {"rows": len(weights), "effective": round(effective)}
        yield Finding("extreme_weights", "warn", column, len(weights), told)
        return
    times = weights / weights[weights > 0].mean()
    large = int((times > LARGE).sum())
    if large:
        facts: dict[str, Any] = {"limit": round(LARGE), "most": round(float(np.max(times)), 1)}
        yield Finding("large_weights", "warn", column, large, facts)
