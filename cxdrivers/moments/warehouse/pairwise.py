"""Turn the sums of every pair of columns over its own rows into sums that are read like others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.errors import FitError
from cxdrivers.moments.sums import FloatArray, moments_from_sums
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.sums_table import IntArray

INDEFINITE = 1e-8
"""Share of a variance below which a negative eigenvalue is rounding."""


@dataclass(frozen=True, eq=False)
class PairPlaces:
    """Where the sums of pairs stand among the m columns of `SumsPlan.amounts`.

    Attributes
    ----------
    first, second
        Shape ``(q,)``: the two columns of each pair.
    masses, squares, products
        Shape ``(q,)``.
    above, beside
        Shape ``(q,)``: sums of the first, and of the second column of each pair.
    own
        Shape ``(k,)``: which pairs are a column with itself.
    """

    first: IntArray
    second: IntArray
    masses: IntArray
    squares: IntArray
    products: IntArray
    above: IntArray
    beside: IntArray
    own: IntArray


def pair_places(plan: SumsPlan) -> PairPlaces:
    """Return where the sums of pairs stand among `SumsPlan.amounts`."""
    first, second = np.array(plan.pairs, dtype=np.intp).T
    pairs, width = len(plan.pairs), len(plan.columns)
    counted = np.arange(pairs, dtype=np.intp)
    return PairPlaces(
        first=first,
        second=second,
        masses=counted + pairs,
        squares=counted + 2 * pairs,
        products=counted + 3 * pairs + width**2,
        above=3 * pairs + first * width + second,
        beside=3 * pairs + second * width + first,
        own=np.flatnonzero(first == second),
    )


def pairwise_sums(
    places: PairPlaces, totals: FloatArray, parts: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return sums of parts whose moments are the pairwise ones, and their squared weights.

    The covariance of a pair is that over its own rows, around their own means; a mean is that of
    all who answered. Each group weighs as much as the pair with the fewest effective respondents.
    What is left of a group without one of its parts has the pairwise moments of those rows, but for
    what all parts share: it is of the second order, and spread evenly so that parts add up.

    Parameters
    ----------
    places
        What stands where.
    totals
        Shape ``(K, m)``.
    parts
        Shape ``(K, U, m)``; they add up to the totals.

    Returns
    -------
    sums, squares
        Shapes ``(K, U, 1 + k + q)`` and ``(K, U)``.
    """
    groups, count = parts.shape[:2]
    sums = np.zeros((groups, count, 1 + len(places.own) + len(places.first)))
    squares = np.zeros((groups, count))
    effective = totals[:, places.masses] ** 2 / totals[:, places.squares]
    for group, rarest in enumerate(effective.argmin(axis=1).tolist()):
        whole = _as_sums(places, totals[group], rarest)
        filled = parts[group, :, places.masses[rarest]] != 0
        if filled.sum() < 2:
            sums[group, 0] = whole
            squares[group, 0] = totals[group, places.squares[rarest]]
            continue
        taken = whole - _as_sums(places, totals[group] - parts[group, filled], rarest)
        sums[group, filled] = taken + (whole - taken.sum(axis=0)) / len(taken)
        squares[group] = parts[group, :, places.squares[rarest]]
    return sums, squares


def check_definite(totals: FloatArray, labels: tuple[str, ...]) -> None:
    """Refuse pairwise covariances that no answers can have.

    Parameters
    ----------
    totals
        Shape ``(K, 1 + k + q)``: sums of `pairwise_sums` over all parts.
    labels
        The names of the groups.

    Raises
    ------
    FitError
        When one has an eigenvalue below zero.
    """
    covariance = moments_from_sums(totals)[1]
    spread = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    unit = np.where(spread > 0, spread, 1.0)
    smallest = np.linalg.eigvalsh(covariance / (unit[:, :, None] * unit[:, None, :]))[:, 0]
    wrong = np.flatnonzero(smallest < -INDEFINITE)
    if wrong.size:
        worst = int(smallest.argmin())
        least = round(float(smallest[worst]), 6)
        if labels[worst]:
            groups = [labels[place] for place in wrong]
            raise FitError("pairwise_indefinite_in_groups", groups=groups, smallest=least)
        raise FitError("pairwise_indefinite", smallest=least)


def _as_sums(places: PairPlaces, amounts: FloatArray, rarest: int) -> FloatArray:
    """Return sums that `moments_from_sums` reads pairwise moments from, shape ``(..., 1 + k + q)``.

    Parameters
    ----------
    places
        What stands where.
    amounts
        Shape ``(..., m)``.
    rarest
        The pair whose weights they have.
    """
    masses = amounts[..., places.masses]
    mean = (amounts[..., places.above] / masses)[..., places.own]
    covariance = (
        amounts[..., places.products]
        - amounts[..., places.above] * amounts[..., places.beside] / masses
    ) / masses
    second = covariance + mean[..., places.first] * mean[..., places.second]
    mass = masses[..., [rarest]]
    sums: FloatArray = mass * np.concatenate([np.ones_like(mass), mean, second], axis=-1)
    return sums
