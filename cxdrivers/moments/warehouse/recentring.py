"""Look at columns that were added up already, and take another centre off them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.moments.sums import ROUNDING, FloatArray
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.sums_table import BoolArray, IntArray

FAR = 100.0
"""How many variances the squared distance from a centre may be before a pass is made again."""


@dataclass(frozen=True, eq=False)
class Rated:
    """What everybody together answered.

    Attributes
    ----------
    mark
        Shape ``(k,)``: for each column the place of its driver's mark, -1 without one.
    mean, variance
        Shape ``(k,)``: of the answers less their centre, of those to whom the driver applied. NaN
        where there are none, and for a mark.
    varies
        Shape ``(k,)``: columns that are not the same for all who answered; marks of drivers that
        applied to some and not to others.
    """

    mark: IntArray
    mean: FloatArray
    variance: FloatArray
    varies: BoolArray

    @property
    def far(self) -> BoolArray:
        """Which columns lie so far from their centre that digits of their variance are lost."""
        told = np.isfinite(self.mean) & self.varies
        far: BoolArray = np.zeros(len(told), dtype=bool)
        far[told] = self.mean[told] ** 2 > FAR * self.variance[told]
        return far


def rated_of(plan: SumsPlan, sums: FloatArray) -> Rated:
    """Return what everybody together answered.

    Parameters
    ----------
    plan
        What was asked for.
    sums
        Shape ``(1 + k + q,)``: of all groups, in the order of `row_products`.
    """
    width = len(plan.columns)
    is_mark = np.array([column.is_mark for column in plan.columns])
    question = np.array([column.question for column in plan.columns])
    mark_of = {int(question[place]): int(place) for place in np.flatnonzero(is_mark)}
    mark = np.array([mark_of.get(place, -1) for place in question.tolist()], dtype=np.intp)
    above = sums[1 : 1 + width]
    away = np.where(mark >= 0, above[mark], 0.0)
    mass = sums[0] - away
    told = ~is_mark & (mass > 0)
    mean, second = np.full(width, np.nan), np.full(width, np.nan)
    np.divide(above, mass, out=mean, where=told)
    np.divide(sums[_squares(width)], mass, out=second, where=told)
    variance = second - mean**2
    varies = np.where(is_mark, (away > 0) & (mass > 0), variance > ROUNDING * second)
    return Rated(mark, mean, variance, varies)


def take_off(sums: FloatArray, column: int, mark: int, centre: float) -> None:
    """Take a centre off a column, where its driver applied, in sums that are there already.

    Parameters
    ----------
    sums
        Shape ``(..., 1 + k + q)``, changed: in the order of `row_products`.
    column, mark
        Which column, 0 where its driver did not apply, and which says where that was.
    centre
        What to take off.
    """
    width = int((np.sqrt(8 * sums.shape[-1] + 1) - 3) / 2)
    product = _places(width)
    own, away = sums[..., 1 + column], sums[..., 1 + mark]
    both = sums[..., product[column, mark]]
    applied = sums[..., 0] - 2 * away + sums[..., product[mark, mark]]
    sums[..., product[column, column]] += centre**2 * applied - 2 * centre * (own - both)
    for other in range(width):
        if other != column:
            here = sums[..., 1 + other] - sums[..., product[mark, other]]
            sums[..., product[column, other]] -= centre * here
    own -= centre * (sums[..., 0] - away)


def chosen_columns(sums: FloatArray, kept: IntArray) -> FloatArray:
    """Return the sums of some of the columns.

    Parameters
    ----------
    sums
        Shape ``(..., 1 + k + q)``.
    kept
        The places of the columns, in order.
    """
    width = int((np.sqrt(8 * sums.shape[-1] + 1) - 3) / 2)
    if len(kept) == width:
        return sums
    first, second = np.triu_indices(len(kept))
    products = _places(width)[kept[first], kept[second]]
    return sums[..., np.concatenate([[0], 1 + kept, products])]


def _squares(width: int) -> IntArray:
    return np.diagonal(_places(width))


def _places(width: int) -> IntArray:
    """Return where the product of two columns stands, shape ``(k, k)``."""
    places = np.zeros((width, width), dtype=np.intp)
    first, second = np.triu_indices(width)
    places[first, second] = places[second, first] = 1 + width + np.arange(len(first))
    return places
