"""Compute the chance of every grade from drivers that may have been changed, in every resample.

The model is the cumulative logit model of `importance.cumulative`. One distribution over the grades
gives the mean, the part in the top box and everything else that depends on the grade, so that these
agree with each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from cxdrivers.importance.ascent import EXACT, peak_of
from cxdrivers.importance.cumulative import CumulativeRows, cumulative_rows
from cxdrivers.importance.graded_rows import GradedRows, graded_rows
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.likelihood_lattice import start_of

CLOSE = 1e-11
"""How near to its top a resample must come, as a part of its height: a chance is then known to six
decimals."""
RESAMPLES_AT_ONCE = 256
NUMBERS_AT_ONCE = 2**20


@dataclass(frozen=True, eq=False)
class GradeModel:
    """A cumulative logit model of a sample, from whose top every resample is climbed.

    Attributes
    ----------
    rows
        The sample, its columns in standard deviations.
    laid_out
        The same as rows of plain logistic regression.
    top
        Shape ``(T + k,)``: thresholds and slopes of the sample.
    """

    rows: GradedRows
    laid_out: CumulativeRows
    top: FloatArray

    def parameters(self, masses: FloatArray) -> FloatArray:
        """Return thresholds and slopes of every resample, in the columns' own units.

        Parameters
        ----------
        masses
            Shape ``(B, n)``: how much each respondent counts.

        Returns
        -------
        ndarray, shape ``(B, T + k)``
            P(y ≤ j) = F(threshold j − xβ).

        Raises
        ------
        FitError
            When a hundred steps do not reach the top of a resample.
        """
        found = np.empty((len(masses), len(self.top)))
        for start in range(0, len(masses), RESAMPLES_AT_ONCE):
            part = masses[start : start + RESAMPLES_AT_ONCE]
            grade_masses = self.rows.grade_masses(part)
            mass = part[:, self.laid_out.source]
            peak = peak_of(self.laid_out, self.top, mass, grade_masses, near=CLOSE)
            found[start : start + len(part)] = peak.parameters
        count = self.laid_out.thresholds
        found[:, count:] /= self.rows.scales
        found[:, :count] += (found[:, count:] @ self.rows.centres)[:, np.newaxis]
        return found


def fit_grade_model(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None
) -> GradeModel:
    """Fit grades on columns that are not tied to each other and do not set grades apart.

    Parameters
    ----------
    columns
        Shape ``(n, k)``.
    outcome
        Shape ``(n,)``: every value that occurs is a grade; there are two or more.
    weights
        Shape ``(n,)``, or None.

    Raises
    ------
    FitError
        When the likelihood has no top within reach.
    """
    rows = graded_rows(columns, outcome, weights)
    laid_out = cumulative_rows(rows.columns, rows.grades)
    masses = rows.masses[np.newaxis]
    peak = peak_of(
        laid_out,
        start_of(rows, laid_out),
        masses[:, laid_out.source],
        rows.grade_masses(masses),
        near=EXACT,
        chords=0,
    )
    return GradeModel(rows, laid_out, peak.parameters[0])


def grade_chances(columns: FloatArray, parameters: FloatArray) -> FloatArray:
    """Return the chance of every grade for every respondent, shape ``(B, K, n)``.

    Parameters
    ----------
    columns
        Shape ``(n, k)``: as they are, or changed.
    parameters
        Shape ``(B, T + k)``: thresholds and slopes; K is T + 1.
    """
    return np.diff(_chances_below(columns, parameters), axis=1, prepend=0.0, append=1.0)


def mean_chances(columns: FloatArray, parameters: FloatArray, masses: FloatArray) -> FloatArray:
    """Return the distribution over the grades that is to be expected, shape ``(B, K)``.

    Parameters
    ----------
    columns, parameters
        As for `grade_chances`.
    masses
        Shape ``(B, n)``: how much each respondent counts in each resample.
    """
    thresholds = parameters.shape[1] - columns.shape[1]
    below = np.empty((len(parameters), thresholds))
    step = max(1, NUMBERS_AT_ONCE // max(1, thresholds * len(columns)))
    for start in range(0, len(parameters), step):
        part = slice(start, start + step)
        chances, mass = _chances_below(columns, parameters[part]), masses[part]
        weighed = (chances @ mass[:, :, np.newaxis])[:, :, 0]
        below[part] = weighed / mass.sum(axis=1, keepdims=True)
    return np.diff(below, axis=1, prepend=0.0, append=1.0)


def _chances_below(columns: FloatArray, parameters: FloatArray) -> FloatArray:
    """Return the chance of each grade or a lower one, without the highest: ``(B, T, n)``."""
    count = parameters.shape[1] - columns.shape[1]
    felt = parameters[:, count:] @ columns.T
    chance: FloatArray = expit(parameters[:, :count, np.newaxis] - felt[:, np.newaxis])
    return chance
