"""Hold what goes with a mention of an employee: through high scores, and beside them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.advocacy.advocacy_tables import ChainTables
from cxdrivers.answers.advocacy.advocacy_words import (
    base_sentences,
    driver_table,
    effect_sentences,
    effect_table,
    footer,
    gain_sentences,
    headline,
    sensitivity_sentences,
    step_sentences,
)
from cxdrivers.answers.advocacy.score_points import top_words
from cxdrivers.answers.draws import Draws
from cxdrivers.moments.design import Design
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class AdvocacyChain:
    """How much more often customers recommend who mention an employee, taken apart.

    Attributes
    ----------
    survey
        The respondents that were used: with a score, a mention and a recommendation that are known.
    threshold
        From which score on a respondent is in the top box.
    source
        Where the mentions come from: ``column``, ``found`` or ``given``.
    lost
        Respondents that could not be used.
    rows
        How the others were sampled.
    covariates
        What was held equal: the drivers, and the columns of `always`.
    fillings
        How often blanks among them were filled in; 1 when there are none.
    tables
        What `tidy`, `steps`, `drivers` and `sensitivity` show.
    penalised
        Whether something sets a score or a recommendation apart completely, so that the
        regressions were penalised.
    penalised_resamples
        In how many resamples that was so.
    draws
        Resamples, level and seed.
    """

    survey: Survey
    threshold: float
    source: str
    lost: int
    rows: Design
    covariates: tuple[str, ...]
    fillings: int
    tables: ChainTables
    penalised: bool
    penalised_resamples: int
    draws: Draws

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return len(self.rows.outcome)

    @property
    def top(self) -> Sentence:
        """What the top box is called."""
        return top_words(self.survey.codebook.outcome, self.threshold)

    def tidy(self) -> pd.DataFrame:
        """Return the direct, the indirect and the total difference.

        Columns
        -------
        effect
            ``direct``, ``indirect`` or ``total``, which is their sum.
        estimate, conf_low, conf_high
            Differences in the chance of a recommendation: 0.05 is five percentage points.
        share, share_low, share_high
            The part of the total that it is: of the indirect one, the proportion mediated. NaN
            where the interval of the total holds zero; it can lie outside 0 and 1 where both parts
            have another sign.
        n
            Respondents that were used.
        """
        return self.tables.effects.copy()

    def steps(self) -> pd.DataFrame:
        """Return the chances behind the parts, averaged over what is held equal.

        Columns: `step` (``top``: a score in the top box, ``recommended``), `mention` and `top` (0
        or 1; NaN where a score is what is explained), `estimate`, `conf_low`, `conf_high` and `n`
        (customers who are so).
        """
        return self.tables.steps.copy()

    def drivers(self) -> pd.DataFrame:
        """Return what half a point more on every driver goes with, for all customers together.

        Columns
        -------
        driver
            Its key.
        estimate, conf_low, conf_high
            More scores in the top box: 0.05 is five percentage points. Nobody is moved beyond the
            scale, nor for whom the driver did not apply. NaN for categories, products of drivers
            and what never varies.
        recommenders, recommenders_low, recommenders_high
            More real recommenders per 1,000 customers, through those scores and nothing else.
        n
            Respondents with a rating.
        """
        return self.tables.drivers.copy()

    def sensitivity(self) -> pd.DataFrame:
        """Return how easily something that was not asked would explain the parts away.

        Columns
        -------
        effect
            The three of `tidy`, and the links ``mention_to_top`` and ``top_to_recommended``.
        ratio, ratio_low, ratio_high
            The same as a ratio of chances.
        e_value, e_value_end
            E-values of the ratio, and of the end of its interval nearest to 1.
        robustness, robustness_end
            Robustness values of the straight line beside it, and of the end of its interval nearest
            to 0. The indirect part has none: to take away one of its links is to take it away.
        """
        return self.tables.sensitivity.copy()

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the parts as a reader wants them."""
        return effect_table(self.tables.effects, self.draws.level, language)

    def driver_table(self, language: str = "en") -> pd.DataFrame:
        """Return what half a point more on every driver goes with, as a reader wants it."""
        return driver_table(self, language)

    def headline(self, language: str = "en") -> str:
        """Return the finding in one sentence."""
        return headline(self, language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        return [
            self.headline(language),
            *effect_sentences(self, language),
            *step_sentences(self, language),
            *self.driver_sentences(language),
            *sensitivity_sentences(self, language),
            *base_sentences(self, language),
            say("advocacy.association", language),
        ]

    def driver_sentences(self, language: str = "en") -> list[str]:
        """Return which driver's half a point more goes with most recommenders, as sentences."""
        return gain_sentences(self, language)

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: what is held equal, resamples, seed."""
        return footer(self, language)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the chain with its numbers: mention, high score, recommendation."""
        from cxdrivers.charts.advocacy import draw_advocacy  # noqa: PLC0415  (needs matplotlib)

        return draw_advocacy(
            self.tables.effects, self.tables.steps, top=self.top, ax=ax, language=language
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.headline()}\n{self.footer()}"

    def _repr_html_(self) -> str:
        lines = (self.headline(), self.footer())
        below = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"{self.table().to_html(index=False)}{below}"
