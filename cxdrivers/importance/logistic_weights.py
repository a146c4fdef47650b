"""Logistic relative weights: Johnson's way for a top box."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.ascent import EXACT, peak_of
from cxdrivers.importance.cumulative import chance_of_top, cumulative_rows
from cxdrivers.importance.graded_rows import GradedRows
from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups
from cxdrivers.importance.likelihood_lattice import start_of

RESAMPLES_AT_ONCE = 256


def logistic_relative_weights(rows: GradedRows, groups: Groups, masses: FloatArray) -> FloatArray:
    """Return the relative weight of each driver in a logistic regression of two grades.

    The orthogonal variables nearest to the standardised drivers, X = ZΛ, have logistic slopes
    Λb when the drivers have slopes b; brought to the scale of the outcome by √R² / s, with R² the
    squared correlation of outcome and fitted chance and s the spread of the fitted log odds, and
    handed back by Λ² (Tonidandel & LeBreton 2010, *Organizational Research Methods* 13, 767–781).
    They add up to that R².

    Parameters
    ----------
    rows
        The sample, with two grades.
    groups
        For each driver the position of its column, or nothing for a driver that never varies.
    masses
        Shape ``(..., n)``: how much each respondent counts in each resample.

    Returns
    -------
    ndarray, shape ``(..., p)``
        NaN where all have the same grade.
    """
    flat = masses.reshape(-1, masses.shape[-1])
    laid_out = cumulative_rows(rows.columns, rows.grades)
    sample = rows.masses[np.newaxis]
    start = start_of(rows, laid_out)
    top = peak_of(
        laid_out, start, sample[:, laid_out.source], rows.grade_masses(sample), near=EXACT
    ).parameters[0]
    found = np.empty((len(flat), rows.columns.shape[1]))
    for begin in range(0, len(flat), RESAMPLES_AT_ONCE):
        part = flat[begin : begin + RESAMPLES_AT_ONCE]
        grades = rows.grade_masses(part)
        peak = peak_of(laid_out, top, part[:, laid_out.source], grades, near=EXACT)
        weights = _weights(rows, part, peak.parameters)
        weights[(grades == 0).any(axis=1)] = np.nan
        found[begin : begin + RESAMPLES_AT_ONCE] = weights
    by_driver = np.zeros((len(flat), len(groups)))
    for driver, group in enumerate(groups):
        if group:
            by_driver[:, driver] = found[:, group[0]]
    return by_driver.reshape(*masses.shape[:-1], -1)


def _weights(rows: GradedRows, masses: FloatArray, parameters: FloatArray) -> FloatArray:
    part = masses / masses.sum(axis=1, keepdims=True)
    slopes = parameters[:, 1:]
    mean = part @ rows.columns
    second = np.einsum("bn,nj,nk->bjk", part, rows.columns, rows.columns, optimize=True)
    covariance = second - mean[:, :, np.newaxis] * mean[:, np.newaxis]
    spread = np.sqrt(np.maximum(np.einsum("bjj->bj", covariance), 0.0))
    unit = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    correlation = covariance * unit[:, :, np.newaxis] * unit[:, np.newaxis]
    sizes, directions = np.linalg.eigh(correlation)
    roots = np.sqrt(np.where(sizes > COLLINEAR, sizes, 0.0))
    nearest = np.einsum("bik,bk,bjk->bij", directions, roots, directions)
    log_odds = np.einsum("bj,bjk,bk->b", slopes, covariance, slopes)
    fit = _squared_correlation(part, rows.grades == 1, chance_of_top(rows.columns, parameters))
    orthogonal = np.einsum("bjk,bk->bj", nearest, slopes * spread)
    scaled = orthogonal**2 * (fit / np.where(log_odds > 0, log_odds, 1.0))[:, np.newaxis]
    shares: FloatArray = np.einsum("bjk,bk->bj", nearest**2, scaled)
    return shares


def _squared_correlation(part: FloatArray, top: FloatArray, chance: FloatArray) -> FloatArray:
    mean_top, mean = part @ top, np.vecdot(part, chance)
    product = np.vecdot(part, chance * top) - mean_top * mean
    spread = np.vecdot(part, chance**2) - mean**2
    both = spread * mean_top * (1 - mean_top)
    squared: FloatArray = np.divide(product**2, both, out=np.zeros_like(both), where=both > 0)
    return squared
