"""Draw what surveys of a planned size would find, without drawing their respondents.

Normal answers need none: their covariance matrix has a distribution of its own (Wishart 1928,
*Biometrika* 20A, 32–52). All sizes share the same random numbers, so that what is found changes
smoothly with the size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, norm, t

from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares

MOST_DRAWS, FEWEST_DRAWS = 4000, 500
WORK = 2**20


@dataclass(frozen=True, eq=False)
class Draws:
    """What many surveys of one size find.

    Attributes
    ----------
    weights
        Shape ``(B, p)``: each driver's part of what is explained, around the true one.
    slopes
        Shape ``(B, p)``: each driver's own effect, in any unit.
    freedom
        Degrees of freedom of an interval.
    """

    weights: FloatArray
    slopes: FloatArray
    freedom: float

    @property
    def shares(self) -> FloatArray:
        """Each driver's share, shape ``(B, p)``."""
        proportions: FloatArray = self.weights / self.weights.sum(axis=1, keepdims=True)
        return proportions

    def part(self, number: int, parts: int) -> Draws:
        """Return one of so many equal parts of the draws."""
        return Draws(self.weights[number::parts], self.slopes[number::parts], self.freedom)

    def widths(self, level: float) -> FloatArray:
        """Return the width of every share's interval, shape ``(p,)``."""
        beyond = norm.sf(t.isf((1 - level) / 2, self.freedom))
        low, high = np.quantile(self.shares, [beyond, 1 - beyond], axis=0)
        width: FloatArray = high - low
        return width

    def found(self, level: float) -> FloatArray:
        """Return in which part of the surveys each own effect is shown, shape ``(p,)``."""
        beyond = t.isf((1 - level) / 2, self.freedom) * self.slopes.std(axis=0)
        part: FloatArray = (np.abs(self.slopes) > beyond).mean(axis=0)
        return part

    def apart(self, pair: tuple[int, int], level: float) -> float:
        """Return in which part of the surveys the first of a pair is shown to weigh more."""
        gaps, beyond = self._gaps(pair, level)
        return float((gaps > beyond).mean())

    def more_to_part(self, pair: tuple[int, int], level: float, power: float) -> float:
        """Return how many times as many respondents tell a pair apart with this power."""
        gaps, beyond = self._gaps(pair, level)
        short = np.quantile(gaps, 1 - power) - gaps.mean()
        return float(((beyond - short) / gaps.mean()) ** 2)

    def _gaps(self, pair: tuple[int, int], level: float) -> tuple[FloatArray, float]:
        gaps = self.weights[:, pair[0]] - self.weights[:, pair[1]]
        return gaps, float(t.isf((1 - level) / 2, self.freedom) * gaps.std())


Sampler = Callable[[int], Draws]
"""Respondents → what surveys of so many find."""


def draws_of(drivers: int) -> int:
    """Return how many surveys are drawn: fewer when each has many subsets of drivers."""
    return max(FEWEST_DRAWS, min(MOST_DRAWS, WORK >> drivers))


def freedom_of(plan: PlannedSurvey, n: int) -> float:
    """Return the degrees of freedom of an interval: those of respondents, or of teams."""
    of_rows = n - 1 - len(plan.names)
    return float(of_rows if plan.teams is None else min(of_rows, n // plan.teams[0] - 1))


def linear_sampler(plan: PlannedSurvey, covariance: FloatArray, *, seed: int) -> Sampler:
    """Return what surveys of the mean grade find.

    With teams the sums of squares within them and between them are drawn apart: of every variable,
    and so of what the drivers do not explain, the same part lies between teams.
    """
    columns = len(covariance)
    drivers = columns - 1
    groups = [(place,) for place in range(drivers)]
    truth = linear_shares(covariance, groups)
    root = np.asarray(np.linalg.cholesky(covariance), np.float64)
    rng = np.random.default_rng(seed)
    count = draws_of(drivers)
    noise = [_noise(count, columns, rng) for _ in range(1 if plan.teams is None else 2)]

    def drawn(n: int) -> Draws:
        if plan.teams is None:
            squares = _wishart(root, n - 1, *noise[0])
        else:
            size, likeness = plan.teams
            teams = n // size
            within = np.sqrt(1 - likeness) * root
            between = np.sqrt(1 + (size - 1) * likeness) * root
            squares = _wishart(within, teams * (size - 1), *noise[0])
            squares = squares + _wishart(between, teams - 1, *noise[1])
        weights = linear_shares(squares, groups, n=n, adjust=int(plan.teams is None))
        if plan.teams is not None:
            weights = weights - weights.mean(axis=0) + truth
        inner, cross = squares[:, :-1, :-1], squares[:, :-1, -1:]
        slopes = np.asarray(np.linalg.solve(inner, cross)[..., 0], np.float64)
        return Draws(weights, slopes, freedom_of(plan, n))

    return drawn


def normal_draws(
    centre: FloatArray, roots: FloatArray, count: int, rng: np.random.Generator
) -> FloatArray:
    """Return draws around a centre, every tenth with the next of the roots of a covariance."""
    noise = rng.standard_normal((count, len(centre)))
    which = np.arange(count) % len(roots)
    moved: FloatArray = np.einsum("bij,bj->bi", roots[which], noise)
    return centre + moved


def _noise(count: int, columns: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    below = np.tril(rng.standard_normal((count, columns, columns)), -1)
    return below, rng.uniform(size=(count, columns))


def _wishart(root: FloatArray, freedom: int, below: FloatArray, chances: FloatArray) -> FloatArray:
    """Return matrices of sums of squares by their triangular roots (Bartlett 1934)."""
    columns = len(root)
    spread = np.sqrt(chi2.ppf(chances, freedom - np.arange(columns)))
    triangles = below + spread[:, np.newaxis] * np.eye(columns)
    half = root @ triangles
    squares: FloatArray = half @ np.swapaxes(half, -1, -2)
    return squares
