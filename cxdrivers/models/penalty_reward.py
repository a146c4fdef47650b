"""Say what low and high ratings go with: penalties, rewards, and how far they are apart."""

from __future__ import annotations

import numpy as np

from cxdrivers.survey.coding import BoolArray, FloatArray

SMALLEST = 1e-9
"""A direction with less than this part of the largest variance is rounding."""


def box_columns(
    ratings: FloatArray, used: BoolArray, cut_off: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return who rates a driver low and who rates it high, as columns of 0 and 1.

    Parameters
    ----------
    ratings
        Shape ``(n,)``.
    used
        Shape ``(n,)``: to whom the driver applied. The others are in neither.
    cut_off
        The highest low rating and the lowest high one.

    Examples
    --------
    >>> low, high = box_columns(np.array([3.0, 7, 10]), np.ones(3, dtype=bool), (5, 9))
    >>> low, high
    (array([1., 0., 0.]), array([0., 0., 1.]))
    """
    low, high = cut_off
    return (used & (ratings <= low)).astype(np.float64), (used & (ratings >= high)).astype(
        np.float64
    )


def slopes_of(covariance: FloatArray) -> FloatArray:
    """Return the least-squares slopes of every column, from covariances.

    What does not vary has slope NaN. Columns that are tied share what they have in common.

    Parameters
    ----------
    covariance
        Shape ``(..., k + 1, k + 1)``, outcome last.

    Returns
    -------
    ndarray, shape ``(..., k)``
    """
    columns = covariance[..., :-1, :-1]
    variance = np.diagonal(columns, axis1=-2, axis2=-1)
    varies = variance > 0
    scale = np.where(varies, np.sqrt(np.where(varies, variance, 1.0)), 1.0)
    correlation = columns / (scale[..., :, np.newaxis] * scale[..., np.newaxis, :])
    with_outcome = (covariance[..., :-1, -1] / scale)[..., np.newaxis]
    inverse = np.linalg.pinv(correlation, rcond=SMALLEST, hermitian=True)
    slopes: FloatArray = (inverse @ with_outcome)[..., 0] / scale
    return np.where(varies, slopes, np.nan)


def explained(covariance: FloatArray) -> FloatArray:
    """Return R² of all columns, shape ``(...)``, from covariances as `slopes_of` takes them."""
    slopes = np.nan_to_num(slopes_of(covariance))
    found: FloatArray = (slopes * covariance[..., :-1, -1]).sum(axis=-1) / covariance[..., -1, -1]
    return found


def impact_asymmetry(penalty: FloatArray, reward: FloatArray) -> FloatArray:
    """Return how far rewards outweigh penalties, from −1 (only penalties) to 1 (only rewards).

    (reward − |penalty|) / (reward + |penalty|), after Mikulić & Prebežac (2008, *Managing Service
    Quality* 18(6), 559–576). A penalty that is no loss and a reward that is no gain count as nil,
    so that it stays between its ends.

    Parameters
    ----------
    penalty
        Shape ``(...)``: the slope of low ratings, negative where they go with a lower outcome.
    reward
        Shape ``(...)``: the slope of high ratings.

    Returns
    -------
    ndarray, shape ``(...)``
        NaN where both are nil, or one is unknown.

    Examples
    --------
    >>> impact_asymmetry(np.array([-0.6, -0.5]), np.array([0.2, -0.1]))
    array([-0.5, -1. ])
    """
    lost, won = np.maximum(-penalty, 0.0), np.maximum(reward, 0.0)
    total = lost + won
    found: FloatArray = np.divide(
        won - lost, total, out=np.full_like(total, np.nan), where=total > 0
    )
    return found
