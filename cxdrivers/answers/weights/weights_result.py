"""Hold what each driver adds to satisfaction, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.differences import differences_table, letters_of
from cxdrivers.answers.weights.dominance import dominance_table
from cxdrivers.answers.weights.drawn import Drawn, DrawnParts
from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.linear_valuation import sampling_errors
from cxdrivers.answers.weights.probe import PROBES, probe_table
from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.answers.weights.weights_blanks import missing_sentence
from cxdrivers.answers.weights.weights_columns import of_total, rank_columns, remarks
from cxdrivers.answers.weights.weights_footer import footer_line, parts_remarks
from cxdrivers.answers.weights.weights_intervals import (
    by_replicate_weights,
    fitting_interval,
    interval_table,
    percentile_level,
)
from cxdrivers.answers.weights.weights_words import (
    finding_sentences,
    fit_sentence,
    reader_table,
)
from cxdrivers.errors import FitError
from cxdrivers.formatting import number
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.ranking import ranks
from cxdrivers.importance.recentring import recentred_replicates
from cxdrivers.models.own_effects import OwnEffects
from cxdrivers.models.satisfaction import SatisfactionModel
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import of_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class DriverWeights:
    """What each of p drivers adds to the outcome, with intervals.

    Attributes
    ----------
    moments
        The means and covariances behind everything.
    valuation
        How sets of drivers are valued: by R², or by a pseudo-R² of a likelihood.
    settings
        How the weights were made.
    estimate
        Shape ``(p,)``: each driver's part of R². They add up to `r_squared`.
    replicates
        Shape ``(B, p)``: the same in every resample; no rows without resamples.
    own
        Shape ``(p,)``: what R² loses without the driver (squared semipartial correlation).
    effects
        Each driver's own effect, in outcome units per scale point, with its interval.
    n_rated
        Shape ``(p,)``: respondents with a rating.
    regression
        The regression the own effects come from, or None when there were only moments.
    labels
        What the drivers are called, by language and key.
    parts
        The random parts that sums of rows came in, when there were no rows.
    """

    moments: Moments
    valuation: Valuation
    settings: Settings
    estimate: FloatArray
    replicates: FloatArray
    own: FloatArray
    effects: OwnEffects
    n_rated: NDArray[np.int64]
    regression: SatisfactionModel | None
    labels: dict[str, dict[str, str]]
    parts: DrawnParts | None = None

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers."""
        return self.moments.drivers

    @property
    def n(self) -> int:
        """Respondents that were used."""
        return self.moments.n

    @property
    def model(self) -> SatisfactionModel:
        """The regression the own effects come from.

        Raises
        ------
        FitError
            When the weights came from moments: a regression with robust errors needs rows.
        """
        if self.regression is None:
            raise FitError("needs_rows")
        return self.regression

    @property
    def drawn(self) -> Drawn | None:
        """What is drawn again: the rows, the random parts, or None where intervals need more."""
        if self.regression is not None:
            return self.regression.design
        return self.parts if self.parts is not None and self.parts.enough else None

    @property
    def r_squared(self) -> float:
        """What the drivers explain together, beside the controls; the weights add up to it.

        Weights of a method that does not add up (first, last, β²) do not.
        """
        if self.valuation.adds_up:
            return float(self.estimate.sum())
        return self.valuation.together(
            n=self.moments.n_effective, adjust=int(self.settings.adjusted)
        )

    @property
    def r_squared_interval(self) -> tuple[float, float]:
        """Interval of `r_squared`, NaN without resamples or when weights do not add up to it."""
        if not self.valuation.adds_up:
            return np.nan, np.nan
        total = np.array(self.estimate.sum())
        replicates = self.replicates.sum(axis=1)
        if self.settings.adjusted and not by_replicate_weights(self.settings, self.drawn):
            columns = sum(len(group) for group in self.moments.groups)
            replicates = recentred_replicates(replicates, total, columns)
        low, high = self._interval(total, replicates)
        return float(low), float(high)

    @cached_property
    def _shares(self) -> tuple[FloatArray, FloatArray]:
        """Shares of the sum, NaN when the sum may well be zero: then a share means nothing."""
        if self.r_squared <= 0 or self.r_squared_interval[0] <= 0:
            return np.full_like(self.estimate, np.nan), np.full_like(self.replicates, np.nan)
        return of_total(self.estimate), of_total(self.replicates)

    def numbers(self) -> dict[str, NDArray[Any]]:
        """Return the numbers of `tidy` by column, each of shape ``(p,)``."""
        share, share_replicates = self._shares
        drawn = not by_replicate_weights(self.settings, self.drawn)
        ranked = self.replicates if drawn else self.replicates[:0]
        low, high = self._interval(self.estimate, self.replicates)
        share_low, share_high = self._interval(share, share_replicates)
        return {
            "estimate": self.estimate,
            "share": share,
            "conf_low": low,
            "conf_high": high,
            "share_low": share_low,
            "share_high": share_high,
            "rank": ranks(self.estimate),
            **rank_columns(ranked, len(self.drivers), self._level),
            "effect": self.effects.effect,
            "effect_low": self.effects.low,
            "effect_high": self.effects.high,
            "own": self.own,
            "own_p_value": self.effects.own_p_value,
            "n": self.n_rated,
        }

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver, in the order of the codebook.

        Columns
        -------
        driver
            Its key.
        estimate, conf_low, conf_high
            Its part of R². A weight around 0 may come out slightly negative when adjusted.
        share, share_low, share_high
            The same as a proportion of what all drivers explain. NaN when the interval of that
            reaches zero: a part of nothing cannot be told.
        rank, rank_low, rank_high, p_first, p_top_two
            Its place, and in which part of the resamples it came first or among the first two.
        effect, effect_low, effect_high
            Its own effect: outcome units per scale point with the other drivers held.
        own, own_p_value
            What R² loses without it, and the test that it has no effect of its own.
        n
            Respondents with a rating.
        remark
            ``passenger`` (weight, but no own effect shown), ``not_shown`` (no weight shown),
            ``negative`` (a negative own effect), ``constant``, or nothing.
        """
        table = pd.DataFrame({"driver": self.drivers, **self.numbers()})
        table["remark"] = remarks(table, self.moments.groups, self.settings.level)
        return table

    def intervals(self, kind: str = "percentile") -> pd.DataFrame:
        """Return the interval of every weight by another kind: `conf_low` and `conf_high`.

        Parameters
        ----------
        kind
            ``"percentile"``, or for classic weights (``adjusted=False``) also ``"basic"``,
            ``"normal"`` and ``"bca"`` (acceleration from a jackknife, so that it works with fewer
            resamples than respondents). For other programs' numbers; see docs/methods.md.

        Raises
        ------
        FitError
            For an unknown kind, one that is not of these weights, or without rows or enough
            random parts.
        """
        both = (self.estimate, self.replicates)
        drawn = self.model.design if self.drawn is None else self.drawn
        return interval_table(kind, self.valuation, drawn, self.settings, both)

    def resampled(
        self, scheme: str, *, n_boot: int | None = None, seed: int | None = None
    ) -> DriverWeights:
        """Return the same weights with intervals from another scheme of resampling.

        Parameters
        ----------
        scheme
            ``"respondents"``, ``"clusters"``, ``"residuals"`` (for drivers that were set and not
            drawn, as in an experiment) or ``"replicate_weights"``.
        n_boot, seed
            As in `driver_weights`; by default those of these weights.

        Raises
        ------
        FitError
            When the survey has not what the scheme needs, or without rows.
        """
        design, old = self.model.design, self.settings
        settings = replace(
            old,
            scheme=scheme_of(design, scheme),
            n_boot=old.n_boot if n_boot is None else n_boot,
            seed=old.seed if seed is None else seed,
        )
        settings.check()
        estimate, replicates = estimate_and_replicates(
            design, self.moments, self.valuation, settings
        )
        return replace(self, settings=settings, estimate=estimate, replicates=replicates)

    def differences(self) -> pd.DataFrame:
        """Return every pair of drivers, the larger first, with the difference and its interval.

        Columns: `driver`, `other`, `estimate`, `conf_low`, `conf_high` and `p_larger` (part of
        the resamples in which the first weighs more). Each interval is of its own pair.
        """
        return differences_table(self.drivers, self.estimate, self.replicates, self._level)

    def letters(self) -> pd.Series:
        """Return letters by driver: two that share one cannot be told apart."""
        marks = letters_of(self.estimate, self.replicates, self._level)
        return pd.Series(marks, index=list(self.drivers), name="letters")

    def dominance(self) -> pd.DataFrame:
        """Return every ordered pair of drivers, and how firmly the first dominates the second.

        Columns: `driver`, `other`, `complete` (part of the subsets of other drivers beside which
        the first adds more), `conditional` and `general` (whether it adds more at every size, and
        on average), and with rows `complete_again`, `conditional_again`, `general_again`: the
        part of the resamples in which each form of dominance holds (Azen & Budescu 2003).
        """
        return dominance_table(self.drivers, self.valuation, self.drawn, self.settings)

    def probe(self, n_probes: int = PROBES) -> pd.DataFrame:
        """Hold every driver against random columns: a second opinion on "nothing there".

        Columns: `driver`, `estimate`, `probe` (what one probe in twenty passes, at level 0.95)
        and `p_probe` (part of the probes that weigh at least as much). Needs the rows;
        where blanks were filled in, it is the mean over the fillings.
        """
        settings = self.settings
        if settings.kind != LINEAR:
            raise FitError("probe_of_line")
        tables = [
            probe_table(design, n_probes=n_probes, level=settings.level, seed=settings.seed)
            for design in self.model.imputed or (self.model.design,)
        ]
        return pd.concat(tables).groupby("driver", sort=False).mean().reset_index()

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: ranked, labelled, rounded."""
        return reader_table(
            self.tidy(), of_language(self.labels, language), self.settings, language
        )

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = of_language(self.labels, language)
        fit = fit_sentence(
            labels[self.moments.outcome],
            self.r_squared,
            self.settings,
            language,
            index=self.valuation.index,
            n=self.n,
        )
        level = self.settings.level
        return [fit, *finding_sentences(self.tidy(), labels, level, language)]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: fit, resamples, seed."""
        fit = (self.r_squared, *self.r_squared_interval)
        made = replace(self.settings, n_boot=len(self.replicates))
        method, adjusted = self.settings.method, self.settings.adjusted
        errors = sampling_errors(self.moments, method, adjusted=adjusted)
        index = self.valuation.index
        said = [footer_line(fit, self.drawn, made, language, index=index, n=self.n)]
        if errors is not None:
            shown = number(float(errors.max()), language, digits=5)
            said.append(say("weights.sampled", language, error=shown))
        if self.parts is not None:
            said += parts_remarks(self.parts, asked=self.settings.n_boot > 0, language=language)
        if self.regression is not None and self.settings.missing is not None:
            base = self.regression.design.base
            estimated = missing_sentence(base, self.settings.missing, language)
            said += [estimated] if estimated else []
        return ", ".join(said)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the weights with their intervals, largest on top."""
        from cxdrivers.charts.weights import draw_weights  # noqa: PLC0415  (charts need matplotlib)

        return draw_weights(
            self.tidy(),
            of_language(self.labels, language),
            ax=ax,
            level=self.settings.level,
            language=language,
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"

    @property
    def _level(self) -> float:
        return percentile_level(self.settings, self.drawn)

    def _interval(
        self, estimate: FloatArray, replicates: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        return fitting_interval(estimate, replicates, self.settings, self.drawn)
