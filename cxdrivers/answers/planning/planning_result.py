"""Hold how many respondents a planned survey needs, and what so many would tell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.planning.planned_draws import Draws
from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.answers.planning.planning_words import (
    planned_labels,
    reader_table,
    summary_sentences,
)
from cxdrivers.importance.lattice import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Goal:
    """What a planned survey must tell: one of two things.

    Attributes
    ----------
    level, power
        Of the intervals; the chance to tell two drivers apart.
    width
        How wide the interval of a share may be on average, or None.
    pair
        Places of two drivers to tell apart, the larger share first, or None.
    """

    level: float
    power: float
    width: float | None = None
    pair: tuple[int, int] | None = None

    def more(self, draws: Draws) -> float:
        """Return how many times as many respondents as were drawn would be enough."""
        if self.pair is not None:
            return draws.more_to_part(self.pair, self.level, self.power)
        return (self.measured(draws) / (self.width or 1.0)) ** 2

    def measured(self, draws: Draws) -> float:
        """Return the chance to tell the pair apart, or the width of the widest interval."""
        if self.pair is not None:
            return draws.apart(self.pair, self.level)
        return float(draws.widths(self.level).max())


@dataclass(frozen=True, eq=False)
class SampleSize:
    """How many respondents a planned survey needs, and what so many would tell.

    Attributes
    ----------
    plan
        What was expected of the survey.
    goal
        What it must tell.
    n
        Respondents with usable answers that are enough; whole teams when there are teams.
    error
        Monte Carlo standard error of `n`.
    shares
        Shape ``(p,)``: true share of every driver.
    widths
        Shape ``(p,)``: width of the interval of each share with `n` respondents.
    found
        Shape ``(p,)``: in which part of such surveys the own effect of each driver is shown.
    curve
        Respondents → width of the widest interval, or chance to tell the two apart.
    draws
        How many surveys were drawn.
    at_least
        Whether fewer would do, but hardly weigh drivers at all.
    """

    plan: PlannedSurvey
    goal: Goal
    n: int
    error: float
    shares: FloatArray
    widths: FloatArray
    found: FloatArray
    curve: dict[int, float]
    draws: int
    at_least: bool

    @property
    def pair(self) -> tuple[str, str] | None:
        """Keys of the two drivers to tell apart, the larger share first, or None."""
        if self.goal.pair is None:
            return None
        first, second = self.goal.pair
        return self.plan.names[first], self.plan.names[second]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver.

        Columns: `driver`, `n`, `share` (the true one), `width` (of its interval, on average) and
        `power` (in which part of such surveys its own effect is shown).
        """
        return pd.DataFrame(
            {
                "driver": self.plan.names,
                "n": self.n,
                "share": self.shares,
                "width": self.widths,
                "power": self.found,
            }
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it."""
        return reader_table(self.tidy(), planned_labels(self.plan, language), language)

    def summary(self, language: str = "en") -> str:
        """Return the answer in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the answer as a list of plain sentences, the most important first."""
        facts = {"width": self.goal.width, "level": self.goal.level, "power": self.goal.power}
        facts |= {"error": self.error, "draws": self.draws, "at_least": self.at_least}
        return summary_sentences(self.tidy(), self.plan, self.pair, facts, language)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw what more and fewer respondents would tell, and where it is enough."""
        from cxdrivers.charts.planning import draw_planning  # noqa: PLC0415  (needs matplotlib)

        width = self.goal.width
        target = self.goal.power if width is None else width
        return draw_planning(
            self.curve, self.n, target, apart=width is None, ax=ax, language=language
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
