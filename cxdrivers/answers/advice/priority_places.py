"""Place drivers by how they are rated and how much they count: arrays only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray

FIX_FIRST, KEEP_UP, LATER, ENOUGH = QUADRANTS = ("fix_first", "keep_up", "later", "enough")
"""Counts and is below; counts and is not below; counts less and is below; neither."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Where the quadrants of q drivers part.

    Attributes
    ----------
    performance
        Shape ``(..., q)`` or ``(..., 1)``: below it a driver has room.
    share
        Shape ``(..., 1)``: from it on a driver counts.
    """

    performance: FloatArray
    share: FloatArray


def quantities(draws: FloatArray, share: FloatArray, ends: FloatArray) -> dict[str, FloatArray]:
    """Return what each driver's room is worth, by name.

    Parameters
    ----------
    draws
        Shape ``(..., 3, q)``: mean among users, slope, and part of users.
    share
        Shape ``(..., q)``.
    ends
        Shape ``(3, q)``: lowest and highest possible rating, and the target.

    Returns
    -------
    dict
        Each of shape ``(..., q)``: ``performance``, from 0 to 100 by the ends of the scale;
        ``room`` to the target, 0 beyond it; ``gain_users``, slope times room; ``gain``, that in the
        population; ``share_room``, share times room, the room in points of performance.
    """
    mean, slope, met = draws[..., 0, :], draws[..., 1, :], draws[..., 2, :]
    low, high, target = ends
    room = np.maximum(target - mean, 0.0)
    gain_users = slope * room
    return {
        "mean": mean,
        "performance": 100 * (mean - low) / (high - low),
        "room": room,
        "gain_users": gain_users,
        "gain": met * gain_users,
        "share_room": share * 100 * room / (high - low),
    }


def lines_at_means(performance: FloatArray, share: FloatArray) -> Lines:
    """Return the lines at the drivers' means, shape ``(..., 1)``, of every resample its own."""
    return Lines(performance.mean(axis=-1, keepdims=True), share.mean(axis=-1, keepdims=True))


def quadrant_of(performance: FloatArray, share: FloatArray, lines: Lines) -> NDArray[np.intp]:
    """Return the quadrant of every driver, as its place in `QUADRANTS`.

    Examples
    --------
    >>> lines = Lines(np.array([70.0]), np.array([0.5]))
    >>> quadrant_of(np.array([60.0, 80.0]), np.array([0.7, 0.3]), lines)
    array([0, 3])
    """
    counts = share >= lines.share
    below = performance < lines.performance
    found: NDArray[np.intp] = np.where(counts, np.where(below, 0, 1), np.where(below, 2, 3))
    return found


def chance_of(quadrant: int, found: NDArray[np.intp], told: NDArray[np.bool_]) -> FloatArray:
    """Return in which part of the resamples each driver lies in a quadrant, NaN without any.

    Parameters
    ----------
    quadrant
        Its place in `QUADRANTS`.
    found
        Shape ``(B, q)``.
    told
        Shape ``(B,)``: resamples in which all can be told.
    """
    if not told.any():
        return np.full(found.shape[-1], np.nan)
    chances: FloatArray = (found[told] == quadrant).mean(axis=0)
    return chances
