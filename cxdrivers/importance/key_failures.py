"""Share among drivers how far their failures set the dissatisfied apart: arrays only.

The value of a set of drivers is P(one of them fails | dissatisfied) − P(one of them fails | not):
reach among the dissatisfied without the noise of the others (Conklin, Powaga & Lipovetsky 2004,
*European Journal of Operational Research* 154, 819–827). Shapley's rule shares it. For one
respondent the value of a set is 1 when it holds one of the drivers that failed, and these are
exchangeable, so each has an equal part of it. Sharing adds up over respondents: so the shares are
averages of such parts, for any number of drivers, and equal `shapley` of `failure_values`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray

BoolArray = NDArray[np.bool_]

ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Reach:
    """Which part of the dissatisfied and of the others has a failure, shape ``(...)``."""

    dissatisfied: FloatArray
    others: FloatArray

    @property
    def value(self) -> FloatArray:
        """How much more often the dissatisfied have one."""
        return self.dissatisfied - self.others


def failure_shares(failed: BoolArray, dissatisfied: BoolArray, masses: FloatArray) -> FloatArray:
    """Return each driver's Shapley share of the value of all drivers.

    Parameters
    ----------
    failed
        Shape ``(n, p)``: which drivers failed a respondent.
    dissatisfied
        Shape ``(n,)``.
    masses
        Shape ``(..., n)``: how much each respondent counts.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN where nobody, or everybody, who counts is dissatisfied.

    Examples
    --------
    >>> failed = np.array([[True, True], [True, False], [False, False], [False, True]])
    >>> low = np.array([True, True, False, False])
    >>> failure_shares(failed, low, np.ones(4))
    array([ 0.75, -0.25])
    """
    count = failed.sum(axis=1, keepdims=True)
    parts = failed / np.maximum(count, 1)
    return reach_of(parts, dissatisfied, masses).value


def reach_of(values: FloatArray, dissatisfied: BoolArray, masses: FloatArray) -> Reach:
    """Return the averages of columns among the dissatisfied and among the others.

    Parameters
    ----------
    values
        Shape ``(n, m)``.
    dissatisfied, masses
        As for `failure_shares`.

    Returns
    -------
    Reach
        Of shape ``(..., m)``.
    """
    return Reach(*(_averages(values, masses * group) for group in (dissatisfied, ~dissatisfied)))


def failure_values(failed: BoolArray, dissatisfied: BoolArray, masses: FloatArray) -> FloatArray:
    """Return the value of every subset of drivers, shape ``(..., 2**p)``.

    For few drivers: bit j of the index says that driver j is in the subset.

    Parameters
    ----------
    failed, dissatisfied, masses
        As for `failure_shares`.
    """
    drivers = failed.shape[1]
    pattern = failed @ (1 << np.arange(drivers))
    subsets = np.arange(2**drivers)
    hit = (pattern[:, np.newaxis] & subsets) > 0
    return reach_of(hit.astype(np.float64), dissatisfied, masses).value


def grown_set(
    failed: BoolArray, dissatisfied: BoolArray, masses: FloatArray, order: Sequence[int]
) -> tuple[int, Reach]:
    """Return how many drivers the set holds whose value no longer rises, and each step's reach.

    Parameters
    ----------
    failed, dissatisfied
        As for `failure_shares`.
    masses
        Shape ``(n,)``.
    order
        Of entry, the largest share first.

    Returns
    -------
    size, reach
        The set is the first `size` drivers of the order: none when even the first does not set
        the dissatisfied apart. The reach after every step has shape ``(p,)``.
    """
    hit = np.logical_or.accumulate(failed[:, list(order)], axis=1)
    reach = reach_of(hit.astype(np.float64), dissatisfied, masses)
    rises = np.diff(reach.value, prepend=0.0) > ROUNDING
    size = len(rises) if rises.all() else int(np.argmin(rises))
    return size, reach


def _averages(values: FloatArray, masses: FloatArray) -> FloatArray:
    total = masses.sum(axis=-1, keepdims=True)
    found = np.full((*masses.shape[:-1], values.shape[1]), np.nan)
    np.divide(masses @ values, total, out=found, where=total > 0)
    return found
