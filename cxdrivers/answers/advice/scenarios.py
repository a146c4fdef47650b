"""Predict what changed drivers would go with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxdrivers.answers.advice.scenario_changes import (
    Changes,
    Scenario,
    costs_of,
    scenarios_of,
)
from cxdrivers.answers.advice.scenario_numbers import numbers_of
from cxdrivers.answers.advice.scenario_parts import scenarios_of_moments
from cxdrivers.answers.advice.scenario_rows import (
    DriverRatings,
    Reach,
    changed_columns,
    driver_ratings,
    reach_of,
)
from cxdrivers.answers.advice.scenario_scale import grade_scale
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.answers.draws import Draws
from cxdrivers.errors import FitError
from cxdrivers.models.diagnostics import fittable_columns
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.given_data import survey_in, survey_or_groups
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.imputation import filled_designs
from cxdrivers.survey.ratings import ratings_of
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import LANGUAGES

HALF = 0.5


def what_if(
    data: Survey | GroupedMoments,
    changes: Changes,
    *,
    costs: Mapping[str, float] | float | None = None,
    threshold: float | None = None,
    always: Sequence[str] = (),
    n_boot: int = 500,
    level: float = 0.95,
    seed: int = 0,
) -> Scenarios:
    """Predict the grades if drivers were rated otherwise, and the association were causal.

    Use it to hold plans against each other in grade points, in the share of high grades and in
    real recommenders. It moves answers in a model; whether customers would follow, a survey cannot
    tell, so every sentence says "if the association is causal".

    Parameters
    ----------
    data
        A survey, or the moments of one group: these tell the mean alone, as a straight line has it.
    changes
        One scenario, such as ``{"empathy": 0.5, "wait_time": ("at_least", 7)}``, or several by
        name. A number moves everybody who met the driver by so many of its points, as far as the
        end of its scale; ``("at_least", x)`` and ``("at_most", x)`` move only those beyond x.
        Whom the driver did not apply to stays. Without a scale nobody is moved further than the
        lowest or highest answer that was given.
    costs
        What each scenario costs, by name, or one number for a single scenario: then `tidy` has
        the cost of one point more.
    threshold
        From which grade on a respondent is in the top box; by default 8 of 10, 4 of 5, 6 of 7.
    always
        Columns of the survey to hold equal, such as the organisation.
    n_boot, level, seed
        Resamples, level of the intervals, and where the random numbers start.

    Returns
    -------
    Scenarios
        Proportional odds give every respondent a chance of each grade (McCullagh 1980); the
        distribution over the grades, its mean, the top box and the recommenders all follow from
        it. Recommenders are the part that really recommended at each grade, never falling from
        one grade to the next, applied to that distribution: at the same grade nothing else is
        supposed to count. An outcome with more than thirty values, or with no scale and no
        `threshold`, and one whose grades are set apart by drivers, has the mean alone, from least
        squares, and that is said. Every resample is fitted again; blanks are filled in several
        times.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first, or a column cannot be read.
    FitError
        When there are no changes, a driver is unknown or has no rating to move, a change moves
        nobody, a cost belongs to nothing, or the model cannot be fitted.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> plan = what_if(cx.load_example(), {"empathy": 0.5}, n_boot=0)
    >>> plan.tidy()["quantity"].tolist()
    ['mean', 'top_box', 'recommended']
    >>> plan.reach()["not_met"].tolist()
    [0]
    """
    draws = Draws(n_boot, level, seed)
    draws.check()
    data = survey_or_groups(data)
    if isinstance(data, GroupedMoments):
        for name, given in (("threshold", threshold is not None), ("always", bool(always))):
            if given:
                raise FitError("argument_of_rows", name=name)
        return scenarios_of_moments(data, changes, costs, draws)
    survey = data
    scenarios = scenarios_of(changes, survey.codebook.drivers)
    priced = costs_of(costs, scenarios)
    design = design_of(survey, always=always, blanks=True)
    fillings = filled_designs(design, seed=seed)
    fittable = fittable_columns(fillings[0])
    scale, remarks = grade_scale(survey, fillings, fittable, threshold)
    ratings = _ratings(design, survey, scenarios)
    worlds = [
        [filled.columns, *(changed_columns(filled, survey, one, ratings) for one in scenarios)]
        for filled in fillings
    ]
    reached = {one.name: _reach(one, ratings, fillings) for one in scenarios}
    return Scenarios(
        scenarios=scenarios,
        reached=reached,
        numbers=numbers_of(fillings, worlds, fittable.fitted, scale, draws),
        scale=scale,
        remarks=remarks,
        drawn=design,
        draws=draws,
        labels={language: survey.codebook.labels(language) for language in LANGUAGES},
        question=survey.codebook.outcome,
        costs=priced,
        unscaled=_unscaled(survey, scenarios),
    )


def half_point_each(
    survey: Survey,
    *,
    always: Sequence[str] = (),
    n_boot: int = 500,
    level: float = 0.95,
    seed: int = 0,
) -> Scenarios:
    """Predict the grades with half a point more on each driver by itself, beside each other.

    Parameters
    ----------
    survey
        What was read. Drivers that are ratings on a scale and vary are moved, one a scenario.
    always, n_boot, level, seed
        As `what_if`.

    Raises
    ------
    FitError
        As `what_if`, and when there is no such driver.
    """
    survey = survey_in(survey)
    varying = ratings_of(survey).drivers
    movable = [
        driver.key
        for driver in survey.codebook.drivers
        if driver.key in varying and driver.scale is not None
    ]
    if not movable:
        raise FitError("nothing_to_move", drivers=survey.drivers)
    changes = {driver: {driver: HALF} for driver in movable}
    return what_if(survey, changes, always=always, n_boot=n_boot, level=level, seed=seed)


def _ratings(
    design: Design, survey: Survey, scenarios: Sequence[Scenario]
) -> dict[str, DriverRatings]:
    """Return the ratings that are moved, and those whose products with them follow."""
    needed = {move.driver for scenario in scenarios for move in scenario.moves}
    for place, question in enumerate(survey.codebook.drivers):
        if design.groups[place] and needed & set(question.interaction):
            needed |= set(question.interaction)
    return {
        driver: driver_ratings(design, survey, driver)
        for driver in design.drivers
        if driver in needed
    }


def _reach(
    scenario: Scenario, ratings: dict[str, DriverRatings], fillings: Sequence[Design]
) -> dict[str, Reach]:
    """Count whom each change of a scenario reaches, or refuse one that reaches nobody."""
    found = {}
    for move in scenario.moves:
        reach = reach_of(move, ratings[move.driver], fillings, fillings[0].weights)
        if not reach.average:
            met = reach.already + reach.blank
            facts = {"bound": move.kind, "size": move.size}
            raise FitError("bound_moves_nobody", driver=move.driver, n=met, **facts)
        found[move.driver] = reach
    return found


def _unscaled(survey: Survey, scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the drivers without a scale that a scenario moves."""
    moved = {move.driver for one in scenarios for move in one.moves}
    questions = survey.codebook.drivers
    return tuple(one.key for one in questions if one.key in moved and one.scale is None)
