"""Read off resamples what is predicted for scenarios, what they gain, and what a gain costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cxdrivers.answers.advice.scenario_numbers import WorldNumbers
from cxdrivers.answers.draws import Draws
from cxdrivers.answers.weights.drawn import Drawn, DrawnParts
from cxdrivers.moments.intervals import Interval, percentile_interval
from cxdrivers.survey.coding import FloatArray

MEAN, TOP_BOX, RECOMMENDED = QUANTITIES = ("mean", "top_box", "recommended")
"""The mean grade, the part in the top box, and recommenders per 1,000 customers."""
PER_POINT = {MEAN: 1.0, TOP_BOX: 100.0, RECOMMENDED: 1.0}
"""How many points of which costs are given there are in 1: a part is a hundred per cent."""


@dataclass(frozen=True, eq=False)
class Predictions:
    """Numbers of today and of every scenario, with their intervals.

    Attributes
    ----------
    numbers
        With their resamples.
    drawn
        How the rows were sampled, or the parts of moments.
    draws
        Level of the intervals.
    """

    numbers: WorldNumbers
    drawn: Drawn
    draws: Draws

    def row(self, world: int, place: int) -> dict[str, float]:
        """Return what a tidy table says of one number in one world; today is world 0."""
        low, high, gain_low, gain_high = (ends[world, place] for ends in self._ends)
        today, changed = self.numbers.estimate[[0, world], place]
        return {
            "observed": float(self.numbers.observed[place]),
            "today": float(today),
            "changed": float(changed),
            "changed_low": float(low),
            "changed_high": float(high),
            "estimate": float(changed - today),
            "conf_low": float(gain_low),
            "conf_high": float(gain_high),
        }

    @cached_property
    def _ends(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Both ends of what is predicted, and of its difference with today, shape ``(W, Q)``."""
        estimate, replicates = self.numbers.estimate, self.numbers.replicates
        if replicates is None:
            nothing = np.full(estimate.shape, np.nan)
            return nothing, nothing, nothing, nothing
        gains = replicates - replicates[:, :1]
        return (
            *self._interval(estimate, replicates),
            *self._interval(estimate - estimate[0], gains),
        )

    def _interval(self, estimate: FloatArray, replicates: FloatArray) -> Interval:
        if isinstance(self.drawn, DrawnParts):
            return percentile_interval(replicates, self.drawn.expanded(self.draws.level))
        return self.draws.interval(self.drawn, estimate, replicates)


def quantity_rows(
    predicted: Predictions,
    names: Sequence[str],
    quantities: Sequence[str],
    costs: Mapping[str, float],
) -> Iterator[dict[str, object]]:
    """Yield a row of a tidy table for each scenario and quantity, with costs where there are any.

    Parameters
    ----------
    predicted
        With the quantities as the first numbers of each world.
    names
        Of the scenarios, in the order of their worlds.
    quantities
        Which of `QUANTITIES` there are.
    costs
        Name of a scenario → its cost.
    """
    for world, name in enumerate(names, 1):
        for place, quantity in enumerate(quantities):
            row = predicted.row(world, place)
            priced = cost_row(costs.get(name, np.nan), quantity, row) if costs else {}
            yield {"scenario": name, "quantity": quantity, **row, **priced}


def grade_rows(
    predicted: Predictions, names: Sequence[str], grades: Sequence[float], start: int
) -> Iterator[dict[str, object]]:
    """Yield a row of a tidy table for each scenario and grade.

    Parameters
    ----------
    predicted, names
        As `quantity_rows`.
    grades
        Whose chances the numbers of each world are, from `start` on.
    start
        How many numbers stand before them.
    """
    for world, name in enumerate(names, 1):
        for place, grade in enumerate(grades, start):
            yield {"scenario": name, "grade": grade, **predicted.row(world, place)}


def cost_row(cost: float, quantity: str, row: dict[str, float]) -> dict[str, float]:
    """Return what one point more of a quantity costs, with its interval.

    Since the cost itself is known, Fieller's interval is that of the gain turned round (Fieller
    1954, *Journal of the Royal Statistical Society B* 16, 175–185): without an upper end where the
    gain may be nothing.

    Parameters
    ----------
    cost
        Of the scenario; NaN when it has none.
    quantity
        One of `QUANTITIES`.
    row
        Its `estimate`, `conf_low` and `conf_high`.
    """
    per_point = cost / PER_POINT[quantity]
    return {
        "cost": cost,
        "cost_per_point": _cost_of_one(per_point, row["estimate"]),
        "cost_low": _cost_of_one(per_point, row["conf_high"]),
        "cost_high": _cost_of_one(per_point, row["conf_low"]),
    }


def _cost_of_one(cost: float, gain: float) -> float:
    if np.isnan(gain) or np.isnan(cost):
        return np.nan
    return cost / gain if gain > 0 else np.inf
