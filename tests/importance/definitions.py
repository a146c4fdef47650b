"""The measures of importance as their definitions say them: one regression after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from statsmodels.regression.linear_model import WLS

from tests.importance.strategies import Data
from tests.twins import FloatArray, Subset, fit_of

Groups = Sequence[Sequence[int]]


def columns_of(groups: Groups) -> list[int]:
    """Return the columns of all drivers in one row."""
    return [column for group in groups for column in group]


def all_subsets(drivers: int) -> list[Subset]:
    """Return every subset of drivers, the smallest first."""
    return [
        frozenset(chosen)
        for size in range(drivers + 1)
        for chosen in combinations(range(drivers), size)
    ]


def fits_beside(data: Data, groups: Groups, always: Sequence[int]) -> dict[Subset, float]:
    """Return R² of a regression on the controls and every subset of drivers."""
    return {
        subset: fit_of(
            data.columns[:, [*always, *columns_of([groups[driver] for driver in sorted(subset)])]],
            data.outcome,
            data.weights,
        )
        for subset in all_subsets(len(groups))
    }


def slopes_of(data: Data, columns: Sequence[int]) -> FloatArray:
    """Return the coefficients of one weighted regression with an intercept."""
    regressors = np.column_stack([np.ones(len(data.outcome)), data.columns[:, columns]])
    masses = np.ones(len(data.outcome)) if data.weights is None else data.weights
    slopes: FloatArray = WLS(data.outcome, regressors, weights=masses).fit().params[1:]
    return slopes


def residuals_beside(data: Data, always: Sequence[int]) -> Data:
    """Return the data with the controls regressed out of every column and of the outcome."""
    masses = np.ones(len(data.outcome)) if data.weights is None else data.weights
    regressors = np.column_stack([np.ones(len(data.outcome)), data.columns[:, list(always)]])
    rows = np.column_stack([data.columns, data.outcome])
    left = np.column_stack([WLS(row, regressors, weights=masses).fit().resid for row in rows.T])
    return Data(left[:, :-1], left[:, -1], data.groups, data.weights)


def variance(values: FloatArray, weights: FloatArray | None) -> float:
    """Return the weighted variance."""
    return float(np.cov(values, aweights=weights, ddof=0))


def added(values: Mapping[Subset, float], driver: int, subset: Subset) -> float:
    """Return what a driver adds to a subset of the others."""
    return values[subset | {driver}] - values[subset]


def mean_coefficients(data: Data, groups: Groups, always: Sequence[int]) -> FloatArray:
    """Return the mean coefficient of every column over the regressions of each size."""
    sums = np.zeros((len(columns_of(groups)), len(groups)))
    counts = np.zeros_like(sums)
    places = {column: place for place, column in enumerate(columns_of(groups))}
    for subset in all_subsets(len(groups))[1:]:
        columns = columns_of([groups[driver] for driver in sorted(subset)])
        slopes = slopes_of(data, [*always, *columns])[len(always) :]
        for column, slope in zip(columns, slopes, strict=True):
            sums[places[column], len(subset) - 1] += slope
            counts[places[column], len(subset) - 1] += 1
    return sums / counts
