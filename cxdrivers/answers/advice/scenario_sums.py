"""Add up what steps of several drivers come to, from each step alone and from every two.

Chances of grades are no sums. On the scale of log odds they nearly are, and still nearer when
groups of customers who are alike (`scenario_groups`) have told what a sum cannot: that who stands
at the end of a scale moves no further. What is added is what the groups leave over, so that one
step and two are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cxdrivers.answers.advice.scenario_groups import CustomerGroups, customer_groups, log_odds
from cxdrivers.answers.advice.scenario_moves import Steps, moved_columns
from cxdrivers.models.changed_means import changed_means
from cxdrivers.models.grade_chances import GradeModel
from cxdrivers.models.moved_chances import moved_chances, paired_chances_below
from cxdrivers.moments.design import Design
from cxdrivers.survey.coding import FloatArray


@dataclass(frozen=True, eq=False)
class StepSums:
    """What d drivers with s steps each add up to, on the scale on which they are added.

    Attributes
    ----------
    today
        Shape ``(T,)``: the log odds of each grade or a lower one, less those of the groups; or the
        mean alone.
    singles
        Shape ``(d, s, T)``: what each step adds.
    pairs
        Shape ``(d (d − 1) / 2, s, s, T)``: what two steps add beside that, the drivers in the order
        of `itertools.combinations`.
    groups
        Of customers; None for a mean, which is a sum.
    """

    today: FloatArray
    singles: FloatArray
    pairs: FloatArray
    groups: CustomerGroups | None

    def at(self, steps: Mapping[int, int]) -> FloatArray:
        """Return the sum, shape ``(T,)``: log odds, or the mean.

        Parameters
        ----------
        steps
            Driver → the step it makes, both by their places.
        """
        total = self.today.copy()
        for driver, step in steps.items():
            total += self.singles[driver, step]
        for place, (first, second) in enumerate(combinations(range(len(self.singles)), 2)):
            if first in steps and second in steps:
                total += self.pairs[place, steps[first], steps[second]]
        return total if self.groups is None else total + self.groups.log_odds(steps)


def sums_of_means(values: FloatArray, pairs: FloatArray, drivers: int) -> StepSums:
    """Return the sums of a mean.

    Parameters
    ----------
    values
        Shape ``(1 + d · s,)``: the mean today and after each step alone.
    pairs
        Shape ``(d (d − 1) / 2, s, s)``: what two steps add beside.
    drivers
        How many there are.
    """
    singles = (values[1:] - values[0]).reshape(drivers, -1, 1)
    return StepSums(values[:1], singles, pairs[..., np.newaxis], None)


def sums_of_chances(below: FloatArray, pairs: FloatArray, groups: CustomerGroups) -> StepSums:
    """Return the sums of chances.

    Parameters
    ----------
    below
        Shape ``(1 + d · s, T)``: the chance of each grade or a lower one, today and after each step
        alone.
    pairs
        Shape ``(d (d − 1) / 2, s, s, T)``: the same after two steps.
    groups
        Of the customers.
    """
    drivers, steps = groups.moves.shape[1:]
    today = log_odds(below[0]) - groups.log_odds({})
    alone = log_odds(below[1:]).reshape(drivers, steps, -1)
    for driver, step in np.ndindex(drivers, steps):
        alone[driver, step] -= groups.log_odds({driver: step}) + today
    beside = log_odds(pairs)
    for place, (first, second) in enumerate(combinations(range(drivers), 2)):
        for one, other in np.ndindex(steps, steps):
            told = groups.log_odds({first: one, second: other}) + today
            beside[place, one, other] -= told + alone[first, one] + alone[second, other]
    return StepSums(today, alone, beside, groups)


def chances_and_sums(
    steps: Steps, fillings: Sequence[Design], models: Sequence[GradeModel], mass: FloatArray
) -> tuple[FloatArray, StepSums]:
    """Return the chances of the grades today and after each step alone, and what steps come to.

    Parameters
    ----------
    steps
        Of the drivers.
    fillings
        The rows, their blanks filled in once or several times; chances are averages over them.
    models
        One a filling.
    mass
        Shape ``(n,)``: how much each respondent counts.

    Returns
    -------
    chances : ndarray, shape ``(1 + d · s, K)``
    sums : StepSums
    """
    chances, pairs, felt, risen, thresholds = [], [], [], [], []
    for filled, model in zip(fillings, models, strict=True):
        columns, moves = filled.columns[:, steps.fitted], steps.moves(filled)
        parameters = model.parameters(mass[np.newaxis])
        chances.append(moved_chances(columns, parameters, mass[np.newaxis], moves)[0])
        beside = steps.together(filled)
        pairs.append(paired_chances_below(columns, parameters[0], mass, moves, beside))
        count = model.laid_out.thresholds
        slopes = parameters[0, count:]
        thresholds.append(parameters[0, :count])
        felt.append(columns @ slopes)
        risen.append(np.stack([one.felt(slopes).T for one in moves], axis=1))
    mean = np.mean(chances, axis=0)
    groups = customer_groups(
        np.mean(felt, axis=0), np.mean(risen, axis=0), np.mean(thresholds, axis=0), mass
    )
    below = np.cumsum(mean, axis=1)[:, :-1]
    return mean, sums_of_chances(below, np.mean(pairs, axis=0), groups)


def means_of_steps(steps: Steps, filled: Design, masses: FloatArray) -> FloatArray:
    """Return the mean today and after each step alone, from least squares, ``(b, 1 + d · s)``."""
    columns, outcome = filled.columns[:, steps.fitted], filled.outcome
    worlds = [[columns], *(moved_columns(columns, one) for one in steps.moves(filled))]
    means = [changed_means(columns, outcome, world, masses) for world in worlds]
    return np.concatenate(means, axis=1)


def pairs_of_means(steps: Steps, filled: Design, mass: FloatArray) -> FloatArray:
    """Return what two steps add to the mean beside each, ``(d (d − 1) / 2, s, s)``."""
    columns, count, sizes = filled.columns[:, steps.fitted], len(steps.drivers), len(steps.sizes)
    beside = np.zeros((count * (count - 1) // 2, sizes, sizes))
    together = steps.together(filled)
    for place, pair in enumerate(combinations(range(count), 2)):
        if pair in together:
            worlds = [columns, *moved_columns(columns, together[pair])]
            means = changed_means(columns, filled.outcome, worlds, mass[np.newaxis])[0]
            beside[place] = (means[1:] - means[0]).reshape(sizes, sizes)
    return beside
