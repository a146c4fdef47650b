"""Give each driver one own effect, whether the rows are here or only their moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.linear_shares import own_shares
from cxdrivers.models.diagnostics import tied_columns
from cxdrivers.models.logistic import LogisticFit
from cxdrivers.models.satisfaction import SatisfactionModel
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.moments import Moments


@dataclass(frozen=True, eq=False)
class OwnEffects:
    """What one scale point of a driver goes with when the others stay as they are.

    Attributes
    ----------
    effect, low, high
        Shape ``(p,)``: coefficient of the rating, or for a logistic model its average marginal
        effect on the chance of reaching the threshold, and its interval; NaN when it never varies.
    own_p_value
        Shape ``(p,)``: test that the driver has no effect of its own.
    """

    effect: FloatArray
    low: FloatArray
    high: FloatArray
    own_p_value: FloatArray


def effects_of_model(model: SatisfactionModel) -> OwnEffects:
    """Return the effects of a fitted regression, with its own standard errors."""
    terms, design = model.fit.terms, model.design
    shown = (terms.estimate, terms.conf_low, terms.conf_high)
    if isinstance(model.fit, LogisticFit):
        effects = model.fit.effects
        shown = (effects.effect, effects.low, effects.high)
    effect, low, high = (_of_ratings(values, design.groups, design.terms) for values in shown)
    return OwnEffects(effect, low, high, terms.own_p_value)


def effects_of_moments(moments: Moments, level: float) -> OwnEffects:
    """Return the effects that moments imply, with the classical standard errors and F tests.

    Those take the spread around the line to be the same everywhere; robust errors need rows.
    """
    inner, cross = moments.covariance[:-1, :-1], moments.covariance[:-1, -1]
    inverse = np.linalg.pinv(inner, hermitian=True)
    effect = np.where(tied_columns(inner), np.nan, inverse @ cross)
    explained = float(cross @ inverse @ cross) / moments.covariance[-1, -1]
    unexplained = max(1 - explained, 0.0)
    freedom = moments.n_effective - len(inner) - 1
    std_error = np.sqrt(np.diag(inverse) * unexplained * moments.covariance[-1, -1] / freedom)
    reach = stats.t.ppf((1 + level) / 2, freedom) * std_error
    own = own_shares(moments.covariance, moments.groups, always=moments.always)
    sizes = np.array([len(group) for group in moments.groups])
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = own / sizes / (unexplained / freedom)
    return OwnEffects(
        _of_ratings(effect, moments.groups, moments.terms),
        _of_ratings(effect - reach, moments.groups, moments.terms),
        _of_ratings(effect + reach, moments.groups, moments.terms),
        stats.f.sf(statistic, np.maximum(sizes, 1), freedom),
    )


def _of_ratings(values: FloatArray, groups: Groups, terms: tuple[str, ...]) -> FloatArray:
    """Return for each driver the value of its rating, NaN when that has no column."""
    rated = [[values[column] for column in group if terms[column] == RATING] for group in groups]
    return np.array([found[0] if found else np.nan for found in rated])
