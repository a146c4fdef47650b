"""Find what the package would find if it could ask everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cxdrivers.errors import CxError, nearest
from cxdrivers.simulation.customers import draw_customers
from cxdrivers.simulation.questionnaire import generators, graded_answers, graded_codebook
from cxdrivers.survey.survey import Survey

if TYPE_CHECKING:
    from cxdrivers.importance.lattice import FloatArray
    from cxdrivers.simulation.world import World

POPULATION_SEED = 20_110_831


def population_covariance(
    world: World, organisation: str | None, population: int
) -> tuple[FloatArray, list[tuple[int, ...]]]:
    """Return the covariance of the scored drivers, the outcome last, and each driver's columns.

    Every customer of the population has an agent of their own: the truth is over all agents, not
    over the few of one survey.
    """
    if organisation is not None and organisation not in world.organisations:
        raise CxError(
            "world_organisation_unknown",
            organisation=organisation,
            near=nearest(organisation, world.organisations),
            organisations=world.organisations,
        )
    columns: list[FloatArray] = []
    groups: list[tuple[int, ...]] = []
    everyone = replace(world, agents=population)
    rng, _ = generators(POPULATION_SEED)
    frame = graded_answers(everyone, draw_customers(everyone, population, rng), rng)
    if organisation is not None:
        frame = frame[frame["organisation"] == organisation]
    survey = Survey(frame, graded_codebook(world, asked_why=False))
    for driver in survey.drivers:
        score, absent = survey.scores[driver].to_numpy(), survey.not_applicable[driver].to_numpy()
        centre = 0.0 if absent.all() else np.nanmean(score[~absent])
        mine = [np.where(absent, 0.0, score - centre)]
        if absent.any():
            mine.append(absent.astype(np.float64))
        groups.append(tuple(range(len(columns), len(columns) + len(mine))))
        columns += mine
    table = np.column_stack([*columns, survey.outcome])
    return np.cov(table[np.isfinite(table).all(axis=1)], rowvar=False), groups
