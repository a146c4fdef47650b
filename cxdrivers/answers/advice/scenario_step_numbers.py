"""Compute what every step of every driver goes with, in the sample and its resamples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advice.scenario_moves import Steps
from cxdrivers.answers.advice.scenario_numbers import GradeScale, Statistic
from cxdrivers.answers.advice.scenario_sums import (
    StepSums,
    chances_and_sums,
    means_of_steps,
    pairs_of_means,
    sums_of_means,
)
from cxdrivers.models.grade_chances import GradeModel, fit_grade_model
from cxdrivers.models.moved_chances import moved_chances
from cxdrivers.moments.design import Design
from cxdrivers.survey.coding import FloatArray


@dataclass(frozen=True, eq=False)
class StepNumbers:
    """The numbers of each step alone, and what steps come to together.

    Attributes
    ----------
    estimate
        Shape ``(1 + d · s, Q)``: today, then every step of the first driver, and so on.
    sums
        Of several steps.
    statistics
        One a filling: the same numbers of resamples.
    """

    estimate: FloatArray
    sums: StepSums
    statistics: tuple[Statistic, ...]


def step_numbers(
    steps: Steps, fillings: Sequence[Design], scale: GradeScale | None, mass: FloatArray
) -> StepNumbers:
    """Return the numbers of every step.

    Parameters
    ----------
    steps
        Of the drivers.
    fillings
        The rows, their blanks filled in once or several times.
    scale
        Of the grades; None for least squares on the mean alone.
    mass
        Shape ``(n,)``: how much each respondent counts.
    """
    if scale is None:
        return _of_mean(steps, fillings, mass)
    models = [
        fit_grade_model(one.columns[:, steps.fitted], one.outcome, one.weights) for one in fillings
    ]
    chances, sums = chances_and_sums(steps, fillings, models, mass)
    told = 2 if scale.recommended is None else 3
    return StepNumbers(
        estimate=scale.numbers(chances[np.newaxis], mass[np.newaxis])[0, :, :told],
        sums=sums,
        statistics=tuple(
            _of_grades(steps, filled, model, scale)
            for filled, model in zip(fillings, models, strict=True)
        ),
    )


def _of_grades(steps: Steps, filled: Design, model: GradeModel, scale: GradeScale) -> Statistic:
    told = 2 if scale.recommended is None else 3

    def of_masses(masses: FloatArray) -> FloatArray:
        columns, moves = filled.columns[:, steps.fitted], steps.moves(filled)
        chances = moved_chances(columns, model.parameters(masses), masses, moves)
        return scale.numbers(chances, masses)[..., :told]

    return of_masses


def _of_mean(steps: Steps, fillings: Sequence[Design], mass: FloatArray) -> StepNumbers:
    means = [means_of_steps(steps, one, mass[np.newaxis])[0] for one in fillings]
    pairs = [pairs_of_means(steps, one, mass) for one in fillings]
    mean: FloatArray = np.mean(means, axis=0)
    return StepNumbers(
        estimate=mean[:, np.newaxis],
        sums=sums_of_means(mean, np.mean(pairs, axis=0), len(steps.drivers)),
        statistics=tuple(_mean_of(steps, filled) for filled in fillings),
    )


def _mean_of(steps: Steps, filled: Design) -> Statistic:
    return lambda masses: means_of_steps(steps, filled, masses)[..., np.newaxis]
