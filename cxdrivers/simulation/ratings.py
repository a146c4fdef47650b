"""Turn what customers hold of a driver into the answers that they give to its items."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import Question

if TYPE_CHECKING:
    from numpy.random import Generator

    from cxdrivers.simulation.customers import Customers
    from cxdrivers.simulation.world import World

ITEMS = MappingProxyType(
    {
        "reliability": ("reliability_questions", "reliability_solved", "reliability_expectations"),
        "empathy": ("empathy_friendly", "empathy_listens", "empathy_serious", "empathy_solution"),
        "customer_focus": ("focus_promises", "focus_advice", "focus_learns"),
        "customer_knowledge": ("knowledge_data", "knowledge_history", "knowledge_shown"),
        "wait_time": ("wait_length", "wait_cost"),
        "accessibility": ("access_number", "access_hours"),
        "ivr_menu": ("ivr_logical", "ivr_clear", "ivr_short"),
    }
)
"""Indicative items, made up from the definitions of the drivers: no published scale."""

SCALE = (1.0, 10.0)
DONT_KNOW = 98.0
NOT_APPLICABLE = 99.0
ITEM_STEP = 0.2
"""How much the means of two neighbouring items of a driver differ."""


def question(driver: str) -> Question:
    """Return what a codebook says of a driver."""
    return Question(
        key=driver,
        items=ITEMS[driver],
        scale=SCALE,
        not_applicable=(NOT_APPLICABLE,) if driver == "ivr_menu" else (),
        dont_know=(DONT_KNOW,),
    )


def rate_items(world: World, customers: Customers, rng: Generator) -> pd.DataFrame:
    """Return the answers to every item: whole grades 1–10, codes, and NaN for a blank.

    Who met no menu answers "not applicable" to all its items; the others' "don't know" and blanks
    fall at random.
    """
    n = len(customers.organisation)
    answers: dict[str, np.ndarray] = {}
    for position, driver in enumerate(world.drivers):
        items = ITEMS[driver]
        steps = ITEM_STEP * (np.arange(len(items)) - (len(items) - 1) / 2)
        held = customers.opinions[:, position, np.newaxis]
        own = rng.standard_normal((n, len(items)))
        standard = world.loading * held + np.sqrt(1 - world.loading**2) * own
        exact = world.levels[driver] + steps + world.item_spread * standard
        grades = np.clip(np.rint(exact), *SCALE)
        fate = rng.random((n, len(items)))
        grades[fate < world.dont_know + world.blank] = np.nan
        grades[fate < world.dont_know] = DONT_KNOW
        if driver == "ivr_menu":
            grades[~customers.met_menu] = NOT_APPLICABLE
        answers |= dict(zip(items, grades.T, strict=True))
    return pd.DataFrame(answers)
