"""Say how many respondents a survey needs that is still to be held."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import numpy as np

from cxdrivers.answers.planning.planned_draws import Sampler, linear_sampler
from cxdrivers.answers.planning.planned_survey import (
    PlannedSurvey,
    planned_covariance,
    shares_of_slopes,
    slopes_apart,
)
from cxdrivers.answers.planning.planned_top_box import top_box_sampler
from cxdrivers.answers.planning.planning_result import Goal, SampleSize
from cxdrivers.answers.planning.precision import LEAST_POWER, MOST_POWER, POWER
from cxdrivers.errors import FitError, nearest
from cxdrivers.vocabulary import LINEAR

WIDTH = 0.10
LEAST_PART = 0.005
FEWEST, MOST = 100, 1_000_000
"""Fewer respondents can hardly weigh drivers, and nobody asks more."""
PILOT = 400
STEPS = 20
CLOSE = 0.002
PARTS = 10
CURVE = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)


def sample_size(
    plan: PlannedSurvey | None = None,
    *,
    width: float | None = None,
    tell_apart: float | tuple[str, str] | None = None,
    level: float = 0.95,
    power: float = POWER,
    seed: int = 0,
) -> SampleSize:
    """Say how many respondents a planned survey needs, by simulation.

    Use it before a survey is held; of one that was, `expected_precision` says what more of the
    same would add. Ask for one of two things: intervals that are narrow enough, or two drivers
    that can be told apart.

    Parameters
    ----------
    plan
        What is expected; by default seven drivers that correlate 0.3 and explain half of the grade.
    width
        How wide the interval of a share may be on average, for the driver with the widest: 0.10
        (the default) is ± 5 percentage points.
    tell_apart
        Two drivers whose true shares differ by so much (the first two of a plan that only counts
        its drivers), or the names of two drivers of a plan that has their shares. Enough is when
        the interval of their difference leaves out zero in a part `power` of the surveys.
    level
        Of the intervals.
    power
        Chance to tell the two apart.
    seed
        The same seed gives the same number.

    Returns
    -------
    SampleSize
        At least 100 respondents: fewer can hardly weigh drivers.

    Raises
    ------
    FitError
        For settings that cannot be, and when more than a million respondents would be needed.

    Notes
    -----
    For the mean grade covariance matrices are drawn from their own distribution, 4,000 of them. For
    a top box one survey of 20,000 respondents is simulated, and how its weights spread with n
    follows from what each respondent pulls at them. Answers are taken to be normal.

    Examples
    --------
    >>> size = sample_size(PlannedSurvey(drivers=5, correlation=0.4), width=0.10)
    >>> 1000 < size.n < 1300
    True
    """
    plan = PlannedSurvey() if plan is None else plan
    if width is not None and tell_apart is not None:
        raise FitError("plan_two_goals")
    goal = Goal(level, power, width=WIDTH if width is None else width)
    if tell_apart is not None:
        goal = Goal(level, power, pair=_pair(plan, tell_apart))
    _check(goal, tell_apart, seed)
    slopes = plan.slopes
    if isinstance(tell_apart, int | float):
        slopes = slopes_apart(slopes, plan.correlation, tell_apart)
    covariance = planned_covariance(slopes, plan.correlation, plan.r_squared)
    sampler = linear_sampler if plan.kind == LINEAR else top_box_sampler
    drawn = sampler(plan, covariance, seed=seed)
    n = _search(plan, drawn, goal)
    draws = drawn(n)
    parts = [goal.more(draws.part(number, PARTS)) for number in range(PARTS)]
    sizes = [_whole_teams(plan, n * part) for part in CURVE]
    return SampleSize(
        plan=plan,
        goal=goal,
        n=n,
        error=float(n * np.std(parts, ddof=1) / np.sqrt(PARTS)),
        shares=shares_of_slopes(slopes, plan.correlation),
        widths=draws.widths(level),
        found=draws.found(level),
        curve={size: goal.measured(drawn(size)) for size in sizes if size >= _least(plan)},
        draws=len(draws.weights),
        at_least=n <= _whole_teams(plan, _least(plan)),
    )


def _search(plan: PlannedSurvey, drawn: Sampler, goal: Goal) -> int:
    """Return the fewest respondents that are enough; errors fall with the root of their number."""
    size = float(max(PILOT, _least(plan)))
    for _ in range(STEPS):
        n = _whole_teams(plan, size)
        more = goal.more(drawn(n))
        size = max(n * more, _least(plan))
        if size > MOST:
            raise FitError("plan_out_of_reach", most=MOST)
        if abs(size / n - 1) < CLOSE:
            break
    return _whole_teams(plan, size)


def _least(plan: PlannedSurvey) -> int:
    """Return the fewest respondents: enough, and with more teams than columns."""
    columns = len(plan.names) + 1
    return max(FEWEST, 0 if plan.teams is None else plan.teams[0] * (columns + 2))


def _whole_teams(plan: PlannedSurvey, n: float) -> int:
    size = 1 if plan.teams is None else plan.teams[0]
    return size * ceil(n / size - 1e-9)


def _pair(plan: PlannedSurvey, tell_apart: float | tuple[str, str]) -> tuple[int, int]:
    """Return the places of the two drivers to tell apart, the larger share first."""
    if isinstance(tell_apart, int | float):
        if isinstance(plan.drivers, Mapping):
            raise FitError("plan_pair_needed", gap=tell_apart, drivers=plan.names)
        return 0, 1
    if isinstance(tell_apart, str) or len(set(tell_apart)) != 2:
        raise FitError("plan_pair", given=str(tell_apart), drivers=plan.names)
    for name in tell_apart:
        if name not in plan.names:
            near = nearest(name, plan.names)
            raise FitError("plan_pair_unknown", driver=name, near=near, drivers=plan.names)
    first, second = (plan.names.index(name) for name in tell_apart)
    if abs(plan.shares[first] - plan.shares[second]) < LEAST_PART:
        raise FitError("plan_pair_equal", drivers=tell_apart)
    return (first, second) if plan.shares[first] > plan.shares[second] else (second, first)


def _check(goal: Goal, tell_apart: float | tuple[str, str] | None, seed: int) -> None:
    given = {
        "power": (goal.power, LEAST_POWER, MOST_POWER),
        "width": (goal.width, LEAST_PART, 1.0),
        "tell_apart": (
            tell_apart if isinstance(tell_apart, int | float) else None,
            LEAST_PART,
            1.0,
        ),
    }
    for name, (value, low, high) in given.items():
        if value is not None and not low <= value <= high:
            raise FitError("plan_range", name=name, value=value, low=low, high=high)
    if not 0 < goal.level < 1:
        raise FitError("level_unknown", level=goal.level)
    if not isinstance(seed, int):
        raise FitError("setting_not_whole", name="seed", value=seed)
    if seed < 0:
        raise FitError("seed_unknown", seed=str(seed))
