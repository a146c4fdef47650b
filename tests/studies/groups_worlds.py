"""Draw customers of organisations of which it is known in what they differ.

Seven drivers that correlate .3 to .6 go with an outcome. The slopes of customer focus and customer
knowledge differ between organisations by a known standard deviation, those of the five others not
at all; intercepts and the means of the drivers differ as well. Each survey has new organisations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import cxdrivers as cx
from cxdrivers.importance.many_shares import many_shares
from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import DRIVERS

SLOPES = np.array([0.30, 0.25, 0.20, 0.15, 0.10, 0.05, 0.0])
DIFFER = np.isin(DRIVERS, ("customer_focus", "customer_knowledge"))
LOADINGS = np.linspace(0.55, 0.78, len(DRIVERS))
CORRELATION = np.outer(LOADINGS, LOADINGS) + np.diag(1 - LOADINGS**2)
ROOT = np.linalg.cholesky(CORRELATION)
NOISE = 0.8
APART = 0.3
"""Standard deviation between organisations of their intercepts and of the means of drivers."""
MIDDLE, POINTS = 6.5, 1.5
"""Mean of whole grades, and how many of them are one standard deviation of an opinion."""
BLANK = 0.1
NOISE_SPREAD = 0.3
FEWEST, MOST = 25, 200
MANY = 20_000


@dataclass(frozen=True)
class World:
    """What organisations and their customers are drawn from.

    Attributes
    ----------
    name
        In the page.
    sizes
        Customers of each organisation.
    spread
        Standard deviation of the slopes of customer focus and customer knowledge between
        organisations.
    grades
        Whether answers are whole grades from 1 to 10, with a floor and a ceiling.
    blanks
        Whether a tenth of the ratings is blank, by chance.
    uneven
        Whether the noise is larger in some organisations than in others.
    """

    name: str
    sizes: tuple[int, ...]
    spread: float
    grades: bool = False
    blanks: bool = False
    uneven: bool = False

    @property
    def seed(self) -> list[int]:
        """Where the random numbers of the world start."""
        kind = 4 * self.grades + 2 * self.blanks + self.uneven
        return [len(self.sizes), sum(self.sizes), round(1000 * self.spread), kind]


def uneven_sizes(count: int) -> tuple[int, ...]:
    """Return sizes of organisations from 25 to 200, each larger by the same factor."""
    return tuple(int(size) for size in np.geomspace(FEWEST, MOST, count).round())


SPREADS = (0.0, 0.05, 0.1, 0.2, 0.3)
COUNTS = (4, 8, 13, 40)
EQUAL = (25, 50, 100, 200)
GRID = tuple(
    World(f"{count} organisations, τ = {spread}", uneven_sizes(count), spread)
    for count in COUNTS
    for spread in SPREADS
)
SMALL = tuple(World(f"8 of {size} customers", (size,) * 8, 0.1) for size in EQUAL)
ALIKE = World("13 of 60 customers, none differing", (60,) * 13, 0.0)
OTHER = (
    World("13 organisations, whole grades", uneven_sizes(13), 0.1, grades=True),
    World("13 organisations, uneven noise", uneven_sizes(13), 0.1, uneven=True),
    World("13 organisations, blank ratings", uneven_sizes(13), 0.1, blanks=True),
)
WORLDS = (*GRID, ALIKE, *SMALL, *OTHER)


@dataclass(frozen=True, eq=False)
class Organisations:
    """What is true of K organisations and, last, of one that is not asked.

    Attributes
    ----------
    effect, mean
        Shape ``(K + 1, p)``: own slopes, and mean ratings before they are made whole grades.
    intercept, noise
        Shape ``(K + 1,)``.
    """

    effect: FloatArray
    mean: FloatArray
    intercept: FloatArray
    noise: FloatArray

    @property
    def weight(self) -> FloatArray:
        """Parts of R² in each organisation, of answers that are not made whole: ``(K + 1, p)``."""
        return true_weights(self.effect, self.noise)


def organisations(world: World, rng: np.random.Generator, count: int) -> Organisations:
    """Draw organisations of a world."""
    width = len(DRIVERS)
    slopes = SLOPES + world.spread * DIFFER * rng.normal(size=(count, width))
    uneven = NOISE_SPREAD * rng.normal(size=count) if world.uneven else np.zeros(count)
    return Organisations(
        effect=slopes,
        mean=APART * rng.normal(size=(count, width)),
        intercept=APART * rng.normal(size=count),
        noise=NOISE * np.exp(uneven),
    )


def true_weights(slopes: FloatArray, noise: FloatArray) -> FloatArray:
    """Return parts of R², shape ``(K, p)``, of slopes and standard deviations of the noise."""
    width = slopes.shape[1]
    covariance = np.empty((len(slopes), width + 1, width + 1))
    covariance[:, :-1, :-1] = CORRELATION
    covariance[:, -1, :-1] = covariance[:, :-1, -1] = slopes @ CORRELATION
    covariance[:, -1, -1] = (covariance[:, -1, :-1] * slopes).sum(axis=1) + noise**2
    columns = tuple((place,) for place in range(width))
    return many_shares(covariance, columns, n=np.full(len(slopes), np.inf), adjusted=False)


@dataclass(frozen=True, eq=False)
class Field:
    """What is true of all organisations that could be drawn, shape ``(p,)`` each, by measure.

    Attributes
    ----------
    middle, spread
        Mean and standard deviation between organisations; NaN where it is not known.
    """

    middle: dict[str, FloatArray]
    spread: dict[str, FloatArray]


@cache
def field_of(world: World) -> Field:
    """Return what is true of all organisations: weights are those of twenty thousand."""
    width = len(DRIVERS)
    unknown = np.full(width, np.nan)
    middle = {"weight": unknown, "effect": SLOPES, "mean": unknown}
    spread = {"weight": unknown, "effect": world.spread * DIFFER, "mean": unknown}
    if not world.grades:
        many = organisations(world, np.random.default_rng([29, *world.seed]), MANY).weight
        middle |= {"weight": many.mean(axis=0), "mean": np.zeros(width)}
        spread |= {"weight": many.std(axis=0).round(12), "mean": np.full(width, APART)}
    return Field(middle, spread)


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers of the customers of K organisations.

    Attributes
    ----------
    values
        Shape ``(n, p + 1)``: ratings, and the outcome last; NaN for a blank.
    group
        Shape ``(n,)``: the organisation of each.
    true
        What is true of the organisations.
    """

    values: FloatArray
    group: NDArray[np.intp]
    true: Organisations


