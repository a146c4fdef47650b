"""Fit one cumulative logit model, with what standard errors of any kind are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.ascent import EXACT, null_log_likelihood, peak_of
from cxdrivers.importance.cumulative import cumulative_rows, height_at, row_scores
from cxdrivers.importance.graded_rows import graded_rows
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.likelihood_lattice import start_of
from cxdrivers.moments.sums import cluster_sums


@dataclass(frozen=True, eq=False)
class CumulativeFit:
    """A cumulative logit model at its highest likelihood: P(y ≤ j) = F(thresholds[j] − xβ).

    With two grades it is logistic regression, whose intercept is minus the threshold.

    Attributes
    ----------
    thresholds, slopes
        Shapes ``(T,)`` and ``(k,)``: log odds, in the columns' own units.
    information
        Shape ``(q, q)``, thresholds first: minus the second derivatives of the log-likelihood.
    scores
        Shape ``(n, q)``: each respondent's derivatives, weighted. They add up to zero.
    log_likelihood, null_log_likelihood
        Of this model, and of one without columns. Weights count 1 on average in all of these.
    """

    thresholds: FloatArray
    slopes: FloatArray
    information: FloatArray
    scores: FloatArray
    log_likelihood: float
    null_log_likelihood: float

    @property
    def influence(self) -> FloatArray:
        """How far each respondent pulls at each parameter, shape ``(n, q)``."""
        return np.asarray(np.linalg.solve(self.information, self.scores.T).T, np.float64)

    def covariance(self, cluster: NDArray[np.intp] | None = None, *, robust: bool) -> FloatArray:
        """Return the covariance of thresholds and slopes, shape ``(q, q)``.

        Parameters
        ----------
        cluster
            Shape ``(n,)``: the cluster of each respondent, or None.
        robust
            Whether to trust the respondents' own scatter and not the model: needed for weights
            (White 1982, *Econometrica* 50, 1–25) and implied by clusters (Liang & Zeger 1986).
        """
        if cluster is None and not robust:
            return np.asarray(np.linalg.inv(self.information), np.float64)
        pulls = self.influence if cluster is None else cluster_sums(self.influence, cluster)
        units = len(pulls)
        scatter: FloatArray = pulls.T @ pulls * units / (units - 1)
        return scatter


def fit_cumulative(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None
) -> CumulativeFit:
    """Fit a cumulative logit model to rows whose columns are not tied to each other.

    Parameters
    ----------
    columns
        Shape ``(n, k)``.
    outcome
        Shape ``(n,)``: every value that occurs is a grade.
    weights
        Shape ``(n,)``, or None.

    Raises
    ------
    FitError
        When the likelihood has no top within reach.
    """
    graded = graded_rows(columns, outcome, weights)
    rows = cumulative_rows(graded.columns, graded.grades)
    masses = graded.masses[np.newaxis]
    grade_masses = graded.grade_masses(masses)
    count, width = rows.thresholds, columns.shape[1]
    mass = masses[:, rows.source]
    top = peak_of(rows, start_of(graded, rows), mass, grade_masses, near=EXACT).parameters
    height = height_at(rows, top, mass, grade_masses, curved=True)
    if height.curvature is None:
        raise ValueError("the curvature was asked for")
    back = np.eye(count + width)
    back[count:, count:] = np.diag(graded.scales)
    back[:count, count:] = -graded.centres
    scores = row_scores(rows, top[0], graded.grades) * graded.masses[:, np.newaxis]
    parameters = np.linalg.solve(back, top[0])
    return CumulativeFit(
        thresholds=parameters[:count],
        slopes=parameters[count:],
        information=back.T @ height.curvature[0] @ back,
        scores=scores @ back,
        log_likelihood=float(height.value[0]),
        null_log_likelihood=float(null_log_likelihood(grade_masses)[0]),
    )
