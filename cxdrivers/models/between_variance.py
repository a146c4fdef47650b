"""Estimate how much groups differ beyond chance, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import chdtrc, chdtri, fdtrc, fdtri

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.effect_rows import EffectRows, ratio
from cxdrivers.models.roots import crossings

COARSE = 24
MOST_DEGREES = 1e10
MOST_STEPS, STEP = 100, 3.0
"""How far is looked on the logarithmic scale for where a confidence is reached."""


def heterogeneity(rows: EffectRows, tau_squared: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return Cochran's Q about a variance between groups, and its p-value.

    With a given true variance between groups Q is χ² with as many degrees of freedom as groups
    less blocks (Viechtbauer 2007, *Statistics in Medicine* 26, 37–52). Where variances are
    themselves estimated it is larger; Johansen (1980, *Biometrika* 67, 85–92) gives the F
    distribution, which is Welch's for one block. What is added between groups is known, and
    makes the degrees of freedom of a sum of variances grow.

    Parameters
    ----------
    rows
        R rows of K groups.
    tau_squared
        Shape ``(N, R)``.

    Returns
    -------
    statistic, p_value
        Shape ``(N, R)``; the p-value rises with the variance between groups.
    """
    statistic, scale, second = _reference(rows, tau_squared)
    first = np.maximum(rows.freedom, 1)
    known = second is None
    chance = chdtrc(first, statistic) if known else fdtrc(first, second, statistic / scale)
    return statistic, np.where(rows.freedom > 0, chance, np.nan)


def reml_variance(rows: EffectRows) -> FloatArray:
    """Return the variance between groups of restricted maximum likelihood, at least 0.

    The likelihood may have two tops where few groups differ much in size, so the higher one is
    looked for on a grid first; then its slope is followed to zero.

    Parameters
    ----------
    rows
        R rows of K groups.

    Returns
    -------
    ndarray, shape ``(R,)``; NaN with no more groups than blocks.
    """
    freedom = np.maximum(rows.freedom, 1)
    squares = _squares(rows)
    largest = np.where(rows.there, rows.variances, 0.0).max(axis=-1)
    most = (squares + np.sqrt(squares**2 + 4 * freedom * squares * largest)) / (2 * freedom)
    end = np.log1p(1.001 * most / rows.typical)
    grid = np.linspace(0.0, 1.0, COARSE)[:, np.newaxis] * end
    best = np.argmax(_log_likelihood(rows, rows.typical * np.expm1(grid)), axis=0)
    low, high = (
        np.take_along_axis(grid, np.clip(best + step, 0, COARSE - 1)[np.newaxis], axis=0)
        for step in (-1, 1)
    )

    def slope(place: FloatArray) -> FloatArray:
        return _slope(rows, rows.typical * np.expm1(place))

    found = np.where(slope(low) > 0, crossings(slope, low, high), low)[0]
    return np.where(rows.freedom > 0, rows.typical * np.expm1(found), np.nan)


def variances_at(rows: EffectRows, confidence: FloatArray) -> FloatArray:
    """Return quantiles of the confidence distribution of the variance between groups.

    How sure it is that the true one is no larger than τ² is the p-value of Q about τ²; 0 where
    that is already so at 0.

    Parameters
    ----------
    rows
        R rows of K groups.
    confidence
        Shape ``(N, R)``, between 0 and 1.

    Returns
    -------
    ndarray, shape ``(N, R)``; NaN with no more groups than blocks.
    """
    usable = rows.freedom > 0

    def above(place: FloatArray) -> FloatArray:
        ahead = _ahead(rows, rows.typical * np.expm1(place), confidence)
        return np.where(usable, ahead, 0.0)

    low = np.zeros_like(confidence)
    high = _beyond(above, np.broadcast_to(np.log1p(_squares(rows) / rows.typical), low.shape))
    found = np.where(above(low) < 0, crossings(above, low, high), 0.0)
    return np.where(usable, rows.typical * np.expm1(found), np.nan)


def _reference(
    rows: EffectRows, tau_squared: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray | None]:
    """Return Q, what to divide it by, and the second degrees of freedom of that ratio's F.

    None for these where variances are known: then Q is χ². All of shape ``(N, R)``.
    """
    weights, totals, means = rows.weighted(tau_squared)
    statistic = np.einsum("nrk,rk->nr", weights, rows.estimates**2)
    statistic = np.maximum(statistic - (totals * means**2).sum(axis=-1), 0.0)
    first = np.broadcast_to(np.maximum(rows.freedom, 1).astype(np.float64), statistic.shape)
    if not rows.noise.any():
        return statistic, first, None
    parts = _left_over(rows, weights, totals)
    noise = np.einsum("nrk,nrk,rk->nr", parts, parts, rows.noise)
    scale = np.maximum(first + 2 * noise - 6 * noise / (first + 2), first / 2)
    with np.errstate(divide="ignore"):
        second = np.minimum(first * (first + 2) / (3 * noise), MOST_DEGREES)
    return statistic, scale, second


def _ahead(rows: EffectRows, tau_squared: FloatArray, confidence: FloatArray) -> FloatArray:
    """Return how far a variance between groups lies beyond a confidence, on a scale of logarithms.

    Nearly a straight line in the logarithm of the variance, as the confidence itself is not.
    """
    statistic, scale, second = _reference(rows, tau_squared)
    first = np.maximum(rows.freedom, 1)
    if second is None:
        target = chdtri(first, confidence)
    else:
        target = fdtri(first, second, 1 - confidence) * scale
    least = np.finfo(np.float64).tiny
    ahead: FloatArray = np.log(np.maximum(target, least)) - np.log(np.maximum(statistic, least))
    return ahead


def _beyond(above: Callable[[FloatArray], FloatArray], place: FloatArray) -> FloatArray:
    """Return places so far out that a rising function is above zero there."""
    for _ in range(MOST_STEPS):
        short = above(place) < 0
        if not short.any():
            break
        place = np.where(short, place + STEP, place)
    return place


def _squares(rows: EffectRows) -> FloatArray:
    """Return the sum of squares about the means of blocks, each group counting the same."""
    count = np.maximum(np.add.reduceat(rows.there, rows.starts, axis=-1, dtype=np.int64), 1)
    means = np.add.reduceat(rows.estimates, rows.starts, axis=-1) / count
    found: FloatArray = (rows.residuals(means) ** 2).sum(axis=-1)
    return found


def _left_over(rows: EffectRows, weights: FloatArray, totals: FloatArray) -> FloatArray:
    """Return weights times what of a group's own estimate is left in its residual."""
    parts = ratio(np.ones_like(totals), totals)
    return weights * (1 - weights * parts[..., rows.members])


def _log_likelihood(rows: EffectRows, tau_squared: FloatArray) -> FloatArray:
    """Return the restricted log-likelihood, up to a constant: shape ``(N, R)``."""
    weights, totals, means = rows.weighted(tau_squared)
    squares = (weights * rows.residuals(means) ** 2).sum(axis=-1)
    logs = np.log(np.where(rows.there, weights, 1.0)).sum(axis=-1)
    logs -= np.log(np.where(totals > 0, totals, 1.0)).sum(axis=-1)
    height: FloatArray = (logs - squares) / 2
    return height


def _slope(rows: EffectRows, tau_squared: FloatArray) -> FloatArray:
    """Return twice the slope of that likelihood: shape ``(N, R)``."""
    weights, totals, means = rows.weighted(tau_squared)
    squares = ((weights * rows.residuals(means)) ** 2).sum(axis=-1)
    slope: FloatArray = squares - _left_over(rows, weights, totals).sum(axis=-1)
    return slope
