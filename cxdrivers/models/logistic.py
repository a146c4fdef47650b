"""Hold a logistic fit, of a top box or of grades, and what both kinds make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.models.diagnostics import Fittable, fitted_exactly, in_one_cluster
from cxdrivers.models.marginal_effects import Chance, Effects, average_effects, effect_intervals
from cxdrivers.models.terms import TermEstimates
from cxdrivers.models.wald import wald_terms
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.design import Design

FEW = 10
"""Fewer respondents a column than this on the rarer side of the threshold are few."""


@dataclass(frozen=True)
class FirthReason:
    """Why Firth's penalised likelihood was used.

    Attributes
    ----------
    separated
        Drivers and controls that set the top box apart; none when events are few.
    events
        Respondents on the rarer side of the threshold.
    columns
        Columns for which these must suffice.
    """

    separated: tuple[str, ...]
    events: int
    columns: int


@dataclass(frozen=True, eq=False)
class LogOdds:
    """Log odds of reaching each of T thresholds: xβ − a, for the m columns that are fitted.

    Attributes
    ----------
    thresholds, slopes
        a and β, shapes ``(T,)`` and ``(m,)``.
    covariance
        Shape ``(T + m, T + m)``, thresholds first.
    log_likelihood, null_log_likelihood
        Of this model, and of one without columns. Weights count 1 on average.
    """

    thresholds: FloatArray
    slopes: FloatArray
    covariance: FloatArray
    log_likelihood: float
    null_log_likelihood: float


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """A logistic fit: its terms in log odds and in chances, its fit, and how its errors were made.

    Attributes
    ----------
    terms
        One entry a column, in log odds.
    effects
        One entry a column: average marginal effects on the chance of reaching the threshold.
    vif
        One entry a driver.
    log_odds
        The coefficients of the columns that were fitted, with all thresholds.
    share
        Part of the respondents that reaches the threshold.
    errors
        ``model``, ``robust`` or ``cluster``.
    freedom
        Degrees of freedom of the t distribution of the intervals; infinite for the normal.
    firth
        Why the likelihood was penalised; None when it was not.
    """

    terms: TermEstimates
    effects: Effects
    vif: FloatArray
    log_odds: LogOdds
    share: float
    errors: str
    freedom: float
    firth: FirthReason | None = None

    @property
    def r_squared(self) -> float:
        """McFadden's: the part of the log-likelihood without columns that is made good."""
        return 1 - self.log_odds.log_likelihood / self.log_odds.null_log_likelihood

    @property
    def numbers(self) -> dict[str, FloatArray]:
        """What a tidy table says of each term, by column of the table."""
        named = {"odds_ratio": "estimate", "odds_low": "conf_low", "odds_high": "conf_high"}
        numbers = self.terms.numbers
        with np.errstate(over="ignore"):
            odds = {name: np.exp(numbers[log]) for name, log in named.items()}
        effects = self.effects
        return (
            numbers
            | odds
            | {
                "effect": effects.effect,
                "effect_low": effects.low,
                "effect_high": effects.high,
            }
        )

    def threshold_numbers(self, level: float) -> dict[str, FloatArray]:
        """Return what a tidy table says of each threshold, by column of the table."""
        estimate = self.log_odds.thresholds
        std_error = np.sqrt(np.diag(self.log_odds.covariance))[: len(estimate)]
        reach = stats.t.ppf((1 + level) / 2, self.freedom) * std_error
        return {
            "estimate": estimate,
            "std_error": std_error,
            "conf_low": estimate - reach,
            "conf_high": estimate + reach,
        }

    @property
    def profiled(self) -> bool:
        """Whether intervals are those of the penalised likelihood's profile."""
        return self.firth is not None and self.errors == "model"


def error_kind(design: Design) -> tuple[str, float]:
    """Return how standard errors are made, and the degrees of freedom of their t distribution."""
    if design.cluster is not None:
        return "cluster", float(len(np.unique(design.cluster)) - 1)
    return ("model" if design.weights is None else "robust"), np.inf


