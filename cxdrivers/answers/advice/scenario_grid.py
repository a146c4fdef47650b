"""Lay out what a page with a slider a driver needs, so that it can tell what `what_if` tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cxdrivers.answers.advice.scenario_changes import SHIFT, Move
from cxdrivers.answers.advice.scenario_moves import Steps
from cxdrivers.answers.advice.scenario_numbers import (
    WorldNumbers,
    divided_replicates,
)
from cxdrivers.answers.advice.scenario_rows import Reach, driver_ratings, reach_of
from cxdrivers.answers.advice.scenario_step_numbers import step_numbers
from cxdrivers.answers.advice.scenario_sums import StepSums
from cxdrivers.answers.advice.scenario_tables import Predictions
from cxdrivers.answers.advice.scenarios import half_point_each
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.errors import FitError
from cxdrivers.models.diagnostics import fittable_columns
from cxdrivers.moments.design import Design
from cxdrivers.moments.imputation import filled_designs
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.survey import Survey

SIZES = (-1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
FEW_SIZES = (-0.5, 0.5, 1.0)
FINE_DRIVERS, MOST_DRIVERS = 15, 30
"""So many drivers have all sizes; so many have sliders at all, since every two are held."""


@dataclass(frozen=True, eq=False)
class ScenarioGrid:
    """What every step of every driver goes with, alone and together with others.

    Attributes
    ----------
    scenarios
        What it was made beside: rows, draws, outcome, words.
    drivers, sizes
        The drivers that move, and by how many points each can.
    numbers
        Today, then every size of the first driver, of the second, and so on, with resamples.
    sums
        What sizes of several drivers come to.
    reached
        Driver → whom each of its sizes reaches.
    """

    scenarios: Scenarios
    drivers: tuple[str, ...]
    sizes: tuple[float, ...]
    numbers: WorldNumbers
    sums: StepSums
    reached: dict[str, tuple[Reach, ...]]

    @cached_property
    def predictions(self) -> Predictions:
        """The numbers with their intervals; world 0 is today."""
        return Predictions(self.numbers, self.scenarios.design, self.scenarios.draws)

    @property
    def still(self) -> tuple[str, ...]:
        """The drivers of the survey that do not move."""
        return tuple(one for one in self.scenarios.design.drivers if one not in self.drivers)

    def world(self, driver: str, size: float) -> int:
        """Return which of the worlds is one size of one driver."""
        return 1 + len(self.sizes) * self.drivers.index(driver) + self.sizes.index(size)

    def estimate(self, changes: Mapping[str, float]) -> FloatArray:
        """Return mean, top box and recommenders after several moves, as many as can be told.

        One move and two are what `what_if` tells; with more it is near that.

        Parameters
        ----------
        changes
            Driver → one of the sizes.
        """
        steps = {self.drivers.index(one): self.sizes.index(size) for one, size in changes.items()}
        total = self.sums.at(steps)
        if self.scenarios.scale is None:
            return total
        chances = np.diff(1 / (1 + np.exp(-total)), prepend=0.0, append=1.0)
        return self.readings @ chances

    @cached_property
    def readings(self) -> FloatArray:
        """What each grade counts for in each quantity, shape ``(Q, K)``.

        Raises
        ------
        FitError
            When only the mean can be told.
        """
        scale = self.scenarios.scale
        if scale is None:
            raise FitError("no_distribution", outcome=self.scenarios.question.key)
        grades, count = np.eye(len(scale.grades)), len(self.scenarios.quantities)
        mass = _mass(self.scenarios.design)[np.newaxis]
        return scale.numbers(grades[np.newaxis], mass)[0, :, :count].T


def scenario_grid(
    survey: Survey,
    *,
    always: Sequence[str] = (),
    n_boot: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> ScenarioGrid:
    """Predict the grades for every step of every driver, alone and with every other.

    Use it for a page on which a reader moves drivers. For a few plans `what_if` tells more.

    Parameters
    ----------
    survey
        What was read. Drivers that are ratings on a scale and vary can be moved.
    always, n_boot, level, seed
        As `what_if`.

    Raises
    ------
    FitError
        As `half_point_each`, and with more drivers than a page can hold.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> grid = scenario_grid(cx.load_example(), n_boot=0)
    >>> plan = cx.what_if(cx.load_example(), {"empathy": 1, "reliability": 0.5}, n_boot=0)
    >>> moved = grid.estimate({"empathy": 1.0, "reliability": 0.5})
    >>> bool(np.allclose(moved, plan.tidy()["changed"]))
    True
    """
    scenarios = half_point_each(survey, always=always, n_boot=n_boot, level=level, seed=seed)
    return grid_of(survey, scenarios)


def grid_of(survey: Survey, scenarios: Scenarios) -> ScenarioGrid:
    """Return the grid of the drivers that scenarios move, from the same rows and resamples.

    Parameters
    ----------
    survey
        What was read.
    scenarios
        As `half_point_each` tells them of it.

    Raises
    ------
    FitError
        With more drivers than a page can hold.
    """
    drivers = tuple(dict.fromkeys(one.driver for each in scenarios.scenarios for one in each.moves))
    if len(drivers) > MOST_DRIVERS:
        raise FitError("grid_too_large", count=len(drivers), most=MOST_DRIVERS)
    design, draws = scenarios.design, scenarios.draws
    fillings = filled_designs(design, seed=draws.seed)
    ratings = {
        driver: driver_ratings(design, survey, driver)
        for driver in _needed(survey, design, drivers)
    }
    sizes = SIZES if len(drivers) <= FINE_DRIVERS else FEW_SIZES
    fitted = fittable_columns(fillings[0]).fitted
    steps = Steps(survey, drivers, sizes, ratings, fitted)
    found = step_numbers(steps, fillings, scenarios.scale, _mass(design))
    drawn = divided_replicates(fillings, found.statistics, draws)
    observed = scenarios.numbers.observed[: len(scenarios.quantities)]
    reached = {
        driver: tuple(
            reach_of(Move(driver, SHIFT, size), ratings[driver], fillings, design.weights)
            for size in sizes
        )
        for driver in drivers
    }
    return ScenarioGrid(
        scenarios=scenarios,
        drivers=drivers,
        sizes=sizes,
        numbers=WorldNumbers(found.estimate, drawn, observed),
        sums=found.sums,
        reached=reached,
    )


def _mass(design: Design) -> FloatArray:
    return np.ones(len(design.outcome)) if design.weights is None else design.weights


def _needed(survey: Survey, design: Design, drivers: Sequence[str]) -> list[str]:
    """Return the drivers that move, and those whose products with them do."""
    needed = set(drivers)
    for place, question in enumerate(survey.codebook.drivers):
        if design.groups[place] and needed & set(question.interaction):
            needed |= set(question.interaction)
    return [driver for driver in design.drivers if driver in needed]
