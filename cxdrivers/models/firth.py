"""Fit logistic regression by Firth's penalised likelihood.

Half the logarithm of the determinant of the information is added to the log-likelihood. That takes
out the first-order bias of log odds (Firth 1993, *Biometrika* 80, 27–38), and it gives a finite
estimate where columns separate (Heinze & Schemper 2002, *Statistics in Medicine* 21, 2409–2419).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.penalised_logit import Penalised, PenalisedLogit
from cxdrivers.moments.sums import cluster_sums

HALVINGS = 80


@dataclass(frozen=True, eq=False)
class FirthFit:
    """Logistic regression at its highest penalised likelihood.

    Attributes
    ----------
    logit
        What is fitted, on standardised columns.
    centres, scales
        Shape ``(k,)``: what was taken off the columns, and what they were divided by.
    top
        Where the penalised likelihood is highest.
    """

    logit: PenalisedLogit
    centres: FloatArray
    scales: FloatArray
    top: Penalised

    @property
    def slopes(self) -> FloatArray:
        """Shape ``(k,)``: log odds, in the columns' own units."""
        return self.top.parameters[1:] / self.scales

    def covariance(
        self, cluster: NDArray[np.intp] | None = None, *, robust: bool = False
    ) -> FloatArray:
        """Return the covariance of the threshold and the slopes, shape ``(1 + k, 1 + k)``.

        By default that of the model. Robust and clustered covariances break down where columns
        separate: the respondents concerned pull at nothing. So those are made no smaller, in any
        direction, than the model's own for the effective number of respondents.
        """
        own = np.linalg.inv(self.top.information)
        if robust or cluster is not None:
            own = own * np.mean(self.logit.masses**2)
            influence = self.top.pulls @ np.linalg.inv(self.top.information)
            summed = influence if cluster is None else cluster_sums(influence, cluster)
            scatter = summed.T @ summed * len(summed) / (len(summed) - 1)
            root = np.linalg.cholesky(own)
            whitened = np.linalg.solve(root, np.linalg.solve(root, scatter).T)
            sizes, directions = np.linalg.eigh((whitened + whitened.T) / 2)
            stretched = root @ (directions * np.sqrt(np.maximum(sizes, 1.0)))
            own = stretched @ stretched.T
        to_units = np.diag(np.append(-1.0, 1 / self.scales))
        to_units[0, 1:] = self.centres / self.scales
        covariance: FloatArray = to_units @ own @ to_units.T
        return covariance


def fit_firth(
    columns: FloatArray, outcome: FloatArray, weights: FloatArray | None = None
) -> FirthFit:
    """Fit logistic regression by penalised likelihood.

    Parameters
    ----------
    columns
        Shape ``(n, k)``, not tied to each other.
    outcome
        Shape ``(n,)``: 0 or 1, and both occur.
    weights
        Shape ``(n,)``, or None. They count 1 on average.

    Raises
    ------
    FitError
        When the top of the likelihood is not reached.

    Examples
    --------
    With one column of 0 and 1 it adds half a respondent to each cell of the table of two by two.

    >>> group, reached = np.array([0.0, 0, 0, 1, 1, 1]), np.array([0.0, 1, 0, 1, 1, 1])
    >>> slope = fit_firth(group[:, np.newaxis], reached).slopes[0]
    >>> bool(np.isclose(slope, np.log(3.5 / 0.5) - np.log(1.5 / 2.5)))
    True
    """
    masses = np.ones(len(outcome)) if weights is None else weights / weights.mean()
    centres, scales = columns.mean(axis=0), columns.std(axis=0)
    regressors = np.column_stack([np.ones(len(outcome)), (columns - centres) / scales])
    logit = PenalisedLogit(regressors, outcome, masses)
    everything = np.ones(regressors.shape[1], dtype=bool)
    top = logit.climb(np.zeros(len(everything)), everything)
    return FirthFit(logit, centres, scales, top)


def levelled_threshold(
    columns: FloatArray,
    slopes: FloatArray,
    outcome: FloatArray,
    weights: FloatArray | None = None,
) -> float:
    """Return the threshold at which predicted chances are as high on average as what was seen.

    Firth's penalty draws all chances towards one half; the slopes are better for it and the
    chances are not (Puhr et al. 2017, *Statistics in Medicine* 36, 2302–2317: FLIC).
    """
    masses = np.ones(len(outcome)) if weights is None else weights
    share = np.average(outcome, weights=masses)
    level = columns @ slopes
    low, high = level.min() - _log_odds(share), level.max() - _log_odds(share)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        chance = np.average(expit(level - middle), weights=masses)
        low, high = (middle, high) if chance > share else (low, middle)
    return float((low + high) / 2)


def _log_odds(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))
