"""Hold the drivers of several groups beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxdrivers.answers.groups.group_contrasts import IntArray
from cxdrivers.answers.groups.group_estimates import MEASURES, WEIGHT
from cxdrivers.answers.groups.group_measures import GroupMeasure
from cxdrivers.answers.groups.group_troubles import Trouble
from cxdrivers.answers.groups.groups_shown import shown_contrasts, shown_groups, shown_spread
from cxdrivers.answers.groups.groups_tables import (
    change_table,
    group_table,
    rest_table,
    spread_table,
)
from cxdrivers.answers.groups.groups_words import (
    Telling,
    change_sentences,
    each_pair_once,
    rest_sentences,
    shrunk_sentence,
    size_sentence,
    spread_sentences,
)
from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError, nearest
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.wording import of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 20
"""So many groups a notebook shows; the table has all."""


@dataclass(frozen=True, eq=False)
class GroupComparison:
    """Weights, own effects and ratings of every driver in every group, and how much they differ.

    Attributes
    ----------
    moments
        Of the K groups that are shown, and after them of all smaller ones together when those
        reach the minimum.
    compared
        K.
    measures
        ``weight`` (parts of R²), ``effect`` (outcome units per scale point) and ``mean`` (the
        rating): each in every group, with what groups have in common.
    r_squared
        Shape as the groups: what the drivers explain, NaN where that may well be nothing.
    settings
        How the weights were made.
    labels
        What the drivers are called, by language and key.
    troubles
        What a reader must know: `remarks` says it.
    in_time
        Whether the groups are waves.
    outer, blocks
        The column of the groups that these lie in and for each the number of its own, or None.
    inner
        The groups within these groups, when two columns were given and they can be compared.
    """

    moments: GroupedMoments
    compared: int
    measures: dict[str, GroupMeasure]
    r_squared: FloatArray
    settings: Settings
    labels: dict[str, dict[str, str]]
    troubles: tuple[Trouble, ...]
    in_time: bool = False
    outer: str | None = None
    blocks: IntArray | None = None
    inner: GroupComparison | None = None

    @property
    def by(self) -> str:
        """The column that the groups come from."""
        return self.moments.by

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups that are compared, in their order."""
        return self.moments.labels[: self.compared]

    @property
    def others(self) -> str | None:
        """What the smaller groups together are called in the tidy tables, if they are shown."""
        return self.moments.labels[-1] if len(self.moments.labels) > self.compared else None

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers."""
        return self.moments.drivers

    @property
    def n(self) -> int:
        """Respondents in the groups that are shown."""
        return int(self.moments.n.sum())

    def tidy(self) -> pd.DataFrame:
        """Return one row a group and driver.

        Columns
        -------
        group, driver
            Names of the group and key of the driver.
        estimate, std_error, conf_low, conf_high
            The driver's part of R² in the group by itself, noise taken out when asked: it and the
            ends of its interval may then be below zero, as in `driver_weights`. The standard error
            is what is typical of a group of that size.
        share
            The same as a proportion of what all drivers explain there; NaN when that may well be
            nothing.
        shrunk, shrunk_low, shrunk_high
            The part of R² in the light of the other groups: read it when groups are set beside
            each other. NaN for the smaller groups together, which are not one group.
        effect, effect_low, effect_high, effect_shrunk, effect_shrunk_low, effect_shrunk_high
            The same of its own effect: outcome units per scale point, the other drivers held.
        mean, mean_low, mean_high, mean_shrunk, mean_shrunk_low, mean_shrunk_high
            The same of its mean rating.
        n
            Respondents with a rating; fewer than ten have no numbers.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            share = self.measures[WEIGHT].estimate / self.r_squared[:, np.newaxis]
        return group_table(self.moments, self.measures, share, self.settings.level)

    def spread(self) -> pd.DataFrame:
        """Return one row a measure and driver: what groups have in common, and how they differ.

        Columns
        -------
        measure, driver
            ``weight``, ``effect`` or ``mean``, and key of the driver.
        estimate, conf_low, conf_high
            The mean of the groups; within outer groups the mean of theirs, without an interval.
        tau, tau_low, tau_high
            Standard deviation of what is true of the groups, in the units of the estimate.
        i_squared
            How much of what the estimates differ is not chance.
        prediction_low, prediction_high
            Where the number of a group that was not asked would lie; of a weight not below 0,
            since no true weight is (but those of Pratt).
        statistic, df, p_value, p_adjusted
            Cochran's Q, and the test that there are no differences, adjusted for the drivers
            (Benjamini & Hochberg).
        differs
            Whether the adjusted p-value is below one minus the level.
        n
            Groups.
        """
        return self._spread.copy()

    def against_rest(self) -> pd.DataFrame:
        """Return one row a measure, group and driver: the group less the mean of the others.

        Columns: `group`, `driver`, `measure`, `estimate`, `std_error`, `conf_low`, `conf_high`,
        `p_value`, `p_adjusted` (for all groups and drivers of the measure), `stands_out` and `n`
        (respondents of the group with a rating). Groups within others are held against those of
        their own outer group.
        """
        return self._rest.copy()

    def changes(self) -> pd.DataFrame:
        """Return one row a measure, group and driver: the group less the one before it.

        For waves. Columns: `before`, `group`, `driver`, `measure`, `estimate`, `std_error`,
        `conf_low`, `conf_high`, `p_value`, `p_adjusted` (for all drivers and waves of the
        measure), `changed` and `n` (respondents of the group with a rating).
        """
        return self._changes.copy()

    def table(self, language: str = "en", *, measure: str = WEIGHT) -> pd.DataFrame:
        """Return one row a group and a column a driver, drawn to the whole, the mean in front.

        Parameters
        ----------
        language
            Of the headings and numbers.
        measure
            ``weight``, ``effect`` or ``mean``.
        """
        _check_measure(measure)
        sizes = dict(zip(self.moments.labels, self.moments.n.tolist(), strict=True))
        return shown_groups(
            self.tidy(),
            self._spread,
            sizes,
            measure=measure,
            compared=self.groups,
            telling=self.telling(language),
        )

    def spread_table(self, language: str = "en", *, measure: str = WEIGHT) -> pd.DataFrame:
        """Return one row a driver: how far groups are apart in it, and whether that is shown."""
        _check_measure(measure)
        return shown_spread(self._spread, measure=measure, telling=self.telling(language))

    def rest_table(self, language: str = "en") -> pd.DataFrame:
        """Return the groups that stand out from the others as a reader wants them.

        Weights come first, then own effects, then ratings, each from the clearest on. Of two groups
        each is held against the other, so there stands the one with more.
        """
        rows = each_pair_once(self._rest)
        rows = rows[rows["stands_out"].to_numpy(bool)]
        places = [MEASURES.index(measure) for measure in rows["measure"]]
        ordered = rows.iloc[np.lexsort(np.array([rows["p_value"], places], dtype=np.float64))]
        return shown_contrasts(ordered, clear="stands_out", telling=self.telling(language))

    def changes_table(self, language: str = "en") -> pd.DataFrame:
        """Return every change from one wave to the next as a reader wants it."""
        return shown_contrasts(self._changes, clear="changed", telling=self.telling(language))

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences."""
        telling = self.telling(language)
        return [*self._sentences(telling), telling.say("association")]

    def headline(self, language: str = "en") -> str:
        """Return the first finding in one sentence: of waves what changed, else what differs."""
        telling = self.telling(language)
        if self.in_time:
            return next(change_sentences(self.changes(), telling))
        return next(spread_sentences(self.spread(), telling))

    def remarks(self, language: str = "en") -> list[str]:
        """Return what stood in the way: small groups, names spelled twice, questions not asked."""
        labels, names = self._labels(language), self.names(language)
        own = [trouble.say(labels, names) for trouble in self.troubles]
        return own if self.inner is None else [*own, *self.inner.remarks(language)]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: what the numbers are and how sure."""
        telling = self.telling(language)
        numbers = "adjusted" if self.settings.adjusted else "classic"
        whole = telling.say(
            "footer.whole",
            groups=self.compared,
            n=int(self.moments.n[: self.compared].sum()),
            numbers=say(f"weights.numbers.{numbers}", language),
        )
        return f"{whole} {telling.say('footer.errors', seed=str(self.settings.seed))}"

    def group_label(self, group: str, language: str = "en") -> str:
        """Return what a reader calls a group: by its label, or that it is the smaller together."""
        others = group == self.others
        return say("groups.others", language) if others else self.names(language).group(group)

    def names(self, language: str = "en") -> ReaderNames:
        """Return what the groups and their column are called in a language."""
        return ReaderNames(self.moments.codebook, self.by, language, self.outer)

    def plot(self, ax: Axes | None = None, *, measure: str = WEIGHT, language: str = "en") -> Axes:
        """Draw of every driver how far groups are apart, and where a further one would lie."""
        from cxdrivers.charts.spread import draw_spread  # noqa: PLC0415  (charts need matplotlib)

        _check_measure(measure)
        labels = self._labels(language)
        return draw_spread(
            self._spread, self.tidy(), labels, measure=measure, ax=ax, language=language
        )

    def telling(self, language: str = "en") -> Telling:
        """Return what sentences about these groups need beside their tables."""
        return Telling(
            self._labels(language),
            self.moments.outcome,
            self.settings.level,
            self.names(language),
            self.in_time,
        )

    def _sentences(self, telling: Telling) -> list[str]:
        """Return what the groups say, and then what the groups within them say."""
        differences = (
            change_sentences(self._changes, telling)
            if self.in_time
            else rest_sentences(self._rest, telling)
        )
        found = [
            size_sentence(self.moments.n[: self.compared].tolist(), telling),
            *spread_sentences(self._spread, telling),
            *differences,
            shrunk_sentence(telling),
        ]
        if self.inner is not None:
            found += self.inner._sentences(self.inner.telling(telling.language))
        return found

    @cached_property
    def _spread(self) -> pd.DataFrame:
        settings = self.settings
        return spread_table(
            self.measures, self.drivers, method=settings.method, level=settings.level
        )

    @cached_property
    def _rest(self) -> pd.DataFrame:
        return rest_table(
            self.moments,
            self.measures,
            compared=self.compared,
            blocks=self.blocks,
            level=self.settings.level,
        )

    @cached_property
    def _changes(self) -> pd.DataFrame:
        return change_table(
            self.moments,
            self.measures,
            compared=self.compared,
            blocks=self.blocks,
            level=self.settings.level,
        )

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(self.labels, language)

    def _shown(self) -> tuple[pd.DataFrame, str]:
        """Return the first rows of the table, and the lines below it."""
        table, below = self.table(), self.footer()
        if self.compared > MOST_ROWS:
            facts = {"shown": MOST_ROWS, "count": self.compared}
            below = f"{say('groups.footer.more_groups', **facts)} {below}"
        return table.head(MOST_ROWS + 1), " ".join([below, *self.remarks()])

    def __repr__(self) -> str:
        table, below = self._shown()
        return f"{table.to_string(index=False)}\n{below}"

    def _repr_html_(self) -> str:
        table, below = self._shown()
        return f"{table.to_html(index=False)}<p>{escape(below)}</p>"


def _check_measure(measure: str) -> None:
    if measure not in MEASURES:
        near = nearest(measure, MEASURES)
        raise FitError("measure_unknown", measure=measure, near=near, known=MEASURES)
