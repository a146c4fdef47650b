"""Have customers fill in the survey, and say in a codebook what each column is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.simulation.customers import draw_opinions
from cxdrivers.simulation.outcomes import give_grades
from cxdrivers.simulation.ratings import SCALE, question, rate_items
from cxdrivers.wording import in_every_language

if TYPE_CHECKING:
    from numpy.random import Generator

    from cxdrivers.simulation.customers import Customers
    from cxdrivers.simulation.world import World

OUTCOME = "satisfaction"


def generators(seed: int) -> tuple[Generator, Generator]:
    """Return one generator for the answers and one for the words: neither disturbs the other."""
    return np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])


def graded_answers(world: World, customers: Customers, rng: Generator) -> pd.DataFrame:
    """Return who was asked, the weight, the grade and the items."""
    n = len(customers.organisation)
    items = rate_items(world, customers, rng)
    grades = give_grades(world, customers, rng)
    wave = rng.integers(len(world.waves), size=n)
    weight = np.exp(world.weight_spread * rng.standard_normal(n) - world.weight_spread**2 / 2)
    organisation = np.array(world.organisations, dtype=object)[customers.organisation]
    digits = len(str(world.agents))
    agents = zip(organisation, customers.agent + 1, strict=True)
    asked = {
        "respondent": pd.Series(
            [f"R{row:0{len(str(n))}d}" for row in range(1, n + 1)], dtype=object
        ),
        "organisation": pd.Series(organisation, dtype=object),
        "agent": pd.Series([f"{name} {agent:0{digits}d}" for name, agent in agents], dtype=object),
        "wave": pd.Series(np.array(world.waves, dtype=object)[wave], dtype=object),
        "weight": np.maximum(np.round(weight, 2), 0.01),
        OUTCOME: grades,
    }
    return pd.concat([pd.DataFrame(asked), items], axis=1)


def graded_codebook(world: World, *, asked_why: bool = True) -> Codebook:
    """Return the codebook of `graded_answers`, and of the texts and recommendations beside them."""
    return Codebook(
        outcome=Question(OUTCOME, (OUTCOME,), scale=SCALE),
        drivers=tuple(question(driver) for driver in world.drivers),
        title=in_every_language("simulation.title"),
        note=in_every_language("simulation.note"),
        weight="weight",
        cluster="agent",
        segments=("organisation",),
        wave="wave",
        verbatim="motivation" if asked_why else None,
        recommended="recommended" if asked_why else None,
        respondent="respondent",
    )


def normal_answers(world: World, n: int, rng: Generator) -> pd.DataFrame:
    """Return the drivers as they are held, and a linear outcome before them."""
    opinions = draw_opinions(world, n, rng)
    outcome = opinions @ world.slopes_by_organisation[0] + world.noise * rng.standard_normal(n)
    return pd.DataFrame(np.column_stack([outcome, opinions]), columns=[OUTCOME, *world.drivers])


def normal_codebook(world: World) -> Codebook:
    """Return the codebook of `normal_answers`."""
    return Codebook(
        outcome=Question(OUTCOME, (OUTCOME,)),
        drivers=tuple(Question(driver, (driver,)) for driver in world.drivers),
        title=in_every_language("simulation.title_normal"),
        note=in_every_language("simulation.note"),
    )
