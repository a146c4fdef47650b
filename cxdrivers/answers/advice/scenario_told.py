"""Say what scenarios, their changes and their quantities are called, and show one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxdrivers.answers.advice.scenario_changes import SHIFT, Scenario
from cxdrivers.answers.advice.scenario_numbers import PER
from cxdrivers.answers.advice.scenario_tables import MEAN, PER_POINT, RECOMMENDED, TOP_BOX
from cxdrivers.codebook.codebook import Question
from cxdrivers.formatting import MISSING, interval, level_percent, number, percent
from cxdrivers.wording import say

Row = Mapping[Any, Any]
"""A row of the tidy table."""
DIGITS = {MEAN: 2, TOP_BOX: 1, RECOMMENDED: 0}
GAIN_DIGITS = {MEAN: 2, TOP_BOX: 1, RECOMMENDED: 1}
"""Decimals of what is predicted, and of differences in points."""
SMALL_GAIN = 0.1
"""When no difference in means is larger they have a decimal more."""


@dataclass(frozen=True)
class Unheld:
    """Who is moved although nobody knows whether the scale allows it.

    Attributes
    ----------
    driver, size
        Which driver, and by how many points everybody who met it is moved.
    least
        How far they would move on average at least if the ends of the scale held them; NaN where
        that cannot be told.
    """

    driver: str
    size: float
    least: float


@dataclass(frozen=True)
class Told:
    """What sentences and tables of scenarios need beside the numbers.

    Attributes
    ----------
    titles, labels
        What scenarios, drivers and the outcome are called.
    question, threshold
        The outcome, and where its top box begins; None when only the mean can be told.
    unscaled
        Drivers without a scale that a scenario moves.
    level, language
        Of the intervals; of words and numbers.
    mean_digits
        Decimals of differences in means.
    unheld
        Moves of which moments do not tell whom the ends of the scale would hold.
    """

    titles: Mapping[str, str]
    labels: Mapping[str, str]
    question: Question
    threshold: float | None
    unscaled: tuple[str, ...]
    level: float
    language: str
    mean_digits: int
    unheld: tuple[Unheld, ...] = ()

    @property
    def outcome(self) -> str:
        """What the outcome is called."""
        return self.labels[self.question.key]

    @property
    def top(self) -> str:
        """What the top box is called: "8–10", or "8 or higher" without a scale; "" for the mean."""
        scale, start = self.question.scale, self.threshold
        if start is None:
            return ""
        if scale is None or start >= scale[1]:
            return say("scenarios.top.from", self.language, threshold=start)
        return say("scenarios.top.range", self.language, low=start, high=scale[1])

    def quantity(self, quantity: str) -> str:
        """Return what a quantity is called."""
        facts = {"outcome": self.outcome, "top": self.top, "per": PER}
        return say(f"scenarios.quantity.{quantity}", self.language, **facts)

    def column(self, name: str) -> str:
        """Return what a column of a reader's table is called."""
        level = level_percent(self.level, self.language)
        facts = {"level": level, "outcome": self.outcome, "top": self.top, "per": PER}
        return say(f"scenarios.column.{name}", self.language, **facts)

    def chart(self, quantity: str) -> tuple[str, str]:
        """Return what stands under a chart of a quantity, and above its differences."""
        axis = say("scenarios.chart.axis", self.language, quantity=self.quantity(quantity))
        return axis, self.column(f"{quantity}_gain")

    def level_of(self, value: float, quantity: str) -> str:
        """Return a mean, a part as a percentage, or a number of recommenders."""
        if quantity == TOP_BOX:
            return percent(value, self.language, digits=DIGITS[TOP_BOX])
        return number(value, self.language, digits=DIGITS[quantity])

    def gain_of(self, row: Row) -> str:
        """Return a difference in points with its interval, where there is one."""
        quantity = row["quantity"]
        low, middle, high = (
            PER_POINT[quantity] * row[name] for name in ("conf_low", "estimate", "conf_high")
        )
        digits = self.mean_digits if quantity == MEAN else GAIN_DIGITS[quantity]
        shown = number(middle, self.language, digits=digits)
        ends = interval(low, high, self.language, digits=digits)
        return shown if ends == MISSING else f"{shown} {ends}"


def mean_digits_of(gains: Sequence[float]) -> int:
    """Return how many decimals differences in means have: one more when all are small.

    Examples
    --------
    >>> mean_digits_of([0.02, 0.3]), mean_digits_of([0.02, -0.003])
    (2, 3)
    """
    return GAIN_DIGITS[MEAN] + all(abs(gain) < SMALL_GAIN for gain in gains)


def titles_of(
    scenarios: Sequence[Scenario], labels: Mapping[str, str], language: str
) -> dict[str, str]:
    """Return what scenarios are called: as a person named them, else by what they change."""
    return {
        one.name: labels.get(one.name, one.name)
        if one.named
        else change_words(one, labels, language)
        for one in scenarios
    }


def change_words(scenario: Scenario, labels: Mapping[str, str], language: str) -> str:
    """Return what a scenario changes: "Empathy +0.5, Wait time at least 7"."""
    parts = []
    for move in scenario.moves:
        kind = move.kind
        if kind == SHIFT:
            kind = "more" if move.size > 0 else "less"
        facts = {"driver": labels[move.driver], "size": abs(move.size)}
        if move.kind != SHIFT:
            facts["size"] = move.size
        parts.append(say(f"scenarios.change.{kind}", language, **facts))
    return ", ".join(parts)


def ordered(table: pd.DataFrame) -> list[str]:
    """Return the scenarios by what they add to the mean, the largest gain first."""
    means = table[table["quantity"] == MEAN]
    ranked = means.sort_values("estimate", ascending=False, kind="stable")
    return [str(name) for name in ranked["scenario"]]


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as what a sentence reads."""
    return [*table.to_dict("records")]
