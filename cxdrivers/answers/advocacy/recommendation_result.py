"""Hold how real recommendation goes with the score."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.advocacy.recommendation_moves import (
    HighAgainstLow,
    Intention,
    Move,
    ScorePair,
)
from cxdrivers.answers.advocacy.recommendation_shape import HighestScore
from cxdrivers.answers.advocacy.recommendation_words import (
    against_sentences,
    base_sentences,
    headline,
    intention_sentences,
    move_sentences,
    shape_sentences,
)
from cxdrivers.answers.advocacy.score_points import top_words
from cxdrivers.answers.advocacy.score_words import footer, reader_table
from cxdrivers.answers.advocacy.share_contrasts import Estimate
from cxdrivers.answers.draws import Draws
from cxdrivers.models.score_line import LineTest
from cxdrivers.moments.design import Design
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HIGH_AGAINST_LOW, HIGHEST, MOVED = "high_against_low", "highest", "move"
COLUMNS = ("estimate", "conf_low", "conf_high", "first", "second", "first_n", "second_n")


@dataclass(frozen=True, eq=False)
class RecommendationCurve:
    """Which part of the customers really recommended at every score.

    Attributes
    ----------
    survey
        The respondents with a score and a weight.
    threshold
        From which score on a respondent is in the top box.
    lost, unknown
        Respondents without a score or weight; and with one, of whom it is not known whether they
        recommended.
    rows
        How the respondents were sampled.
    scores
        See `tidy`.
    line
        Whether the shares follow a straight line in log odds, or why that is not told.
    highest
        The highest score beside the line through the others, or why not.
    pair
        Which scores are held side by side; None when there is nothing below the top box.
    against
        The highest score against a lower one: 10 and 7 on a scale up to ten; or why not.
    moved
        What moving some customers up would go with, or why that is not told.
    intention
        Who would recommend against who did; None when the survey does not ask both.
    draws
        Resamples, level and seed.
    """

    survey: Survey
    threshold: float
    lost: int
    unknown: int
    rows: Design
    scores: pd.DataFrame
    line: LineTest | Sentence
    highest: HighestScore | Sentence
    pair: ScorePair | None
    against: HighAgainstLow | Sentence
    moved: Move | Sentence
    intention: Intention | Sentence | None
    draws: Draws

    @property
    def n(self) -> int:
        """Respondents with a score of whom it is known whether they recommended."""
        return int(self.scores["n"].sum())

    def tidy(self) -> pd.DataFrame:
        """Return one row a score.

        Columns
        -------
        score, top
            A whole point of the scale, and whether it is in the top box.
        n, yes
            Respondents, and how many of them recommended.
        estimate, conf_low, conf_high
            The share that did, weighted, with Wilson's interval. NaN where nobody is.
        n_effective
            As many respondents of equal weight, none in a cluster with another, tell as much.
        isotonic
            The nearest share that never falls from one score to the next.
        """
        return self.scores.copy()

    def comparisons(self) -> pd.DataFrame:
        """Return one row a comparison and measure; those that cannot be made are absent.

        Columns: `comparison` (``high_against_low``, ``highest``: seen against expected by the
        line, ``move``), `measure` (``difference``, ``ratio``, ``odds_ratio``, ``e_value``, or
        ``extra_per_1000``), `estimate`, `conf_low`, `conf_high`, `first` and `second` (the shares
        that are compared), `first_n` and `second_n`.
        """
        found: list[dict[str, object]] = []
        if isinstance(self.against, HighAgainstLow):
            contrast = self.against.contrast
            found += contrast.rows(HIGH_AGAINST_LOW)
            e_values = {"estimate": self.against.e_value, "conf_low": self.against.e_value_low}
            found.append(found[-1] | {"measure": "e_value", "conf_high": float("nan")} | e_values)
        for name, part in ((HIGHEST, self.highest), (MOVED, self.moved)):
            if isinstance(part, HighestScore):
                ends = (part.difference, "difference", part.observed.estimate)
                found.append(_row(name, *ends, part.expected.estimate))
            elif isinstance(part, Move):
                found.append(_row(name, part.extra, "extra_per_1000", part.up, part.low))
        return pd.DataFrame(found, columns=["comparison", "measure", *COLUMNS])

    def crossed(self) -> pd.DataFrame:
        """Return who would recommend against who did: `would`, `did` and `n`; empty without both.

        Respondents are counted, not weighted.
        """
        counts = self.intention.counts if isinstance(self.intention, Intention) else {}
        rows = [(would, did, n) for (would, did), n in counts.items()]
        return pd.DataFrame(rows, columns=["would", "did", "n"])

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the scores that were given as a reader wants them."""
        heading = say("recommendation.column.share", language)
        rising = ("isotonic", say("recommendation.column.isotonic", language))
        return reader_table(self.scores, heading, self.draws.level, language, more=rising)

    def headline(self, language: str = "en") -> str:
        """Return the finding in one sentence."""
        return headline(self, language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        said = [
            self.headline(language),
            *against_sentences(self, language),
            *shape_sentences(self, language),
            *move_sentences(self, language),
            *intention_sentences(self, language),
            *base_sentences(self, language),
            say("recommendation.association", language),
        ]
        return [*dict.fromkeys(said)]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: how many, how they were resampled, seed."""
        return footer(self.rows, self.draws, self.n, language)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the share that recommended at every score, with intervals and the rising curve."""
        from cxdrivers.charts.recommendation import draw_recommendation  # noqa: PLC0415  (matplotlib)

        top = top_words(self.survey.codebook.outcome, self.threshold)
        return draw_recommendation(self.scores, top=top, ax=ax, language=language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.headline()}\n{self.footer()}"

    def _repr_html_(self) -> str:
        lines = (self.headline(), self.footer())
        below = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"{self.table().to_html(index=False)}{below}"


def _row(
    name: str, found: Estimate, measure: str, first: float, second: float
) -> dict[str, object]:
    return {
        "comparison": name,
        "measure": measure,
        "estimate": found.estimate,
        "conf_low": found.low,
        "conf_high": found.high,
        "first": first,
        "second": second,
    }
