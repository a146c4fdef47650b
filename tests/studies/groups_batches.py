"""Put many surveys of organisations through the kernels of `compare_groups` at once.

A survey is nothing but K groups of a longer list, so what one survey takes fifty take together.
`tests.studies.test_groups` holds it against `compare_groups` survey by survey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdrivers.answers.groups.group_contrasts import Contrasts, contrasts_with_rest
from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, MEASURES, Estimates
from cxdrivers.answers.groups.group_estimates import group_estimates as estimates_of
from cxdrivers.answers.groups.group_measures import (
    GroupMeasure,
    group_measure,
    left_for_slopes,
)
from cxdrivers.moments.columns import RATING
from cxdrivers.moments.expected_products import expected_rows
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.product_sums import product_sums
from cxdrivers.moments.random_parts import part_count, random_parts
from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import DRIVERS
from tests.studies.groups_worlds import Answers

WIDTH = len(DRIVERS)
COLUMNS = tuple((place,) for place in range(WIDTH))


@dataclass(frozen=True, eq=False)
class Batch:
    """One measure in S surveys of K organisations.

    Attributes
    ----------
    measure, rest
        The numbers of the organisations, and each less the mean of the others, as for one survey
        of S·p drivers.
    sizes
        Shape ``(K, S·p)``: what an organisation counts in the rest of another.
    """

    measure: GroupMeasure
    rest: Contrasts
    sizes: FloatArray


def batches(surveys: Sequence[Answers], *, level: float) -> dict[str, Batch]:
    """Return every measure in surveys of as many organisations."""
    moments = joined_moments(surveys)
    estimates = estimates_of(moments)
    degrees = np.broadcast_to(estimates.degrees[:, np.newaxis], moments.rated.shape)
    n = np.broadcast_to(moments.n[:, np.newaxis], moments.rated.shape)
    rated, count = beside(moments.rated, len(surveys)), len(moments.labels) // len(surveys)
    respondents = beside(n, len(surveys)).astype(np.float64)
    left = np.broadcast_to(left_for_slopes(moments)[:, np.newaxis], moments.rated.shape)
    sizes = {MEAN: rated, EFFECT: respondents * beside(left, len(surveys))}
    found = {}
    for name in MEASURES:
        one = estimates.of(name)
        measure = group_measure(
            Estimates(beside(one.estimate, len(surveys)), beside(one.variance, len(surveys))),
            beside(degrees, len(surveys)).astype(np.float64),
            sizes.get(name, respondents),
            compared=count,
            measure=name,
            level=level,
        )
        rest = contrasts_with_rest(measure.estimate, measure.variance, measure.degrees, rated)
        found[name] = Batch(measure, rest, rated)
    return found


def beside(numbers: NDArray[Any], surveys: int) -> FloatArray:
    """Return numbers of organisations below each other, ``(S·K, p)``, as ``(K, S·p)``."""
    apart = numbers.reshape(surveys, -1, numbers.shape[-1])
    together: FloatArray = np.moveaxis(apart, 0, 1).reshape(apart.shape[1], -1)
    return together


def joined_moments(surveys: Sequence[Answers]) -> GroupedMoments:
    """Return the sums of all organisations of surveys, each survey by itself."""
    count = int(surveys[0].group.max()) + 1
    each = [_sums(answers, count) for answers in surveys]
    sums, n, rated, masses, above = (np.concatenate(parts) for parts in zip(*each, strict=True))
    return GroupedMoments(
        by="organisation",
        labels=tuple(f"{place:05d}" for place in range(len(n))),
        drivers=DRIVERS,
        groups=COLUMNS,
        terms=(RATING,) * WIDTH,
        outcome="satisfaction",
        needs=(),
        centre=np.zeros(WIDTH + 1),
        sums=sums,
        squares=sums[..., 0],
        n=n,
        rated=rated,
        blank=n[:, np.newaxis] - rated,
        rating_centre=np.zeros(WIDTH),
        rating_masses=masses,
        rating_sums=above,
        whole_clusters=np.zeros(len(n), dtype=bool),
    )


def _sums(answers: Answers, count: int) -> tuple[NDArray[Any], ...]:
    group = answers.group
    cut = random_parts(group, count, count=part_count(count, WIDTH), seed=0)
    rows = expected_rows(answers.values, group, count)
    place, places = group * cut.count + cut.part, count * cut.count
    sums = product_sums(rows.values, place, places, doubt=rows.doubt)
    ratings = answers.values[:, :-1]
    told = ~np.isnan(ratings)
    apart = (count, cut.count, -1)
    masses, above = (
        np.column_stack([np.bincount(place, column, places) for column in values.T])
        for values in (told.astype(np.float64), np.where(told, ratings, 0.0))
    )
    masses = masses.reshape(apart)
    return (
        sums.reshape(apart),
        np.bincount(group, minlength=count),
        masses.sum(axis=1).astype(np.intp),
        masses,
        above.reshape(apart),
    )
