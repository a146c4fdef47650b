"""Share a value among drivers of which some may only come in after others.

An interaction means nothing without its main effects, so only the orders count in which it enters
after them. Averaging over those is Shapley's rule under precedence constraints (Faigle & Kern
1992, *International Journal of Game Theory* 21, 249–266).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.adjustment import subset_values
from cxdrivers.importance.lattice import FloatArray, Groups


def hierarchical_shares(
    covariance: FloatArray,
    groups: Groups,
    needs: Sequence[Sequence[int]],
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
) -> FloatArray:
    """Return LMG over the orders that keep the hierarchy, as `linear_shares` over all orders.

    Parameters
    ----------
    covariance, groups, always, n, adjust
        As `linear_shares`.
    needs
        As `hierarchical_shapley`.
    """
    values = subset_values(covariance, groups, always=always, n=n, adjust=adjust)
    return hierarchical_shapley(values, needs)


def hierarchical_shapley(values: FloatArray, needs: Sequence[Sequence[int]]) -> FloatArray:
    """Return each driver's average contribution over the orders that keep the hierarchy.

    Parameters
    ----------
    values
        Shape ``(..., 2**p)``: the value of every subset; bit j of the index says that j is in.
    needs
        For each driver the drivers that must be in before it; empty for a main effect. Without
        any this is `shapley`.

    Returns
    -------
    ndarray, shape ``(..., p)``
        The shares; they add up to the value of all drivers minus the value of none.

    Examples
    --------
    >>> hierarchical_shapley(np.array([0.0, 0.2, 0.1, 0.4]), [(), (0,)])
    array([0.2, 0.2])
    """
    drivers = len(needs)
    subsets = np.arange(2**drivers)
    allowed = _allowed(subsets, needs)
    before, after = _orders_before(allowed, drivers), _orders_after(allowed, drivers)
    shares = np.empty((*values.shape[:-1], drivers))
    for driver in range(drivers):
        without = subsets[(subsets >> driver & 1) == 0]
        joined = without | 1 << driver
        steps = without[allowed[without] & allowed[joined]]
        weights = before[steps] * after[steps | 1 << driver] / before[-1]
        shares[..., driver] = (values[..., steps | 1 << driver] - values[..., steps]) @ weights
    return shares


def _allowed(subsets: NDArray[np.intp], needs: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Return which subsets hold what each of their members needs."""
    allowed = np.ones(len(subsets), dtype=bool)
    for driver, needed in enumerate(needs):
        mask = sum(1 << other for other in needed)
        allowed &= ((subsets >> driver & 1) == 0) | (subsets & mask == mask)
    return allowed


def _orders_before(allowed: NDArray[np.bool_], drivers: int) -> FloatArray:
    """Return in how many allowed orders each subset can be filled."""
    ways = np.zeros(len(allowed))
    ways[0] = 1
    for subset in range(1, len(allowed)):
        if allowed[subset]:
            members = [j for j in range(drivers) if subset >> j & 1]
            ways[subset] = sum(ways[subset ^ 1 << j] for j in members)
    return ways


def _orders_after(allowed: NDArray[np.bool_], drivers: int) -> FloatArray:
    """Return in how many allowed orders each subset can be completed."""
    ways = np.zeros(len(allowed))
    ways[-1] = 1
    for subset in reversed(range(len(allowed) - 1)):
        if allowed[subset]:
            others = [j for j in range(drivers) if not subset >> j & 1]
            ways[subset] = sum(ways[subset | 1 << j] for j in others)
    return ways
