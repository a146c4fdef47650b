"""Hold the rows of a cumulative logit model, and its log-likelihood with two derivatives.

A grade j of K has the chance F(a_j − xβ) − F(a_(j−1) − xβ), with F the logistic function, slopes β
and rising thresholds a (McCullagh 1980, *Journal of the Royal Statistical Society B* 42, 109–142).
With two grades that is logistic regression. The logarithm of a difference of F falls apart,

    log(F(u) − F(l)) = log F(u) + log(1 − F(l)) + log(1 − exp(l − u)),

so every respondent is one row, or two, of plain logistic regression: below the threshold above the
grade, and above the one below it. What is left depends on the gap between two thresholds only. So
both models are one model here, with resamples as a leading axis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray

FURTHEST = 500.0
"""No log odds beyond this: its exponential is still a number."""
ROWS_AT_ONCE = 256


@dataclass(frozen=True)
class Part:
    """Rows on the same side of the same threshold: `side` is 1 below it and −1 above it."""

    rows: slice
    threshold: int
    side: int


@dataclass(frozen=True, eq=False)
class CumulativeRows:
    """Rows of plain logistic regression that together are a cumulative logit model.

    Attributes
    ----------
    source
        Shape ``(N,)``: which respondent each row is of, in the order of the parts.
    columns
        Shape ``(N, k)``.
    parts
        The rows by threshold and side, each small enough for the processor's cache.
    thresholds
        How many there are: one less than the grades.
    """

    source: NDArray[np.intp]
    columns: FloatArray
    parts: tuple[Part, ...]
    thresholds: int

    @cached_property
    def pairs(self) -> FloatArray:
        """Shape ``(N, 1 + k + k(k+1)/2)``: 1, the columns, and their products."""
        first, second = np.triu_indices(self.columns.shape[1])
        products = self.columns[:, first] * self.columns[:, second]
        return np.column_stack([np.ones(len(self.columns)), self.columns, products])

    def of_columns(self, chosen: list[int]) -> CumulativeRows:
        """Return the same rows with some of the columns."""
        return replace(self, columns=np.ascontiguousarray(self.columns[:, chosen]))


@dataclass(frozen=True, eq=False)
class Height:
    """How high log-likelihoods are, with derivatives by the q = T + k thresholds and slopes.

    Attributes
    ----------
    value
        Shape ``(B,)``.
    gradient
        Shape ``(B, q)``.
    curvature
        Shape ``(B, q, q)``: minus the second derivatives; None when they were not asked for.
    """

    value: FloatArray
    gradient: FloatArray
    curvature: FloatArray | None


def cumulative_rows(columns: FloatArray, grades: NDArray[np.intp]) -> CumulativeRows:
    """Lay respondents out as rows of plain logistic regression.

    Parameters
    ----------
    columns
        Shape ``(n, k)``.
    grades
        Shape ``(n,)``: 0, 1, …, K − 1, and each of them occurs.
    """
    found = [np.flatnonzero(grades == grade) for grade in range(int(grades.max()) + 1)]
    sources: list[NDArray[np.intp]] = []
    parts: list[Part] = []
    start = 0
    for threshold in range(len(found) - 1):
        for side, rows in ((1, found[threshold]), (-1, found[threshold + 1])):
            sources.append(rows)
            for begin in range(start, start + len(rows), ROWS_AT_ONCE):
                stop = min(begin + ROWS_AT_ONCE, start + len(rows))
                parts.append(Part(slice(begin, stop), threshold, side))
            start += len(rows)
    source = np.concatenate(sources)
    return CumulativeRows(source, columns[source], tuple(parts), len(found) - 1)


def height_at(
    rows: CumulativeRows,
    parameters: FloatArray,
    masses: FloatArray,
    grade_masses: FloatArray,
    *,
    curved: bool,
) -> Height:
    """Return the log-likelihood of every resample at its own parameters.

    Parameters
    ----------
    rows
        N rows.
    parameters
        Shape ``(B, q)``: thresholds, then slopes.
    masses
        Shape ``(B, N)``: how often each row counts in each resample.
    grade_masses
        Shape ``(B, K)``: how often each grade does.
    curved
        Whether second derivatives are wanted.
    """
    sums = _Sums(rows, len(masses), curved=curved)
    for part in rows.parts:
        mass, columns = masses[:, part.rows], rows.columns[part.rows]
        odds, ones = _odds_and_ones(part, columns, parameters, rows.thresholds)
        missed = np.multiply(np.divide(odds, ones, out=odds), mass, out=odds)
        sums.gradient[:, part.threshold] += part.side * missed.sum(axis=1)
        sums.gradient[:, rows.thresholds :] -= part.side * (missed @ columns)
        if curved:
            spread = np.divide(missed, ones, out=missed)
            sums.pairs[:, part.threshold] += spread @ rows.pairs[part.rows]
        sums.value -= np.vecdot(mass, np.log(ones, out=ones))
    return sums.height(parameters[:, : rows.thresholds], grade_masses, grade_masses)


def height_nearby(
    rows: CumulativeRows, parameters: FloatArray, masses: FloatArray, grade_masses: FloatArray
) -> Height:
    """Return the same where all resamples share their parameters: as products with the masses.

    Parameters
    ----------
    rows, masses, grade_masses
        As for `height_at`.
    parameters
        Shape ``(q,)``.
    """
    width = rows.columns.shape[1]
    sums = _Sums(rows, len(masses), curved=True)
    for part in rows.parts:
        columns, pairs = rows.columns[part.rows], rows.pairs[part.rows]
        odds, ones = _odds_and_ones(part, columns, parameters[np.newaxis], rows.thresholds)
        missed = (odds / ones).T
        numbers = [np.log(ones).T, missed * pairs[:, : 1 + width], missed / ones.T * pairs]
        found = masses[:, part.rows] @ np.column_stack(numbers)
        sums.value -= found[:, 0]
        sums.gradient[:, part.threshold] += part.side * found[:, 1]
        sums.gradient[:, rows.thresholds :] -= part.side * found[:, 2 : 2 + width]
        sums.pairs[:, part.threshold] += found[:, 2 + width :]
    thresholds = np.broadcast_to(parameters[: rows.thresholds], sums.pairs.shape[:2])
    expected = np.broadcast_to(grade_masses.mean(axis=0), grade_masses.shape)
    return sums.height(thresholds, grade_masses, expected)


def chance_of_top(columns: FloatArray, parameters: FloatArray) -> FloatArray:
    """Return the chance of the higher of two grades, shape ``(B, n)``.

    From columns, shape ``(n, k)``, and a threshold with slopes, shape ``(B, 1 + k)``.
    """
    below = parameters[:, :1] - parameters[:, 1:] @ columns.T
    chance: FloatArray = 1 / (1 + np.exp(np.clip(below, -FURTHEST, FURTHEST)))
    return chance


def row_scores(
    rows: CumulativeRows, parameters: FloatArray, grades: NDArray[np.intp]
) -> FloatArray:
    """Return each respondent's derivatives of the log-likelihood, shape ``(n, q)``.

    Parameters
    ----------
    rows
        N rows of n respondents.
    parameters
        Shape ``(q,)``: thresholds, then slopes.
    grades
        Shape ``(n,)``: 0, 1, …, K − 1.
    """
    scores = np.zeros((len(grades), len(parameters)))
    for part in rows.parts:
        columns, source = rows.columns[part.rows], rows.source[part.rows]
        odds, ones = _odds_and_ones(part, columns, parameters[np.newaxis], rows.thresholds)
        missed = part.side * (odds / ones)[0]
        scores[source, part.threshold] += missed
        scores[source, rows.thresholds :] -= missed[:, np.newaxis] * columns
    gaps = np.minimum(np.diff(parameters[: rows.thresholds]), FURTHEST)
    pull = 1 / np.expm1(gaps)
    for place, size in enumerate(pull):
        scores[grades == place + 1, place] -= size
        scores[grades == place + 1, place + 1] += size
    return scores


def bend_at(rows: CumulativeRows, parameters: FloatArray, masses: FloatArray) -> FloatArray:
    """Return third derivatives of the log-likelihood, without what depends on the gaps.

    Parameters
    ----------
    rows
        N rows.
    parameters
        Shape ``(q,)``: thresholds, then slopes.
    masses
        Shape ``(N,)``: how much each row counts.

    Returns
    -------
    ndarray, shape ``(q, q, q)``
    """
    size = len(parameters)
    bend = np.zeros((size * size, size))
    for part in rows.parts:
        columns = rows.columns[part.rows]
        odds, ones = _odds_and_ones(part, columns, parameters[np.newaxis], rows.thresholds)
        missed = (odds / ones)[0]
        steep = part.side * masses[part.rows] * missed * (1 - missed) * (1 - 2 * missed)
        directions = np.zeros((len(columns), size))
        directions[:, part.threshold] = 1
        directions[:, rows.thresholds :] = -columns
        pairs = directions[:, :, np.newaxis] * directions[:, np.newaxis]
        bend += pairs.reshape(len(columns), -1).T @ (directions * steep[:, np.newaxis])
    return bend.reshape(size, size, size)


def missed_by_grade(rows: CumulativeRows, parameters: FloatArray, masses: FloatArray) -> FloatArray:
    """Return how far short of 1 the chance of their own grade is on average, with two grades.

    Shapes are those of `height_at`; the result has shape ``(B, 2)``, the lower grade first.
    """
    missed, total = np.zeros((2, len(parameters), 2))
    for part in rows.parts:
        mass, columns = masses[:, part.rows], rows.columns[part.rows]
        odds, ones = _odds_and_ones(part, columns, parameters, rows.thresholds)
        grade = (1 - part.side) // 2
        missed[:, grade] += np.vecdot(mass, odds / ones)
        total[:, grade] += mass.sum(axis=1)
    average: FloatArray = missed / np.where(total > 0, total, np.nan)
    return average


def _odds_and_ones(
    part: Part, columns: FloatArray, parameters: FloatArray, thresholds: int
) -> tuple[FloatArray, FloatArray]:
    """Return the odds against each row, shape ``(B, N)``, and 1 plus them."""
    odds = (part.side * parameters[:, thresholds:]) @ columns.T
    odds -= part.side * parameters[:, part.threshold, np.newaxis]
    np.exp(np.minimum(odds, FURTHEST, out=odds), out=odds)
    return odds, odds + 1


class _Sums:
    """Sums over rows that a height is made of; those of `pairs` by threshold."""

    def __init__(self, rows: CumulativeRows, resamples: int, *, curved: bool) -> None:
        width = rows.columns.shape[1]
        self.value = np.zeros(resamples)
        self.gradient = np.zeros((resamples, rows.thresholds + width))
        self.pairs = np.zeros((resamples, rows.thresholds, rows.pairs.shape[1] if curved else 0))

    def height(
        self, thresholds: FloatArray, grade_masses: FloatArray, expected: FloatArray
    ) -> Height:
        """Return what the sums say, with what depends on the gaps between thresholds."""
        curvature = self._curvature() if self.pairs.size else None
        height = Height(self.value, self.gradient, curvature)
        return _with_gaps(height, thresholds, grade_masses, expected)

    def _curvature(self) -> FloatArray:
        resamples, size = self.gradient.shape
        count = self.pairs.shape[1]
        width = size - count
        curvature = np.zeros((resamples, size, size))
        curvature[:, range(count), range(count)] = self.pairs[:, :, 0]
        across = -self.pairs[:, :, 1 : 1 + width]
        curvature[:, :count, count:] = across
        curvature[:, count:, :count] = np.swapaxes(across, 1, 2)
        first, second = np.triu_indices(width)
        products = self.pairs[:, :, 1 + width :].sum(axis=1)
        curvature[:, count + first, count + second] = products
        curvature[:, count + second, count + first] = products
        return curvature


def _with_gaps(
    height: Height, thresholds: FloatArray, grade_masses: FloatArray, expected: FloatArray
) -> Height:
    """Add what depends on the gaps between thresholds: a grade without mass has no part in it.

    The gap of a rare grade is best curved as it is expected to be: then one step finds it, however
    often the grade is drawn.
    """
    inner = grade_masses[:, 1:-1]
    if not inner.shape[1]:
        return height
    gaps = np.where(inner > 0, np.diff(thresholds, axis=1), 1.0)
    crossed = gaps <= 0
    gaps = np.minimum(np.where(crossed, 1.0, gaps), FURTHEST)
    terms = np.where(crossed, -np.inf, inner * np.log(-np.expm1(-gaps)))
    pull = inner / np.expm1(gaps)
    height.gradient[:, : inner.shape[1]] -= pull
    height.gradient[:, 1 : 1 + inner.shape[1]] += pull
    if height.curvature is not None:
        stiff = expected[:, 1:-1] / np.expm1(gaps) / -np.expm1(-gaps)
        low = np.arange(inner.shape[1])
        for row, column, sign in ((0, 0, 1), (1, 1, 1), (0, 1, -1), (1, 0, -1)):
            height.curvature[:, low + row, low + column] += sign * stiff
    return Height(height.value + terms.sum(axis=1), height.gradient, height.curvature)
