"""Hold the ratings of drivers beside the outcome, and how they correlate, for the checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import RATING
from cxdrivers.survey.base import Base
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey

FEWEST = 50
FEWEST_EACH = 10
"""How many rows a correlation needs to be told of, and how many for each driver in a regression."""
TIED = 1e-8


@dataclass(frozen=True, eq=False)
class Ratings:
    """The scores of the drivers that are ratings and vary, in the rows that a model uses.

    Attributes
    ----------
    drivers
        Keys of the p drivers.
    scores
        Shape ``(n, p)``, NaN for a blank and where the driver did not apply.
    away
        Shape ``(n, p)``: where it did not apply.
    outcome, masses
        Shape ``(n,)``: the outcome, and how much each row counts.
    """

    drivers: tuple[str, ...]
    scores: FloatArray
    away: BoolArray
    outcome: FloatArray
    masses: FloatArray

    @cached_property
    def correlations(self) -> FloatArray:
        """Correlations of drivers and outcome, shape ``(p + 1, p + 1)``, the outcome last.

        Each is of the rows that have both; NaN where there are fewer than fifty.
        """
        values = np.column_stack([self.scores, self.outcome])
        found, rows = pairwise_correlations(values, self.masses)
        found[rows < FEWEST] = np.nan
        return found

    @property
    def with_outcome(self) -> FloatArray:
        """Correlation of each driver with the outcome, shape ``(p,)``."""
        return self.correlations[:-1, -1]

    @cached_property
    def correlations_of_model(self) -> FloatArray | None:
        """The correlations as a regression sees them, or None when it sees too little.

        Of the rows without blanks; where a driver did not apply it is at its mean, as in a model.
        There are none with fewer than ten rows a driver, or when drivers are tied exactly, which
        the model refuses in words of its own.
        """
        whole = (np.isfinite(self.scores) | self.away).all(axis=1)
        width = len(self.drivers) + 1
        if not self.drivers or whole.sum() < max(FEWEST, FEWEST_EACH * width):
            return None
        scores, masses = self.scores[whole], self.masses[whole]
        given = np.isfinite(scores)
        total = (np.where(given, scores, 0.0) * masses[:, np.newaxis]).sum(axis=0)
        centre = total / np.maximum((given * masses[:, np.newaxis]).sum(axis=0), TIED)
        filled = np.column_stack([np.where(given, scores, centre), self.outcome[whole]])
        covariance = np.cov(filled, rowvar=False, aweights=masses)
        spread = np.sqrt(np.diag(covariance))
        if not (spread > 0).all():
            return None
        correlations: FloatArray = covariance / np.outer(spread, spread)
        tied = np.linalg.eigvalsh(correlations[:-1, :-1])[0] < TIED
        return None if tied else correlations


def ratings_of(survey: Survey) -> Ratings:
    """Return the ratings of a survey in the rows that a model uses."""
    used = base_in_use(survey).used
    masses = np.ones(len(used)) if survey.weights is None else survey.weights
    scores = survey.scores[used]
    rated = [
        driver.key
        for driver in survey.codebook.drivers
        if driver.kind == RATING
        and not driver.interaction
        and scores[driver.key].nunique(dropna=True) > 1
    ]
    return Ratings(
        drivers=tuple(rated),
        scores=scores[rated].to_numpy(np.float64),
        away=survey.not_applicable.loc[used, rated].to_numpy(bool),
        outcome=survey.outcome[used],
        masses=masses[used],
    )


def base_in_use(survey: Survey) -> Base:
    """Return the rows that a model uses when blanks are estimated, as they are by default."""
    return replace(survey.base, keeps_blanks=True)


def pairwise_correlations(
    values: FloatArray, masses: FloatArray
) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return the correlation of every two columns over the rows that have both, and how many.

    For describing columns two by two; a matrix of such correlations need not be one that any
    data have, so nothing is inverted.

    Parameters
    ----------
    values
        Shape ``(n, k)``, NaN for a blank.
    masses
        Shape ``(n,)``: how much each row counts.

    Returns
    -------
    correlations, rows
        Shape ``(k, k)``; NaN where a column does not vary in those rows.
    """
    given = np.isfinite(values)
    centre = np.where(given, values, 0.0).sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    filled = np.where(given, values - centre, 0.0)
    present = given.astype(np.float64)
    heavy = filled * masses[:, np.newaxis]
    total = present.T @ (present * masses[:, np.newaxis])
    safe = np.where(total > 0, total, np.nan)
    mean = heavy.T @ present / safe
    spread = (heavy * filled).T @ present / safe - mean**2
    covariance = heavy.T @ filled / safe - mean * mean.T
    size = np.sqrt(np.where(spread * spread.T > 0, spread * spread.T, np.nan))
    correlations = np.clip(covariance / size, -1.0, 1.0)
    return correlations, given.T.astype(np.intp) @ given