def named_groups(
    design: Design, fitted: NDArray[np.intp]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return every driver and control with the places of its columns among those fitted."""
    named = (*zip(design.drivers, design.groups, strict=True), *design.controls.items())
    return tuple((name, _places(group, fitted)) for name, group in named)


def told_groups(design: Design, fittable: Fittable) -> Groups:
    """Return for each driver the places, among those fitted, of its columns that are not tied."""
    free = fittable.fitted[~fittable.tied[fittable.fitted]]
    return [
        _places([column for column in group if column in free], fittable.fitted)
        for group in design.groups
    ]


def likeliest(design: Design, fittable: Fittable) -> LogOdds:
    """Return the coefficients of highest likelihood, with the standard errors the design asks for.

    Raises
    ------
    FitError
        When no top of the likelihood is reached.
    """
    columns = design.columns[:, fittable.fitted]
    fit = fit_cumulative(columns, design.outcome, design.weights)
    return LogOdds(
        thresholds=fit.thresholds,
        slopes=fit.slopes,
        covariance=fit.covariance(design.cluster, robust=design.weights is not None),
        log_likelihood=fit.log_likelihood,
        null_log_likelihood=fit.null_log_likelihood,
    )


def estimates_of(
    log_odds: LogOdds, design: Design, fittable: Fittable, *, level: float
) -> TermEstimates:
    """Return the terms of a fit with Wald's tests and intervals.

    A mark that is confined to one cluster, and with robust or clustered errors a column that rests
    on one row, gets no standard error: nothing in the data tells it.
    """
    errors, freedom = error_kind(design)
    count = len(log_odds.thresholds)
    untold = np.array([in_one_cluster(design, column) for column in fittable.fitted], dtype=bool)
    if errors != "model":
        rows = len(design.outcome)
        regressors = np.column_stack([np.ones(rows), design.columns[:, fittable.fitted]])
        untold |= fitted_exactly(regressors)[1]
    covariance = log_odds.covariance[count:, count:].copy()
    covariance[untold], covariance[:, untold] = np.nan, np.nan
    groups = told_groups(design, fittable)
    return wald_terms(log_odds.slopes, covariance, groups, level=level, freedom=freedom)


def laid_out(terms: TermEstimates, fittable: Fittable) -> TermEstimates:
    """Return the terms of the fitted columns as those of all k: NaN for what is tied."""
    by_column = {
        field.name: _of_all(getattr(terms, field.name), fittable)
        for field in fields(terms)
        if field.name != "own_p_value"
    }
    return TermEstimates(**by_column, own_p_value=terms.own_p_value)


def effects_at(
    log_odds: LogOdds, place: int, design: Design, fittable: Fittable, *, level: float
) -> Effects:
    """Return the average marginal effects on the chance of reaching one of the thresholds.

    Parameters
    ----------
    log_odds, design, fittable
        The fit, and what was fitted.
    place
        Of the threshold among the T of the fit.
    level
        Of the intervals.
    """
    columns = design.columns[:, fittable.fitted]
    masses = np.ones(len(columns)) if design.weights is None else design.weights
    chance = Chance(float(log_odds.thresholds[place]), log_odds.slopes, columns, masses)
    marks = np.array([design.terms[column] == NOT_APPLICABLE for column in fittable.fitted], bool)
    groups = [group for _, group in named_groups(design, fittable.fitted)]
    chosen = [place, *range(len(log_odds.thresholds), len(log_odds.covariance))]
    found = effect_intervals(
        *average_effects(chance, groups, marks),
        log_odds.covariance[np.ix_(chosen, chosen)],
        level=level,
        freedom=error_kind(design)[1],
    )
    return Effects(*(_of_all(values, fittable) for values in (found.effect, found.low, found.high)))


def _of_all(values: FloatArray, fittable: Fittable) -> FloatArray:
    every = np.full(len(fittable.tied), np.nan)
    every[fittable.fitted] = values
    return np.where(fittable.tied, np.nan, every)


def _places(group: Sequence[int], fitted: NDArray[np.intp]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(np.isin(fitted, group)).tolist())
