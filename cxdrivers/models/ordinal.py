"""Fit proportional odds to the grades as they are."""

from __future__ import annotations

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.models.diagnostics import fittable_columns
from cxdrivers.models.logistic import (
    LogisticFit,
    effects_at,
    error_kind,
    estimates_of,
    laid_out,
    likeliest,
    named_groups,
)
from cxdrivers.models.separation import separating_groups
from cxdrivers.moments.design import Design
from cxdrivers.moments.grades import grades_of, top_box_of


def fit_ordinal(
    design: Design, threshold: float, level: float, outcome: str = "outcome"
) -> LogisticFit:
    """Regress grades on all columns of a design, by a cumulative logit model.

    Parameters
    ----------
    design
        Every value of its outcome is a grade.
    threshold
        The chance of reaching it has the average marginal effects.
    level
        Of the intervals.
    outcome
        What errors call it.

    Raises
    ------
    FitError
        When there are too few or too many grades, nobody or everybody reaches the threshold, the
        ratings of drivers are tied together exactly, or columns set grades apart exactly.
    """
    grades = grades_of(design, outcome)
    reached = top_box_of(design, threshold, outcome).outcome
    fittable = fittable_columns(design)
    columns = design.columns[:, fittable.fitted]
    named = named_groups(design, fittable.fitted)
    separated = separating_groups(columns, design.outcome, named)
    if separated:
        raise FitError("ordinal_separated", names=separated, outcome=outcome)
    log_odds = likeliest(design, fittable)
    errors, freedom = error_kind(design)
    place = int((grades < threshold).sum()) - 1
    return LogisticFit(
        terms=laid_out(estimates_of(log_odds, design, fittable, level=level), fittable),
        effects=effects_at(log_odds, place, design, fittable, level=level),
        vif=fittable.vif,
        log_odds=log_odds,
        share=float(np.average(reached, weights=design.weights)),
        errors=errors,
        freedom=freedom,
    )
