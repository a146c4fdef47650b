"""Fit one logistic regression to many resamples at once, also where a likelihood has no top.

Where columns set the outcome apart in a resample, or a group that must be compared is not in it,
the likelihood runs away. Then every row of the sample is given, beside its own answer, a small part
of an answer at the overall rate, so that together they count as many respondents as there are
coefficients (Clogg, Rubin, Schenker, Schultz & Weidman 1991, *Journal of the American Statistical
Association* 86, 68–78). Predicted chances then keep the overall rate, where Firth's penalty would
draw them towards one half.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray

BoolArray = NDArray[np.bool_]

NEAR = 1e-7
"""How short the last step is, in log odds a standard deviation; it is taken too."""
LONGEST = 5.0
RIDGE = 1e-12
MOST_STEPS = 30
MOST_PENALISED_STEPS = 200
TOO_FAR = 0.5
"""A step is halved when what it leads to falls more than half as steeply as it rose."""


@dataclass(frozen=True, eq=False)
class Regressors:
    """The columns of a regression.

    Attributes
    ----------
    columns
        Shape ``(n, q)``: a constant first, none tied to the others.
    """

    columns: FloatArray

    @cached_property
    def products(self) -> FloatArray:
        """Shape ``(n, q(q + 1)/2)``: the products of columns, the upper triangle row by row."""
        first, second = np.triu_indices(self.columns.shape[1])
        return self.columns[:, first] * self.columns[:, second]

    def gram(self, masses: FloatArray) -> FloatArray:
        """Return the sums of products, shape ``(B, q, q)``, of masses of shape ``(B, n)``."""
        size = self.columns.shape[1]
        first, second = np.triu_indices(size)
        upper = masses @ self.products
        found = np.empty((len(masses), size, size))
        found[:, first, second] = upper
        found[:, second, first] = upper
        return found


@dataclass(frozen=True, eq=False)
class Logit:
    """A logistic regression of the sample, from which those of resamples start.

    Attributes
    ----------
    regressors
        Of n rows and q columns.
    outcome
        Shape ``(n,)``: 0 or 1.
    rate
        The share of 1 in the sample.
    coefficients
        Shape ``(q,)``, in log odds.
    penalised
        Whether the sample's own likelihood has no top.
    """

    regressors: Regressors
    outcome: FloatArray
    rate: float
    coefficients: FloatArray
    penalised: bool

    def resampled(self, masses: FloatArray, untold: BoolArray) -> tuple[FloatArray, BoolArray]:
        """Return the coefficients of each resample, and which of them had to be penalised.

        Parameters
        ----------
        masses
            Shape ``(B, n)``, 1 on average: how much each row counts.
        untold
            Shape ``(B,)``: resamples that lack a group which must be compared.

        Returns
        -------
        coefficients, penalised
            Shapes ``(B, q)`` and ``(B,)``.

        Raises
        ------
        FitError
            When the top of a penalised likelihood is not reached.
        """
        found = np.full((len(masses), len(self.coefficients)), np.nan)
        plain = np.flatnonzero(~untold) if not self.penalised else np.empty(0, dtype=np.intp)
        if plain.size:
            given = masses[plain]
            found[plain] = _climb(
                self.regressors, given * self.outcome, given, self.coefficients, MOST_STEPS
            )
        penalised = np.isnan(found[:, 0])
        if penalised.any():
            found[penalised] = _penalised(self, masses[penalised], self.coefficients)
        return found, penalised


def fit_logit(regressors: Regressors, outcome: FloatArray, masses: FloatArray) -> Logit:
    """Fit a logistic regression to a sample, by penalised likelihood where it must be.

    Parameters
    ----------
    regressors
        Of n rows.
    outcome
        Shape ``(n,)``: 0 or 1, and both occur.
    masses
        Shape ``(n,)``, 1 on average: how much each row counts.

    Raises
    ------
    FitError
        When the top of the penalised likelihood is not reached.
    """
    rate = float(np.average(outcome, weights=masses))
    start = np.zeros(regressors.columns.shape[1])
    start[0] = np.log(rate) - np.log1p(-rate)
    given = masses[np.newaxis]
    found = _climb(regressors, given * outcome, given, start, MOST_STEPS)[0]
    runs_away = bool(np.isnan(found[0]))
    logit = Logit(regressors, outcome, rate, start if runs_away else found, penalised=runs_away)
    if not runs_away:
        return logit
    return Logit(regressors, outcome, rate, _penalised(logit, given, start)[0], penalised=runs_away)


def _penalised(logit: Logit, masses: FloatArray, start: FloatArray) -> FloatArray:
    """Return the coefficients with as many respondents at the overall rate as coefficients."""
    rows, size = logit.regressors.columns.shape
    more = size / rows
    yes = masses * logit.outcome + more * logit.rate
    found = _climb(logit.regressors, yes, masses + more, start, MOST_PENALISED_STEPS)
    if np.isnan(found).any():
        facts = {"n": rows, "columns": size - 1, "steps": MOST_PENALISED_STEPS}
        raise FitError("logit_not_converged", **facts)
    return found


def _climb(
    regressors: Regressors, yes: FloatArray, both: FloatArray, start: FloatArray, most: int
) -> FloatArray:
    """Return where each likelihood is highest, shape ``(B, q)``; NaN where no top is reached.

    Parameters
    ----------
    regressors
        Of n rows.
    yes, both
        Shape ``(B, n)``: how much a row counts as 1, and how much it counts at all.
    start
        Shape ``(q,)``.
    most
        How many steps.
    """
    columns = regressors.columns
    found = np.full((len(yes), len(start)), np.nan)
    going = np.arange(len(yes))
    place, step = np.tile(start, (len(yes), 1)), np.zeros((len(yes), len(start)))
    slope = np.zeros(len(yes))
    for _ in range(most):
        there = place + step
        chance = expit(there @ columns.T)
        gradient = (yes - both * chance) @ columns
        good = np.vecdot(gradient, step) >= -TOO_FAR * slope
        step[~good] /= 2
        slope[~good] /= 2
        place[good] = there[good]
        spread = both[good] * chance[good] * (1 - chance[good])
        step[good] = _newton(regressors.gram(spread), gradient[good])
        slope[good] = np.vecdot(gradient[good], step[good])
        done = good & (np.abs(step).max(axis=1) < NEAR)
        if done.any():
            found[going[done]] = place[done] + step[done]
            going, yes, both = going[~done], yes[~done], both[~done]
            place, step, slope = place[~done], step[~done], slope[~done]
            if not going.size:
                break
    return found


def _newton(information: FloatArray, gradient: FloatArray) -> FloatArray:
    """Return the step to the top of the quadratic approximation, never out of all proportion."""
    diagonal = np.einsum("bii->bi", information)
    diagonal += RIDGE * (1 + diagonal)
    solved = np.linalg.solve(information, gradient[:, :, np.newaxis])
    step = np.asarray(solved[:, :, 0], dtype=np.float64)
    longest = np.maximum(np.abs(step).max(axis=1, keepdims=True), LONGEST)
    shortened: FloatArray = step * (LONGEST / longest)
    return shortened
