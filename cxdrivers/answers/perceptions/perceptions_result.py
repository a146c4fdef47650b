"""Hold how far apart groups are in what they say of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.perceptions.beside_published import BesidePublished, beside
from cxdrivers.answers.perceptions.perceptions_words import (
    footer,
    gap_sentences,
    headline,
    reader_table,
)
from cxdrivers.wording import Sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class PerceptionGaps:
    """How far apart groups are in what they say of the same thing.

    Attributes
    ----------
    gaps, cells
        See `tidy` and `shares`.
    remarks
        What a reader must know of how the answers or shares were read.
    level
        Of the intervals, and at which a gap is shown.
    """

    gaps: pd.DataFrame
    cells: pd.DataFrame
    remarks: tuple[Sentence, ...]
    level: float

    @property
    def questions(self) -> tuple[str, ...]:
        """What was asked of two groups or more."""
        return tuple(dict.fromkeys(self.gaps["question"]))

    def tidy(self) -> pd.DataFrame:
        """Return one row a question and pair of groups.

        Columns
        -------
        question, group, other
            Executives stand before managers, employees and customers, whose names are known in
            Dutch and English; other groups follow in the order of the table.
        share, other_share
            The share of each that says yes, from 0 to 1.
        estimate, conf_low, conf_high
            The first less the second, with Newcombe's interval of this pair; NaN where the number
            of respondents of either is not known.
        p_value, p_adjusted
            Of no difference ("N − 1" chi-squared), and the same adjusted for all pairs that have
            one (Benjamini–Hochberg).
        n, other_n
            Respondents behind each share; NaN where not known.
        """
        return self.gaps.copy()

    def shares(self) -> pd.DataFrame:
        """Return one row a question and group: `share` with Wilson's interval, and `n`.

        Columns: `question`, `group`, `share`, `share_low`, `share_high`, `n`; NaN where the number
        of respondents is not known.
        """
        return self.cells.copy()

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the gaps as a reader wants them, question by question."""
        return reader_table(self.gaps, self.level, language)

    def headline(self, language: str = "en") -> str:
        """Return the largest gap in one sentence."""
        return headline(self.gaps, self.level, language)

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        return [
            self.headline(language),
            *gap_sentences(self.gaps, self.level, language),
            *(remark.say(language) for remark in self.remarks),
        ]

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: which intervals, and over how many pairs."""
        return footer(self.gaps, self.level, language)

    def beside_published(
        self,
        *,
        question: str | None = None,
        published: str = "P1",
        roles: Mapping[str, str] | None = None,
    ) -> BesidePublished:
        """Set the groups of one question beside the groups of a published figure.

        Use it when the question asks the same as the published one. The two are never pooled or
        tested against each other: sectors, countries and years differ.

        Parameters
        ----------
        question
            Which of the questions; may be left out when there is one.
        published
            The name of a published gap: see the column `gap` of `published_figures`.
        roles
            Role of each group by its name: ``executive``, ``manager``, ``employee`` or
            ``customer``. Needed for groups whose names do not tell.

        Raises
        ------
        FitError
            When there is no such question, published gap, group or role, two groups have the same
            role, or fewer than two roles are on both sides.
        """
        return beside(self.cells, self.level, question=question, published=published, roles=roles)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw a row a question with the share of every group on it."""
        from cxdrivers.charts.perceptions import draw_gaps  # noqa: PLC0415  (charts need matplotlib)

        return draw_gaps(self.cells, ax=ax, language=language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.headline()}\n{self.footer()}"

    def _repr_html_(self) -> str:
        lines = (self.headline(), self.footer())
        below = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"{self.table().to_html(index=False)}{below}"
