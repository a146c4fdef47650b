"""Leave each respondent or cluster out once: sums minus the sums of one unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cxdrivers.moments.design import Design
from cxdrivers.moments.incomplete import covariances_with_blanks, incomplete_rows
from cxdrivers.moments.resampling import part_sizes
from cxdrivers.moments.sums import FloatArray, cluster_sums, moments_from_sums
from cxdrivers.moments.units import Units, unit_count, unit_strata, units_of


def jackknife_covariances(design: Design) -> Iterator[FloatArray]:
    """Yield covariance matrices with each unit left out in turn, in parts that fit in memory.

    A unit is a respondent, or a whole cluster where the design has clusters. With strata the other
    units of the stratum take over what is left out, so that the stratum keeps its size; a unit
    alone in its stratum stays in.

    Yields
    ------
    ndarray, shape ``(b, k + 1, k + 1)``
        Outcome last; the sizes b add up to the number of units, in the order of `units_of`.
    """
    if design.has_blanks:
        values = np.column_stack([design.columns, design.outcome])
        rows = incomplete_rows(values, design.absent_beside_outcome)
        yield from covariances_with_blanks(rows, jackknife_masses(design))
        return
    units = units_of(design)
    total = units.sums.sum(axis=0)
    left_out = _left_out(units)
    start = 0
    for size in part_sizes(*left_out.shape):
        yield moments_from_sums(total - left_out[start : start + size])[1]
        start += size


def jackknife_masses(design: Design) -> Iterator[FloatArray]:
    """Yield how much every row counts with each unit left out in turn, as `jackknife_covariances`.

    Yields
    ------
    ndarray, shape ``(b, n)``
        The sizes b add up to the number of units.
    """
    units, strata = unit_count(design), unit_strata(design)
    member = np.arange(units) if design.cluster is None else design.cluster
    weights = np.ones(len(member)) if design.weights is None else design.weights
    stratum = np.zeros(units, dtype=np.intp) if strata is None else strata
    sizes = np.bincount(stratum)[stratum]
    raised = np.ones(units) if strata is None else sizes / np.maximum(sizes - 1, 1)
    start = 0
    for size in part_sizes(units, len(member)):
        left = np.arange(start, start + size)[:, np.newaxis]
        factors = np.where(stratum == stratum[left], raised[left], 1.0)
        alone = (sizes[left] == 1) & (strata is not None)
        factors = np.where((np.arange(units) == left) & ~alone, 0.0, factors)
        yield factors[:, member] * weights
        start += size


def jackknife_influence(
    estimates: FloatArray, strata: NDArray[np.intp] | None = None
) -> FloatArray:
    """Return how much each unit pulls at an estimate, from the estimates without it.

    Parameters
    ----------
    estimates
        Shape ``(units, ...)``: the estimate without each unit.
    strata
        Shape ``(units,)``: the stratum of each unit (`units_of`), when they were sampled in strata.

    Returns
    -------
    ndarray, shape ``(units, ...)``
        The mean of the stratum's estimates minus each, times (m − 1)/m with m units in it; all
        units are one stratum when there are none. Its cubes and squares give the acceleration of
        `bca_interval` (Davison & Hinkley 1997, section 5.3).
    """
    stratum = np.zeros(len(estimates), dtype=np.intp) if strata is None else strata
    flat = estimates.reshape(len(estimates), -1)
    told = ~np.isnan(flat)
    sums = cluster_sums(np.where(told, flat, 0.0), stratum)
    means = sums / np.maximum(cluster_sums(told.astype(np.float64), stratum), 1)
    sizes = np.bincount(stratum)[stratum, np.newaxis]
    influence: FloatArray = (means[stratum] - flat) * (sizes - 1) / sizes
    return influence.reshape(estimates.shape)


def _left_out(units: Units) -> FloatArray:
    """Return what leaving out each unit takes from the total, when the others of its stratum stay.

    In a stratum of m units with sums S, leaving out s and counting the others m/(m − 1) times
    changes S by (S − m s)/(m − 1).
    """
    if units.strata is None:
        return units.sums
    sizes = np.bincount(units.strata)[units.strata, np.newaxis]
    whole = cluster_sums(units.sums, units.strata)[units.strata]
    left_out: FloatArray = (sizes * units.sums - whole) / np.maximum(sizes - 1, 1)
    return np.where(sizes > 1, left_out, 0.0)
