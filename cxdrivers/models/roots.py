"""Find where functions cross zero, many at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cxdrivers.importance.lattice import FloatArray

MOST_STEPS = 60


def crossings(
    function: Callable[[FloatArray], FloatArray],
    low: FloatArray,
    high: FloatArray,
    *,
    tolerance: float = 1e-10,
) -> FloatArray:
    """Return where functions cross zero between two ends of opposite sign.

    Ridders (1979, *IEEE Transactions on Circuits and Systems* 26, 979–980): every step at least
    halves the bracket, and near a crossing doubles the digits.

    Parameters
    ----------
    function
        Takes and returns shape ``(...)``: one function at each place.
    low, high
        Shape ``(...)``. Where the signs at both are the same, the end nearer to zero is returned.
    tolerance
        Of the crossing, relative to its size where that is above 1.

    Returns
    -------
    ndarray, shape ``(...)``
    """
    low, high = (np.array(end, np.float64) for end in np.broadcast_arrays(low, high))
    at_low, at_high = function(low), function(high)
    found = np.where(np.abs(at_low) <= np.abs(at_high), low, high)
    crossed = np.sign(at_low) * np.sign(at_high) < 0
    for _ in range(MOST_STEPS):
        middle = (low + high) / 2
        at_middle = function(middle)
        root = np.sqrt(np.maximum(at_middle**2 - at_low * at_high, 0.0))
        step = np.divide(at_middle, root, out=np.zeros_like(root), where=root > 0)
        tried = middle + (middle - low) * np.sign(at_low - at_high) * np.clip(step, -1.0, 1.0)
        at_tried = function(tried)
        for place, value in ((middle, at_middle), (tried, at_tried)):
            inside = (place >= low) & (place <= high)
            left = inside & (np.sign(value) == np.sign(at_low))
            right = inside & ~left
            low, at_low = np.where(left, place, low), np.where(left, value, at_low)
            high, at_high = np.where(right, place, high), np.where(right, value, at_high)
        moved = crossed & (np.abs(tried - found) > tolerance * np.maximum(1.0, np.abs(tried)))
        found = np.where(crossed, tried, found)
        if not moved.any():
            break
    return found
