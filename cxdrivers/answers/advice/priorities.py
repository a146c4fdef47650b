"""Say which drivers to work on first: where there is room, and what it goes with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.priority_draws import linear_model_of, rated_drivers, rating_draws
from cxdrivers.answers.advice.priority_stated import stated_importance
from cxdrivers.answers.advice.priority_table import standings_of
from cxdrivers.answers.advice.priority_targets import Target, targets_of
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.errors import FitError
from cxdrivers.models.own_effects import effects_of_model
from cxdrivers.moments.columns import RATING as RATING_TERM
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, sentence


def priorities(
    survey: Survey,
    *,
    target: Target = None,
    method: str = "lmg",
    kind: str = "linear",
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Priorities:
    """Place drivers by how they are rated and how much they count, and order what to do first.

    Use it after `driver_weights`: a weight says how much a driver counts, not whether there is
    room. It supposes a straight line from the mean to the target; for single steps and the chances
    of high grades use `what_if`, and for drivers that only count while they are low
    `driver_shapes`. What would happen if a driver were changed no survey shows.

    Parameters
    ----------
    survey
        What was read.
    target
        The mean that drivers are to reach: one number on a scale from 1 to 10, by default 8, which
        lies as far up every other scale (4.1 of 1 to 5); or by driver, each on its own scale:
        ``{"empathy": 9}``, the others having 8 of 10.
    method, kind, always, n_boot, level, seed
        As in `driver_weights`, and the weights are the same. Effects and gains are always of the
        mean grade, from least squares, also where the weights are of another kind.

    Returns
    -------
    Priorities
        A driver without a scale, with several columns or that never varies has no place, and is
        named with the reason.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        As `driver_weights`; when a target cannot be, no driver has a place, or the drivers explain
        nothing that can be told from noise.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> found = priorities(cx.load_example(), n_boot=0)
    >>> found.tidy().sort_values("rank")["driver"].head(2).tolist()
    ['reliability', 'customer_focus']
    """
    if not isinstance(survey, Survey):
        raise FitError("not_a_survey", kind=type(survey).__name__)
    weights = driver_weights(
        survey,
        method=method,
        kind=kind,
        always=always,
        n_boot=n_boot,
        level=level,
        seed=seed,
    )
    return priorities_of(survey, weights, target=target)


def priorities_of(survey: Survey, weights: DriverWeights, *, target: Target = None) -> Priorities:
    """Place the drivers of weights that are there already.

    Parameters
    ----------
    survey
        What was read.
    weights
        Of that survey.
    target
        As in `priorities`.

    Raises
    ------
    FitError
        As `priorities`, and when the weights came from moments.
    """
    design = weights.model.design
    placed, left_out = _placed(survey, weights)
    if not placed:
        raise FitError("no_driver_placed", drivers=[*left_out])
    targets = targets_of(placed, target, survey.drivers)
    table = weights.tidy().set_index("driver")
    if not np.isfinite(table["share"]).all():
        low, high = weights.r_squared_interval
        facts = {"n": weights.n, "low": round(low, 3), "high": round(high, 3)}
        raise FitError("priorities_of_nothing", outcome=weights.moments.outcome, **facts)
    drivers = [question.key for question in placed]
    model = linear_model_of(survey, weights)
    rated = rated_drivers(survey, design, drivers)
    draws = rating_draws(weights, model, rated)
    effects = effects_of_model(model)
    own = pd.DataFrame(
        {
            "effect": effects.effect,
            "effect_low": effects.low,
            "effect_high": effects.high,
        },
        index=list(design.drivers),
    )
    ends = np.array([(*_ends(question), targets[question.key]) for question in placed]).T
    standings, lines = standings_of(weights, draws, rated, own.loc[drivers], ends)
    return Priorities(
        standings=standings,
        weights=weights,
        lines=lines,
        scales={question.key: _ends(question) for question in placed},
        left_out=left_out,
        stated_importance=stated_importance(survey, weights, drivers),
    )


def _placed(survey: Survey, weights: DriverWeights) -> tuple[list[Question], dict[str, Sentence]]:
    """Return the drivers that have a place, and why the others have none."""
    design = weights.model.design
    placed, left_out = [], {}
    for question, group in zip(survey.codebook.drivers, design.groups, strict=True):
        if question.kind != RATING or question.interaction:
            left_out[question.key] = sentence("priorities.no_rating")
        elif question.scale is None:
            left_out[question.key] = sentence("priorities.no_scale")
        elif RATING_TERM not in [design.terms[column] for column in group]:
            left_out[question.key] = sentence("priorities.constant")
        else:
            placed.append(question)
    return placed, left_out


def _ends(question: Question) -> tuple[float, float]:
    low, high = question.scale or (np.nan, np.nan)
    return float(low), float(high)
