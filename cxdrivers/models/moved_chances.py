"""Compute the chance of every grade when drivers are moved, one at a time and two at a time.

The model is that of `grade_chances`. A move adds to what a respondent feels, so it multiplies the
odds of a low grade: many moves of the same rows cost a multiplication each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray

FURTHEST = 200.0
"""Beyond this a chance is 0 or 1 in every digit, and odds would no longer be numbers."""


@dataclass(frozen=True, eq=False)
class Moves:
    """By how much the columns of one driver move, in each of s steps.

    Attributes
    ----------
    places
        Shape ``(c,)``: which columns of the model move.
    shifts
        Shape ``(s, n, c)``.
    """

    places: NDArray[np.intp]
    shifts: FloatArray

    def felt(self, slopes: FloatArray) -> FloatArray:
        """Return by how much every respondent's score rises in each step, shape ``(s, n)``."""
        risen: FloatArray = self.shifts @ slopes[self.places]
        return risen


def moved_chances(
    columns: FloatArray, parameters: FloatArray, masses: FloatArray, moves: Sequence[Moves]
) -> FloatArray:
    """Return the distribution over the grades today and after each step of each driver alone.

    Parameters
    ----------
    columns
        Shape ``(n, k)``: as they are.
    parameters
        Shape ``(B, T + k)``: thresholds and slopes of every resample.
    masses
        Shape ``(B, n)``: how much each respondent counts.
    moves
        One a driver.

    Returns
    -------
    ndarray, shape ``(B, 1 + steps, K)``
        Today first, then the steps of the first driver, of the second, and so on; K is T + 1.
    """
    thresholds = parameters.shape[1] - columns.shape[1]
    below = np.empty((len(parameters), 1 + sum(len(one.shifts) for one in moves), thresholds))
    for place, (one, mass) in enumerate(zip(parameters, masses, strict=True)):
        odds = _odds(columns, one)
        parts = [_below(odds, mass)]
        slopes = one[thresholds:]
        parts += [_below(odds * _times(each.felt(slopes))[:, np.newaxis], mass) for each in moves]
        below[place] = np.concatenate([parts[0][np.newaxis], *parts[1:]])
    return np.diff(below, axis=-1, prepend=0.0, append=1.0)


def paired_chances_below(
    columns: FloatArray,
    parameters: FloatArray,
    mass: FloatArray,
    moves: Sequence[Moves],
    together: Mapping[tuple[int, int], Moves],
) -> FloatArray:
    """Return the chance of each grade or a lower one after a step of each of two drivers.

    Parameters
    ----------
    columns
        Shape ``(n, k)``: as they are.
    parameters
        Shape ``(T + k,)``: thresholds and slopes.
    mass
        Shape ``(n,)``: how much each respondent counts.
    moves
        One a driver, all with s steps.
    together
        Two drivers → what both move beside what each moves alone, ``s · s`` steps.

    Returns
    -------
    ndarray, shape ``(pairs, s, s, T)``
        Pairs in the order of `itertools.combinations`; the highest grade is left out.
    """
    slopes = parameters[len(parameters) - columns.shape[1] :]
    odds = _odds(columns, parameters)
    times = [_times(one.felt(slopes)) for one in moves]
    beside = {
        pair: _times(one.felt(slopes)).reshape(len(times[0]), -1, columns.shape[0])
        for pair, one in together.items()
    }
    pairs = list(combinations(range(len(moves)), 2))
    steps = len(moves[0].shifts)
    below = np.empty((len(pairs), steps, steps, len(odds)))
    for place, (first, second) in enumerate(pairs):
        both = beside.get((first, second))
        for step, factor in enumerate(times[first]):
            more = times[second] if both is None else times[second] * both[step]
            below[place, step] = _below((odds * factor) * more[:, np.newaxis], mass)
    return below


def _odds(columns: FloatArray, parameters: FloatArray) -> FloatArray:
    """Return the odds of a grade above each threshold, shape ``(T, n)``."""
    thresholds = len(parameters) - columns.shape[1]
    felt = columns @ parameters[thresholds:]
    return _times(felt - parameters[:thresholds, np.newaxis])


def _times(felt: FloatArray) -> FloatArray:
    """Return by what a rise of the score multiplies the odds of a higher grade."""
    times: FloatArray = np.exp(np.clip(felt, -FURTHEST, FURTHEST))
    return times


def _below(odds: FloatArray, mass: FloatArray) -> FloatArray:
    """Return the chance that remains below, over all respondents: the last axis goes."""
    odds = odds + 1.0
    np.reciprocal(odds, out=odds)
    below: FloatArray = odds @ mass / mass.sum()
    return below
