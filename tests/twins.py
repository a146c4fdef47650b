"""The slow, obvious way to compute what the kernels compute fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray
from statsmodels.regression.linear_model import WLS

FloatArray = NDArray[np.float64]
Subset = frozenset[int]


def fits_of_all_subsets(
    columns: FloatArray,
    outcome: FloatArray,
    groups: Sequence[Sequence[int]],
    weights: FloatArray | None = None,
) -> dict[Subset, float]:
    """Return R² of a regression on every subset of drivers, one statsmodels fit each."""
    drivers = range(len(groups))
    subsets = [
        set(chosen) for size in range(len(groups) + 1) for chosen in combinations(drivers, size)
    ]
    return {
        frozenset(subset): fit_of(
            columns[:, [c for d in subset for c in groups[d]]], outcome, weights
        )
        for subset in subsets
    }


def fit_of(columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None) -> float:
    """Return R² of one weighted regression with an intercept."""
    if not columns.shape[1]:
        return 0.0
    regressors = np.column_stack([np.ones(len(outcome)), columns])
    masses = np.ones(len(outcome)) if weights is None else weights
    return float(WLS(outcome, regressors, weights=masses).fit().rsquared)


def fits_of_covariance(covariance: FloatArray, drivers: int) -> dict[Subset, float]:
    """Return R² of every subset of one-column drivers, by solving the normal equations."""
    found: dict[Subset, float] = {}
    for size in range(drivers + 1):
        for chosen in combinations(range(drivers), size):
            inner, cross = covariance[np.ix_(chosen, chosen)], covariance[list(chosen), -1]
            slopes = np.linalg.solve(inner, cross) if chosen else np.empty(0)
            found[frozenset(chosen)] = float(slopes @ cross / covariance[-1, -1])
    return found


def average_over_all_orders(values: Mapping[Subset, float], drivers: int) -> FloatArray:
    """Return what each driver adds when it enters, averaged over every order of entry."""
    orders = list(permutations(range(drivers)))
    shares = np.zeros(drivers)
    for order in orders:
        for place, driver in enumerate(order):
            before = frozenset(order[:place])
            shares[driver] += values[before | {driver}] - values[before]
    return shares / len(orders)


def johnson_weights(correlation: FloatArray) -> FloatArray:
    """Return relative weights (Johnson 2000), from a correlation matrix with the outcome last."""
    sizes, directions = np.linalg.eigh(correlation[:-1, :-1])
    loadings = directions @ np.diag(np.sqrt(sizes)) @ directions.T
    slopes = np.linalg.solve(loadings, correlation[:-1, -1])
    weights: FloatArray = loadings**2 @ slopes**2
    return weights


def in_lattice_order(values: Mapping[Subset, float], drivers: int) -> FloatArray:
    """Return values by the bits of the subset, as the kernels order them."""
    return np.array(
        [
            values[frozenset(driver for driver in range(drivers) if number >> driver & 1)]
            for number in range(2**drivers)
        ]
    )
