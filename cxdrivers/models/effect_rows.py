"""Lay out estimates of many groups for sums over groups, block by block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.effective_sizes import IntArray
from cxdrivers.models.proportions import BoolArray


@dataclass(frozen=True, eq=False)
class EffectRows:
    """Estimates of K groups with their variances, in R rows, sorted by block.

    Attributes
    ----------
    estimates
        Shape ``(R, K)``: less the block's mean in `centres`; 0 where there is none.
    variances
        Shape ``(R, K)``; infinite where there is no estimate, which makes its weight 0.
    degrees
        Shape ``(R, K)``: degrees of freedom behind each variance.
    centres
        Shape ``(R, B)``: means of blocks by precision; NaN for one without groups.
    starts
        Shape ``(B,)``: the first group of each block.
    members
        Shape ``(K,)``: the block of each group.
    """

    estimates: FloatArray
    variances: FloatArray
    degrees: FloatArray
    centres: FloatArray
    starts: IntArray
    members: IntArray

    @cached_property
    def there(self) -> BoolArray:
        """Which groups have an estimate: shape ``(R, K)``."""
        return np.isfinite(self.variances)

    @cached_property
    def count(self) -> IntArray:
        """Groups with an estimate: shape ``(R,)``."""
        count: IntArray = self.there.sum(axis=-1)
        return count

    @cached_property
    def freedom(self) -> IntArray:
        """Groups less blocks: shape ``(R,)``."""
        freedom: IntArray = self.count - np.isfinite(self.centres).sum(axis=-1)
        return freedom

    @cached_property
    def noise(self) -> FloatArray:
        """Squared variances over their degrees of freedom, 0 where known: shape ``(R, K)``."""
        noise: FloatArray = np.where(self.there, self.variances, 0.0) ** 2 / self.degrees
        return noise

    @cached_property
    def typical(self) -> FloatArray:
        """The variance that stands for all of a row (Higgins & Thompson 2002): shape ``(R,)``.

        1 where there are no more groups than blocks.
        """
        weights, totals, _ = self.weighted(np.zeros((1, len(self.estimates))))
        squares = np.add.reduceat(weights**2, self.starts, axis=-1)
        spread = (totals - ratio(squares, totals)).sum(axis=-1)[0]
        return np.where(self.freedom > 0, ratio(self.freedom.astype(np.float64), spread), 1.0)

    def rows(self, places: slice) -> EffectRows:
        """Return some of the rows."""
        return replace(
            self,
            estimates=self.estimates[places],
            variances=self.variances[places],
            degrees=self.degrees[places],
            centres=self.centres[places],
        )

    def weighted(self, tau_squared: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return weights of groups, and their sums and means by block.

        Parameters
        ----------
        tau_squared
            Shape ``(N, R)``: N variances between groups of each row.

        Returns
        -------
        weights, totals, means
            Shape ``(N, R, K)``, ``(N, R, B)`` and ``(N, R, B)``; means less `centres`, 0 for a
            block without groups.
        """
        weights = 1 / (self.variances + tau_squared[..., np.newaxis])
        totals = np.add.reduceat(weights, self.starts, axis=-1)
        sums = np.add.reduceat(weights * self.estimates, self.starts, axis=-1)
        return weights, totals, ratio(sums, totals)

    def residuals(self, means: FloatArray) -> FloatArray:
        """Return what estimates lie above means of their blocks, 0 where there is none."""
        return np.where(self.there, self.estimates - means[..., self.members], 0.0)


def effect_rows(
    estimates: FloatArray, variances: FloatArray, blocks: IntArray, degrees: FloatArray
) -> EffectRows:
    """Lay out estimates for sums by block.

    Parameters
    ----------
    estimates, variances, degrees
        Shape ``(R, K)``. A group counts with a finite estimate, and a variance
        and degrees of freedom above 0.
    blocks
        Shape ``(K,)``: every number from 0 to the last one occurs, in ascending order.
    """
    there = np.isfinite(estimates) & np.isfinite(variances) & (variances > 0) & (degrees > 0)
    starts = np.flatnonzero(np.diff(blocks, prepend=-1))
    rows = EffectRows(
        estimates=np.where(there, estimates, 0.0),
        variances=np.where(there, variances, np.inf),
        degrees=np.where(there, degrees, np.inf),
        centres=np.zeros((len(estimates), len(starts))),
        starts=starts,
        members=blocks,
    )
    _, totals, means = rows.weighted(np.zeros((1, len(estimates))))
    return replace(
        rows,
        estimates=rows.residuals(means[0]),
        centres=np.where(totals[0] > 0, means[0], np.nan),
    )


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return a ratio, 0 where it is one by 0."""
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)
