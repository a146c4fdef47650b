"""Give each driver one own effect, whether the rows are here or only their moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.linear_shares import own_shares
from cxdrivers.importance.many_coefficients import many_coefficients
from cxdrivers.models.diagnostics import tied_columns
from cxdrivers.models.logistic import LogisticFit
from cxdrivers.models.part_slopes import FEWEST_PARTS, slope_covariances
from cxdrivers.models.satisfaction import SatisfactionModel
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.moments import Moments


@dataclass(frozen=True, eq=False)
class OwnEffects:
    """What one scale point of a driver goes with when the others stay as they are.

    Attributes
    ----------
    effect, low, high
        Shape ``(p,)``, or ``(K, p)`` of groups: coefficient of the rating, or for a logistic model
        its average marginal effect on the chance of reaching the threshold, and its interval; NaN
        when it never varies.
    own_p_value
        The same shape: test that the driver has no effect of its own.
    """

    effect: FloatArray
    low: FloatArray
    high: FloatArray
    own_p_value: FloatArray

    def of(self, place: int) -> OwnEffects:
        """Return those of one group."""
        return OwnEffects(*(values[place] for values in vars(self).values()))


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
    found = _classical(
        moments.covariance[np.newaxis],
        np.array([moments.n_effective]),
        moments.groups,
        moments.terms,
        always=moments.always,
        level=level,
    )
    return found.of(0)


def effects_of_groups(grouped: GroupedMoments, level: float) -> OwnEffects:
    """Return the effects in every group, each with errors from leaving out its random parts.

    The errors ask nothing of the spread around the line (`slope_covariances`). That a driver of q
    columns has no effect is tested by Hotelling's T². A group in too few parts has the classical
    errors, as `effects_of_moments`, and none where its parts hold whole clusters: these would make
    it look too sure.

    Parameters
    ----------
    grouped
        Sums of K groups in parts. Where ratings are expected since they were blank, errors are
        raised by as much as all respondents are more than those who rated the driver.
    level
        Of the intervals.
    """
    groups, terms = grouped.groups, grouped.terms
    slopes = many_coefficients(grouped.covariance)
    covariances = slope_covariances(grouped)
    freedom = np.maximum(grouped.parts - 1, 1)[:, np.newaxis]
    effect = _of_ratings(slopes, groups, terms)
    error = np.sqrt(_of_ratings(np.einsum("kii->ki", covariances), groups, terms))
    expected = expected_factor(grouped)
    reach = special.stdtrit(freedom, (1 + level) / 2) * error * expected
    p_values = [
        _hotelling(slopes[:, group] / factor, covariances[:, group][:, :, group], freedom[:, 0])
        for group, factor in zip(map(list, groups), expected.T[:, :, np.newaxis], strict=True)
    ]
    found = OwnEffects(effect, effect - reach, effect + reach, np.column_stack(p_values))
    few = np.flatnonzero(grouped.parts < FEWEST_PARTS)
    if few.size:
        plain = _classical(
            grouped.covariance[few],
            grouped.n_effective[few],
            groups,
            terms,
            widening=expected[few],
            level=level,
        )
        unsure = grouped.whole_clusters[few, np.newaxis]
        for name, values in vars(plain).items():
            keeps = np.where(unsure & (name != "effect"), np.nan, values)
            getattr(found, name)[few] = keeps
    return found


def expected_factor(grouped: GroupedMoments) -> FloatArray:
    """Return how many times too sure each driver's numbers look, shape ``(K, p)``.

    A blank rating that is expected from the others adds nothing to what is known of its driver; 1
    where nothing was blank.
    """
    rated: FloatArray = np.maximum(grouped.rated, 1).astype(np.float64)
    return (rated + grouped.blank) / rated


def _classical(
    covariance: FloatArray,
    n: FloatArray,
    groups: Groups,
    terms: tuple[str, ...],
    *,
    always: Sequence[int] = (),
    widening: FloatArray | float = 1.0,
    level: float,
) -> OwnEffects:
    """Return effects with classical errors, for matrices of shape ``(K, k + 1, k + 1)``.

    Errors are so many times larger as `widening` says of each driver, shape ``(K, p)``.
    """
    inner, cross = covariance[:, :-1, :-1], covariance[:, :-1, -1]
    inverse = np.linalg.pinv(inner, hermitian=True)
    tied = np.array([tied_columns(matrix) for matrix in inner]).reshape(cross.shape)
    slopes = (inverse @ cross[..., np.newaxis])[..., 0]
    effect = np.where(tied, np.nan, slopes)
    outcome = covariance[:, -1, -1]
    unexplained = np.maximum(1 - (cross * slopes).sum(axis=1) / outcome, 0.0)[:, np.newaxis]
    freedom = (n - inner.shape[-1] - 1)[:, np.newaxis]
    spread = unexplained * outcome[:, np.newaxis] / freedom
    std_error = np.sqrt(np.einsum("kii->ki", inverse) * spread)
    reach = stats.t.ppf((1 + level) / 2, freedom) * std_error
    own = own_shares(covariance, groups, always=always)
    sizes = np.array([len(group) for group in groups])
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = own / sizes / (unexplained / freedom) / np.square(widening)
    shown = _of_ratings(effect, groups, terms)
    wide = _of_ratings(reach, groups, terms) * widening
    return OwnEffects(
        shown,
        shown - wide,
        shown + wide,
        stats.f.sf(statistic, np.maximum(sizes, 1), freedom),
    )


def _hotelling(slopes: FloatArray, covariances: FloatArray, freedom: FloatArray) -> FloatArray:
    """Return p-values that slopes are zero, shape ``(K,)``, NaN where none of them has an error.

    The covariance of q slopes that rests on f degrees of freedom makes T² times (f − q + 1)/(f q)
    an F statistic with q and f − q + 1 degrees of freedom (Hotelling 1931).
    """
    known = np.isfinite(np.einsum("kii->ki", covariances)) & np.isfinite(slopes)
    both = known[:, np.newaxis] & known[..., np.newaxis]
    inner = np.where(both, covariances, 0.0)
    tested = np.where(known, slopes, 0.0)[..., np.newaxis]
    squared = (tested.swapaxes(1, 2) @ np.linalg.pinv(inner, hermitian=True) @ tested)[:, 0, 0]
    size = known.sum(axis=1)
    left = np.where((size > 0) & (freedom >= size), freedom - size + 1, np.nan)
    found: FloatArray = stats.f.sf(squared * left / (freedom * np.maximum(size, 1)), size, left)
    return found


def _of_ratings(values: FloatArray, groups: Groups, terms: tuple[str, ...]) -> FloatArray:
    """Return for each driver the value of its rating, NaN when that has no column."""
    found = np.full((*values.shape[:-1], len(groups)), np.nan)
    for place, group in enumerate(groups):
        rated = [column for column in group if terms[column] == RATING]
        if rated:
            found[..., place] = values[..., rated[0]]
    return found
