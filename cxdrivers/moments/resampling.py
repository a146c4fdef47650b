"""Resample respondents or clusters: a resample is a row of counts, so its moments are a product."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cxdrivers.moments.design import Design
from cxdrivers.moments.sums import FloatArray, moments_from_sums
from cxdrivers.moments.units import unit_count, unit_strata, units_of

COUNTS_AT_ONCE = 2**22


def resampled_covariances(design: Design, *, n_boot: int, seed: int) -> Iterator[FloatArray]:
    """Yield covariance matrices of resamples, in parts that fit in memory.

    Respondents are drawn with replacement; where the design has clusters, whole clusters are.
    A respondent's weight travels with the row (Efron & Tibshirani 1993, chapter 6). Where the
    design has strata, units are drawn within them, as `stratified_counts` says.

    Parameters
    ----------
    design
        The rows.
    n_boot
        How many resamples.
    seed
        The same seed gives the same resamples.

    Yields
    ------
    ndarray, shape ``(b, k + 1, k + 1)``
        Outcome last; the sizes b add up to `n_boot`.
    """
    units = units_of(design)
    for counts in unit_counts(len(units.sums), units.strata, n_boot=n_boot, seed=seed):
        yield moments_from_sums(counts @ units.sums)[1]


def resampled_masses(design: Design, *, n_boot: int, seed: int) -> Iterator[FloatArray]:
    """Yield how much every row counts in resamples: for what cannot be computed from moments.

    The resamples are those of `resampled_covariances` with the same seed.

    Yields
    ------
    ndarray, shape ``(b, n)``
        How often a row is drawn, times its weight; the sizes b add up to `n_boot`.
    """
    strata = unit_strata(design)
    width = len(design.outcome)
    for counts in unit_counts(unit_count(design), strata, n_boot=n_boot, seed=seed, width=width):
        masses = counts if design.cluster is None else counts[:, design.cluster]
        yield masses if design.weights is None else masses * design.weights


def unit_counts(
    units: int,
    strata: NDArray[np.intp] | None = None,
    *,
    n_boot: int,
    seed: int,
    width: int | None = None,
) -> Iterator[FloatArray]:
    """Yield how often each unit is drawn, in parts that fit in memory.

    Parameters
    ----------
    units
        How many there are.
    strata
        Shape ``(units,)``, or None.
    n_boot, seed
        How many resamples, and where the random numbers start.
    width
        Numbers that are made of each resample, when that is more than one a unit.

    Yields
    ------
    ndarray, shape ``(b, units)``
        Cut in whatever parts, the resamples of a seed are the same.
    """
    rng = np.random.default_rng(seed)
    for size in part_sizes(n_boot, width or units):
        if strata is None:
            yield resample_counts(rng, units, size)
        else:
            yield stratified_counts(rng, strata, size)


def resample_counts(rng: np.random.Generator, units: int, resamples: int) -> FloatArray:
    """Return how often each unit is drawn in each resample, shape ``(resamples, units)``."""
    return _counted(rng.integers(0, units, size=(resamples, units)), units)


def stratified_counts(
    rng: np.random.Generator, strata: NDArray[np.intp], resamples: int
) -> FloatArray:
    """Return how often each unit counts in each resample that is drawn within strata.

    In a stratum of m units m − 1 are drawn with replacement, and each counts m/(m − 1) times: so
    a stratum always has its own size, and the resamples vary as much as samples do. Drawing m
    would make a variance too small by the factor (m − 1)/m, a half where two teams were sampled
    in each region (Rao & Wu 1988, *Journal of the American Statistical Association* 83, 231–241).
    A unit that is alone in its stratum counts once in every resample.

    Parameters
    ----------
    rng
        Where the random numbers come from.
    strata
        Shape ``(units,)``: strata are numbered from 0, and none is empty.
    resamples
        How many.

    Returns
    -------
    ndarray, shape ``(resamples, units)``
    """
    sizes = np.bincount(strata)
    draws = np.maximum(sizes - 1, 1)
    stratum = np.repeat(np.arange(len(sizes)), draws)
    first = np.cumsum(sizes) - sizes
    places = rng.integers(0, sizes[stratum], size=(resamples, len(stratum))) + first[stratum]
    drawn = np.argsort(strata, kind="stable")[places]
    return _counted(drawn, len(strata)) * (sizes / draws)[strata]


def part_sizes(total: int, width: int) -> Iterator[int]:
    """Yield the sizes of parts of a whole, so that none holds more numbers than fit in memory.

    Parameters
    ----------
    total
        How many rows there are together.
    width
        Numbers a row.
    """
    step = max(1, COUNTS_AT_ONCE // max(1, width))
    for start in range(0, total, step):
        yield min(step, total - start)


def _counted(drawn: NDArray[np.intp], units: int) -> FloatArray:
    """Return how often each unit stands in each row; what was drawn is used up."""
    resamples = len(drawn)
    drawn += np.arange(resamples)[:, np.newaxis] * units
    counts = np.bincount(drawn.ravel(), minlength=resamples * units)
    return counts.reshape(resamples, units).astype(np.float64)
