"""Fit a slope below a point of every driver and another above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.moments.sums import cluster_sums
from cxdrivers.survey.coding import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Slopes:
    """Slopes of columns, with how far every respondent pulls at them.

    Attributes
    ----------
    slopes
        Shape ``(k,)``: in units of the outcome, or in log odds of a higher grade.
    pulls
        Shape ``(n, k)``, weighted: they add up to zero. A resample in which rows count otherwise
        moves the slopes by what its rows pull more, nearly (the infinitesimal jackknife).
    """

    slopes: FloatArray
    pulls: FloatArray

    def covariance(self, cluster: NDArray[np.intp] | None = None) -> FloatArray:
        """Return the robust covariance of the slopes, shape ``(k, k)``."""
        pulls = self.pulls if cluster is None else cluster_sums(self.pulls, cluster)
        units = len(pulls)
        scatter: FloatArray = pulls.T @ pulls * units / (units - 1)
        return scatter

    def of_masses(self, masses: FloatArray, weights: FloatArray | None = None) -> FloatArray:
        """Return the slopes of resamples, nearly.

        Parameters
        ----------
        masses
            Shape ``(B, n)``: how much every row counts in each.
        weights
            Shape ``(n,)``: how much it counts in the sample, or None for once.

        Returns
        -------
        ndarray, shape ``(B, k)``
        """
        own = np.ones(masses.shape[1]) if weights is None else weights
        times = np.divide(masses, own, out=np.zeros_like(masses), where=own > 0)
        whole = masses.sum(axis=1) / own.sum()
        moved: FloatArray = self.slopes + (times @ self.pulls) / whole[:, np.newaxis]
        return moved


def hinge_columns(
    ratings: FloatArray, used: BoolArray, knot: float
) -> tuple[FloatArray, FloatArray]:
    """Return how far a rating lies below a point and how far above it: min(x−c, 0), max(x−c, 0).

    Parameters
    ----------
    ratings
        Shape ``(n,)``.
    used
        Shape ``(n,)``: to whom the driver applied. The others are at the point.
    knot
        The point.
    """
    away = np.where(used, ratings - knot, 0.0)
    return np.minimum(away, 0.0), np.maximum(away, 0.0)


def line_slopes(columns: FloatArray, outcome: FloatArray, weights: FloatArray | None) -> Slopes:
    """Fit least squares; respondents pull as those do whose leverage is taken into account (HC3).

    Parameters
    ----------
    columns
        Shape ``(n, k)``, not tied to each other.
    outcome, weights
        Shape ``(n,)``.
    """
    mass = np.ones(len(outcome)) if weights is None else weights
    regressors = np.column_stack([np.ones(len(outcome)), columns])
    root = np.sqrt(mass)
    orthogonal, triangular = np.linalg.qr(regressors * root[:, np.newaxis])
    found = np.linalg.solve(triangular, orthogonal.T @ (outcome * root))
    leverage = np.minimum((orthogonal**2).sum(axis=1), 1 - SURE)
    left = (outcome - regressors @ found) * root / (1 - leverage)
    pulls = np.linalg.solve(triangular, (orthogonal * left[:, np.newaxis]).T).T
    return Slopes(found[1:], pulls[:, 1:] - pulls[:, 1:].mean(axis=0))


def grade_slopes(columns: FloatArray, outcome: FloatArray, weights: FloatArray | None) -> Slopes:
    """Fit proportional odds to the grades, so that the top of their scale bends no driver.

    Parameters
    ----------
    columns, outcome, weights
        As `line_slopes`; every value of the outcome is a grade.

    Raises
    ------
    FitError
        When the likelihood has no top within reach.
    """
    fit = fit_cumulative(columns, outcome, weights)
    return Slopes(fit.slopes, fit.influence[:, len(fit.thresholds) :])


def equivalence(slope: FloatArray, std_error: FloatArray, margin: FloatArray) -> FloatArray:
    """Return the p-value of two one-sided tests that slopes lie within a margin around nil.

    Small when they are shown to be nearly nil (Schuirmann 1987, *Journal of Pharmacokinetics and
    Biopharmaceutics* 15, 657–680).

    Parameters
    ----------
    slope, std_error, margin
        Shape ``(...)``.
    """
    found: FloatArray = ndtr((np.abs(slope) - margin) / std_error)
    return found


SURE = 1e-6
"""A row that nothing but its own column fits pulls at nothing, but is not divided by nil."""
