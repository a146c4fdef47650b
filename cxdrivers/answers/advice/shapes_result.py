"""Hold the shape of every driver."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.advice.shape_curves import Curve
from cxdrivers.answers.advice.shape_drivers import ShapeDriver
from cxdrivers.answers.advice.shapes_words import (
    class_sentences,
    cut_off_sentences,
    ends_sentences,
    footer_sentence,
    headline_sentence,
    left_out_sentences,
    reader_table,
    sentence_of_test,
)
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights_intervals import fitting_interval
from cxdrivers.moments.design import Design
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.wording import Sentence, of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class DriverShapes:
    """What every driver goes with when it is rated low, and when it is rated high.

    Attributes
    ----------
    shapes
        The rows of `tidy`.
    partial
        Driver → its curve that never falls.
    drivers
        The ratings that were used.
    left_out
        Driver → why it has no shape, as a sentence to `say`.
    r_squared
        What low and high ratings of all drivers explain, for each setting.
    ends
        What the bottom and the top box are called that the shapes are held against, or None when
        there is no such pair.
    tested_on
        Where a change of slope is tested: ``grades`` (log odds of a higher grade, where the top of
        the scale bends no driver) or ``line`` (the outcome as a number).
    fillings
        How often blanks were filled in; 0 without blanks.
    settings, design
        How it was resampled, and of which rows (the first filling).
    outcome
        Its key.
    labels
        What drivers and outcome are called, by language and key.
    """

    shapes: pd.DataFrame
    partial: dict[str, Curve]
    drivers: tuple[ShapeDriver, ...]
    left_out: dict[str, Sentence]
    r_squared: tuple[float, ...]
    ends: tuple[Sentence, Sentence] | None
    tested_on: str
    fillings: int
    settings: Settings
    design: Design
    outcome: str
    labels: dict[str, dict[str, str]]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver and setting of the cut-offs.

        Columns
        -------
        driver, setting
            Its key, and the number of the setting.
        low, high
            Where the worst ratings end and the best begin, as they were given.
        n, n_low, n_high
            Respondents who rated it, rated it low, and rated it high.
        penalty, reward, asymmetry
            What low and high ratings go with, in units of the outcome, against those between; and
            (reward − |penalty|) / (reward + |penalty|), from −1 to 1. Each with `_low` and `_high`.
        centre
            Where the slopes below and above meet: the driver's mean, or its middle when it has no
            scale.
        slope_below, slope_above
            What a point better goes with on the worse side of the centre and on the better, in
            units of the outcome; for a number without a scale, what one standard deviation of its
            ranks does. Each with `_low` and `_high`.
        p_value
            Of both slopes being the same, adjusted for the number of drivers (Holm 1979); tested
            as `tested_on` says.
        p_below_nil, p_above_nil
            Small when a slope is shown to be next to nothing: within a tenth of the outcome's
            standard deviation for one of the driver (two one-sided tests).
        knot, knot_low, knot_high
            Where the slope changes most. Without a change it can be anywhere.
        ends_difference, ends_p_value
            Log odds a point of leaving the bottom box, minus those of reaching the top box, and
            the p-value of no difference (Holm). A dissatisfier has more at the bottom.
        class, probability
            ``dissatisfier``, ``hybrid``, ``delighter`` or ``undecided``, and the share of resamples
            that say so.
        verdict, verdict_probability
            The class that all settings agree on, else ``undecided``; and the share of resamples.
        """
        return self.shapes.copy()

    def curves(self) -> pd.DataFrame:
        """Return what each driver goes with over its range, the others being equal.

        Columns: `driver`, `value`, `estimate` (units of the outcome above the average respondent
        who rated it, along a curve that never falls towards better ratings), `conf_low` and
        `conf_high` (of each point by itself).
        """
        parts = []
        for driver in self.drivers:
            curve = self.partial[driver.key]
            low, high = fitting_interval(
                curve.estimate, curve.replicates, self.settings, self.design
            )
            table = pd.DataFrame(
                {
                    "driver": driver.key,
                    "value": driver.sign * curve.values,
                    "estimate": curve.estimate,
                    "conf_low": low,
                    "conf_high": high,
                }
            )
            parts.append(table.sort_values("value", ignore_index=True))
        return pd.concat(parts, ignore_index=True)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the shapes as a reader wants them: the first setting, and the verdict of all."""
        return reader_table(self.shapes, self._labels(language), self.settings.level, language)

    def headline(self, language: str = "en") -> str:
        """Return the finding in one sentence."""
        return headline_sentence(self._verdicts(), self._labels(language), language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = self._labels(language)
        return [
            self.headline(language),
            *class_sentences(self.shapes, labels, language),
            *ends_sentences(self.shapes, self.ends, 1 - self.settings.level, labels, language),
            *cut_off_sentences(self.shapes, labels, language),
            *left_out_sentences(self.left_out, labels, language),
            sentence_of_test(self.tested_on, language),
            *([say("models.pooled", language, count=self.fillings)] if self.fillings else []),
            say("shapes.association", language),
        ]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: respondents, cut-offs, resamples, seed."""
        return footer_sentence(
            self.settings,
            language,
            n=len(self.design.outcome),
            resamples=len(next(iter(self.partial.values())).replicates),
            units=scheme_of(self.design),
            outcome=self._labels(language)[self.outcome],
        )

    def plot(self, ax: Axes | None = None, *, setting: int = 1, language: str = "en") -> Axes:
        """Draw penalties to the left and rewards to the right: a row a driver.

        Parameters
        ----------
        ax
            Where to draw; without it a new figure.
        setting
            Number of the setting of the cut-offs.
        language
            Of words and numbers.
        """
        from cxdrivers.charts.shapes import draw_shapes  # noqa: PLC0415  (needs matplotlib)

        table = self.shapes[self.shapes["setting"] == setting]
        labels = self._labels(language)
        return draw_shapes(table, labels, outcome=labels[self.outcome], ax=ax, language=language)

    def plot_curves(self, *, language: str = "en") -> Figure:
        """Draw what each driver goes with over its range, a panel a driver, with its band."""
        from cxdrivers.charts.partial_effects import draw_curves  # noqa: PLC0415  (the same)

        labels = self._labels(language)
        return draw_curves(self.curves(), labels, outcome=labels[self.outcome], language=language)

    def _verdicts(self) -> dict[str, str]:
        first = self.shapes[self.shapes["setting"] == 1]
        return dict(zip(first["driver"], first["verdict"], strict=True))

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(self.labels, language)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"
