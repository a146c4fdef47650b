"""Hold drivers and grades ready for likelihoods: columns in standard deviations, grades counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray


@dataclass(frozen=True, eq=False)
class GradedRows:
    """Respondents with a grade out of a few.

    Attributes
    ----------
    columns
        Shape ``(n, k)``: at mean 0 and standard deviation 1. A log-likelihood does not depend on
        where a column starts and in what unit it is.
    centres, scales
        Shape ``(k,)``: what was taken off the columns, and what they were divided by.
    grades
        Shape ``(n,)``: 0, 1, …, K − 1, in their order.
    masses
        Shape ``(n,)``: how much each respondent counts, 1 on average.
    """

    columns: FloatArray
    centres: FloatArray
    scales: FloatArray
    grades: NDArray[np.intp]
    masses: FloatArray

    @property
    def levels(self) -> int:
        """K: how many grades there are."""
        return int(self.grades.max()) + 1

    def grade_masses(self, masses: FloatArray) -> FloatArray:
        """Return how much each grade counts in every resample, shapes ``(B, n)`` → ``(B, K)``."""
        return np.stack(
            [masses[:, self.grades == grade].sum(axis=1) for grade in range(self.levels)], axis=1
        )


def graded_rows(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None
) -> GradedRows:
    """Return rows with the values of the outcome as grades.

    Parameters
    ----------
    columns
        Shape ``(n, k)``.
    outcome
        Shape ``(n,)``: each value that occurs is a grade.
    weights
        Shape ``(n,)``, or None.
    """
    masses = np.ones(len(outcome)) if weights is None else weights / weights.mean()
    centres = np.average(columns, axis=0, weights=masses) if columns.size else np.zeros(0)
    spreads = np.sqrt(masses @ (columns - centres) ** 2 / masses.sum())
    scales = np.where(np.ptp(columns, axis=0) > 0, spreads, 1.0)
    grades = np.unique(outcome, return_inverse=True)[1].astype(np.intp)
    return GradedRows((columns - centres) / scales, centres, scales, grades, masses)
