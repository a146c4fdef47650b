"""The slow, obvious way to compute what the likelihood kernels compute fast: a fit at a time."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit, xlogy
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

FloatArray = NDArray[np.float64]

RESTARTS = 4
"""BFGS loses its way now and then; from where it stopped it finds the rest."""


def highest(columns: FloatArray, outcome: FloatArray, masses: FloatArray) -> float:
    """Return the highest log-likelihood of one model: the rows that count, the grades they have."""
    counts = masses > 0
    values, grades = np.unique(outcome[counts], return_inverse=True)
    of_model = highest_of_logit if len(values) == 2 else highest_of_proportional_odds
    return of_model(columns[counts], grades, masses[counts])


def highest_of_logit(columns: FloatArray, grades: NDArray[np.intp], masses: FloatArray) -> float:
    """Return that of logistic regression with an intercept, where statsmodels finds its top.

    Its own log-likelihood keeps chances away from 0 and 1, which shows with separation. There it
    may also wander off to where a model without columns is better, and then the formula is asked.
    """
    logits = logits_of(columns, grades, masses)
    found = float(masses @ log_expit(np.where(grades == 1, logits, -logits)))
    if found < highest_of_none(grades, masses) - 1e-9:
        return highest_of_proportional_odds(columns, grades, masses)
    return found


def logits_of(columns: FloatArray, grades: NDArray[np.intp], masses: FloatArray) -> FloatArray:
    """Return the log odds of the higher of two grades, as statsmodels fits them."""
    regressors = np.column_stack([np.ones(len(grades)), _in_deviations(columns)])
    model = GLM(grades.astype(float), regressors, family=Binomial(), freq_weights=masses)
    with warnings.catch_warnings(), np.errstate(over="ignore"):
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        found: FloatArray = regressors @ model.fit(tol=1e-14, maxiter=100).params
    return found


def highest_of_proportional_odds(
    columns: FloatArray, grades: NDArray[np.intp], masses: FloatArray
) -> float:
    """Return that of proportional odds: the textbook's formula, given to scipy to maximise.

    The parameters are the lowest threshold, the logarithms of the gaps, and the slopes.
    """
    columns = _in_deviations(columns)
    count = int(grades.max())
    share = masses / masses.sum()

    def low_and_slope(parameters: FloatArray) -> tuple[float, FloatArray]:
        gaps, slopes = np.exp(parameters[1:count]), parameters[count:]
        thresholds = parameters[0] + np.concatenate([[0.0], np.cumsum(gaps)])
        edges = np.concatenate([[-np.inf], thresholds, [np.inf]])
        ends = edges[grades + np.array([[1], [0]])] - columns @ slopes
        flipped = np.where(ends.sum(axis=0) > 0, -ends[::-1], ends)
        chance = expit(flipped[0]) - expit(flipped[1])
        by_upper, by_lower = expit(ends) * expit(-ends) / chance
        by_threshold = np.array(
            [
                share @ (by_upper * (grades == place) - by_lower * (grades == place + 1))
                for place in range(count)
            ]
        )
        by_start_and_gaps = np.cumsum(by_threshold[::-1])[::-1]
        by_start_and_gaps[1:] *= gaps
        by_slopes = -(share * (by_upper - by_lower)) @ columns
        return -share @ np.log(chance), -np.concatenate([by_start_and_gaps, by_slopes])

    below = np.cumsum([share[grades == grade].sum() for grade in range(count)])
    thresholds = np.log(below / (1 - below))
    start = np.concatenate(
        [thresholds[:1], np.log(np.diff(thresholds)), np.zeros(columns.shape[1])]
    )
    for _ in range(RESTARTS):
        found = minimize(low_and_slope, start, jac=True, method="BFGS", options={"gtol": 1e-10})
        start = found.x
    return float(-found.fun * masses.sum())


def highest_of_none(outcome: NDArray[np.generic], masses: FloatArray) -> float:
    """Return that of a model without columns: every grade as likely as it is frequent."""
    counted = np.array([masses[outcome == value].sum() for value in np.unique(outcome)])
    return float(xlogy(counted, counted / counted.sum()).sum())


def heights_of_all_subsets(
    columns: FloatArray,
    outcome: FloatArray,
    groups: Sequence[Sequence[int]],
    masses: FloatArray,
    always: Sequence[int] = (),
) -> FloatArray:
    """Return the highest log-likelihood of every subset of drivers, in the order of the lattice."""
    subsets = _subsets(groups, always)
    return np.array([highest(columns[:, subset], outcome, masses) for subset in subsets])


def mcfadden_of_all_subsets(
    columns: FloatArray,
    outcome: FloatArray,
    groups: Sequence[Sequence[int]],
    masses: FloatArray,
    always: Sequence[int] = (),
) -> FloatArray:
    """Return how much nearer to 0 the log-likelihood of every subset is than that of none."""
    heights = heights_of_all_subsets(columns, outcome, groups, masses, always)
    return 1 - heights / highest_of_none(outcome, masses)


def tjur_of_all_subsets(
    columns: FloatArray,
    outcome: FloatArray,
    groups: Sequence[Sequence[int]],
    masses: FloatArray,
    always: Sequence[int] = (),
) -> FloatArray:
    """Return the mean chance of the higher of two grades where it was given, minus elsewhere."""
    high = outcome == outcome.max()
    found = []
    for subset in _subsets(groups, always):
        logits = logits_of(columns[masses > 0][:, subset], high[masses > 0], masses[masses > 0])
        chance = np.zeros(len(outcome))
        chance[masses > 0] = expit(logits)
        means = [np.average(chance[part], weights=masses[part]) for part in (high, ~high)]
        found.append(means[0] - means[1])
    return np.array(found)


def _subsets(groups: Sequence[Sequence[int]], always: Sequence[int]) -> list[list[int]]:
    return [
        [
            *always,
            *(c for driver, group in enumerate(groups) if number >> driver & 1 for c in group),
        ]
        for number in range(2 ** len(groups))
    ]


def _in_deviations(columns: FloatArray) -> FloatArray:
    spreads = columns.std(axis=0)
    deviations: FloatArray = (columns - columns.mean(axis=0)) / np.where(spreads > 0, spreads, 1)
    return deviations
