"""Predict scenarios from the moments of one group: the mean alone, from least squares."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from cxdrivers.answers.advice.part_draws import outcome_means, part_draws, rating_spread
from cxdrivers.answers.advice.parts_words import parts_sentences
from cxdrivers.answers.advice.priority_draws import RatingDraws
from cxdrivers.answers.advice.scenario_changes import (
    SHIFT,
    Move,
    Scenario,
    costs_of,
    scenarios_of,
)
from cxdrivers.answers.advice.scenario_numbers import WorldNumbers
from cxdrivers.answers.advice.scenario_rows import Reach
from cxdrivers.answers.advice.scenario_told import Unheld
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.answers.draws import Draws
from cxdrivers.answers.weights.drawn import DrawnParts
from cxdrivers.answers.weights.part_weights import usable_group
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.one_group import labels_of_moments, questions_of_moments
from cxdrivers.moments.sums import FloatArray
from cxdrivers.wording import sentence

DIGITS = 2
ROUNDING = 1e-9


def scenarios_of_moments(
    grouped: GroupedMoments,
    changes: object,
    costs: Mapping[str, float] | float | None,
    draws: Draws,
) -> Scenarios:
    """Predict the mean if drivers were rated otherwise, and the association were causal.

    A shift moves the mean by the driver's slope times the shift times the part of respondents that
    met the driver.

    Parameters
    ----------
    grouped
        The moments of one group.
    changes, costs
        As `what_if`; a change is a number of points, for everybody who met the driver.
    draws
        Resamples of the random parts, level of the intervals, seed.

    Raises
    ------
    FitError
        As `what_if`; when there are several groups, a change moves only some of the users, moves
        an interaction, or would bring a mean beyond its scale.
    """
    moments = usable_group(grouped)
    questions, outcome = questions_of_moments(moments)
    scenarios = scenarios_of(changes, questions)
    priced = costs_of(costs, scenarios)
    asked = {question.key: question for question in questions}
    drivers = list(dict.fromkeys(move.driver for one in scenarios for move in one.moves))
    for driver in drivers:
        _check_movable(moments, questions, driver)
    parts = DrawnParts(moments)
    found = part_draws(parts, drivers, n_boot=draws.n_boot, seed=draws.seed)
    unheld = [
        _unheld(move, asked[move.driver], found.sample[0, drivers.index(move.driver)], moments)
        for one in scenarios
        for move in one.moves
    ]
    remarks = [
        sentence("scenarios.line.moments"),
        *parts_sentences(parts, asked=draws.n_boot > 0),
    ]
    return Scenarios(
        scenarios=scenarios,
        reached={
            one.name: {move.driver: _reach(move, moments, found, drivers) for move in one.moves}
            for one in scenarios
        },
        numbers=_numbers(parts, scenarios, drivers, found, draws),
        scale=None,
        remarks=tuple(remarks),
        drawn=parts,
        draws=draws,
        labels=labels_of_moments(moments),
        question=outcome,
        costs=priced,
        unheld=tuple(dict.fromkeys(unheld)),
    )


def _check_movable(moments: GroupedMoments, questions: Sequence[Question], driver: str) -> None:
    place = moments.drivers.index(driver)
    if not moments.groups[place]:
        raise FitError("change_of_constant", driver=driver, n=int(moments.rated[0, place]))
    for question in questions:
        if driver in question.interaction:
            raise FitError("change_in_product", driver=driver, product=question.key)


def _unheld(move: Move, question: Question, mean: float, moments: GroupedMoments) -> Unheld:
    """Return how far users move at least if the ends of the scale hold them.

    On a scale from low to high with mean m and variance s², those above c = high − d move less
    than d, on average by E(x − c)⁺. That is at most d(m − low)/(high − low), when everybody is at
    an end, and (√(s² + (m − c)²) + m − c)/2 whatever the answers are (Scarf 1958).
    """
    if move.kind != SHIFT:
        facts = {"bound": move.kind, "size": move.size}
        raise FitError("change_needs_rows", driver=move.driver, **facts)
    if question.scale is None or not math.isfinite(mean):
        return Unheld(move.driver, move.size, math.nan)
    low, high = question.scale
    room = high - mean if move.size > 0 else mean - low
    size = abs(move.size)
    if size > room + ROUNDING:
        sign = math.copysign(1.0, move.size)
        raise FitError(
            "change_beyond_scale",
            driver=move.driver,
            size=move.size,
            mean=round(mean, DIGITS),
            changed=round(mean + move.size, DIGITS),
            low=low,
            high=high,
            room=sign * math.floor(room * 10**DIGITS) / 10**DIGITS,
        )
    beyond = size - room
    at_ends = size * (1 - room / (high - low))
    spread = (math.hypot(rating_spread(moments, move.driver), beyond) + beyond) / 2
    least = max(size - min(at_ends, spread), 0.0)
    return Unheld(move.driver, move.size, math.copysign(least, move.size))


def _reach(
    move: Move, moments: GroupedMoments, found: RatingDraws, drivers: Sequence[str]
) -> Reach:
    place = moments.drivers.index(move.driver)
    n = int(moments.n[0])
    rated = min(n, int(moments.rated[0, place]))
    met = float(found.sample[2, drivers.index(move.driver)])
    marked = any(moments.terms[column] == NOT_APPLICABLE for column in moments.groups[place])
    blank = int(moments.blank[0, place]) if marked else n - rated
    return Reach(
        moved=rated,
        partly=0,
        stuck=0,
        already=0,
        blank=blank,
        not_met=max(0, n - rated - blank),
        average=met * move.size,
    )


def _numbers(
    parts: DrawnParts,
    scenarios: Sequence[Scenario],
    drivers: Sequence[str],
    found: RatingDraws,
    draws: Draws,
) -> WorldNumbers:
    """Return the mean today and in every scenario, in the sample and in resamples of its parts."""
    sizes = np.zeros((len(scenarios), len(drivers)))
    for place, one in enumerate(scenarios):
        for move in one.moves:
            sizes[place, drivers.index(move.driver)] = move.size
    today, drawn_today = outcome_means(parts, n_boot=draws.n_boot, seed=draws.seed)

    def of_worlds(mean: FloatArray, draws_of: FloatArray) -> FloatArray:
        gains = (draws_of[..., 1, :] * draws_of[..., 2, :]) @ sizes.T
        worlds = np.concatenate([np.zeros((*gains.shape[:-1], 1)), gains], axis=-1)
        numbers: FloatArray = (mean[..., np.newaxis] + worlds)[..., np.newaxis]
        return numbers

    return WorldNumbers(
        estimate=of_worlds(np.array(today), found.sample),
        replicates=of_worlds(drawn_today, found.replicates) if len(found.replicates) else None,
        observed=np.array([today]),
    )
