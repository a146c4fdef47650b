"""Draw surveys from populations with a known truth, for studies by simulation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np
from scipy.stats import norm

from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.sums import FloatArray
from tests.samples import answers, survey_of
from tests.twins import average_over_all_orders, fits_of_covariance

SLOPES = np.array([0.40, 0.35, 0.15, 0.12, 0.03, 0.02, 0.0])
KINDS = ("normal", "grades", "weights", "clusters")
RESPONDENTS = (150, 300, 1000)
CORRELATIONS = (0.0, 0.3, 0.6)
TEAM = 10
SHARED = 0.1
EFFECTIVE = 0.6
MIDDLE, SPREAD = 8.0, 1.7


@dataclass(frozen=True)
class Cell:
    """One population and a number of respondents.

    Attributes
    ----------
    kind
        ``"normal"`` answers; ``"grades"``, whole answers from 1 to 10 with a ceiling;
        ``"weights"``, normal answers with survey weights; ``"clusters"``, normal answers in teams.
    n
        Respondents in a sample.
    correlation
        Between every two drivers.
    """

    kind: str
    n: int
    correlation: float

    @property
    def key(self) -> str:
        """What the cell is called in a file."""
        return f"{self.kind}-{self.n}-{self.correlation}"

    @property
    def seed(self) -> list[int]:
        """Where the random numbers of the cell start."""
        return [KINDS.index(self.kind), self.n, round(100 * self.correlation)]


CELLS = tuple(Cell(*each) for each in product(KINDS, RESPONDENTS, CORRELATIONS))


def draw(cell: Cell, number: int, blank: Design) -> Design:
    """Return one sample of a cell as a design.

    Parameters
    ----------
    cell
        What to draw from.
    number
        Which sample; the same number gives the same sample.
    blank
        A design of seven drivers, of which everything but the answers is kept.
    """
    rng = np.random.default_rng([*cell.seed, number])
    drawn = _answers(cell, cell.n, rng)
    weights = None
    if cell.kind == "weights":
        weights = np.exp(np.sqrt(-np.log(EFFECTIVE)) * rng.normal(size=cell.n))
    return replace(
        blank,
        columns=drawn[:, :-1],
        outcome=drawn[:, -1],
        weights=weights,
        cluster=np.arange(cell.n) // TEAM if cell.kind == "clusters" else None,
        n_rated=np.full(len(SLOPES), cell.n),
    )


def blank_design() -> Design:
    """Return the design of a small survey with seven drivers, to be filled by `draw`."""
    return design_of(survey_of(answers(SLOPES, n=20)))


def true_weights(cell: Cell) -> FloatArray:
    """Return the weights of the population, from its covariance and by the slow twin."""
    return _true_weights(cell.kind, cell.correlation)


@cache
def _true_weights(kind: str, correlation: float) -> FloatArray:
    among = _correlations(correlation)
    explained = SLOPES @ among @ SLOPES
    with_outcome = (among @ SLOPES / np.sqrt(2 * explained))[:, np.newaxis]
    correlations = np.block([[among, with_outcome], [with_outcome.T, np.ones((1, 1))]])
    covariance = _graded(correlations) if kind == "grades" else correlations
    return average_over_all_orders(fits_of_covariance(covariance, len(SLOPES)), len(SLOPES))


def _graded(correlations: FloatArray) -> FloatArray:
    """Return the covariances of whole answers from the correlations of what lies behind them.

    A grade is one more than the thresholds it passes. The chance to pass two of them grows with
    the correlation as the bivariate normal density does (Plackett 1954, *Biometrika* 41, 351–360).
    """
    thresholds = (np.arange(1, 10) + 0.5 - MIDDLE) / SPREAD
    first, second = thresholds[:, np.newaxis], thresholds
    nodes, parts = np.polynomial.legendre.leggauss(40)
    apart = np.where(np.eye(len(correlations)) == 1, 0.0, correlations)
    on_the_way = (apart[..., np.newaxis] * (nodes + 1) / 2)[..., np.newaxis, np.newaxis]
    spare = 1 - on_the_way**2
    distance = (first**2 - 2 * on_the_way * first * second + second**2) / spare
    density = np.exp(-distance / 2) / (2 * np.pi * np.sqrt(spare))
    covariance = apart / 2 * (density.sum(axis=(-2, -1)) @ parts)
    passed = norm.sf(thresholds)
    variance = (np.minimum.outer(passed, passed) - np.outer(passed, passed)).sum()
    return covariance + variance * np.eye(len(correlations))


def _answers(cell: Cell, rows: int, rng: np.random.Generator) -> FloatArray:
    """Return drivers and outcome, shape ``(rows, 8)``, with a true R² of one half."""
    among = _correlations(cell.correlation)
    spread = np.sqrt(SLOPES @ among @ SLOPES)
    standard = rng.normal(size=(rows, len(SLOPES) + 1))
    if cell.kind == "clusters":
        team = np.arange(rows) // TEAM
        between = rng.normal(size=(team[-1] + 1, len(SLOPES) + 1))[team]
        standard = np.sqrt(SHARED) * between + np.sqrt(1 - SHARED) * standard
    drivers = standard[:, :-1] @ np.linalg.cholesky(among).T
    outcome = drivers @ SLOPES + spread * standard[:, -1]
    if cell.kind != "grades":
        return np.column_stack([drivers, outcome])
    latent = np.column_stack([drivers, outcome / (np.sqrt(2) * spread)])
    return np.clip(np.rint(MIDDLE + SPREAD * latent), 1, 10)


def _correlations(correlation: float) -> FloatArray:
    size = len(SLOPES)
    return np.full((size, size), correlation) + (1 - correlation) * np.eye(size)
