"""Say how much each driver adds to satisfaction, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.estimation import estimate_and_replicates
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights_words import (
    finding_sentences,
    fit_sentence,
    plain_footer,
    reader_table,
    resampled_footer,
)
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares, own_shares
from cxdrivers.importance.ranking import chance_of_rank, rank_interval, ranks
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns
from cxdrivers.models.own_effects import OwnEffects, effects_of_model, effects_of_moments
from cxdrivers.models.satisfaction import SatisfactionModel, model_of
from cxdrivers.moments.design import design_of
from cxdrivers.moments.intervals import percentile_interval
from cxdrivers.moments.moments import Moments, moments_of
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import LANGUAGES, of_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class DriverWeights:
    """What each of p drivers adds to the outcome, with intervals.

    Attributes
    ----------
    moments
        The means and covariances behind everything.
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
    """

    moments: Moments
    settings: Settings
    estimate: FloatArray
    replicates: FloatArray
    own: FloatArray
    effects: OwnEffects
    n_rated: NDArray[np.int64]
    regression: SatisfactionModel | None
    labels: dict[str, dict[str, str]]

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
    def r_squared(self) -> float:
        """What the drivers explain together; the weights add up to it."""
        return float(self.estimate.sum())

    @property
    def r_squared_interval(self) -> tuple[float, float]:
        """Interval of `r_squared`, NaN without resamples."""
        low, high = percentile_interval(self.replicates.sum(axis=1), self.settings.level)
        return float(low), float(high)

    @cached_property
    def _shares(self) -> tuple[FloatArray, FloatArray]:
        return _of_total(self.estimate), _of_total(self.replicates)

    def tidy(self) -> pd.DataFrame:
        """Return one row a driver, in the order of the codebook.

        Columns
        -------
        driver
            Its key.
        estimate, conf_low, conf_high
            Its part of R². A weight around 0 may come out slightly negative when adjusted.
        share, share_low, share_high
            The same as a proportion of what all drivers explain.
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
        level = self.settings.level
        share, share_replicates = self._shares
        low, high = percentile_interval(self.replicates, level)
        share_low, share_high = percentile_interval(share_replicates, level)
        table = pd.DataFrame(
            {
                "driver": self.drivers,
                "estimate": self.estimate,
                "share": share,
                "conf_low": low,
                "conf_high": high,
                "share_low": share_low,
                "share_high": share_high,
                "rank": ranks(self.estimate),
                **self._rank_columns(),
                "effect": self.effects.effect,
                "effect_low": self.effects.low,
                "effect_high": self.effects.high,
                "own": self.own,
                "own_p_value": self.effects.own_p_value,
                "n": self.n_rated,
            }
        )
        flat = [not group for group in self.moments.groups]
        table["remark"] = [
            "constant" if constant else _remark(row, level)
            for constant, row in zip(flat, table.itertuples(), strict=True)
        ]
        return table

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return the table as a reader wants it: ranked, labelled, rounded."""
        return reader_table(
            self.tidy(), of_language(self.labels, language), self.settings.level, language
        )

    def summary(self, language: str = "en") -> str:
        """Return the finding in a few plain sentences."""
        return " ".join(self.sentences(language))

    def sentences(self, language: str = "en") -> list[str]:
        """Return the finding as a list of plain sentences, the most important first."""
        labels = of_language(self.labels, language)
        fit = fit_sentence(labels[self.moments.outcome], self.r_squared, self.n, language)
        level = self.settings.level
        return [fit, *finding_sentences(self.tidy(), labels, level, language)]

    def footer(self, language: str = "en") -> str:
        """Return the line under the table: fit, resamples, seed."""
        fit = (self.r_squared, *self.r_squared_interval)
        if self.regression is None or not len(self.replicates):
            return plain_footer(self.r_squared, self.n, language)
        units = "respondents" if self.model.design.cluster is None else "clusters"
        return resampled_footer(fit, self.settings, units, language)

    def plot(self, ax: Axes | None = None, *, language: str = "en") -> Axes:
        """Draw the weights with their intervals, largest on top."""
        from cxdrivers.charts.weights import draw_weights  # noqa: PLC0415  (charts need matplotlib)

        return draw_weights(
            self.tidy(), of_language(self.labels, language), ax=ax, language=language
        )

    def __repr__(self) -> str:
        return f"{self.table().to_string(index=False)}\n{self.footer()}"

    def _repr_html_(self) -> str:
        return f"{self.table().to_html(index=False)}<p>{escape(self.footer())}</p>"

    def _rank_columns(self) -> dict[str, FloatArray | NDArray[np.int64]]:
        names = ("rank_low", "rank_high", "p_first", "p_top_two")
        if not len(self.replicates):
            return dict.fromkeys(names, np.full(len(self.drivers), np.nan))
        low, high = rank_interval(self.replicates, self.settings.level)
        first, top_two = (chance_of_rank(self.replicates, worst) for worst in (1, 2))
        return dict(zip(names, (low, high, first, top_two), strict=True))


def driver_weights(
    data: Survey | Moments,
    *,
    method: str = "lmg",
    kind: str = "linear",
    adjusted: bool = True,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> DriverWeights:
    """Estimate how much each driver adds to the outcome.

    Use it for how much a driver counts, alone and together with the others. A weight is a sum of
    squares and has no direction: the own effect in the same row has. Neither shows causes.

    Parameters
    ----------
    data
        A survey, or moments when the rows are elsewhere (then without resampled intervals).
    method
        ``"lmg"``: Shapley shares of R² (Lindeman, Merenda & Gold 1980; Grömping 2006).
    kind
        ``"linear"``: least squares.
    adjusted
        Take out what noise alone would explain, and twice in every resample, so that the weights
        are nearly unbiased and the intervals cover, also for a driver that does nothing. False
        gives the classic numbers of relaimpo and SPSS RELIMP.
    n_boot
        Resamples of respondents, or of whole clusters when the codebook names a cluster; 0 for
        none.
    level
        Of the intervals (percentiles of the resamples).
    seed
        The same seed gives the same numbers.

    Returns
    -------
    DriverWeights

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        For settings that cannot be, too few rows, too many drivers, or drivers that are tied
        together exactly.

    Notes
    -----
    With weights the adjustment uses Kish's effective number of respondents. With clusters that is
    too small a correction: there the noise is measured from the resamples, as the difference
    between their mean and the sample's own shares. So with clusters the weights themselves depend
    a little on `seed`, and without resamples only the formula is left.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> weights = cx.driver_weights(cx.load_example(), seed=7)
    >>> weights.tidy().sort_values("rank")["driver"].head(2).tolist()
    ['reliability', 'empathy']
    """
    settings = Settings(method, kind, adjusted, n_boot, level, seed)
    settings.check()
    if isinstance(data, Moments):
        return _weights_of_moments(data, replace(settings, n_boot=0))
    return _weights_of_survey(data, settings)


def _weights_of_moments(moments: Moments, settings: Settings) -> DriverWeights:
    tied = tied_columns(moments.covariance[:-1, :-1])
    refuse_collinear(tied, moments.terms, moments.groups, moments.drivers)
    keys = (*moments.drivers, moments.outcome)
    return DriverWeights(
        moments=moments,
        settings=settings,
        estimate=linear_shares(
            moments.covariance,
            moments.groups,
            n=moments.n_effective,
            adjust=int(settings.adjusted),
        ),
        replicates=np.empty((0, len(moments.drivers))),
        own=own_shares(moments.covariance, moments.groups),
        effects=effects_of_moments(moments, settings.level),
        n_rated=np.full(len(moments.drivers), moments.n),
        regression=None,
        labels={code: {key: driver_label(key, code) for key in keys} for code in LANGUAGES},
    )


def _weights_of_survey(survey: Survey, settings: Settings) -> DriverWeights:
    design = design_of(survey)
    moments = moments_of(design, survey.codebook.outcome.key)
    model = model_of(design, survey, level=settings.level)
    estimate, replicates = estimate_and_replicates(design, moments, settings)
    return DriverWeights(
        moments=moments,
        settings=settings,
        estimate=estimate,
        replicates=replicates,
        own=own_shares(moments.covariance, moments.groups),
        effects=effects_of_model(model),
        n_rated=design.n_rated,
        regression=model,
        labels=model.labels,
    )


def _of_total(shares: FloatArray) -> FloatArray:
    """Return shares as proportions of their sum, NaN where nothing is explained."""
    total = shares.sum(axis=-1, keepdims=True)
    proportions: FloatArray = np.divide(
        shares, total, out=np.full_like(shares, np.nan), where=total > 0
    )
    return proportions


def _remark(row: Any, level: float) -> str:
    if row.effect_high < 0:
        return "negative"
    if row.conf_low <= 0:
        return "not_shown"
    if row.own_p_value > 1 - level and not row.effect_low > 0:
        return "passenger"
    return ""