def answers_of(world: World, number: int) -> Answers:
    """Return answers in new organisations; the same number gives the same answers."""
    rng = np.random.default_rng([*world.seed, number])
    true = organisations(world, rng, len(world.sizes) + 1)
    group = np.repeat(np.arange(len(world.sizes)), world.sizes)
    opinions = true.mean[group] + rng.normal(size=(len(group), len(DRIVERS))) @ ROOT.T
    noise = true.intercept[group] + true.noise[group] * rng.normal(size=len(group))
    if world.grades:
        ratings = np.clip(np.round(MIDDLE + POINTS * opinions), 1, 10)
        going_with = ((ratings - MIDDLE) * true.effect[group]).sum(axis=1)
        outcome = np.clip(np.round(MIDDLE + going_with + POINTS * noise), 1, 10)
    else:
        ratings = opinions
        outcome = (ratings * true.effect[group]).sum(axis=1) + noise
    if world.blanks:
        ratings = np.where(rng.random(ratings.shape) < BLANK, np.nan, ratings)
    return Answers(np.column_stack([ratings, outcome]), group, true)


def survey_of(answers: Answers) -> cx.Survey:
    """Return the same answers as a survey, with the organisation as its segment."""
    frame = pd.DataFrame(answers.values, columns=[*DRIVERS, "satisfaction"])
    frame = frame.assign(organisation=[f"{place:03d}" for place in answers.group])
    return cx.Survey.from_frame(
        frame, outcome="satisfaction", drivers=list(DRIVERS), segments=["organisation"]
    )
