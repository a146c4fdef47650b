"""Climb to the top of the penalised likelihood of a logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray

MOST_STEPS = 100
MOST_HALVINGS = 40
LONGEST = 5.0
"""No longer step for one slope, in log odds a standard deviation."""
NEAR = 1e-8
"""How short the last step must be."""
LIMITS = 6
"""First steps that make do with a limit of the second derivatives, which costs little."""
ROWS_AT_ONCE = 4096
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Penalised:
    """A penalised log-likelihood, as high as it is at some parameters.

    Attributes
    ----------
    parameters
        Shape ``(q,)``: the constant and the slopes of standardised columns.
    value
        Of the log-likelihood with its penalty.
    pulls
        Shape ``(n, q)``: each respondent's part of the derivatives.
    information
        Shape ``(q, q)``: of the likelihood without penalty.
    chances, spread, leverage
        Shape ``(n,)``: the fitted chances, their variances times the masses, and how much of each
        its own answer makes.
    """

    parameters: FloatArray
    value: float
    pulls: FloatArray
    information: FloatArray
    chances: FloatArray
    spread: FloatArray
    leverage: FloatArray


@dataclass(frozen=True, eq=False)
class PenalisedLogit:
    """A logistic regression whose log-likelihood has half the log determinant added (Firth 1993).

    Attributes
    ----------
    regressors
        Shape ``(n, q)``: a constant, and columns at mean 0 and standard deviation 1.
    outcome, masses
        Shape ``(n,)``: 0 or 1, and how much each respondent counts, 1 on average.
    """

    regressors: FloatArray
    outcome: FloatArray
    masses: FloatArray

    def climb(self, start: FloatArray, free: NDArray[np.bool_], *, near: float = NEAR) -> Penalised:
        """Return the highest penalised likelihood with the parameters that are not free held.

        Where a start is so far out that chances are 0 and 1 only, that is minus infinity.

        Raises
        ------
        FitError
            When the top is not reached.
        """
        here = self.at(start)
        if not np.isfinite(here.value):
            return here
        for stride in range(MOST_STEPS):
            step = np.zeros(len(start))
            limit = self._limit(here, free)
            curvature = limit if stride < LIMITS else self._curvature(here, free, limit)
            step[free] = np.linalg.solve(curvature, here.pulls.sum(axis=0)[free])
            step *= min(1.0, LONGEST / max(np.abs(step).max(), LONGEST))
            here = self._uphill(here, step)
            if np.abs(step).max() < near:
                return here
        rows, columns = self.regressors.shape
        raise FitError("logit_not_converged", n=rows, columns=columns - 1, steps=MOST_STEPS)

    def _uphill(self, here: Penalised, step: FloatArray) -> Penalised:
        floor = here.value - ROUNDING * abs(here.value)
        there = self.at(here.parameters + step)
        for halving in range(1, MOST_HALVINGS):
            if there.value >= floor:
                break
            there = self.at(here.parameters + step / 2**halving)
        return there

    def at(self, parameters: FloatArray) -> Penalised:
        """Return how high the penalised likelihood is somewhere."""
        x, masses = self.regressors, self.masses
        log_odds = x @ parameters
        chances = np.asarray(expit(log_odds), np.float64)
        spread = masses * chances * (1 - chances)
        information = (x * spread[:, np.newaxis]).T @ x
        sign, penalty = np.linalg.slogdet(information)
        if sign <= 0:
            flat = np.zeros_like(x)
            return Penalised(parameters, -np.inf, flat, information, chances, spread, spread)
        leverage = spread * np.vecdot(x @ np.linalg.inv(information), x)
        missed = masses * (self.outcome - chances) + leverage * (0.5 - chances)
        likelihood = masses @ (self.outcome * log_odds - np.logaddexp(0, log_odds))
        value = float(likelihood + penalty / 2)
        pulls = missed[:, np.newaxis] * x
        return Penalised(parameters, value, pulls, information, chances, spread, leverage)

    def _limit(self, here: Penalised, free: NDArray[np.bool_]) -> FloatArray:
        """Return more than minus the second derivatives: the penalty counted as answers.

        Half of those are yes. With the information alone a step would be too long where
        respondents are few.
        """
        x = self.regressors[:, free]
        answers = (self.masses + here.leverage) * here.chances * (1 - here.chances)
        limit: FloatArray = (x * answers[:, np.newaxis]).T @ x
        return limit

    def _curvature(self, here: Penalised, free: NDArray[np.bool_], limit: FloatArray) -> FloatArray:
        """Return minus the second derivatives of what is free; without a top, the limit."""
        bent = 1 - 2 * here.chances
        root = np.linalg.cholesky(np.linalg.inv(here.information))
        first, second = np.triu_indices(len(free))
        twice = np.where(first == second, 1.0, np.sqrt(2))
        crossed = np.zeros((len(first), free.sum()))
        for start in range(0, len(bent), ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            whitened = self.regressors[rows] @ root
            steep = self.regressors[rows][:, free] * (here.spread * bent)[rows, np.newaxis]
            crossed += (whitened[:, first] * whitened[:, second] * twice).T @ steep
        x = self.regressors[:, free]
        change = (x * (here.leverage * bent**2)[:, np.newaxis]).T @ x - crossed.T @ crossed
        curvature: FloatArray = limit - change / 2
        return curvature if np.linalg.eigvalsh(curvature)[0] > 0 else limit
