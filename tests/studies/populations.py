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
from tests.studies.latent import graded, true_mcfadden
from tests.twins import average_over_all_orders, fits_of_covariance

SLOPES = np.array([0.40, 0.35, 0.15, 0.12, 0.03, 0.02, 0.0])
LINEAR_KINDS = ("normal", "grades", "weights", "clusters")
FITTED_KINDS = ("top_box", "ordinal", "top_box_weights", "top_box_clusters")
KINDS = (*LINEAR_KINDS, *FITTED_KINDS)
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
        ``"weights"``, normal answers with survey weights; ``"clusters"``, normal answers in teams;
        ``"top_box"`` and ``"ordinal"``, two and eight grades of something logistic behind them;
        ``"top_box_weights"`` and ``"top_box_clusters"``, two of these with weights or in teams.
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

    @property
    def model(self) -> str:
        """The kind of model that weighs the drivers."""
        return "linear" if self.kind in LINEAR_KINDS else _plain(self.kind)

    @property
    def weighted(self) -> bool:
        """Whether respondents have survey weights."""
        return self.kind.endswith("weights")

    @property
    def clustered(self) -> bool:
        """Whether they come in teams."""
        return self.kind.endswith("clusters")


LINEAR_CELLS = tuple(Cell(*each) for each in product(LINEAR_KINDS, RESPONDENTS, CORRELATIONS))
FITTED_CELLS = (
    *(Cell("top_box", *each) for each in product(RESPONDENTS[1:], CORRELATIONS)),
    *(Cell("ordinal", n, 0.3) for n in RESPONDENTS[1:]),
    Cell("top_box_weights", 1000, 0.3),
    Cell("top_box_clusters", 1000, 0.3),
)
CELLS = LINEAR_CELLS + FITTED_CELLS


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
    if cell.weighted:
        weights = np.exp(np.sqrt(-np.log(EFFECTIVE)) * rng.normal(size=cell.n))
    return replace(
        blank,
        columns=drawn[:, :-1],
        outcome=drawn[:, -1],
        weights=weights,
        cluster=np.arange(cell.n) // TEAM if cell.clustered else None,
        n_rated=np.full(len(SLOPES), cell.n),
    )


def blank_design() -> Design:
    """Return the design of a small survey with seven drivers, to be filled by `draw`."""
    return design_of(survey_of(answers(SLOPES, n=20)))


def true_weights(cell: Cell) -> FloatArray:
    """Return the weights of the population, from its covariance and by the slow twin."""
    return _true_weights(_plain(cell.kind), cell.correlation)


@cache
def _true_weights(kind: str, correlation: float) -> FloatArray:
    among = _correlations(correlation)
    explained = SLOPES @ among @ SLOPES
    with_outcome = (among @ SLOPES / np.sqrt(2 * explained))[:, np.newaxis]
    correlations = np.block([[among, with_outcome], [with_outcome.T, np.ones((1, 1))]])
    covariance = _rounded(correlations) if kind == "grades" else correlations
    values = fits_of_covariance(covariance, len(SLOPES))
    if kind in FITTED_KINDS:
        whole = values[frozenset(range(len(SLOPES)))]
        values = true_mcfadden(kind, {subset: fit / whole for subset, fit in values.items()})
    return average_over_all_orders(values, len(SLOPES))


def _rounded(correlations: FloatArray) -> FloatArray:
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
    """Return drivers and outcome, shape ``(rows, 8)``; of what lies behind, R² is one half."""
    among = _correlations(cell.correlation)
    spread = np.sqrt(SLOPES @ among @ SLOPES)
    standard = rng.normal(size=(rows, len(SLOPES) + 1))
    if cell.clustered:
        team = np.arange(rows) // TEAM
        between = rng.normal(size=(team[-1] + 1, len(SLOPES) + 1))[team]
        standard = np.sqrt(SHARED) * between + np.sqrt(1 - SHARED) * standard
    drivers = standard[:, :-1] @ np.linalg.cholesky(among).T
    if cell.kind in FITTED_KINDS:
        outcome = graded(cell.model, drivers @ SLOPES / spread, standard[:, -1])
        return np.column_stack([drivers, outcome])
    outcome = drivers @ SLOPES + spread * standard[:, -1]
    if cell.kind != "grades":
        return np.column_stack([drivers, outcome])
    latent = np.column_stack([drivers, outcome / (np.sqrt(2) * spread)])
    return np.clip(np.rint(MIDDLE + SPREAD * latent), 1, 10)


def _correlations(correlation: float) -> FloatArray:
    size = len(SLOPES)
    return np.full((size, size), correlation) + (1 - correlation) * np.eye(size)


def _plain(kind: str) -> str:
    """Return the kind without weights or teams, which change no true weight."""
    return kind.removesuffix("_weights").removesuffix("_clusters")
