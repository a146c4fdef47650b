"""Hold which drivers to work on first, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.advice.priorities_footer import footer
from cxdrivers.answers.advice.priorities_words import (
    Told,
    headline,
    priorities_sentences,
    reader_table,
)
from cxdrivers.answers.advice.priority_places import Lines
from cxdrivers.answers.advice.priority_stated import StatedImportance
from cxdrivers.answers.advice.priority_stated_words import reader_table_of_stated, stated_sentences
from cxdrivers.answers.advice.priority_table import FIXED
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.wording import Sentence, of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Priorities:
    """Where q drivers stand between how they are rated and how much they count.

    Attributes
    ----------
    standings
        One row a driver: see `tidy`.
    weights
        The weights behind the shares, with their settings and resamples.
    lines
        Where quadrants part: at ``fixed`` targets and an equal share, and at ``means``.
    scales
        Lowest and highest possible rating of each driver.
    left_out
        Drivers without a place, with the reason.
    stated_importance
        What respondents say is important beside what counts; None when the codebook names no
        columns of it for two drivers or more.
    """

    standings: pd.DataFrame
    weights: DriverWeights
    lines: dict[str, Lines]
    scales: dict[str, tuple[float, float]]
    left_out: dict[str, Sentence]
    stated_importance: StatedImportance | None

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers that have a place."""
        return tuple(self.standings["driver"])

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return self.weights.n

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver, in the order of the codebook.

        Columns
        -------
        driver
            Its key.
        mean, mean_low, mean_high
            Its mean on its own scale, among those to whom it applied; blanks are estimated as for
            the weights.
        performance, performance_low, performance_high
            The same from 0 to 100, by the ends of the scale.
        target, room
            The mean to reach, and how far away it is; 0 for a mean beyond it.
        share, share_low, share_high
            Its share of what all drivers explain, as in `DriverWeights.tidy`.
        effect, effect_low, effect_high
            Its own effect on the mean grade, a point of its scale.
        estimate, conf_low, conf_high
            Headroom: effect times room, in points of the outcome over all respondents.
        gain_users, gain_users_low, gain_users_high, met
            The same over those to whom it applied, and which part of respondents they are.
        share_room, share_room_low, share_room_high
            Share times room, the room in points of performance.
        rank, rank_low, rank_high
            What to do first, by headroom; resamples say how far that order is settled.
        quadrant, p_fix_first
            ``fix_first``, ``keep_up``, ``later`` or ``enough``, at the target and an equal share;
            in which part of the resamples it lies in ``fix_first``. NaN without resamples, and
            with replicate weights, which do not vary as samples do.
        quadrant_at_means, p_fix_first_at_means
            The same at the means of the drivers.
        n
            Respondents with a rating.
        remark
            As in `DriverWeights.tidy`.
        """
        return self.standings.copy()

    def stated(self) -> pd.DataFrame:
        """Return stated importance beside derived importance, one row a driver.

        Columns: `driver`; `stated`, the mean answer (of ranks, those not ranked share the ranks
        left); `stated_rank`, 1 for the most important; `share` and `share_rank`; each with `_low`
        and `_high`; `grid`, what Vavra's grid calls it (``basic``: only stated, ``excitement``:
        only derived, ``important``, ``unimportant``), and `n` who answered.

        Raises
        ------
        FitError
            When the codebook names no columns of stated importance for two drivers or more.
        """
        return self._stated.comparison.copy()

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it, what to do first on top."""
        aims = self.lines[FIXED].performance
        return reader_table(self.tidy(), aims, self._told(language))

    def stated_table(self, language: str = "en") -> pd.DataFrame:
        """Return stated and derived importance side by side as a reader wants them.

        Raises
        ------
        FitError
            As `stated`.
        """
        return reader_table_of_stated(self._stated, self._told(language))

    def headline(self, language: str = "en") -> str:
        """Return the finding in one sentence."""
        return headline(self.tidy(), self._told(language))

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        told, stated = self._told(language), self.stated_importance
        return [
            *priorities_sentences(self.tidy(), self.left_out, told),
            *([] if stated is None else stated_sentences(stated, told)),
            say("priorities.association", language),
        ]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: targets, what gains are, resamples, seed."""
        return footer(self.weights, self.tidy(), self.scales, self._told(language))

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw performance against share with both intervals, and the quadrants."""
        from cxdrivers.charts.priorities import draw_priorities  # noqa: PLC0415  (needs matplotlib)

        labels = of_language(self.weights.labels, language)
        return draw_priorities(self.tidy(), labels, lines=self.lines, ax=ax, language=language)

    @property
    def _stated(self) -> StatedImportance:
        if self.weights.parts is not None:
            raise FitError("needs_rows")
        if self.stated_importance is None:
            raise FitError("no_stated", drivers=self.drivers)
        return self.stated_importance

    def _told(self, language: str) -> Told:
        labels = of_language(self.weights.labels, language)
        outcome = labels[self.weights.moments.outcome]
        return Told(labels, outcome, self.weights.settings.level, language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"
