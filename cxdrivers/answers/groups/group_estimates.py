"""Estimate weights, effects and means of every group, and how sure each is, from sums alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.answers.weights.linear_valuation import linear_valuation
from cxdrivers.importance.many_coefficients import many_coefficients
from cxdrivers.importance.many_shares import many_shares
from cxdrivers.models.part_slopes import freed_part
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.sums import FloatArray, moments_from_sums

IntArray = NDArray[np.intp]

WEIGHT, EFFECT, MEAN = MEASURES = ("weight", "effect", "mean")
"""What is estimated of a driver in a group: its part of R², its own slope, its mean rating."""

FEWEST_RATED = 10
"""With fewer ratings of a driver, nothing is told of it in that group."""
MATRICES_AT_ONCE = 5000


@dataclass(frozen=True, eq=False)
class Estimates:
    """One measure in every group.

    Attributes
    ----------
    estimate, variance
        Shape ``(K, p)``, or ``(K,)`` for what all drivers explain; NaN where nothing is told.
    """

    estimate: FloatArray
    variance: FloatArray


@dataclass(frozen=True, eq=False)
class GroupEstimates:
    """The measures of K groups.

    Attributes
    ----------
    weight
        Parts of R² (or what another method shares), noise taken out when asked. A driver that
        never varies in a group earns 0 there, and has no variance: it was not put to the test.
    effect
        The slope of the outcome on the rating beside all other columns: NaN for a factor or
        several items, and where the driver or the outcome never varies.
    mean
        The mean rating among those who rated the driver.
    r_squared
        What all drivers explain, adjusted as the weights are.
    degrees
        Shape ``(K,)``: degrees of freedom of the variances, one less than the parts.
    """

    weight: Estimates
    effect: Estimates
    mean: Estimates
    r_squared: Estimates
    degrees: IntArray

    def of(self, measure: str) -> Estimates:
        """Return one of `MEASURES` by its name."""
        return {WEIGHT: self.weight, EFFECT: self.effect, MEAN: self.mean}[measure]


def group_estimates(
    grouped: GroupedMoments, *, method: str = "lmg", adjusted: bool = True
) -> GroupEstimates:
    """Return the measures of every group with their variances.

    The variance is that of the delete-a-group jackknife: with U parts, (U − 1)/U times the sum of
    squared deviations of what remains without each part (Kott 2001, *Journal of Official
    Statistics* 17, 521–526); that of effects is freed of what it is too large by (`freed_part`). A
    driver that fewer than ten rated in a group is not told there; it
    stays among the columns, expected from the other answers, so that the other drivers are held
    against the same ones in every group.

    Parameters
    ----------
    grouped
        Sums of K groups in parts.
    method
        How R² is shared: a name of `METRICS`.
    adjusted
        Whether noise is taken out of R², by each group's own number of respondents.

    Raises
    ------
    FitError
        When the method is not defined for these drivers, or noise cannot be taken out of it.
    """
    linear_valuation(grouped.moments(0), method)
    step = max(1, MATRICES_AT_ONCE // (grouped.sums.shape[1] + 1))
    weight, effect, mean, explained = (
        Estimates(*map(np.concatenate, zip(*found, strict=True)))
        for found in zip(
            *(
                _measured(grouped, slice(start, start + step), method, adjusted=adjusted)
                for start in range(0, len(grouped.labels), step)
            ),
            strict=True,
        )
    )
    enough = grouped.rated >= FEWEST_RATED
    varies = weight.estimate != 0
    weight = Estimates(weight.estimate, np.where(varies, weight.variance, np.nan))
    return GroupEstimates(
        weight=_where(enough, weight),
        effect=_where(enough, effect),
        mean=_where(enough, mean),
        r_squared=explained,
        degrees=np.maximum(grouped.parts - 1, 0),
    )


def jackknife_variances(replicates: FloatArray, told: NDArray[np.bool_]) -> FloatArray:
    """Return the variance of an estimate from what it is without each part in turn.

    Parameters
    ----------
    replicates
        Shape ``(K, U, ...)``.
    told
        Shape ``(K, U)``: which parts somebody is in.

    Returns
    -------
    ndarray, shape ``(K, ...)``
        NaN where fewer than two parts are told, or one of them gives no number.

    Examples
    --------
    >>> means_without_each = np.array([[2.5, 2.0, 1.5]])
    >>> jackknife_variances(means_without_each, np.ones((1, 3), dtype=bool)).round(3)
    array([0.333])
    """
    inside = told.reshape(*told.shape, *[1] * (replicates.ndim - 2))
    count = inside.sum(axis=1)
    given = np.where(inside, replicates, 0.0)
    average = given.sum(axis=1) / np.maximum(count, 1)
    squares = np.where(inside, replicates - average[:, np.newaxis], 0.0) ** 2
    variances: FloatArray = squares.sum(axis=1) * (count - 1) / np.maximum(count, 1)
    return np.where(count > 1, variances, np.nan)


def _measured(
    grouped: GroupedMoments, places: slice, method: str, *, adjusted: bool
) -> list[tuple[FloatArray, FloatArray]]:
    """Return estimates and variances of weights, effects, means and R² of some groups."""
    filled = grouped.filled[places]
    sums = grouped.sums[places].sum(axis=1, keepdims=True)
    stacked = np.concatenate([sums, grouped.sums_without(places)], axis=1)
    n = np.column_stack([grouped.n_effective[places], grouped.n_effective_without(places)])
    known = np.isfinite(n) & np.isfinite(stacked[..., 0])
    covariance = moments_from_sums(stacked[known])[1]
    weights, effects, explained = _of_matrices(
        grouped, covariance, n[known], method, adjusted=adjusted
    )
    ratings = grouped.rating_mean[places][:, np.newaxis], grouped.rating_mean_without(places)
    found = [
        _placed(weights, known),
        _placed(effects, known),
        np.concatenate(ratings, axis=1),
        _placed(explained, known),
    ]
    weight, effect, mean, r_squared = (
        (each[:, 0], jackknife_variances(each[:, 1:], filled)) for each in found
    )
    freed = effect[1] * freed_part(grouped, places)[:, np.newaxis]
    return [weight, (effect[0], freed), mean, r_squared]


def _of_matrices(
    grouped: GroupedMoments, covariance: FloatArray, n: FloatArray, method: str, *, adjusted: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return weights, effects and R² of covariance matrices."""
    weights = many_shares(
        covariance,
        grouped.groups,
        n=n,
        method=method,
        adjusted=adjusted,
        needs=grouped.needs,
    )
    every = tuple(range(len(grouped.terms)))
    explained = many_shares(covariance, [every], n=n, adjusted=adjusted)[:, 0]
    slopes = np.column_stack([many_coefficients(covariance), np.full(len(covariance), np.nan)])
    slopes[covariance[:, -1, -1] == 0] = np.nan
    ratings = [
        next((column for column in group if grouped.terms[column] == RATING), -1)
        for group in grouped.groups
    ]
    return weights, slopes[:, ratings], explained


def _placed(numbers: FloatArray, known: NDArray[np.bool_]) -> FloatArray:
    """Return numbers where they are known, and NaN elsewhere."""
    placed = np.full((*known.shape, *numbers.shape[1:]), np.nan)
    placed[known] = numbers
    return placed


def _where(told: NDArray[np.bool_], measured: Estimates) -> Estimates:
    return Estimates(
        np.where(told, measured.estimate, np.nan), np.where(told, measured.variance, np.nan)
    )
