"""Draw what surveys of a planned size would find of who is in the top box.

A maximum of a likelihood moves with its rows as the log-likelihoods of the rows themselves do: to
first order the slopes need not be fitted again. So one large simulated survey tells how much every
respondent pulls at every weight, and that tells how weights spread between surveys of any size.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit
from scipy.stats import norm

from cxdrivers.answers.planning.planned_draws import (
    Draws,
    Sampler,
    draws_of,
    freedom_of,
    normal_draws,
)
from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.shapley import shapley

MOST_ROWS, FEWEST_ROWS = 20_000, 4_000
WORK = 2**22
PARTS = 10
STEPS = 12
CLOSE = 1e-8


def top_box_sampler(plan: PlannedSurvey, covariance: FloatArray, *, seed: int) -> Sampler:
    """Return what surveys of who is in the top box find.

    The respondents are simulated, in teams when there are any. Every tenth of them gives a spread
    of its own, so that the draws differ as much between tenths as the simulation is unsure.
    """
    drivers = len(covariance) - 1
    rng = np.random.default_rng(seed)
    size, likeness = plan.teams or (1, 0.0)
    rows = max(FEWEST_ROWS, min(MOST_ROWS, WORK >> drivers))
    teams = -(-rows // (size * PARTS)) * PARTS
    answers = _answers(covariance, teams, size, likeness, rng)
    columns = answers[:, :-1]
    inside = (answers[:, -1] > norm.isf(plan.top_box or 0.5)).astype(np.float64)
    likelihoods, pulls_of_slopes, slopes = _fitted(columns, inside)
    weights, pulls_of_weights = _weights(likelihoods)
    count = draws_of(drivers)
    of_weights = _roots(pulls_of_weights, size)
    of_slopes = _roots(pulls_of_slopes, size)
    around = normal_draws(np.zeros(drivers), of_weights, count, rng)
    beside = normal_draws(np.zeros(drivers), of_slopes, count, rng)

    def drawn(n: int) -> Draws:
        root = np.sqrt(n)
        return Draws(weights + around / root, slopes + beside / root, freedom_of(plan, n))

    return drawn


def subset_log_likelihoods(columns: FloatArray, inside: FloatArray) -> FloatArray:
    """Return the log-likelihood of every row by the logistic regression on every subset.

    Parameters
    ----------
    columns
        Shape ``(N, p)``: one column a driver.
    inside
        Shape ``(N,)``: 1 for who is in the top box.

    Returns
    -------
    ndarray, shape ``(2**p, N)``
    """
    return np.stack(
        [
            _log_likelihoods(with_ones, inside, _slopes(with_ones, inside))
            for subset in range(2 ** columns.shape[1])
            for with_ones in [_with_ones(columns, subset)]
        ]
    )


def _fitted(columns: FloatArray, inside: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the log-likelihoods of the rows, what each pulls at the slopes, and the slopes."""
    likelihoods = subset_log_likelihoods(columns, inside)
    with_ones = _with_ones(columns, 2 ** columns.shape[1] - 1)
    slopes = _slopes(with_ones, inside)
    chances = expit(with_ones @ slopes)
    spread = (chances * (1 - chances))[:, np.newaxis]
    bend = with_ones.T @ (spread * with_ones) / len(with_ones)
    pulls = (inside - chances)[:, np.newaxis] * np.linalg.solve(bend, with_ones.T).T
    return likelihoods, pulls[:, 1:], slopes[1:]


def _weights(likelihoods: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the Shapley shares of McFadden's R², and what each row pulls at them."""
    mean = likelihoods.mean(axis=1)
    whole = shapley(1 - mean / mean[0])
    moved = likelihoods - mean[:, np.newaxis]
    pulls = mean[:, np.newaxis] * moved[0] / mean[0] ** 2 - moved / mean[0]
    return whole, shapley(np.ascontiguousarray(pulls.T))


def _roots(pulls: FloatArray, size: int) -> FloatArray:
    """Return roots of the covariance for one respondent, one from each tenth of the teams."""
    sums = pulls.reshape(-1, size, pulls.shape[1]).sum(axis=1) / np.sqrt(size)
    found = []
    for part in np.split(sums, PARTS):
        values, vectors = np.linalg.eigh(np.cov(part, rowvar=False))
        found.append(vectors * np.sqrt(np.maximum(values, 0.0)))
    return np.stack(found)


def _answers(
    covariance: FloatArray, teams: int, size: int, likeness: float, rng: np.random.Generator
) -> FloatArray:
    """Return standard-normal ratings and grades, a team after the other."""
    root = np.linalg.cholesky(covariance)
    own = rng.standard_normal((teams * size, len(root)))
    shared = np.repeat(rng.standard_normal((teams, len(root))), size, axis=0)
    answers: FloatArray = (np.sqrt(1 - likeness) * own + np.sqrt(likeness) * shared) @ root.T
    return answers


def _with_ones(columns: FloatArray, subset: int) -> FloatArray:
    chosen = [place for place in range(columns.shape[1]) if subset >> place & 1]
    return np.column_stack([np.ones(len(columns)), columns[:, chosen]])


def _slopes(with_ones: FloatArray, inside: FloatArray) -> FloatArray:
    """Return the constant and the slopes of a logistic regression, by Newton's steps."""
    slopes = np.zeros(with_ones.shape[1])
    for _ in range(STEPS):
        chances = expit(with_ones @ slopes)
        spread = (chances * (1 - chances))[:, np.newaxis]
        bend = with_ones.T @ (spread * with_ones)
        step = np.linalg.solve(bend, with_ones.T @ (inside - chances))
        slopes = slopes + step
        if np.abs(step).max() < CLOSE:
            return slopes
    raise FitError("plan_not_fitted")


def _log_likelihoods(with_ones: FloatArray, inside: FloatArray, slopes: FloatArray) -> FloatArray:
    odds = with_ones @ slopes
    rows: FloatArray = -np.logaddexp(0.0, np.where(inside > 0, -odds, odds))
    return rows
