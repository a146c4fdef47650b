"""Say what is true of a simulated survey."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from cxdrivers.simulation.soundness import check_world
from cxdrivers.vocabulary import DRIVERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxdrivers.importance.lattice import FloatArray

SLOPES = MappingProxyType(
    {
        "reliability": 0.62,
        "empathy": 0.50,
        "customer_focus": 0.22,
        "customer_knowledge": 0.20,
        "wait_time": 0.35,
        "accessibility": 0.04,
        "ivr_menu": 0.04,
    }
)
LEVELS = MappingProxyType(
    {
        "reliability": 7.4,
        "empathy": 7.8,
        "customer_focus": 6.8,
        "customer_knowledge": 7.0,
        "wait_time": 6.6,
        "accessibility": 7.3,
        "ivr_menu": 6.7,
    }
)
SPREAD = MappingProxyType({"customer_focus": 0.15, "customer_knowledge": 0.15})


@dataclass(frozen=True, eq=False)
class World:
    """The settings of a simulated survey.

    Every driver is a standard-normal opinion that the customer holds and the items measure with
    noise. The grade is a sum of slopes times opinions, plus noise.

    Attributes
    ----------
    answers
        ``grades``: everything below. ``normal``: one unrounded standard-normal column a driver and
        a linear outcome, no organisations and nothing missing; only `slopes`, `halo` and `noise`
        count, and the drivers may have any names.
    slopes
        Grade points for one standard deviation of a driver. That of `wait_time` holds below
        `wait_knot` only; above the knot it is nil. In a normal world it holds everywhere.
    halo
        Correlation between any two drivers, or the whole correlation matrix in the order of
        `slopes`.
    noise
        Standard deviation of what the drivers do not explain, in grade points.
    wait_knot
        Where waiting stops to matter, in standard deviations from its mean.
    spread
        Driver → standard deviation of its slope between organisations. The slopes stand fixed at
        spread-out places, so that they are a truth of the world and not of a seed.
    organisations, agents, waves
        Names; agents in each organisation; names. Waves do not differ.
    agent_share
        Intra-class correlation of empathy: the share of its variance that lies between agents.
    grade_level
        The grade of a customer who is average on every driver, before the wait is held against it.
    levels, item_spread, loading
        Mean of a driver's items before rounding and clipping to 1–10, their standard deviation, and
        their correlation with the driver.
    no_menu, no_menu_at, no_menu_effect
        Share of customers who met no IVR menu; organisations that have none; what it adds to the
        grade, in points.
    dont_know, blank
        Share of the items answered with "don't know" and left blank, at random.
    weight_spread
        Standard deviation of the logarithm of the weight, which is independent of all answers.
    mention_at_10, mention_8_to_10
        Share who name the employee among those who give a 10, and among all 8–10s (published).
    mention_below_8
        The same for the grades 1 to 7: published nowhere, an assumption.
    recommended_at_10, recommended_at_7
        Share who really recommended (published). Linear in the log odds through these two points
        at the other grades, an assumption.
    mention_odds_ratio
        Odds of having recommended, mention against no mention, at the same grade: an assumption.
    no_motivation
        Share who wrote no motivation, at random.

    Raises
    ------
    CxError
        When settings contradict each other or lie outside what is possible.

    Examples
    --------
    >>> World(answers="normal", halo=0.3).correlation[0, :3]
    array([1. , 0.3, 0.3])
    """

    answers: Literal["grades", "normal"] = "grades"
    slopes: Mapping[str, float] = field(default_factory=lambda: dict(SLOPES))
    halo: float | FloatArray = 0.45
    noise: float = 0.85
    wait_knot: float = -0.5
    spread: Mapping[str, float] = field(default_factory=lambda: dict(SPREAD))
    organisations: tuple[str, ...] = ("Energie", "Telecom", "Verzekeraar", "Webwinkel")
    agents: int = 15
    waves: tuple[str, ...] = ("2025-1", "2025-2")
    agent_share: float = 0.10
    grade_level: float = 7.6
    levels: Mapping[str, float] = field(default_factory=lambda: dict(LEVELS))
    item_spread: float = 1.5
    loading: float = 0.84
    no_menu: float = 0.25
    no_menu_at: tuple[str, ...] = ("Verzekeraar",)
    no_menu_effect: float = 0.10
    dont_know: float = 0.015
    blank: float = 0.01
    weight_spread: float = 0.25
    mention_at_10: float = 0.87
    mention_8_to_10: float = 2 / 3
    mention_below_8: tuple[float, ...] = (0.40, 0.40, 0.40, 0.40, 0.40, 0.45, 0.50)
    recommended_at_10: float = 0.36
    recommended_at_7: float = 0.14
    mention_odds_ratio: float = 1.8
    no_motivation: float = 0.12

    def __post_init__(self) -> None:
        check_world(self)

    @property
    def drivers(self) -> tuple[str, ...]:
        """The names of the drivers: the seven, or those of `slopes` in a normal world."""
        return DRIVERS if self.answers == "grades" else tuple(self.slopes)

    @cached_property
    def correlation(self) -> FloatArray:
        """The correlation matrix of the drivers, in the order of `drivers`."""
        names = tuple(self.slopes)
        matrix = np.array(self.halo, dtype=np.float64)
        if matrix.ndim == 0:
            matrix = np.full((len(names), len(names)), matrix)
            np.fill_diagonal(matrix, 1.0)
        order = [names.index(driver) for driver in self.drivers]
        return matrix[np.ix_(order, order)]

    @cached_property
    def slopes_by_organisation(self) -> FloatArray:
        """The slope of every driver, shape ``(organisations, drivers)``; one row when normal."""
        slopes = np.array([self.slopes[driver] for driver in self.drivers])
        if self.answers == "normal":
            return slopes[np.newaxis]
        places = _spread_out(len(self.organisations))
        offsets = [
            np.roll(places, position) * self.spread.get(driver, 0.0)
            for position, driver in enumerate(self.drivers)
        ]
        return slopes + np.column_stack(offsets)


def _spread_out(count: int) -> FloatArray:
    """Return evenly spaced places with mean 0 and sample standard deviation 1."""
    if count == 1:
        return np.zeros(1)
    places = np.linspace(-1.0, 1.0, count)
    spread_out: FloatArray = places / places.std(ddof=1)
    return spread_out
