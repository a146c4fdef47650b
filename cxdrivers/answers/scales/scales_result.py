"""Hold how reliable the drivers of a survey are, and which of them can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from cxdrivers.answers.scales.scale_estimates import Pair, Scale
from cxdrivers.answers.scales.scales_words import (
    pair_reader_table,
    pair_sentences,
    scale_reader_table,
    scale_sentences,
)
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights_intervals import fitting_interval
from cxdrivers.formatting import count, level_percent
from cxdrivers.moments.design import Design
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.survey.discrimination import told_apart
from cxdrivers.survey.one_factor import one_factor_loadings
from cxdrivers.survey.reliability import (
    composite_reliability,
    correlations_of,
    variance_extracted,
)
from cxdrivers.survey.scale_verdicts import verdict_of
from cxdrivers.wording import of_language, say

RELIABILITY = ("alpha", "omega")
PAIR_COLUMNS = [
    "driver", "other", "htmt", "conf_low", "conf_high", "shared", "ave", "apart", "n",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class ScaleAssessment:
    """How well the items of each driver hang together, and which drivers can be told apart.

    Attributes
    ----------
    scales
        The outcome and the drivers that are the mean of several items.
    held
        Every two of those drivers, held against each other.
    single
        Keys of the drivers that are not the mean of several items: of one answer nobody can tell
        how reliable it is.
    design
        The rows, and how they were sampled.
    settings
        Resamples, level and seed.
    labels
        What the drivers are called, by language and key.
    """

    scales: tuple[Scale, ...]
    held: tuple[Pair, ...]
    single: tuple[str, ...]
    design: Design
    settings: Settings
    labels: dict[str, dict[str, str]]

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver of several items, and the outcome first when it has them too.

        Columns
        -------
        driver, items
            Its key, and how many items it has.
        alpha, alpha_low, alpha_high
            Cronbach's alpha with its interval; of two items the Spearman–Brown coefficient.
        omega, omega_low, omega_high
            McDonald's omega of one factor with its interval.
        composite
            The same of standardised items: composite reliability.
        ave
            Average variance extracted: the factor's part of the items' variance.
        n
            Respondents who answered at least one of the items.
        remark
            ``stray_item``, ``low``, ``doubtful``, ``not_told`` or nothing: see `ScaleVerdict`.
        """
        rows = []
        for scale in self.scales:
            loadings = one_factor_loadings(correlations_of(scale.covariance))
            ends = self._interval(scale.reliability, scale.replicates)
            row = {"driver": scale.key, "items": len(scale.items)}
            for place, name in enumerate(RELIABILITY):
                row[name] = scale.reliability[place]
                row[f"{name}_low"], row[f"{name}_high"] = ends[0][place], ends[1][place]
            row["composite"] = float(composite_reliability(loadings))
            row["ave"] = float(variance_extracted(loadings))
            row["n"] = scale.n
            row["remark"] = verdict_of(scale.covariance).remark
            rows.append(row)
        return pd.DataFrame(rows)

    def items(self) -> pd.DataFrame:
        """Return one row an item.

        Columns
        -------
        driver, item
            The key of its driver, and its column in the survey.
        item_rest
            Its correlation with the sum of the driver's other items.
        alpha_without
            Alpha of those others; NaN where it is one.
        loading
            Its correlation with what the items have in common (one factor).
        """
        rows = []
        for scale in self.scales:
            verdict = verdict_of(scale.covariance)
            loadings = one_factor_loadings(correlations_of(scale.covariance))
            figures = zip(scale.items, verdict.item_rest, verdict.without, loadings, strict=True)
            for item, item_rest, without, loading in figures:
                rows.append(
                    {
                        "driver": scale.key,
                        "item": item,
                        "item_rest": item_rest,
                        "alpha_without": without,
                        "loading": loading,
                    }
                )
        return pd.DataFrame(rows)

    def pairs(self) -> pd.DataFrame:
        """Return one row for every two drivers of several items.

        Columns
        -------
        driver, other
            Their keys.
        htmt, conf_low, conf_high
            The heterotrait–monotrait ratio with its interval: what the two would correlate
            without the noise of their items (Henseler, Ringle & Sarstedt 2015).
        shared
            The variance that the two have in common without that noise.
        ave
            The smaller of their average variances extracted. Fornell & Larcker (1981) want it
            above `shared`; that rule often misses drivers that cannot be told apart.
        apart
            ``no`` (HTMT is 0.9 or more), ``unclear`` (its interval reaches 0.9), ``yes``, or
            nothing where there is no HTMT.
        n
            Respondents who answered items of both.
        """
        extracted = {
            scale.key: float(
                variance_extracted(one_factor_loadings(correlations_of(scale.covariance)))
            )
            for scale in self.scales
        }
        rows = []
        for pair in self.held:
            htmt = float(pair.htmt[0])
            low, high = (float(end[0]) for end in self._interval(pair.htmt, pair.replicates))
            ave = float(np.minimum(extracted[pair.driver], extracted[pair.other]))
            apart = told_apart(htmt, low, high)
            cells = (pair.driver, pair.other, htmt, low, high, pair.shared, ave, apart, pair.n)
            rows.append(dict(zip(PAIR_COLUMNS, cells, strict=True)))
        return pd.DataFrame(rows, columns=PAIR_COLUMNS)

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the reliability of every driver as a reader wants it."""
        return scale_reader_table(self.tidy(), self._labels(language), self._level, language)

    def pair_table(self, language: str = "en") -> pd.DataFrame:
        """Return every two drivers as a reader wants it, those most alike first."""
        return pair_reader_table(self.pairs(), self._labels(language), self._level, language)

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences."""
        labels = self._labels(language)
        found = scale_sentences(self.tidy(), self.items(), labels, language)
        found += pair_sentences(self.pairs(), labels, language)
        if self.single:
            names = [labels[driver] for driver in self.single]
            found.append(say("scales.single", language, drivers=names, count=len(names)))
        return found

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: respondents, blanks, resamples, seed."""
        drawn = max(len(scale.replicates) for scale in self.scales)
        facts = {"n": count(len(self.design.outcome), language)}
        if not drawn:
            return say("scales.footer_without_interval", language, **facts)
        return say(
            "scales.footer",
            language,
            **facts,
            level=level_percent(self.settings.level, language),
            resamples=count(drawn, language),
            units=say(f"weights.units.{scheme_of(self.design)}", language),
            seed=str(self.settings.seed),
        )

    @property
    def _level(self) -> float | None:
        """The level of the intervals, or None where there are none."""
        return self.settings.level if len(self.scales[0].replicates) else None

    def _labels(self, language: str) -> dict[str, str]:
        return of_language(self.labels, language)

    def _interval(
        self, estimate: np.ndarray, replicates: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        return fitting_interval(estimate, replicates, self.settings, self.design)

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"
