"""Estimate the shares of R² among more drivers than all subsets can be walked for.

A driver's share is what it adds when it enters, averaged over all orders of entry; here over a
sample of orders. What it adds depends above all on how early it enters. So every order is drawn
with all its rotations, in which each driver has each place once, and with their reverses: that
takes away all but a twentieth or less of the variance, for the same work. Orders are the last axis,
where NumPy is fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups
from cxdrivers.importance.sweep import Block, growth_by_columns, swept

Orders = NDArray[np.int64]

FEWEST_FAMILIES = 20
"""Orders drawn, each with its rotations and reverses, before their spread is relied on."""
BLOCK_BYTES = 2**22
"""Size that the matrices of the orders walked at a time aim for."""
PROGRESS_AFTER = 2.0


@dataclass(frozen=True, eq=False)
class SampledShares:
    """Shares of R² with the error of having sampled the orders of entry.

    Parameters
    ----------
    shares
        Shape ``(p,)``. They add up to R² exactly. NaN where the outcome does not vary.
    std_errors
        Shape ``(p,)``: how far a share may be from the average over all orders, which is not the
        uncertainty of having asked only these respondents.
    permutations
        Orders of entry that were walked, rotations and reverses included.
    """

    shares: FloatArray
    std_errors: FloatArray
    permutations: int


def sampled_shares(
    covariance: FloatArray,
    groups: Groups,
    *,
    always: Sequence[int] = (),
    n: float | None = None,
    adjust: int = 0,
    permutations: int = 50_000,
    std_error: float = 2e-4,
    seed: int = 0,
) -> SampledShares:
    """Return every driver's Shapley share of R², estimated from a sample of orders of entry.

    Use this for more drivers than `walked_shares` can be waited for, about thirty.

    Parameters
    ----------
    covariance
        Shape ``(k, k)``, outcome last.
    groups
        For each driver the positions of its columns.
    always
        Positions of columns that are in before any driver.
    n
        Effective number of respondents; needed when `adjust` is not 0.
    adjust
        How often R² is adjusted for noise: 0 for the classic shares, 1 for a sample, 2 for a
        resample of it.
    permutations
        Orders of entry to walk at most: at least 40 for each driver.
    std_error
        It ends sooner when no driver's standard error is larger; 0 to walk them all.
    seed
        Where the random numbers start.

    Raises
    ------
    FitError
        When there are no more respondents than columns, or too few orders to know the error.

    Notes
    -----
    Castro, Gómez & Tejada 2009, *Computers & Operations Research* 36(5), 1726–1730; reversed
    orders: Mitchell, Cooper, Frank & Holmes 2022, *Journal of Machine Learning Research* 23(43).

    Examples
    --------
    >>> matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    >>> sampled_shares(matrix, [(0,), (1,)], permutations=80).shares
    array([0.20434066, 0.11434066])
    """
    least = FEWEST_FAMILIES * 2 * len(groups)
    if permutations < least:
        raise FitError("permutations_unknown", permutations=permutations, least=least)
    widths = np.array([len(group) for group in groups])
    growth = growth_by_columns(len(always) + int(widths.sum()), n=n, adjust=adjust)
    order = [*always, *(column for group in groups for column in group), covariance.shape[-1] - 1]
    matrix = covariance[np.ix_(order, order)]
    if not matrix[-1, -1] > 0:
        untold = np.full(len(groups), np.nan)
        return SampledShares(untold, untold, 0)
    rng, spread = np.random.default_rng(seed), _Spread(len(groups))
    with tqdm(total=permutations, delay=PROGRESS_AFTER, leave=False) as bar:
        for families in _at_once(permutations, len(groups), len(order)):
            orders = _rotated(rng, len(groups), families)
            added = _added(matrix, widths, orders, growth)
            spread.add(added.reshape(len(groups), -1, families).mean(axis=1))
            bar.update(orders.shape[1])
            if spread.count >= FEWEST_FAMILIES and spread.std_errors().max() <= std_error:
                break
    return SampledShares(spread.mean, spread.std_errors(), 2 * len(groups) * spread.count)


def _rotated(rng: np.random.Generator, drivers: int, families: int) -> Orders:
    """Return random orders with their rotations and reverses, shape ``(p, 2 * p * families)``.

    Members of one family stand `families` apart.
    """
    drawn = rng.permuted(np.tile(np.arange(drivers), (families, 1)), axis=1)
    places = np.arange(drivers)
    rotations = drawn.T[(places[:, np.newaxis] + places) % drivers].reshape(drivers, -1)
    return np.concatenate([rotations, rotations[::-1]], axis=1)


class _Spread:
    """Mean and standard error over the families so far (Chan, Golub & LeVeque 1983)."""

    def __init__(self, drivers: int) -> None:
        self.count = 0
        self.mean = np.zeros(drivers)
        self.squares = np.zeros(drivers)

    def add(self, values: FloatArray) -> None:
        """Take in some families more, shape ``(p, families)``."""
        more, mean = values.shape[1], values.mean(axis=1)
        count, gap = self.count + more, mean - self.mean
        within = ((values - mean[:, np.newaxis]) ** 2).sum(axis=1)
        self.squares += within + gap**2 * self.count * more / count
        self.mean += gap * more / count
        self.count = count

    def std_errors(self) -> FloatArray:
        """Return the standard error of each mean."""
        errors: FloatArray = np.sqrt(self.squares / (self.count - 1) / self.count)
        return errors


def _added(
    matrix: FloatArray, widths: NDArray[np.int64], orders: Orders, growth: FloatArray
) -> FloatArray:
    """Return what each driver adds to R² in each order of entry, shape ``(p, N)``."""
    controls, within = len(growth) - 1 - int(widths.sum()), np.arange(orders.shape[1])
    turn = np.empty_like(orders)
    turn[orders, within] = np.arange(len(orders))[:, np.newaxis]
    driver_of = np.repeat(np.arange(len(widths)), widths)
    columns = controls + np.argsort(turn[driver_of], axis=0, kind="stable")
    ends = np.broadcast_to([[len(matrix) - 1]], (1, len(within)))
    always = np.broadcast_to(np.arange(controls)[:, np.newaxis], (controls, len(within)))
    left = growth[:, np.newaxis] * _unexplained(matrix, np.concatenate([always, columns, ends]))
    reached = controls + np.cumsum(widths[orders], axis=0)
    after = np.take_along_axis(left, reached, axis=0)
    before = np.concatenate([left[controls : controls + 1], after[:-1]])
    added: FloatArray = np.take_along_axis(before - after, turn, axis=0) / matrix[-1, -1]
    return added


def _unexplained(matrix: FloatArray, columns: Orders) -> FloatArray:
    """Return what is unexplained of the last column as the others enter, shape ``(k, N)``."""
    floors = COLLINEAR * np.diag(matrix)[columns]
    block: Block = [matrix[row, columns[place:]] for place, row in enumerate(columns)]
    left = [block[-1][0]]
    for floor in floors[:-1]:
        block = swept(block, floor)
        left.append(block[-1][0])
    return np.array(left)


def _at_once(permutations: int, drivers: int, columns: int) -> Iterator[int]:
    """Yield how many families to walk at a time, so that their matrices stay in the cache."""
    families = permutations // (2 * drivers)
    most = max(1, BLOCK_BYTES // (4 * columns**2 * 2 * drivers))
    for start in range(0, families, most):
        yield min(most, families - start)
