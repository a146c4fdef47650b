"""Say in probabilities what a logistic model says in log odds.

An odds ratio is easily taken for a ratio of chances, which it is not. An average marginal effect
is a difference of chances: what one point more goes with, on average over the respondents as they
are (Mood 2010, *European Sociological Review* 26, 67–82). A column of two values has no slope; its
effect is the difference between both (Bartus 2005, *The Stata Journal* 5, 309–329).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.special import expit

from cxdrivers.importance.lattice import FloatArray, Groups

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Effects:
    """Average marginal effects: chances, so 0.05 is five percentage points.

    Attributes
    ----------
    effect, low, high
        Shape ``(k,)``; NaN where it cannot be told.
    """

    effect: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, eq=False)
class Chance:
    """The chance F(xβ − a) of reaching a threshold, for respondents with columns x.

    Attributes
    ----------
    threshold, slopes
        a and β, shape ``(k,)``, in log odds.
    columns
        Shape ``(n, k)``.
    masses
        Shape ``(n,)``: how much each respondent counts.
    """

    threshold: float
    slopes: FloatArray
    columns: FloatArray
    masses: FloatArray

    @property
    def chances(self) -> FloatArray:
        """Shape ``(n,)``."""
        return np.asarray(expit(self.columns @ self.slopes - self.threshold), np.float64)

    def of_rows(self, rows: BoolArray) -> Chance:
        """Return the same of some of the respondents."""
        return replace(self, columns=self.columns[rows], masses=self.masses[rows])

    def with_values(self, values: dict[int, float]) -> Chance:
        """Return the same of respondents who all have these values in some columns."""
        columns = self.columns.copy()
        for column, value in values.items():
            columns[:, column] = value
        return replace(self, columns=columns)

    def mean(self) -> tuple[float, FloatArray]:
        """Return the mean chance, and its derivatives by a and β, shape ``(1 + k,)``."""
        chances = self.chances
        return self._average(chances), self._gradient(chances * (1 - chances))

    def mean_slope(self, column: int) -> tuple[float, FloatArray]:
        """Return the mean derivative by one of the columns, and its own by a and β."""
        chances = self.chances
        steepness = chances * (1 - chances)
        average = self._average(steepness)
        gradient = self.slopes[column] * self._gradient(steepness * (1 - 2 * chances))
        gradient[1 + column] += average
        return self.slopes[column] * average, gradient

    def _average(self, values: FloatArray) -> float:
        return float(np.average(values, weights=self.masses))

    def _gradient(self, values: FloatArray) -> FloatArray:
        by_slopes = np.average(values[:, np.newaxis] * self.columns, axis=0, weights=self.masses)
        return np.concatenate([[-self._average(values)], by_slopes])


def average_effects(
    chance: Chance, groups: Groups, marks: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Return the average marginal effect of every column, with its derivatives by a and β.

    A rating has its mean derivative over the respondents it applied to. A column of two values has
    the difference between them, per unit; where columns of one driver never stand at their higher
    value together, they are categories, and each is held against the reference. A mark that a
    driver did not apply is held against a driver that applied and was average.

    Parameters
    ----------
    chance
        Of n respondents with k columns.
    groups
        The columns of each driver and of each control, together all k.
    marks
        Shape ``(k,)``: which columns mark that a driver did not apply.

    Returns
    -------
    effects, gradients
        Shapes ``(k,)`` and ``(k, 1 + k)``.
    """
    count = len(chance.slopes)
    effects, gradients = np.zeros(count), np.zeros((count, 1 + count))
    for group in groups:
        rated = [column for column in group if not marks[column]]
        marked = [column for column in group if marks[column]]
        away: BoolArray = np.asarray(chance.columns[:, marked].any(axis=1), dtype=bool)
        applied = chance.of_rows(~away)
        ends = _two_values(applied.columns, rated)
        reference = {column: low for column, (low, _) in ends.items()}
        categories = _exclude_each_other(applied.columns, ends)
        for column in rated:
            if column in ends:
                low, high = ends[column]
                base = reference if categories else {column: low}
                found = _difference(applied, base, {column: high}, per=high - low)
            else:
                found = applied.mean_slope(column)
            effects[column], gradients[column] = found
        for column in marked:
            average = dict.fromkeys(group, 0.0)
            effects[column], gradients[column] = _difference(chance, average, {column: 1.0})
    return effects, gradients


def effect_intervals(
    effects: FloatArray,
    gradients: FloatArray,
    covariance: FloatArray,
    *,
    level: float,
    freedom: float = np.inf,
) -> Effects:
    """Return effects with their intervals by the delta method.

    Parameters
    ----------
    effects, gradients
        Shapes ``(k,)`` and ``(k, 1 + k)``.
    covariance
        Shape ``(1 + k, 1 + k)``: of a and β.
    level, freedom
        Of the interval, and of its t distribution; infinite for the normal one.
    """
    variances = np.einsum("ci,ij,cj->c", gradients, covariance, gradients)
    reach = stats.t.ppf((1 + level) / 2, freedom) * np.sqrt(variances)
    return Effects(effects, effects - reach, effects + reach)


def _difference(
    chance: Chance, base: dict[int, float], change: dict[int, float], *, per: float = 1.0
) -> tuple[float, FloatArray]:
    before, gradient_before = chance.with_values(base).mean()
    after, gradient_after = chance.with_values(base | change).mean()
    return (after - before) / per, (gradient_after - gradient_before) / per


def _two_values(columns: FloatArray, chosen: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Return the lower and the higher value of the columns that have no others."""
    ends = {column: (columns[:, column].min(), columns[:, column].max()) for column in chosen}
    return {
        column: (float(low), float(high))
        for column, (low, high) in ends.items()
        if low < high and np.isin(columns[:, column], (low, high)).all()
    }


def _exclude_each_other(columns: FloatArray, ends: dict[int, tuple[float, float]]) -> bool:
    highest = [columns[:, column] == high for column, (_, high) in ends.items()]
    return bool(np.sum(highest, axis=0).max(initial=0) <= 1)
