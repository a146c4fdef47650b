"""Pool fits to data whose blanks were filled in several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import stats

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.models.linear import LinearFit
from cxdrivers.models.logistic import LogisticFit
from cxdrivers.models.marginal_effects import Effects
from cxdrivers.models.terms import TermEstimates

MOST_DEGREES = 1e9


def pooled_linear(fits: Sequence[LinearFit], groups: Groups, level: float) -> LinearFit:
    """Return one least-squares fit of several: terms by `pooled_terms`, the rest averaged."""
    freedom = [fit.freedom for fit in fits]
    return replace(
        fits[0],
        terms=pooled_terms(
            [fit.terms for fit in fits], groups, level=level, freedom=float(np.mean(freedom))
        ),
        vif=np.mean([fit.vif for fit in fits], axis=0),
        r_squared=float(np.mean([fit.r_squared for fit in fits])),
        r_squared_adjusted=float(np.mean([fit.r_squared_adjusted for fit in fits])),
    )


def pooled_logistic(fits: Sequence[LogisticFit], groups: Groups, level: float) -> LogisticFit:
    """Return one logistic fit of several: terms and effects pooled, the rest averaged."""
    freedom = fits[0].freedom
    reach = stats.t.ppf((1 + level) / 2, freedom)
    effects = np.stack([fit.effects.effect for fit in fits])
    errors = np.stack([(fit.effects.high - fit.effects.low) / 2 / reach for fit in fits])
    middle, spread, degrees = pooled(effects, errors, freedom)
    wide = stats.t.ppf((1 + level) / 2, degrees) * spread
    log_odds = replace(
        fits[0].log_odds,
        thresholds=np.mean([fit.log_odds.thresholds for fit in fits], axis=0),
        slopes=np.mean([fit.log_odds.slopes for fit in fits], axis=0),
        covariance=_total([fit.log_odds.covariance for fit in fits], fits),
        log_likelihood=float(np.mean([fit.log_odds.log_likelihood for fit in fits])),
    )
    return replace(
        fits[0],
        terms=pooled_terms([fit.terms for fit in fits], groups, level=level, freedom=freedom),
        effects=Effects(middle, middle - wide, middle + wide),
        vif=np.mean([fit.vif for fit in fits], axis=0),
        log_odds=log_odds,
        firth=next((fit.firth for fit in fits if fit.firth is not None), None),
    )


def pooled_terms(
    terms: Sequence[TermEstimates], groups: Groups, *, level: float, freedom: float
) -> TermEstimates:
    """Return the terms of m fits as one, by Rubin's rules (1987, *Multiple Imputation*, chapter 3).

    Parameters
    ----------
    terms
        Of each fit.
    groups
        The columns of each driver.
    level
        Of the intervals.
    freedom
        Degrees of freedom of one fit; infinite for normal intervals.
    """
    estimates = np.stack([found.estimate for found in terms])
    errors = np.stack([found.std_error for found in terms])
    estimate, std_error, degrees = pooled(estimates, errors, freedom)
    statistic = estimate / std_error
    reach = stats.t.ppf((1 + level) / 2, degrees) * std_error
    sizes = np.array([max(len(group), 1) for group in groups])
    own = _pooled_p_values(np.stack([found.own_p_value for found in terms]), sizes)
    p_value = np.asarray(2 * stats.t.sf(np.abs(statistic), degrees), np.float64)
    for place, group in enumerate(groups):
        if len(group) == 1:
            own[place] = p_value[group[0]]
    return TermEstimates(
        estimate=estimate,
        std_error=std_error,
        statistic=statistic,
        p_value=p_value,
        conf_low=estimate - reach,
        conf_high=estimate + reach,
        own_p_value=own,
    )


def pooled(
    estimates: FloatArray, std_errors: FloatArray, freedom: float = np.inf
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return estimates of m completed data sets as one, by Rubin's rules.

    Parameters
    ----------
    estimates, std_errors
        Shape ``(m, ...)``.
    freedom
        Degrees of freedom with complete data.

    Returns
    -------
    estimate, std_error, freedom
        Shape ``(...)``. The degrees of freedom are those of Barnard & Rubin (1999, *Biometrika*
        86, 948–955).

    Examples
    --------
    >>> estimate, error, freedom = pooled(np.array([[1.0], [2.0], [3.0]]), np.ones((3, 1)))
    >>> float(estimate[0]), round(float(error[0]), 3), round(float(freedom[0]), 2)
    (2.0, 1.528, 6.12)
    """
    m = len(estimates)
    within = (std_errors**2).mean(axis=0)
    between = estimates.var(axis=0, ddof=1) * (1 + 1 / m)
    total = within + between
    part = np.divide(between, total, out=np.zeros_like(total), where=total > 0)
    with np.errstate(divide="ignore"):
        by_between = (m - 1) / part**2
    if np.isinf(freedom):
        degrees = by_between
    else:
        seen = (freedom + 1) / (freedom + 3) * freedom * (1 - part)
        degrees = 1 / (1 / by_between + 1 / seen)
    return estimates.mean(axis=0), np.sqrt(total), degrees


def _pooled_p_values(p_values: FloatArray, sizes: FloatArray) -> FloatArray:
    """Return joint tests of m data sets as one, from their p-values.

    The statistic D2 of Li, Meng, Raghunathan & Rubin (1991, *Statistica Sinica* 1, 65–92), for
    drivers of several columns: it needs no covariances.
    """
    m = len(p_values)
    least = np.maximum(p_values, np.finfo(float).tiny)
    squares = np.asarray(stats.chi2.isf(least, sizes), np.float64)
    spread = (1 + 1 / m) * np.sqrt(squares).var(axis=0, ddof=1)
    statistic = (squares.mean(axis=0) / sizes - (m + 1) / (m - 1) * spread) / (1 + spread)
    with np.errstate(divide="ignore"):
        degrees = sizes ** (-3 / m) * (m - 1) * (1 + 1 / spread) ** 2
    degrees = np.minimum(degrees, MOST_DEGREES)
    return np.asarray(stats.f.sf(np.maximum(statistic, 0.0), sizes, degrees), np.float64)


def _total(covariances: Sequence[FloatArray], fits: Sequence[LogisticFit]) -> FloatArray:
    """Return the covariance of pooled thresholds and slopes."""
    parameters = np.stack([np.append(fit.log_odds.thresholds, fit.log_odds.slopes) for fit in fits])
    between = np.cov(parameters, rowvar=False).reshape(covariances[0].shape)
    total: FloatArray = np.mean(covariances, axis=0) + (1 + 1 / len(fits)) * between
    return total
