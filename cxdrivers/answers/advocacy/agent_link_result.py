"""Hold how mentions of an employee go with high scores."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.advocacy.adjusted_mention import AdjustedMention
from cxdrivers.answers.advocacy.agent_link_words import (
    adjusted_sentences,
    base_sentences,
    headline,
    link_sentences,
    published_sentences,
)
from cxdrivers.answers.advocacy.score_points import top_words
from cxdrivers.answers.advocacy.score_words import footer, reader_table
from cxdrivers.answers.advocacy.share_contrasts import Estimate, ShareContrast
from cxdrivers.answers.draws import Draws
from cxdrivers.moments.design import Design
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOP_BY_MENTION, BY_TOP, BY_HIGHEST = CONTRASTS = (
    "top_by_mention",
    "mention_by_top",
    "mention_by_highest",
)
ADJUSTED = "adjusted"


@dataclass(frozen=True, eq=False)
class AgentLink:
    """How often customers mention an employee at every score, and what a mention goes with.

    Attributes
    ----------
    survey
        The respondents with a score and a weight.
    threshold
        From which score on a respondent is in the top box.
    source
        Where the mentions come from: ``column``, ``found`` or ``given``.
    lost, unwritten
        Respondents without a score or weight; and with one, of whom it is not known whether they
        mention an employee, mostly since they wrote nothing.
    rows
        How the others were sampled.
    scores
        See `tidy`.
    contrasts
        ``top_by_mention``: the share in the top box with a mention and without.
        ``mention_by_top``: the share of mentions in the top box and below.
        ``mention_by_highest``: the same of the highest score and all others. Each a
        `ShareContrast`, or why there is none.
    shares
        The share of mentions in the ``top`` box and at the ``highest`` score; None when nobody is
        there.
    adjusted
        What a mention goes with when all else is equal, or why that cannot be told.
    draws
        Resamples, level and seed.
    """

    survey: Survey
    threshold: float
    source: str
    lost: int
    unwritten: int
    rows: Design
    scores: pd.DataFrame
    contrasts: dict[str, ShareContrast | Sentence]
    shares: dict[str, Estimate | None]
    adjusted: AdjustedMention | Sentence
    draws: Draws

    @property
    def n(self) -> int:
        """Respondents with a score of whom it is known whether they mention an employee."""
        return int(self.scores["n"].sum())

    def tidy(self) -> pd.DataFrame:
        """Return one row a score.

        Columns
        -------
        score, top
            A whole point of the scale, and whether it is in the top box.
        n, yes
            Respondents, and how many of them mention an employee.
        estimate, conf_low, conf_high
            The share that does, weighted, with Wilson's interval. NaN where nobody is.
        n_effective
            As many respondents of equal weight, none in a cluster with another, tell as much.
        """
        return self.scores.copy()

    def comparisons(self) -> pd.DataFrame:
        """Return one row a comparison and measure; those that cannot be made are absent.

        Columns: `comparison` (see `contrasts`, and ``adjusted``), `measure` (``difference`` in
        chances, ``ratio`` or ``odds_ratio``), `estimate`, `conf_low`, `conf_high`, `first` and
        `second` (the shares that are compared; NaN where adjusted), `first_n`, `second_n` and
        `p_value` (NaN where not adjusted).
        """
        rows: list[dict[str, object]] = []
        for name, contrast in self.contrasts.items():
            if isinstance(contrast, ShareContrast):
                rows += [row | {"p_value": np.nan} for row in contrast.rows(name)]
        if isinstance(self.adjusted, AdjustedMention):
            rows += self.adjusted.rows(ADJUSTED)
        columns = ["comparison", "measure", "estimate", "conf_low", "conf_high"]
        columns += ["first", "second", "first_n", "second_n", "p_value"]
        return pd.DataFrame(rows, columns=columns)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the scores that were given as a reader wants them."""
        heading = say("agent_link.column.share", language)
        return reader_table(self.scores, heading, self.draws.level, language)

    def headline(self, language: str = "en") -> str:
        """Return the finding in one sentence."""
        return headline(self.contrasts[TOP_BY_MENTION], self.top, self.draws.level, language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        return [
            self.headline(language),
            *link_sentences(self, language),
            *adjusted_sentences(self, language),
            *published_sentences(self, language),
            *base_sentences(self, language),
            say("agent_link.association", language),
        ]

    @property
    def top(self) -> Sentence:
        """What the top box is called."""
        return top_words(self.survey.codebook.outcome, self.threshold)

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: how many, how they were resampled, seed."""
        return footer(self.rows, self.draws, self.n, language)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the share of mentions at every score, with intervals and how many are behind it."""
        from cxdrivers.charts.agent_link import draw_agent_link  # noqa: PLC0415  (needs matplotlib)

        return draw_agent_link(self.scores, top=self.top, ax=ax, language=language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.headline()}\n{self.footer()}"

    def _repr_html_(self) -> str:
        lines = (self.headline(), self.footer())
        below = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"{self.table().to_html(index=False)}{below}"
