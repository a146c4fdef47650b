"""Find quantiles of mixtures of normal distributions."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from cxdrivers.importance.lattice import FloatArray

MOST_STEPS = 40
LEAST_CHANCE = 1e-300
ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


def mixture_quantile(
    means: FloatArray, std_errors: FloatArray, weights: FloatArray, chance: float
) -> FloatArray:
    """Return the value that a mixture of normal distributions is below with a given chance.

    Newton's steps on the normal scale, where a mixture is nearly a straight line, between the
    smallest and the largest quantile of its parts; halved where a step leaves that bracket.

    Parameters
    ----------
    means, std_errors
        Shape ``(m, ...)``: of the m parts of each mixture.
    weights
        Shape ``(m, ...)`` or what broadcasts to it: how much each part counts, together 1.
    chance
        Between 0 and 1.

    Returns
    -------
    ndarray, shape ``(...)``; NaN where a part is.

    Examples
    --------
    >>> parts = np.array([[0.0], [0.0]]), np.array([[1.0], [3.0]]), np.array([[0.5], [0.5]])
    >>> mixture_quantile(*parts, 0.975).round(2).tolist()
    [4.93]
    """
    target = float(ndtri(chance))
    quantiles = means + target * std_errors
    low, high = quantiles.min(axis=0), quantiles.max(axis=0)
    middle = (weights * means).sum(axis=0)
    spread = (weights * (std_errors**2 + (means - middle) ** 2)).sum(axis=0)
    place: FloatArray = np.clip(middle + target * np.sqrt(spread), low, high)
    tolerance = 1e-6 * np.sqrt(spread)
    for _ in range(MOST_STEPS):
        away = (place - means) / std_errors
        below = (weights * ndtr(away)).sum(axis=0)
        density = (weights * np.exp(-(away**2) / 2) / std_errors).sum(axis=0) / ROOT_TWO_PI
        score = ndtri(np.clip(below, LEAST_CHANCE, 1 - np.finfo(float).epsneg))
        low, high = np.where(below < chance, place, low), np.where(below > chance, place, high)
        steepness = density * ROOT_TWO_PI * np.exp(score**2 / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            stepped = place - (score - target) / steepness
        halved = ~((stepped >= low) & (stepped <= high))
        following = np.where(halved, (low + high) / 2, stepped)
        moved = np.abs(following - place)
        place = following
        if not (moved > tolerance).any():
            break
    return place
