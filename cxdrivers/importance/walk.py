"""Share R² among up to thirty drivers without holding the fit of every subset.

The lattice is walked in two ways. The first drivers are taken in or left out side by side, which
gives a row of some thousand branches; from there one driver at a time is left out or taken in for
all branches at once, depth first, so that only one path of blocks is held. What arrives at the end
of a path is added to the shares and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import comb

import numpy as np
from tqdm import tqdm

from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups, subset_sizes
from cxdrivers.importance.subsets import member_counts
from cxdrivers.importance.sweep import Block, growth_by_columns, swept

Tick = Callable[[], object]

SIDE_BY_SIDE = 13
"""Drivers taken side by side: 2^13 branches of 64 KiB, of which the busiest fit in the cache."""
PROGRESS_AFTER = 2.0


def walked_shares(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
    progress: bool = True,
) -> FloatArray:
    """Return LMG: every driver's Shapley share of R², in little memory.

    The numbers are those of `linear_shares`. Use this for one matrix of many drivers; a thousand
    matrices of few drivers are faster side by side.

    Parameters
    ----------
    covariance
        Shape ``(..., k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    always
        Positions of columns that are in every subset.
    n
        Effective number of respondents; needed when `adjust` is not 0.
    adjust
        How often R² is adjusted for noise: 0 for the classic shares, 1 for a sample, 2 for a
        resample of it.
    progress
        Whether a bar appears when one matrix takes more than two seconds.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN where the outcome does not vary.

    Raises
    ------
    FitError
        When there are no more respondents than columns.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> walked_shares(matrix, [(0,), (1,)])
    array([0.20434066, 0.11434066])
    """
    widths = [len(group) for group in groups]
    growth = growth_by_columns(len(always) + sum(widths), n=n, adjust=adjust)
    order = [*always, *(column for group in groups for column in group), covariance.shape[-1] - 1]
    ordered = covariance[..., order, :][..., order].reshape(-1, len(order), len(order))
    shares = [
        _shares_of_one(matrix, widths, growth, progress=progress)
        if matrix[-1, -1] > 0
        else np.full(len(groups), np.nan)
        for matrix in ordered
    ]
    return np.array(shares).reshape(*covariance.shape[:-2], len(groups))


def _shares_of_one(
    matrix: FloatArray, widths: Sequence[int], growth: FloatArray, *, progress: bool
) -> FloatArray:
    """Return the shares in one matrix whose columns are those always in, the drivers', the outcome.

    `growth` says, by the number of columns, by how much the unexplained variance is to be raised.
    """
    floors = COLLINEAR * np.diag(matrix)
    block: Block = [matrix[row, row:, np.newaxis] for row in range(len(matrix))]
    controls = len(growth) - 1 - sum(widths)
    for column in range(controls):
        block = swept(block, floors[column])
    first = widths[:SIDE_BY_SIDE]
    starts = list(accumulate(widths, initial=controls))
    for start, width in zip(starts, first, strict=False):
        taken = block
        for column in range(start, start + width):
            taken = swept(taken, floors[column])
        block = [
            np.concatenate([without, including], axis=-1)
            for without, including in zip(block[width:], taken, strict=True)
        ]
    rest = widths[SIDE_BY_SIDE:]
    walk = _Walk(first, rest, floors[starts[len(first)] :], growth)
    with tqdm(total=2 ** len(rest), delay=PROGRESS_AFTER, leave=False, disable=not progress) as bar:
        walk.descend(block, 0, 0, controls, bar.update)
    shares: FloatArray = walk.lowered() / matrix[-1, -1]
    return shares


class _Walk:
    """What is gathered while the rest of the drivers are left out and taken in, depth first.

    Shapley's rule needs, for each driver, a weighted sum over the subsets that hold it. For the
    drivers side by side that is read off at the end, from unexplained variance by branch added up
    over all paths with as many drivers and columns. For the rest it grows during the walk.
    """

    def __init__(
        self, first: Sequence[int], rest: Sequence[int], floors: FloatArray, growth: FloatArray
    ) -> None:
        self.first, self.rest = first, rest
        self.floors, self.growth = floors, growth
        self.drivers = member_counts(len(first))
        self.columns = subset_sizes([range(width) for width in first])
        self.entering, self.leaving = _weights_by_size(len(first) + len(rest))
        self.sums: dict[tuple[int, int], FloatArray] = {}
        self.weights: dict[tuple[int, int], FloatArray] = {}
        self.held = np.zeros(len(rest))
        self.places = list(accumulate(rest, initial=0))
        below, branches = self.places[-1], 2 ** len(first)
        self.room: list[Block] = [
            [np.empty((below + 1 - row, branches)) for row in range(column + 1, below + 1)]
            for column in range(below)
        ]

    def descend(self, block: Block, driver: int, taken: int, columns: int, tick: Tick) -> float:
        """Walk from one driver down and return the weighted sum over all that is met."""
        if driver == len(self.rest):
            tick()
            return self._arrive(block[0][0], taken, columns)
        width, place = self.rest[driver], self.places[driver]
        without = self.descend(block[width:], driver + 1, taken, columns, tick)
        for column in range(place, place + width):
            block = swept(block, self.floors[column], self.room[column])
        including = self.descend(block, driver + 1, taken + 1, columns + width, tick)
        self.held[driver] += including
        return without + including

    def lowered(self) -> FloatArray:
        """Return by how much each driver lowers the unexplained variance."""
        drivers = len(self.first)
        terms, everything = np.zeros(2**drivers), 0.0
        for (taken, columns), total in self.sums.items():
            terms += self.weights[taken, columns] * total
            leaving = self.growth[self.columns + columns] * self.leaving[self.drivers + taken]
            everything += float(leaving @ total)
        held = [terms.reshape(-1, 2, 2**driver)[:, 1].sum() for driver in range(drivers)]
        return everything - np.concatenate([held, self.held])

    def _arrive(self, unexplained: FloatArray, taken: int, columns: int) -> float:
        key = taken, columns
        if key not in self.sums:
            weights = (self.entering + self.leaving)[self.drivers + taken]
            self.weights[key] = self.growth[self.columns + columns] * weights
            self.sums[key] = np.zeros(len(unexplained))
        self.sums[key] += unexplained
        return float(unexplained @ self.weights[key])


def _weights_by_size(drivers: int) -> tuple[FloatArray, FloatArray]:
    """Return the weight of a subset, by its size, that a driver completes or is about to join."""
    weights = [1 / (drivers * comb(drivers - 1, size)) for size in range(drivers)]
    return np.array([0.0, *weights]), np.array([*weights, 0.0])
