"""Search the point where a driver's slope changes most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.cumulative_fit import fit_cumulative

FLAT = 1e-8
"""A candidate that the other columns leave less than this part of its variance says nothing."""


def left_by(covariance: FloatArray, base: Sequence[int]) -> FloatArray:
    """Return the covariance of the other columns with the base ones held constant.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``.
    base
        Positions of the columns to hold; the others keep their order.

    Returns
    -------
    ndarray, shape ``(..., k − b, k − b)``
    """
    held = np.array(base, dtype=np.intp)
    others = np.setdiff1d(np.arange(covariance.shape[-1]), held)
    rest = covariance[..., others[:, np.newaxis], others]
    if not held.size:
        return rest
    between = covariance[..., held[:, np.newaxis], others]
    inner = covariance[..., held[:, np.newaxis], held]
    inverse = np.linalg.pinv(inner, rcond=FLAT, hermitian=True)
    left: FloatArray = rest - np.swapaxes(between, -1, -2) @ (inverse @ between)
    return left


def best_knots(covariance: FloatArray, base: Sequence[int], knots: FloatArray) -> FloatArray:
    """Return at which of some points a change of slope explains most, beside the base columns.

    Parameters
    ----------
    covariance
        Shape ``(..., k + G + 1, k + G + 1)``: base columns, then for each of the G points how far
        a rating lies above it, then the outcome.
    base
        Positions of the base columns, the driver's own line among them.
    knots
        Shape ``(G,)``.

    Returns
    -------
    ndarray, shape ``(...)``
        NaN where no point explains anything.
    """
    left = left_by(covariance, base)
    before = np.diagonal(covariance, axis1=-2, axis2=-1)[..., len(base) : -1]
    variance = np.diagonal(left, axis1=-2, axis2=-1)[..., :-1]
    told = variance > FLAT * np.maximum(before, np.finfo(float).tiny)
    gain = np.where(told, left[..., :-1, -1] ** 2 / np.where(told, variance, 1.0), -1.0)
    best: FloatArray = knots[gain.argmax(axis=-1)]
    return np.where(gain.max(axis=-1) > 0, best, np.nan)


def working_response(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Return grades as numbers on the scale of log odds, and how much each counts there.

    At the likeliest proportional odds, least squares of these numbers is one step of Newton: what
    would bend because grades stop at the top of their scale is a straight line there (McCullagh &
    Nelder 1989, section 2.5). The thresholds stay where they are.

    Parameters
    ----------
    columns
        Shape ``(n, k)``, not tied to each other.
    outcome, weights
        Shape ``(n,)``; every value of the outcome is a grade.

    Returns
    -------
    response, weights
        Shape ``(n,)``.
    """
    fit = fit_cumulative(columns, outcome, weights)
    place = np.searchsorted(np.unique(outcome), outcome)
    edges = np.concatenate([[-np.inf], fit.thresholds, [np.inf]])
    line = columns @ fit.slopes
    below, at_most = expit(edges[place] - line), expit(edges[place + 1] - line)
    certain = below * (1 - below) + at_most * (1 - at_most)
    own = np.ones(len(outcome)) if weights is None else weights
    return line + (below + at_most - 1) / certain, own * certain
