"""Draw means and slopes of one group again from the random parts of its moments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cxdrivers.answers.advice.priority_draws import RatingDraws
from cxdrivers.answers.weights.drawn import DrawnParts
from cxdrivers.models.penalty_reward import slopes_of
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.part_resampling import part_counts, resampled_sums
from cxdrivers.moments.sums import FloatArray, moments_from_sums


def part_draws(parts: DrawnParts, drivers: Sequence[str], *, n_boot: int, seed: int) -> RatingDraws:
    """Return means, slopes and parts of users, in the sample and in resamples of its parts.

    The resamples are those of the weights with the same seed. A driver of several items has as its
    slope the sum of theirs, for a point more on each, and no mean. Where ratings are expected from
    others, resamples are as far from the sample as they are for who answered.

    Parameters
    ----------
    parts
        Of one group.
    drivers
        Keys of drivers that vary.
    n_boot, seed
        How many resamples, and where the random numbers start; fewer than eight parts have none.
    """
    moments = parts.moments
    places = [moments.drivers.index(driver) for driver in drivers]
    sample = _told(moments, np.ones((1, moments.sums.shape[1])), places)[0]
    counts = part_counts(moments, n_boot=n_boot if parts.enough else 0, seed=seed)
    drawn = _told(moments, counts, places)
    wider = parts.widening[places]
    drawn[:, :2] = sample[:2] + wider * (drawn[:, :2] - sample[:2])
    return RatingDraws(sample, drawn)


def outcome_means(parts: DrawnParts, *, n_boot: int, seed: int) -> tuple[float, FloatArray]:
    """Return the mean of the outcome, in the sample and in the resamples of `part_draws`."""
    moments = parts.moments
    counts = part_counts(moments, n_boot=n_boot if parts.enough else 0, seed=seed)
    drawn = moments_from_sums(resampled_sums(moments, counts))[0][:, -1] + moments.centre[-1]
    return float(moments.mean[0, -1]), drawn


def rating_spread(moments: GroupedMoments, driver: str) -> float:
    """Return the standard deviation of a driver's ratings among its users, NaN without a rating.

    Ratings of others stand as 0 in the column; what the mark does not tell of it is the spread of
    the users, who are a part of all.
    """
    ratings, mark = _columns(moments, moments.drivers.index(driver))
    if len(ratings) != 1:
        return float("nan")
    covariance = moments.covariance[0]
    variance = covariance[ratings[0], ratings[0]]
    if mark is not None:
        told = covariance[ratings[0], mark] ** 2 / covariance[mark, mark]
        variance = (variance - told) / (1 - moments.mean[0, mark])
    return float(np.sqrt(max(variance, 0.0)))


def _told(moments: GroupedMoments, counts: FloatArray, places: Sequence[int]) -> FloatArray:
    """Return mean, slope and part of users in resamples of the parts, shape ``(B, 3, q)``."""
    mean, covariance = moments_from_sums(resampled_sums(moments, counts))
    mean = mean + moments.centre
    slopes = slopes_of(covariance)
    masses, above = counts @ moments.rating_masses[0], counts @ moments.rating_sums[0]
    rated = np.divide(above, masses, out=np.full_like(above, np.nan), where=masses > 0)
    rated = rated + moments.rating_centre
    found = np.empty((len(counts), 3, len(places)))
    for column, place in enumerate(places):
        ratings, mark = _columns(moments, place)
        one = len(ratings) == 1 and np.isfinite(moments.rating_sums[0, :, place]).any()
        if not one:
            found[:, 0, column] = np.nan
        else:
            found[:, 0, column] = rated[:, place] if mark is not None else mean[:, ratings[0]]
        found[:, 1, column] = slopes[:, ratings].sum(axis=1) if ratings else np.nan
        found[:, 2, column] = 1.0 if mark is None else 1 - mean[:, mark]
    return found


def _columns(moments: GroupedMoments, place: int) -> tuple[list[int], int | None]:
    """Return the columns with a driver's ratings, and that of its mark if it has one."""
    group = moments.groups[place]
    marks = [column for column in group if moments.terms[column] == NOT_APPLICABLE]
    return [column for column in group if column not in marks], next(iter(marks), None)
