"""Hold one number of every driver in every group: its own, its error, and drawn to the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from cxdrivers.answers.groups.group_estimates import (
    EFFECT,
    MEAN,
    MEASURES,
    WEIGHT,
    Estimates,
    GroupEstimates,
)
from cxdrivers.answers.groups.steady_variances import steady_variances
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.models.random_effects import RandomEffects, random_effects
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.survey.coding import BoolArray


@dataclass(frozen=True, eq=False)
class GroupMeasure:
    """One number of p drivers in K groups, and in all groups too small to be shown if there are.

    Attributes
    ----------
    estimate, variance, degrees
        Shape ``(K, p)``, or ``(K + 1, p)`` with the small groups together last; NaN where a group
        has no such number. Variances of groups are drawn to the one they have in common, and those
        of weights are what is typical of the group's size: one that is small by luck would make a
        group look like a discovery.
    spread
        What the K groups have in common and how much they differ; its arrays are ``(p,)`` and
        ``(p, K)``.
    """

    estimate: FloatArray
    variance: FloatArray
    degrees: FloatArray
    spread: RandomEffects

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Return the ends of the interval of each group's own number."""
        reach = stdtrit(self.degrees, (1 + level) / 2) * np.sqrt(self.variance)
        return self.estimate - reach, self.estimate + reach

    def shrunk(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return each group's number drawn to the whole, with its interval, as `estimate` is.

        The small groups together are not one group, and have none.
        """
        more = len(self.estimate) - self.spread.shrunk.shape[1]
        low, middle, high = (
            np.pad(part.T, ((0, more), (0, 0)), constant_values=np.nan)
            for part in (self.spread.shrunk_low, self.spread.shrunk, self.spread.shrunk_high)
        )
        return middle, low, high


def of_one_cluster(moments: GroupedMoments) -> BoolArray:
    """Return which groups are a single cluster where others hold several, shape ``(K,)``.

    How much their respondents differ does not say how much another cluster would: they have the
    variance that one cluster of the other groups has.
    """
    alone: BoolArray = ~moments.whole_clusters & moments.whole_clusters.any()
    return alone


def measures_of(
    moments: GroupedMoments,
    estimates: GroupEstimates,
    *,
    compared: int,
    blocks: NDArray[np.intp] | None = None,
    level: float,
) -> dict[str, GroupMeasure]:
    """Return weights, own effects and ratings of every driver in every group.

    Parameters
    ----------
    moments, estimates
        Of the groups.
    compared
        How many of them, the first, are compared; what follows is shown beside them.
    blocks
        Shape ``(compared,)``: in which outer group each of them lies, or None.
    level
        Of the intervals.

    Notes
    -----
    The variance of a weight is that of all groups, and its degrees of freedom stand for its tail
    (`steady_variances`). Where a group of n respondents comes in fewer than eight parts these do
    not say how long that is, and it has the n/4 that it would have in n parts.
    """
    alone = of_one_cluster(moments)
    alone[compared:] = False
    usual = np.mean((moments.n_effective / np.maximum(moments.parts, 1))[~alone])
    size = np.where(alone, np.minimum(moments.n_effective, usual), moments.n_effective)
    shape = moments.rated.shape
    respondents = np.broadcast_to(size[:, np.newaxis], shape)
    ratings = respondents * np.maximum(moments.rated, 1) / moments.n[:, np.newaxis]
    degrees = np.where(alone, 0.0, estimates.degrees)
    sizes = {MEAN: ratings, EFFECT: respondents * left_for_slopes(moments)[:, np.newaxis]}
    found = {
        name: group_measure(
            estimates.of(name),
            np.broadcast_to(degrees[:, np.newaxis], shape),
            sizes.get(name, respondents),
            compared=compared,
            blocks=blocks,
            measure=name,
            level=level,
        )
        for name in MEASURES
    }
    few = (moments.parts < FEWEST_PARTS) & ~moments.whole_clusters & ~alone
    few[compared:] = False
    tails = np.minimum(moments.n_effective / 4, degrees[:compared].sum())[:, np.newaxis]
    weight = found[WEIGHT]
    told = few[:, np.newaxis] & np.isfinite(weight.degrees)
    return found | {WEIGHT: replace(weight, degrees=np.where(told, tails, weight.degrees))}


def left_for_slopes(moments: GroupedMoments) -> FloatArray:
    """Return which part of the respondents of each group is left to find slopes from, ``(K,)``.

    The variance of a slope beside k columns goes as 1/(n − k − 2). Taken to go as 1/n it came out
    too small in small groups: of 800 groups of 60 to 3,000 that did not differ at all, every
    seventh driver differed at 5 %; so it is every eleventh.
    """
    n, columns = moments.n_effective, len(moments.terms)
    return np.maximum(n - columns - 2, 1.0) / np.maximum(n, 1.0)


def group_measure(
    found: Estimates,
    degrees: FloatArray,
    sizes: FloatArray,
    *,
    compared: int,
    blocks: NDArray[np.intp] | None = None,
    measure: str,
    level: float,
) -> GroupMeasure:
    """Return one number of every driver in every group, from estimates and jackknife variances.

    Parameters
    ----------
    found
        Of each group its number and the variance of that, shape ``(K', p)``.
    degrees, sizes
        The same shape: the degrees of freedom behind the variance, and the effective respondents.
        A group without degrees of freedom, such as one in one part, has the variance that is usual
        for its size; where no group has any, nothing is drawn to the whole.
    compared, blocks, level
        As in `measures_of`.
    measure
        A name of `MEASURES`.
    """
    own = slice(None, compared)
    estimate, variance = found.estimate[own].T, found.variance[own].T
    known = (np.isfinite(variance) & (degrees[own].T > 0)).any(axis=-1, keepdims=True)
    tested = np.isfinite(estimate) & ~((measure == WEIGHT) & (estimate == 0))
    lacking = tested & np.isnan(variance) & (degrees[own].T == 0)
    usual = np.where(lacking & known, 0.0, variance)
    steady = steady_variances(measure, usual, sizes[own].T, degrees[own].T)
    spread = random_effects(
        np.where(lacking & ~known, np.nan, estimate),
        steady.pooled,
        blocks=blocks,
        level=level,
        degrees=steady.pooled_degrees,
    )
    more = slice(compared, None)
    return GroupMeasure(
        estimate=found.estimate,
        variance=np.concatenate([steady.own.T, found.variance[more]]),
        degrees=np.concatenate([steady.own_degrees.T, degrees[more]]),
        spread=spread,
    )
