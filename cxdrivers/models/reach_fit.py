"""Fit the chance of reaching a threshold to any rows, and predict it for others.

A part of the respondents may have what all of them have not: a driver that never varies, two that
are tied, or answers that set a grade apart exactly, so that the likelihood has no top.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.cumulative_fit import CumulativeFit, fit_cumulative
from cxdrivers.models.diagnostics import independent_columns, tied_columns
from cxdrivers.models.separation import separating_direction


@dataclass(frozen=True, eq=False)
class ReachFit:
    """A cumulative logit model that predicts for respondents it has not seen.

    Attributes
    ----------
    grades
        Shape ``(K,)``: the values of the outcome it was fitted to.
    thresholds, slopes
        Shapes ``(K − 1,)`` and ``(k,)``; the slope is 0 for a column that tells nothing new.
    shrunken
        Whether answers were separated, so that it was drawn towards the overall shares.
    """

    grades: FloatArray
    thresholds: FloatArray
    slopes: FloatArray
    shrunken: bool

    def log_odds(self, columns: FloatArray, threshold: float) -> FloatArray:
        """Return the log odds of a grade from a threshold on, shape ``(n,)``."""
        place = int(np.searchsorted(self.grades, threshold)) - 1
        return np.asarray(columns @ self.slopes - self.thresholds[place], np.float64)


def fit_within_reach(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None
) -> ReachFit:
    """Fit by maximum likelihood, and where that has no top, with the overall shares mixed in.

    Parameters
    ----------
    columns
        Shape ``(n, k)``.
    outcome
        Shape ``(n,)``: at least two values occur.
    weights
        Shape ``(n,)``, all above zero, or None.
    """
    varying = np.flatnonzero(np.ptp(columns, axis=0) > 0)
    covariance = np.cov(columns[:, varying], rowvar=False).reshape(len(varying), len(varying))
    tied = tied_columns(covariance)
    kept = varying[independent_columns(columns[:, varying], tied)]
    used = columns[:, kept]
    separated = separating_direction(used, outcome) is not None
    fit = (fit_shrunken if separated else fit_cumulative)(used, outcome, weights)
    slopes = np.zeros(columns.shape[1])
    slopes[kept] = fit.slopes
    return ReachFit(np.unique(outcome), fit.thresholds, slopes, separated)


def fit_shrunken(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None
) -> CumulativeFit:
    """Fit with as many invented respondents as there are columns, who answer as all do together.

    Each respondent's answers to the drivers come with every grade, as often as the grade occurs
    among all. So the likelihood has a top, and the shares of the grades stay what they are (Clogg,
    Rubin, Schenker, Schultz & Weidman 1991, *Journal of the American Statistical Association* 86,
    68–78).

    Parameters
    ----------
    columns, outcome, weights
        As for `fit_within_reach`, without ties.
    """
    rows, width = columns.shape
    masses = np.ones(rows) if weights is None else weights / weights.mean()
    grades, place = np.unique(outcome, return_inverse=True)
    shares = np.bincount(place, weights=masses) / rows
    invented = np.outer(masses * width / rows, shares)
    return fit_cumulative(
        np.concatenate([columns, np.repeat(columns, len(grades), axis=0)]),
        np.concatenate([outcome, np.tile(grades, rows)]),
        np.concatenate([masses, invented.ravel()]),
    )
