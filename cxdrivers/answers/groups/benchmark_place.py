"""Hold where one client stands among the clients of a benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient, Field, clients_table
from cxdrivers.answers.groups.benchmark_words import place_sentences, place_table
from cxdrivers.wording import of_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class BenchmarkPlace:
    """Where a client stands among others: performance, weights and effects beside theirs.

    Attributes
    ----------
    drivers, outcome
        Keys.
    labels
        What they are called, by language and key.
    client
        What is known of the client.
    others
        What is known of those it is held against.
    itself
        What the client is called in the benchmark, where it is one of it and was taken out of the
        others; else None.
    level
        Of the intervals.
    standing, standing_overall
        See `tidy` and `overall`.
    """

    drivers: tuple[str, ...]
    outcome: str
    labels: Mapping[str, dict[str, str]]
    client: BenchmarkClient
    others: Field
    itself: str | None
    level: float
    standing: pd.DataFrame
    standing_overall: pd.DataFrame

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver.

        Columns
        -------
        driver
            Its key.
        mean, mean_low, mean_high
            Performance between 0 and 100 by the ends of the scale, of those who rated it.
        percentile, percentile_low, percentile_high
            Which part of the other clients is lower, from 0 to 100: that of the true values, as
            far as their numbers tell them. The ends are those of the mean's interval.
        estimate, conf_low, conf_high
            Its weight by itself: its part of R², with the noise taken out.
        field_estimate, prediction_low, prediction_high
            The weight at the other clients on average, and where that of one more would lie.
        shrunk, shrunk_low, shrunk_high
            Its weight in the light of the others: of a small client near theirs, of a large one
            near its own.
        effect, effect_low, effect_high, effect_shrunk, field_effect
            The same of its own effect: points of the outcome for a point of the rating, both
            between 0 and 100.
        stands_out
            Whether `p_adjusted` is below 1 − `level`.
        p_value, p_adjusted
            Whether the weight lies further from the field's average than clients do, its own
            uncertainty included; and adjusted for looking at all drivers (Benjamini & Hochberg).
        n, clients
            Respondents with a rating, and the other clients with a weight.
        """
        return self.standing.copy()

    def overall(self) -> pd.DataFrame:
        """Return where the outcome stands, one row.

        Columns: `outcome`, `mean`, `mean_low`, `mean_high`, `percentile`, `percentile_low`,
        `percentile_high` as in `tidy`; `n` respondents and `clients`, the others.
        """
        return self.standing_overall.copy()

    def field(self) -> pd.DataFrame:
        """Return the other clients, one row a client and driver, as `Benchmark.tidy`."""
        return clients_table(self.others.clients, self.drivers, self.level)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: a row a driver, the lowest place first."""
        return place_table(
            self.tidy(), of_language(self.labels, language), level=self.level, language=language
        )

    def summary(self, language: str = "en") -> str:
        """Return where the client stands in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return where the client stands as a list of plain sentences."""
        return place_sentences(
            self.tidy(),
            self.overall(),
            of_language(self.labels, language),
            itself=self.itself,
            level=self.level,
            language=language,
        )

    def plot(self, ax: Axes | None = None, *, measure: str = "mean", language: str = "en") -> Axes:
        """Draw the client among the others: a row a driver.

        Parameters
        ----------
        ax
            Where to draw; without it a new figure that a notebook shows.
        measure
            ``mean``: performance, on the strip of the others. ``weight``: the weight by itself and
            in the light of the others, on the range in which that of one more client would lie.
        language
            Of words and numbers.

        Raises
        ------
        CxError
            For another measure.
        """
        from cxdrivers.charts.benchmark import draw_benchmark  # noqa: PLC0415  (needs matplotlib)

        labels = of_language(self.labels, language)
        return draw_benchmark(
            self.tidy(), self.field(), labels, measure=measure, ax=ax, language=language
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.summary()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.summary())}</p>"
