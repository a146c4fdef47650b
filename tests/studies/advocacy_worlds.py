"""Draw customers of whom the direct, the indirect and the total effect are known.

Three drivers go with all of a mention, a score of 8 or higher and a real recommendation. Mention,
score and recommendation follow logistic regressions, the last with a product of the first two.
What is true is not computed by a formula of the package: millions of customers are drawn who show
what they would do with a mention and without.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

import cxdrivers as cx
from cxdrivers.moments.sums import FloatArray

DRIVERS = ("empathy", "reliability", "wait_time")
MENTION = np.array([0.8, 0.2, 0.0])
SCORE = np.array([1.0, 0.6, 0.3])
RECOMMEND = np.array([0.5, 0.2, 0.3])
DIRECT, SCORED, TOGETHER = 0.4, 0.8, 0.5
"""Log odds of a recommendation: of the mention, of the score, and of both more than their sum."""
TO_SCORE = 0.7
MANY, BLOCKS = 500_000, 16
TEAM = 10
TEAMS_SHARE = 0.25
"""Part of the drivers' variance that customers of a team have in common."""
BLANK = 0.2


@dataclass(frozen=True)
class World:
    """What customers are drawn from.

    Attributes
    ----------
    name
        In the page.
    n
        Respondents.
    level
        Log odds of a recommendation of an average customer without mention and with a low score.
    teams
        Whether customers come in teams of ten whose drivers resemble each other.
    blanks
        Whether some ratings are blank, more where the score is low.
    """

    name: str
    n: int
    level: float = -2.0
    teams: bool = False
    blanks: bool = False


WORLDS = (
    World("a large survey", 1500),
    World("a small survey", 300),
    World("few recommenders", 600, level=-3.2),
    World("teams of ten", 600, teams=True),
    World("blank ratings", 300, blanks=True),
)


@dataclass(frozen=True, eq=False)
class Customers:
    """Who they are and what they would do, each with the chance that decides it."""

    felt: FloatArray
    level: float
    chances: FloatArray

    def mentions(self) -> FloatArray:
        """Return whether each mentions an employee."""
        return self._happens(0, 0.2 + self.felt @ MENTION)

    def scores(self, mention: FloatArray | float) -> FloatArray:
        """Return whether each would give 8 or higher with a mention or without."""
        return self._happens(1, -0.2 + TO_SCORE * mention + self.felt @ SCORE)

    def recommends(self, mention: FloatArray | float, score: FloatArray) -> FloatArray:
        """Return whether each would recommend with such a mention and score."""
        known = DIRECT * mention + SCORED * score + TOGETHER * mention * score
        return self._happens(2, self.level + known + self.felt @ RECOMMEND)

    def _happens(self, place: int, log_odds: FloatArray) -> FloatArray:
        found: FloatArray = (self.chances[:, place] < expit(log_odds)).astype(np.float64)
        return found


def customers(world: World, n: int, rng: np.random.Generator) -> Customers:
    """Draw n customers of a world."""
    own = rng.normal(size=(n, 1)) * np.sqrt(0.5) + rng.normal(size=(n, 3)) * np.sqrt(0.5)
    if world.teams:
        shared = np.repeat(rng.normal(size=(-(-n // TEAM), 3)), TEAM, axis=0)[:n]
        own = np.sqrt(1 - TEAMS_SHARE) * own + np.sqrt(TEAMS_SHARE) * shared
    return Customers(own, world.level, rng.random((n, 3)))


@cache
def truth(level: float, *, teams: bool) -> tuple[float, float, float]:
    """Return direct, indirect and total: what millions of customers would do either way."""
    world = World("", 0, level=level, teams=teams)
    found = []
    for block in range(BLOCKS):
        drawn = customers(world, MANY, np.random.default_rng([17, block]))
        without, with_mention = drawn.scores(0.0), drawn.scores(1.0)
        none = drawn.recommends(0.0, without).mean()
        only = drawn.recommends(1.0, without).mean()
        both = drawn.recommends(1.0, with_mention).mean()
        found.append((only - none, both - only, both - none))
    direct, indirect, total = np.mean(found, axis=0)
    return float(direct), float(indirect), float(total)


def survey_of(world: World, number: int) -> cx.Survey:
    """Return a survey of a world; the same number gives the same survey."""
    rng = np.random.default_rng([3, number])
    drawn = customers(world, world.n, rng)
    mention = drawn.mentions()
    score = drawn.scores(mention)
    told = drawn.recommends(mention, score)
    frame = pd.DataFrame(7 + drawn.felt, columns=list(DRIVERS))
    frame = frame.assign(grade=np.where(score == 1, 9, 6), named=mention, told=told)
    if world.blanks:
        more = np.where(score == 1, -0.5, 0.7)
        blank: NDArray[np.bool_] = rng.random(world.n) < expit(logit(BLANK) + more)
        frame.loc[blank, DRIVERS[0]] = np.nan
    fields = {"cluster": "team"} if world.teams else {}
    return cx.Survey.from_frame(
        frame.assign(team=np.arange(world.n) // TEAM),
        outcome="grade",
        drivers=list(DRIVERS),
        mention="named",
        recommended="told",
        **fields,
    )
