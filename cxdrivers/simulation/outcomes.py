"""Give customers a grade, let them name the employee, and let them recommend.

How often each happens follows from the world in closed form, grade by grade, so a survey of any
size is calibrated to it without a trial run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, ndtr

from cxdrivers.errors import CxError

if TYPE_CHECKING:
    from numpy.random import Generator

    from cxdrivers.simulation.customers import Customers
    from cxdrivers.simulation.world import World
    from cxdrivers.survey.coding import BoolArray, FloatArray

GRADES = np.arange(1, 11)
GRID = np.linspace(-8.0, 8.0, 8001)
"""Opinions of waiting over which the grades are integrated; the knot makes a series useless."""


@dataclass(frozen=True, eq=False)
class GradeTable:
    """What is true of the customers who give each grade from 1 to 10, each of shape ``(10,)``.

    Attributes
    ----------
    customers
        Share of all customers who give the grade.
    mention
        Share who name the employee.
    recommended, recommended_with, recommended_without
        Share who really recommended: of all, of those who name the employee, of the others.
    """

    customers: FloatArray
    mention: FloatArray
    recommended: FloatArray
    recommended_with: FloatArray
    recommended_without: FloatArray


def grade_table(world: World) -> GradeTable:
    """Return what is true of the customers who give each grade.

    Raises
    ------
    CxError
        When the grades of the world leave no possible share of mentions among the 8s and 9s.
    """
    customers = _grade_shares(world)
    mention = _mention_shares(world, customers)
    low, high = logit(world.recommended_at_7), logit(world.recommended_at_10)
    recommended = expit(low + (high - low) * (GRADES - 7) / 3)
    without = _without_mention(recommended, mention, world.mention_odds_ratio)
    return GradeTable(
        customers=customers,
        mention=mention,
        recommended=recommended,
        recommended_with=expit(logit(without) + np.log(world.mention_odds_ratio)),
        recommended_without=without,
    )


def give_grades(world: World, customers: Customers, rng: Generator) -> FloatArray:
    """Return a whole grade from 1 to 10 for every customer."""
    felt = customers.opinions.copy()
    waiting, menu = world.drivers.index("wait_time"), world.drivers.index("ivr_menu")
    felt[:, waiting] = np.minimum(felt[:, waiting] - world.wait_knot, 0)
    felt[~customers.met_menu, menu] = 0
    slopes = world.slopes_by_organisation[customers.organisation]
    exact: FloatArray = world.grade_level + (felt * slopes).sum(axis=1)
    exact += world.no_menu_effect * ~customers.met_menu
    exact += world.noise * rng.standard_normal(len(exact))
    return exact.round().clip(1, 10)


def draw_mentions(table: GradeTable, grades: FloatArray, rng: Generator) -> BoolArray:
    """Return who names the employee."""
    named: BoolArray = rng.random(len(grades)) < table.mention[grades.astype(int) - 1]
    return named


def draw_recommendations(
    table: GradeTable, grades: FloatArray, mention: BoolArray, rng: Generator
) -> BoolArray:
    """Return who really recommended."""
    place = grades.astype(int) - 1
    chance = np.where(mention, table.recommended_with[place], table.recommended_without[place])
    told: BoolArray = rng.random(len(grades)) < chance
    return told


def _grade_shares(world: World) -> FloatArray:
    """Integrate over waiting: given that opinion, the rest of the grade is normal."""
    waiting, menu = world.drivers.index("wait_time"), world.drivers.index("ivr_menu")
    with_wait = world.correlation[waiting]
    rest = world.correlation - np.outer(with_wait, with_wait)
    density = np.exp(-(GRID**2) / 2)
    density /= density.sum()
    cuts = np.concatenate([[-np.inf], GRADES[1:] - 0.5, [np.inf]])
    total = np.zeros(10)
    for name, all_slopes in zip(world.organisations, world.slopes_by_organisation, strict=True):
        met = 0.0 if name in world.no_menu_at else 1 - world.no_menu
        for share, menu_there in ((met, True), (1 - met, False)):
            slopes = all_slopes.copy()
            slopes[waiting] = 0
            slopes[menu] *= menu_there
            centre = world.grade_level + world.no_menu_effect * (not menu_there)
            centre = centre + GRID * (slopes @ with_wait)
            centre += all_slopes[waiting] * np.minimum(GRID - world.wait_knot, 0)
            spread = np.sqrt(slopes @ rest @ slopes + world.noise**2)
            below = ndtr((cuts[:, np.newaxis] - centre) / spread)
            total += share * np.diff(below, axis=0) @ density
    return total / len(world.organisations)


def _mention_shares(world: World, customers: FloatArray) -> FloatArray:
    """Leave to the 8s and 9s what the published shares of the 8–10s and the 10s leave them."""
    tens = customers[9] / customers[7:].sum()
    between = (world.mention_8_to_10 - world.mention_at_10 * tens) / (1 - tens)
    if not 0 <= between <= 1:
        raise CxError(
            "world_mentions",
            tens=round(100 * tens),
            at_10=world.mention_at_10,
            all_8_to_10=round(world.mention_8_to_10, 3),
            between=round(float(between), 3),
        )
    return np.array([*world.mention_below_8, between, between, world.mention_at_10])


def _without_mention(marginal: FloatArray, mention: FloatArray, ratio: float) -> FloatArray:
    """Return the chance without a mention for which all customers together have the marginal one.

    With odds o the condition m·ro/(1 + ro) + (1 − m)·o/(1 + o) = p is a quadratic in o that has
    one positive root.
    """
    square = ratio * (1 - marginal)
    linear = 1 - mention + ratio * mention - marginal * (1 + ratio)
    odds = (np.sqrt(linear**2 + 4 * square * marginal) - linear) / (2 * square)
    return odds / (1 + odds)
