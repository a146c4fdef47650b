"""Hold what scenarios would go with: quantities, distributions over the grades, and reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.scenario_changes import Scenario
from cxdrivers.answers.advice.scenario_cost_words import reader_table_of_costs
from cxdrivers.answers.advice.scenario_numbers import GradeScale, WorldNumbers
from cxdrivers.answers.advice.scenario_rows import Reach
from cxdrivers.answers.advice.scenario_tables import (
    MEAN,
    QUANTITIES,
    RECOMMENDED,
    Predictions,
    grade_rows,
    quantity_rows,
)
from cxdrivers.answers.advice.scenario_told import Told, Unheld, mean_digits_of, titles_of
from cxdrivers.answers.advice.scenarios_words import reader_table, scenarios_sentences
from cxdrivers.answers.draws import Draws
from cxdrivers.answers.weights.drawn import Drawn, DrawnParts
from cxdrivers.answers.weights.weights_footer import drawn_units
from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.formatting import level_percent
from cxdrivers.moments.design import Design
from cxdrivers.wording import Sentence, of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Scenarios:
    """What changed drivers would go with, if the association is causal.

    Attributes
    ----------
    scenarios
        What is changed, in the order in which it was given.
    reached
        Name of a scenario → driver → how many respondents its change reaches.
    numbers
        What is to be expected today and in every scenario, with the resamples.
    scale
        Of the grades; None when only the mean can be told.
    remarks
        Why something cannot be told.
    drawn
        The rows and columns of the model, or the random parts of moments.
    draws
        Resamples, level of the intervals, seed.
    labels
        What the drivers and the outcome are called, by language and key.
    question
        The outcome.
    costs
        Name of a scenario → its cost, for those that have one.
    unscaled
        Drivers without a scale that a scenario moves.
    unheld
        What moments cannot tell of those at the end of a scale; empty where there are rows.
    """

    scenarios: tuple[Scenario, ...]
    reached: dict[str, dict[str, Reach]]
    numbers: WorldNumbers
    scale: GradeScale | None
    remarks: tuple[Sentence, ...]
    drawn: Drawn
    draws: Draws
    labels: dict[str, dict[str, str]]
    question: Question
    costs: dict[str, float]
    unscaled: tuple[str, ...] = ()
    unheld: tuple[Unheld, ...] = ()

    @property
    def design(self) -> Design:
        """The rows and columns of the model; `design.base` says who was left out.

        Raises
        ------
        FitError
            When there were only moments.
        """
        if isinstance(self.drawn, DrawnParts):
            raise FitError("needs_rows")
        return self.drawn

    @property
    def n(self) -> int:
        """Respondents that were used."""
        if isinstance(self.drawn, DrawnParts):
            return int(self.drawn.moments.n[0])
        return self.drawn.base.n

    @property
    def quantities(self) -> tuple[str, ...]:
        """Which of mean, top box and recommenders can be told."""
        if self.scale is None:
            return (MEAN,)
        return QUANTITIES[: 2 if self.scale.recommended is None else 3]

    def tidy(self) -> pd.DataFrame:
        """Return one row a scenario and quantity.

        Columns
        -------
        scenario, quantity
            Its name; ``mean`` (grade points), ``top_box`` (a part: 0.05 is five percentage points)
            or ``recommended`` (real recommenders per 1,000 customers).
        observed
            What the respondents themselves say today.
        today
            What the model predicts for their answers as they are.
        changed, changed_low, changed_high
            What it predicts for the changed answers.
        estimate, conf_low, conf_high
            `changed` minus `today`.
        cost, cost_per_point, cost_low, cost_high
            Only with costs: of the scenario, and of one grade point, percentage point or
            recommender per 1,000 customers more. Infinite where nothing may be gained.
        n
            Respondents in the model; for recommenders those who were asked.
        """
        rows = quantity_rows(self._predicted, self._names, self.quantities, self.costs)
        return pd.DataFrame(rows).assign(n=lambda table: table["quantity"].map(self._asked))

    def distribution(self) -> pd.DataFrame:
        """Return one row a scenario and grade that was given.

        Columns: `scenario`, `grade`, and of the part of customers that gives it `observed`,
        `today`, `changed`, `changed_low`, `changed_high`, `estimate`, `conf_low` and `conf_high`
        as in `tidy`.

        Raises
        ------
        FitError
            When only the mean can be told.
        """
        if self.scale is None:
            raise FitError("no_distribution", outcome=self.question.key)
        grades, start = self.scale.grades.tolist(), len(self.quantities)
        return pd.DataFrame(grade_rows(self._predicted, self._names, grades, start))

    def reach(self) -> pd.DataFrame:
        """Return one row a scenario and driver: how many respondents its change reaches.

        Columns: `scenario`, `driver`, `change` (``shift``, ``at_least`` or ``at_most``), `size`,
        `n` and the respondents among them that were `moved` as far as asked, `partly` (as far as
        the end of the scale), `stuck` there, `already` where the change leads, `blank` (moved with
        their estimated answer) or `not_met`; and `average`: how far all of them moved on average,
        weighted.
        """
        return pd.DataFrame(
            {
                "scenario": one.name,
                "driver": move.driver,
                "change": move.kind,
                "size": move.size,
                "n": self.n,
                **vars(self.reached[one.name][move.driver]),
            }
            for one in self.scenarios
            for move in one.moves
        )

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return today and every scenario as a reader wants them, the largest gain first."""
        return reader_table(self.tidy(), self._told(language))

    def cost_table(self, language: str = "en") -> pd.DataFrame:
        """Return what a point more costs in each scenario, as a reader wants it.

        Raises
        ------
        FitError
            When no costs were given.
        """
        if not self.costs:
            raise FitError("no_costs")
        return reader_table_of_costs(self.tidy(), self._told(language))

    def titles(self, language: str = "en") -> dict[str, str]:
        """Return what scenarios are called: as a person named them, else by what they change."""
        return titles_of(self.scenarios, of_language(self.labels, language), language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        said = scenarios_sentences(self.tidy(), self.reach(), self._told(language))
        remarks = [remark.say(language) for remark in self.remarks]
        return [*said, *remarks, say("scenarios.association", language)]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: whom it is about, how it was resampled, seed."""
        drawn = self.numbers.replicates
        if drawn is None:
            return say("scenarios.footer_without_interval", language, n=self.n)
        facts = {"n": self.n, "resamples": len(drawn), "seed": str(self.draws.seed)}
        units = drawn_units(self.drawn, None, language)
        level = level_percent(self.draws.level, language)
        return say("scenarios.footer", language, units=units, level=level, **facts)

    def plot(self, ax: Axes | None = None, *, quantity: str = MEAN, language: str = "en") -> Axes:
        """Draw the way from today to each scenario, with its interval.

        Parameters
        ----------
        ax
            Where to draw; without it a new figure that a notebook shows.
        quantity
            ``mean``, ``top_box`` or ``recommended``.
        language
            Of words and numbers.

        Raises
        ------
        FitError
            When that quantity is not among those that can be told.
        """
        from cxdrivers.charts.scenarios import draw_scenarios  # noqa: PLC0415  (needs matplotlib)

        if quantity not in self.quantities:
            raise FitError("quantity_unknown", quantity=quantity, known=self.quantities)
        table = self.tidy()
        return draw_scenarios(
            table[table["quantity"] == quantity],
            self.titles(language),
            words=self._told(language).chart(quantity),
            ax=ax,
            language=language,
        )

    @cached_property
    def _predicted(self) -> Predictions:
        return Predictions(self.numbers, self.drawn, self.draws)

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.scenarios)

    def _asked(self, quantity: str) -> int:
        asked = None if self.scale is None else self.scale.recommended
        if quantity != RECOMMENDED or asked is None:
            return self.n
        return int(np.isfinite(asked).sum())

    def _told(self, language: str) -> Told:
        means = self.numbers.estimate[:, 0]
        return Told(
            titles=self.titles(language),
            labels=of_language(self.labels, language),
            question=self.question,
            threshold=None if self.scale is None else self.scale.threshold,
            unscaled=self.unscaled,
            unheld=self.unheld,
            level=self.draws.level,
            language=language,
            mean_digits=mean_digits_of(means[1:] - means[0]),
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"
