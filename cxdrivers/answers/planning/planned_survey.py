"""Say what is expected of a survey that is still to be held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import brentq

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.vocabulary import LINEAR, TOP_BOX

MOST_DRIVERS = 12
RANGES = {"correlation": (0.0, 0.95), "r_squared": (0.02, 0.98), "top_box": (0.02, 0.98)}
MOST_STEPS = 500
CLOSE = 0.002
STRONGEST = 1000.0


@dataclass(frozen=True, eq=False)
class PlannedSurvey:
    """What is expected of a survey that is still to be held.

    Attributes
    ----------
    drivers
        How many, from 2 to 12; their shares then fall evenly from the first to the last. Or driver
        → expected share, in any unit, for example from an earlier survey.
    correlation
        Between every two drivers: how much their ratings go together.
    r_squared
        What the drivers explain of the grade.
    top_box
        Expected part of the respondents in the top box, when a logistic regression of who is in it
        is what will be weighed; None for the mean grade.
    teams
        Respondents in a team (of an agent, a branch) and the part of the differences that lies
        between teams, when they will be the cluster; None for respondents by themselves.

    Raises
    ------
    FitError
        For expectations that cannot be.

    Examples
    --------
    >>> PlannedSurvey(drivers=3, correlation=0.3).shares.round(2)
    array([0.54, 0.31, 0.15])
    """

    drivers: int | Mapping[str, float] = 7
    correlation: float = 0.3
    r_squared: float = 0.5
    top_box: float | None = None
    teams: tuple[int, float] | None = None

    def __post_init__(self) -> None:
        count = len(self.drivers) if isinstance(self.drivers, Mapping) else self.drivers
        if not isinstance(count, int) or not 2 <= count <= MOST_DRIVERS:
            raise FitError("plan_drivers", count=str(count), most=MOST_DRIVERS)
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise FitError("plan_range", name=name, value=value, low=low, high=high)
        if self.teams is not None:
            size, likeness = self.teams
            if not (isinstance(size, int) and size >= 2 and 0 <= likeness <= 0.9):
                raise FitError("plan_teams", teams=str(self.teams))
        if isinstance(self.drivers, Mapping):
            self._check_shares(self.drivers)

    @property
    def kind(self) -> str:
        """The kind of model that will weigh the drivers."""
        return LINEAR if self.top_box is None else TOP_BOX

    @property
    def names(self) -> tuple[str, ...]:
        """Keys of the drivers: those given, or ``driver_1``, ``driver_2``, …."""
        if isinstance(self.drivers, Mapping):
            return tuple(self.drivers)
        return tuple(f"driver_{place + 1}" for place in range(self.drivers))

    @cached_property
    def slopes(self) -> FloatArray:
        """Effects of standardised drivers on the grade, up to a factor, shape ``(p,)``."""
        if isinstance(self.drivers, Mapping):
            given = np.array(list(self.drivers.values()), dtype=np.float64)
            return slopes_of_shares(given / given.sum(), self.correlation)
        return np.arange(self.drivers, 0, -1, dtype=np.float64)

    @cached_property
    def covariance(self) -> FloatArray:
        """Correlations of the drivers and the grade, the grade last."""
        return planned_covariance(self.slopes, self.correlation, self.r_squared)

    @cached_property
    def shares(self) -> FloatArray:
        """True share of every driver in what they explain of the grade, shape ``(p,)``."""
        return shares_of_slopes(self.slopes, self.correlation)

    def _check_shares(self, given: Mapping[str, float]) -> None:
        values = list(given.values())
        if not (all(value >= 0 and np.isfinite(value) for value in values) and sum(values) > 0):
            raise FitError("plan_shares", shares=", ".join(f"{value:g}" for value in values))
        wanted = np.array(values, dtype=np.float64) / sum(values)
        found = self.shares
        if np.abs(found - wanted).max() > CLOSE:
            place = int(np.argmax(found - wanted))
            raise FitError(
                "plan_shares_impossible",
                driver=list(given)[place],
                share=round(float(wanted[place]), 3),
                least=round(float(found[place]), 3),
                correlation=self.correlation,
            )


def planned_covariance(slopes: FloatArray, correlation: float, r_squared: float) -> FloatArray:
    """Return correlations of drivers and outcome, the outcome last, shape ``(p + 1, p + 1)``."""
    among = np.full((len(slopes), len(slopes)), correlation)
    np.fill_diagonal(among, 1.0)
    explained = slopes @ among @ slopes
    with_outcome = among @ slopes * np.sqrt(r_squared / explained)
    return np.block([[among, with_outcome[:, np.newaxis]], [with_outcome, np.ones(1)]])


def shares_of_slopes(slopes: FloatArray, correlation: float) -> FloatArray:
    """Return the Shapley shares of drivers with these slopes; they do not depend on the noise."""
    covariance = planned_covariance(slopes, correlation, 0.5)
    weights = linear_shares(covariance, [(place,) for place in range(len(slopes))])
    shares: FloatArray = weights / weights.sum()
    return shares


def slopes_of_shares(shares: FloatArray, correlation: float) -> FloatArray:
    """Return slopes that give these shares, or the nearest: correlated drivers cannot have none."""
    slopes = np.sqrt(shares)
    for _ in range(MOST_STEPS):
        found = shares_of_slopes(slopes, correlation)
        if np.abs(found - shares).max() < CLOSE / 100:
            break
        slopes = slopes * np.sqrt(shares / np.where(found > 0, found, 1.0))
    return slopes


def slopes_apart(slopes: FloatArray, correlation: float, gap: float) -> FloatArray:
    """Return the slopes with the first one such that it leads the second by a share of `gap`.

    Raises
    ------
    FitError
        When no slope of the first leads by so much.
    """

    def lead(first: float) -> float:
        shares = shares_of_slopes(np.array([first, *slopes[1:]]), correlation)
        return float(shares[0] - shares[1] - gap)

    second = float(slopes[1])
    if lead(STRONGEST * second) < 0:
        most = round(lead(STRONGEST * second) + gap, 3)
        raise FitError("plan_gap_impossible", gap=gap, most=most, correlation=correlation)
    first = brentq(lead, second, STRONGEST * second)
    return np.array([first, *slopes[1:]])
