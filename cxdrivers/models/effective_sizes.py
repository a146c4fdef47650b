"""Count how many independent and equal answers tell as much as those of a group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray

IntArray = NDArray[np.intp]

SINGLE = 1e-9
"""A group no larger than one respondent and this has no variance of its own."""


def effective_sizes(
    outcome: FloatArray,
    group: IntArray,
    masses: FloatArray,
    cluster: IntArray | None = None,
    *,
    groups: int,
) -> FloatArray:
    """Return the effective number of respondents in each group, for a proportion.

    Without clusters it is Kish's (Σw)²/Σw². Answers of one cluster resemble each other with a
    correlation ρ, and then it is (Σw)² over the sum of wᵢwⱼ and ρwᵢwⱼ of every pair within a
    cluster (Kish 1965, *Survey Sampling*, chapters 5 and 11). Proportions and sizes divided like
    this are taken as if they were simple ones (Rao & Scott 1992, *Biometrics* 48, 577–585).

    ρ is the same for all groups, since one alone has few pairs to tell it: the products of pairs
    of deviations from a group's proportion, over what they would be were a cluster of one mind.
    The proportion holds a part of each answer, so pairs look less alike than they are; that much,
    the variance of a proportion, is added again.

    Parameters
    ----------
    outcome
        Shape ``(n,)``: 0 or 1.
    group
        Shape ``(n,)``: which group each row is in, from 0.
    masses
        Shape ``(n,)``: how much each row counts.
    cluster
        Shape ``(n,)``: the cluster of each row, or None.
    groups
        How many groups there are; an empty one has 0.

    Returns
    -------
    ndarray, shape ``(groups,)``

    Examples
    --------
    >>> group, masses = np.zeros(4, np.intp), np.array([1.0, 1.0, 1.0, 3.0])
    >>> effective_sizes(np.array([0.0, 1, 0, 1]), group, masses, groups=1)
    array([3.])
    """
    total = np.bincount(group, masses, groups)
    squares = np.bincount(group, masses**2, groups)
    if cluster is not None:
        cells = np.unique(np.column_stack([group, cluster]), axis=0, return_inverse=True)
        cell, home = cells[1].reshape(-1), cells[0][:, 0]
        pairs = _pairs(cell, masses)
        share = np.bincount(group, masses * outcome, groups) / np.where(total > 0, total, 1.0)
        alike = _pairs(cell, masses * (outcome - share[group]))
        size = np.divide(total**2, squares, out=np.zeros(groups), where=squares > 0)
        variance = share * (1 - share)
        lost = np.divide(variance, size - 1, out=np.zeros(groups), where=size > 1 + SINGLE)
        expected = (pairs * variance[home]).sum()
        found = (alike + pairs * lost[home]).sum()
        likeness = np.clip(found / expected, 0.0, 1.0) if expected > 0 else 0.0
        squares = squares + likeness * np.bincount(home, pairs, groups)
    return np.divide(total**2, squares, out=np.zeros(groups), where=squares > 0)


def _pairs(cell: IntArray, values: FloatArray) -> FloatArray:
    """Return the sum of the products of all ordered pairs within each cell."""
    return np.asarray(np.bincount(cell, values) ** 2 - np.bincount(cell, values**2), np.float64)
