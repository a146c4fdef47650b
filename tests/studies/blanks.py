"""Draw surveys in which answers are not there, from populations with a known truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import norm

from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.coding import BoolArray
from cxdrivers.vocabulary import DRIVERS, LINEAR, TOP_BOX
from tests.samples import OUTCOME
from tests.studies import populations
from tests.studies.latent import STEEPNESS, THRESHOLDS, graded
from tests.studies.populations import SLOPES, blank_design, true_weights

N, CORRELATION = 500, 0.3
RELIABILITY, EMPATHY = 0, 1
BLANK = (1, 3, 4)
"""Drivers with blanks, of which the first is also the one that does not apply to some."""
BESIDE = 0.7
"""How a blank correlates with what it depends on."""
SPARED = 0.4
"""The same for who does not meet a driver, with the rating of the first one."""
SHIFT = 0.5
"""How much higher those grade whom a driver does not concern, in outcome units."""
GRADE = 6
"""From which of nine grades on a customer is in the top box."""
MANY = 1_000_000

MECHANISMS = ("mcar", "mar", "grades", "mnar", "top_box", "not_applicable", "both")
APART = ("not_applicable", "both")
"""Where a driver does not apply to some."""


@dataclass(frozen=True)
class Cell:
    """A reason why answers are not there, and how many.

    Attributes
    ----------
    mechanism
        Blanks by chance (``"mcar"``); that follow from other answers (``"mar"``), also with whole
        answers from 1 to 10 (``"grades"``) and with a top box (``"top_box"``); that follow from
        what was not answered (``"mnar"``); a driver that does not apply (``"not_applicable"``), and
        that with blanks that follow from other answers (``"both"``).
    share
        Of the respondents, for each driver that has any.
    """

    mechanism: str
    share: float

    @property
    def key(self) -> str:
        """What the cell is called in a file."""
        return f"{self.mechanism}-{self.share}"

    @property
    def model(self) -> str:
        """The kind of model that weighs the drivers."""
        return TOP_BOX if self.mechanism == "top_box" else LINEAR

    @property
    def population(self) -> populations.Cell:
        """Where complete answers come from: for most the same ones, whatever becomes of them."""
        return _population(self.mechanism, N)


CELLS = (
    *(Cell(*each) for each in product(("mcar", "mar"), (0.1, 0.3, 0.5))),
    *(Cell(mechanism, 0.3) for mechanism in ("grades", "top_box", "mnar")),
    *(Cell("not_applicable", share) for share in (0.1, 0.3, 0.5, 0.7)),
    Cell("both", 0.3),
)


@dataclass(frozen=True, eq=False)
class Sample:
    """All answers of some respondents, and which of them are not there.

    Attributes
    ----------
    frame
        Ratings of the seven drivers with the outcome. Of a driver that does not apply the rating is
        what it would have been; the outcome does not depend on it.
    absent, blank
        Shape ``(n, 7)``: where a driver does not apply, and where it does and is not rated.
    """

    frame: pd.DataFrame
    absent: BoolArray
    blank: BoolArray


def draw(cell: Cell, number: int) -> Sample:
    """Return a sample of a cell; the same number gives the same sample."""
    rng = np.random.default_rng([MECHANISMS.index(cell.mechanism), round(100 * cell.share), number])
    ratings, outcome = _complete(cell, cell.population, number)
    absent, blank = np.zeros(ratings.shape, bool), np.zeros(ratings.shape, bool)
    if cell.mechanism in APART:
        absent[:, EMPATHY] = _chosen(_standard(ratings[:, RELIABILITY]), SPARED, cell.share, rng)
        outcome = _without(ratings, outcome, absent)
    if cell.mechanism != "not_applicable":
        for place in BLANK:
            behind, beside = _behind(cell, ratings, outcome, place)
            blank[:, place] = _chosen(behind, beside, cell.share, rng)
    middle = 0 if cell.mechanism == "grades" else 7
    frame = pd.DataFrame(ratings + middle, columns=list(DRIVERS))
    nearer = 0 if cell.mechanism == "top_box" else middle
    return Sample(frame.assign(**{OUTCOME: outcome + nearer}), absent, blank & ~absent)


@cache
def truth(cell: Cell) -> FloatArray:
    """Return the seven weights of the population, their sum, and the seven own effects."""
    effects = SLOPES
    if cell.mechanism in APART:
        weights = _weights_with_a_pair(cell)
    elif cell.mechanism == "top_box":
        weights = true_weights(populations.Cell("top_box", N, CORRELATION))
    else:
        weights = true_weights(cell.population)
    if cell.mechanism == "grades":
        columns, outcome = _complete(cell, _population(cell.mechanism, MANY), 0)
        covariance = np.cov(np.column_stack([columns, outcome]), rowvar=False)
        effects = np.linalg.solve(covariance[:-1, :-1], covariance[:-1, -1])
    elif cell.mechanism == "top_box":
        effects = _average_marginal_effects()
    return np.concatenate([weights, [weights.sum()], effects])


def _population(mechanism: str, n: int) -> populations.Cell:
    return populations.Cell("grades" if mechanism == "grades" else "normal", n, CORRELATION)


def _complete(
    cell: Cell, population: populations.Cell, number: int
) -> tuple[FloatArray, FloatArray]:
    """Return ratings and outcome; for a top box nine grades of what lies behind the outcome."""
    design = populations.draw(population, number, blank_design())
    if cell.mechanism != "top_box":
        return design.columns, design.outcome
    part = design.columns @ SLOPES
    spread = _spread()
    noise = (design.outcome - part) / spread
    grades = graded("ordinal", part / spread, noise) + graded("top_box", part / spread, noise)
    return design.columns, grades


def _behind(
    cell: Cell, ratings: FloatArray, outcome: FloatArray, place: int
) -> tuple[FloatArray, float]:
    """Return what blanks of a driver depend on, lower answers giving more, and how closely."""
    if cell.mechanism == "mcar":
        return np.zeros(len(outcome)), 0.0
    if cell.mechanism == "mnar":
        return -_standard(ratings[:, place]), BESIDE
    return -_standard(_standard(outcome) + _standard(ratings[:, RELIABILITY])), BESIDE


def _chosen(behind: FloatArray, beside: float, share: float, rng: np.random.Generator) -> BoolArray:
    chance = rng.normal(size=len(behind))
    chosen: BoolArray = beside * behind + np.sqrt(1 - beside**2) * chance > norm.isf(share)
    return chosen


def _without(ratings: FloatArray, outcome: FloatArray, absent: BoolArray) -> FloatArray:
    """Return the outcome when a driver does not concern some: no slope for them, but a shift."""
    told: FloatArray = outcome + SHIFT * absent.sum(axis=1) - (absent * ratings) @ SLOPES
    return told


def _weights_with_a_pair(cell: Cell) -> FloatArray:
    """Return the weights with a pair of columns for who met the driver, of a very large sample."""
    rng = np.random.default_rng(MANY)
    ratings, outcome = _complete(cell, _population(cell.mechanism, MANY), 0)
    absent = np.zeros(ratings.shape, bool)
    absent[:, EMPATHY] = _chosen(ratings[:, RELIABILITY], SPARED, cell.share, rng)
    outcome = _without(ratings, outcome, absent)
    columns = [np.where(absent, 0.0, ratings), absent[:, EMPATHY], outcome]
    groups = [[place] for place in range(len(SLOPES))]
    groups[EMPATHY].append(len(SLOPES))
    return linear_shares(np.cov(np.column_stack(columns), rowvar=False), groups)


def _average_marginal_effects() -> FloatArray:
    """Return the drivers' effects on the chance of the top box, by quadrature."""
    nodes, parts = np.polynomial.hermite_e.hermegauss(80)
    reached = expit(STEEPNESS * (nodes - THRESHOLDS["top_box"][0]))
    steepness = float((reached * (1 - reached)) @ parts / parts.sum())
    effects: FloatArray = STEEPNESS * steepness / _spread() * SLOPES
    return effects


def _spread() -> float:
    """Return the standard deviation of what the drivers explain."""
    among = np.full((len(SLOPES), len(SLOPES)), CORRELATION) + (1 - CORRELATION) * np.eye(
        len(SLOPES)
    )
    return float(np.sqrt(SLOPES @ among @ SLOPES))


def _standard(values: FloatArray) -> FloatArray:
    standard: FloatArray = (values - values.mean()) / values.std()
    return standard
