"""Put drivers in their places, wherever their means, slopes and weights came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.part_draws import part_draws
from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.priority_draws import RatingDraws
from cxdrivers.answers.advice.priority_stated import StatedImportance
from cxdrivers.answers.advice.priority_table import standings_of
from cxdrivers.answers.advice.priority_targets import Target, targets_of
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import Groups
from cxdrivers.models.own_effects import OwnEffects
from cxdrivers.moments.columns import RATING as RATING_TERM
from cxdrivers.moments.one_group import questions_of_moments
from cxdrivers.wording import Sentence, sentence


def priorities_of_parts(weights: DriverWeights, *, target: Target = None) -> Priorities:
    """Place the drivers of weights that came from sums in random parts.

    Parameters
    ----------
    weights
        Of one group.
    target
        As in `priorities`.

    Raises
    ------
    FitError
        As `priorities`, and when the weights came from anything else.
    """
    if weights.parts is None:
        raise FitError("needs_rows")
    moments, settings = weights.parts.moments, weights.settings
    questions = questions_of_moments(moments)[0]
    placed, left_out = placed_drivers(questions, moments.groups, moments.terms)
    targets = told_targets(weights, placed, left_out, target)
    drivers = [question.key for question in placed]
    draws = part_draws(weights.parts, drivers, n_boot=settings.n_boot, seed=settings.seed)
    return priorities_drawn(weights, weights.effects, draws, placed, targets, left_out=left_out)


def priorities_drawn(
    weights: DriverWeights,
    effects: OwnEffects,
    draws: RatingDraws,
    placed: Sequence[Question],
    targets: Mapping[str, float],
    *,
    left_out: dict[str, Sentence],
    stated: StatedImportance | None = None,
) -> Priorities:
    """Return the priorities of drivers that have a place.

    Parameters
    ----------
    weights, effects
        The shares, and the own effects on the mean grade.
    draws
        Means and slopes of those drivers, in the sample and in the resamples of the weights.
    placed, targets
        The drivers that have a place, and the mean that each is to reach.
    left_out
        Why the others have none.
    stated
        What respondents say is important.
    """
    own = pd.DataFrame(
        {"effect": effects.effect, "effect_low": effects.low, "effect_high": effects.high},
        index=list(weights.drivers),
    )
    drivers = [question.key for question in placed]
    places = [weights.drivers.index(driver) for driver in drivers]
    ends = np.array([(*scale_of(question), targets[question.key]) for question in placed]).T
    standings, lines = standings_of(weights, draws, places, own.loc[drivers], ends)
    return Priorities(
        standings=standings,
        weights=weights,
        lines=lines,
        scales={question.key: scale_of(question) for question in placed},
        left_out=left_out,
        stated_importance=stated,
    )


def told_targets(
    weights: DriverWeights,
    placed: Sequence[Question],
    left_out: Mapping[str, Sentence],
    target: Target,
) -> dict[str, float]:
    """Return the targets of drivers that have a place, by key.

    Raises
    ------
    FitError
        When none has, a target cannot be, or the drivers explain nothing that can be told from
        noise.
    """
    if not placed:
        raise FitError("no_driver_placed", drivers=[*left_out])
    targets = targets_of(placed, target, weights.drivers)
    if not np.isfinite(weights.tidy()["share"]).all():
        low, high = weights.r_squared_interval
        facts = {"n": weights.n, "low": round(low, 3), "high": round(high, 3)}
        raise FitError("priorities_of_nothing", outcome=weights.moments.outcome, **facts)
    return targets


def placed_drivers(
    questions: Sequence[Question], groups: Groups, terms: Sequence[str]
) -> tuple[list[Question], dict[str, Sentence]]:
    """Return the drivers that have a place, and why the others have none.

    Parameters
    ----------
    questions
        Of all drivers.
    groups, terms
        The columns of each, and what each column is.
    """
    placed, left_out = [], {}
    for question, group in zip(questions, groups, strict=True):
        if question.kind != RATING or question.interaction:
            left_out[question.key] = sentence("priorities.no_rating")
        elif question.scale is None:
            left_out[question.key] = sentence("priorities.no_scale")
        elif RATING_TERM not in [terms[column] for column in group]:
            left_out[question.key] = sentence("priorities.constant")
        else:
            placed.append(question)
    return placed, left_out


def scale_of(question: Question) -> tuple[float, float]:
    """Return the ends of a driver's scale, NaN without one."""
    low, high = question.scale or (np.nan, np.nan)
    return float(low), float(high)
