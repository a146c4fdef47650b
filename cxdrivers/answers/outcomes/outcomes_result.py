"""Hold the drivers of several outcomes of the same customers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.outcomes.outcomes_boxes import AT_LEAST, AT_MOST, Box, is_thin, share_in
from cxdrivers.answers.outcomes.outcomes_extremes import extremes_table
from cxdrivers.answers.outcomes.outcomes_words import (
    ends_sentences,
    footer_of_ends,
    order_sentences,
    reader_table,
    remark_sentences,
)
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.wording import Sentence, of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEAN = "mean"
EFFECT = ["effect", "effect_low", "effect_high"]
COLUMNS = ["estimate", "conf_low", "conf_high", "share", "share_low", "share_high", "rank", *EFFECT]


@dataclass(frozen=True, eq=False)
class OutcomeComparison:
    """The weights of the same drivers for the mean grade, the grades in order, and boxes of them.

    Attributes
    ----------
    weights
        Outcome → weights: ``mean``, ``ordinal``, then one for each box, such as ``at_most_5`` and
        ``at_least_8``. Those of a bottom box are the weights of reaching the next answer above it.
    boxes
        The boxes among them, by the same key.
    left_out
        Outcome → why it has no weights, as a sentence to `say`.
    names
        What the outcomes are called, those that were left out among them.
    """

    weights: dict[str, DriverWeights]
    boxes: dict[str, Box]
    left_out: dict[str, Sentence]
    names: dict[str, Sentence]

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return self._mean.n

    @property
    def bottom(self) -> str | None:
        """Key of the bottom box, or None when it was left out."""
        return next((key for key, box in self.boxes.items() if box.side == AT_MOST), None)

    @cached_property
    def top(self) -> str | None:
        """Key of the box that is held against the bottom: the highest that is not thin.

        The lowest when all are thin. None when no box begins above the next answer after the
        bottom, as in an outcome of two answers, where both ends have the same model.
        """
        start = -np.inf if self.bottom is None else self.boxes[self.bottom].threshold(self._design)
        tops = [key for key, box in self.boxes.items() if box.side == AT_LEAST]
        above = [key for key in tops if self.boxes[key].bound > start]
        broad = [key for key in above if key not in self.thin]
        return next(iter((*reversed(broad), *above)), None)

    @cached_property
    def thin(self) -> tuple[str, ...]:
        """Keys of the boxes with fewer than ten respondents a column, inside or outside."""
        return tuple(key for key, box in self.boxes.items() if is_thin(box, self._design))

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver and outcome.

        Columns
        -------
        driver, outcome
            Their keys.
        estimate, conf_low, conf_high, share, share_low, share_high, rank
            As in `DriverWeights.tidy`. The shares of two outcomes can be compared; their estimates
            cannot, being parts of different things.
        effect, effect_low, effect_high
            The own effect: in grade points for the mean, else in probability of being in the box
            (for the grades in order: of reaching the lowest top box).
        in_box
            Part of the respondents that is in the box; NaN where there is none.
        n
            Respondents with a rating of the driver.
        """
        parts = [self._rows(key, weights.tidy()) for key, weights in self.weights.items()]
        return pd.concat(parts, ignore_index=True)

    def extremes(self) -> pd.DataFrame:
        """Return where each driver counts: at the bottom of the outcome, at its top, or at both.

        Columns
        -------
        driver
            Its key.
        share_bottom, share_top
            Its share for the boxes `bottom` and `top`.
        difference, difference_low, difference_high
            The first minus the second, with the interval of that driver by itself.
        p_value
            Of no difference, adjusted for the number of drivers (Holm 1979).
        where
            ``bottom`` (shown there, not at the top, and the difference is clear), ``more_bottom``
            (shown at both, and the difference is clear), ``top``, ``more_top``, ``both`` (no clear
            difference), ``unclear`` (shown at one end, no clear difference) or ``neither``. Shown
            is a driver with a weight and an effect of its own: a passenger is not. No difference
            is clear where one of the boxes is thin.

        Raises
        ------
        FitError
            When one of the two boxes is missing.
        """
        if self._extremes is None:
            outcome = self._mean.moments.outcome
            raise FitError("no_extremes", outcome=outcome, boxes=list(self.boxes))
        return self._extremes.copy()

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return shares side by side, and where each driver counts, in the order of the mean."""
        labels, titles = self._labels(language), self.titles(language)
        return reader_table(self.tidy(), self._extremes, labels, titles, language)

    def titles(self, language: str = "en") -> dict[str, str]:
        """Return what the outcomes with weights are called, the thin boxes marked."""
        names = {key: self.names[key].say(language) for key in self.weights}
        marked = {key: say("outcomes.thin_box", language, name=names[key]) for key in self.thin}
        return names | marked

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = self._labels(language)
        if self._extremes is None:
            key = "no_ends" if self.bottom is None or len(self.boxes) == 1 else "one_model"
            found = [say(f"outcomes.{key}", language)]
        else:
            facts = {
                "outcome": labels[self._mean.moments.outcome],
                "n": self.n,
                "bottom": self.names[str(self.bottom)],
                "top": self.names[str(self.top)],
            }
            inside = (self.in_box(str(self.bottom)), self.in_box(str(self.top)))
            found = ends_sentences(
                self._extremes, inside, labels, facts, language, thin=self._thin_ends
            )
        return [
            *found,
            *order_sentences(self.tidy(), labels, language),
            *remark_sentences(self.thin, self.left_out, self.names, language),
            say("weights.association", language),
        ]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: what was compared, how it was resampled, seed."""
        if self._extremes is None:
            return say("outcomes.footer_of_shares", language, n=self.n)
        names = (self.names[str(self.bottom)], self.names[str(self.top)])
        return footer_of_ends(self._mean, names, language)

    @property
    def places(self) -> dict[str, str]:
        """Driver → where it counts, as in `extremes`; nothing when there is no pair of ends."""
        if self._extremes is None:
            return {}
        return dict(zip(self._extremes["driver"], self._extremes["where"], strict=True))

    def in_box(self, outcome: str) -> float:
        """Return which part of the respondents is in a box, weighted; NaN where there is none."""
        box = self.boxes.get(outcome)
        return np.nan if box is None else share_in(box, self._design)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the shares at the bottom and at the top, a row a driver, and faintly the others."""
        from cxdrivers.charts.outcomes import draw_outcomes  # noqa: PLC0415  (needs matplotlib)

        return draw_outcomes(
            self.tidy(),
            self._labels(language),
            self.titles(language),
            ends=(self.bottom, self.top),
            places=self.places,
            ax=ax,
            language=language,
        )

    @property
    def _mean(self) -> DriverWeights:
        return self.weights[MEAN]

    @property
    def _design(self) -> Design:
        return self._mean.model.design

    @cached_property
    def _extremes(self) -> pd.DataFrame | None:
        if self.bottom is None or self.top is None:
            return None
        bottom, top = self.weights[self.bottom], self.weights[self.top]
        return extremes_table(bottom, top, thin=self._thin_ends)

    @property
    def _thin_ends(self) -> bool:
        return self.bottom in self.thin or self.top in self.thin

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(self._mean.labels, language)

    def _rows(self, outcome: str, table: pd.DataFrame) -> pd.DataFrame:
        rows = table[["driver", *COLUMNS, "n"]].assign(in_box=self.in_box(outcome))
        rows.insert(1, "outcome", outcome)
        if outcome in self.boxes and self.boxes[outcome].side == AT_MOST:
            effect, low, high = (-rows[name] for name in EFFECT)
            rows = rows.assign(effect=effect, effect_low=high, effect_high=low)
        return rows

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"
