"""Find each driver's curve that never falls, and where its slope changes most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxdrivers.answers.advice.shape_boxes import drawn_from, resampled_covariances_of
from cxdrivers.answers.advice.shape_drivers import ShapeDriver, levelled
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import fittable_columns
from cxdrivers.models.knots import best_knots, working_response
from cxdrivers.models.monotone import rising_basis, rising_slopes, spline_knots
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import moments_of

POINTS = 41
CANDIDATES = np.linspace(0.1, 0.9, 9)
"""Parts of the respondents below the points that are tried as a knot."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What a driver goes with at points of its range, the other drivers being equal.

    Attributes
    ----------
    values
        Shape ``(G,)``: ratings, more being better.
    estimate
        Shape ``(G,)``: units of the outcome above the average respondent who rated it.
    replicates
        Shape ``(B, G)``.
    """

    values: FloatArray
    estimate: FloatArray
    replicates: FloatArray


def rising_curve(
    designs: Sequence[Design],
    drivers: tuple[ShapeDriver, ...],
    driver: ShapeDriver,
    *,
    n_boot: int,
    seed: int,
) -> Curve:
    """Fit a curve that never falls to one driver, the others being straight lines.

    Parameters
    ----------
    designs, drivers
        The rows without blanks, and all drivers that have a shape.
    driver
        The one whose curve it is.
    n_boot, seed
        How many resamples, and where they start.
    """
    rated = driver.given[driver.rated]
    knots = spline_knots(rated)
    values = np.linspace(knots[0], knots[-1], POINTS)
    shape = rising_basis(values, np.ones(POINTS, dtype=bool), knots)
    average = np.average(
        rising_basis(rated, np.ones(len(rated), dtype=bool), knots),
        axis=0,
        weights=driver.masses[driver.rated],
    )
    slopes, replicates = [], []
    for filled, size, start in drawn_from(designs, n_boot=n_boot, seed=seed):
        base = np.delete(levelled(filled, drivers).columns, driver.column, axis=1)
        added = rising_basis(driver.of(filled), driver.used, knots)
        held = range(base.shape[1])
        curved = replace(filled, columns=np.column_stack([base, added]), absent=None)
        slopes.append(rising_slopes(moments_of(curved).covariance, held))
        replicates += [
            rising_slopes(part, held) for part in resampled_covariances_of(curved, size, start)
        ]
    drawn = np.concatenate([np.empty((0, shape.shape[1])), *replicates])
    return Curve(
        values=values,
        estimate=(shape - average) @ np.mean(slopes, axis=0),
        replicates=drawn @ (shape - average).T,
    )


def searched_knots(
    designs: Sequence[Design],
    drivers: tuple[ShapeDriver, ...],
    *,
    grades: bool,
    n_boot: int,
    seed: int,
) -> tuple[FloatArray, FloatArray]:
    """Search where each driver's slope changes most, in the sample and in resamples.

    Parameters
    ----------
    designs, drivers
        The rows without blanks, and whose ratings.
    grades
        Whether the search is on the scale of log odds, where the top of the grades bends nothing.
    n_boot, seed
        How many resamples, and where they start.

    Returns
    -------
    knots, replicates
        Shapes ``(p,)`` and ``(B, p)``; of several fillings the median.
    """
    found = np.empty((len(designs), len(drivers)))
    parts = []
    for row, (filled, size, start) in enumerate(drawn_from(designs, n_boot=n_boot, seed=seed)):
        level = levelled(filled, drivers)
        straight = _on_log_odds(level) if grades else level
        drawn = np.empty((0, len(drivers)))
        for place, driver in enumerate(drivers):
            knots = _candidates(driver)
            ratings = driver.levels(driver.of(filled))[:, np.newaxis] - driver.levels(knots)
            above = np.where(driver.used[:, np.newaxis], np.maximum(ratings, 0.0), 0.0)
            columns = np.column_stack([level.columns, above])
            tried = replace(straight, columns=columns, absent=None)
            held = range(filled.columns.shape[1])
            found[row, place] = best_knots(moments_of(tried).covariance, held, knots)
            resampled = [
                best_knots(part, held, knots)
                for part in resampled_covariances_of(tried, size, start)
            ]
            column = np.concatenate([np.empty(0), *resampled])
            if not len(drawn):
                drawn = np.empty((len(column), len(drivers)))
            drawn[:, place] = column
        parts.append(drawn)
    return np.median(found, axis=0), np.concatenate(parts)


def _candidates(driver: ShapeDriver) -> FloatArray:
    rated = driver.given[driver.rated]
    points = np.unique(np.quantile(rated, CANDIDATES))
    inside = points[(points > rated.min()) & (points < rated.max())]
    return inside if len(inside) else np.array([np.median(rated)])


def _on_log_odds(design: Design) -> Design:
    fitted = fittable_columns(design).fitted
    columns = design.columns[:, fitted]
    response, weights = working_response(columns, design.outcome, design.weights)
    own = np.ones(len(weights)) if design.weights is None else design.weights
    certain = np.divide(weights, own, out=np.zeros_like(weights), where=own > 0)
    replicate = design.replicate_weights
    return replace(
        design,
        outcome=response,
        weights=weights,
        replicate_weights=None if replicate is None else replicate * certain[:, np.newaxis],
    )
