"""Climb to the top of many log-likelihoods at once, by Newton's steps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from cxdrivers.errors import FitError
from cxdrivers.importance.cumulative import (
    FURTHEST,
    CumulativeRows,
    Height,
    height_at,
    height_nearby,
)
from cxdrivers.importance.lattice import FloatArray

NEAR = 2e-7
"""How near to the top the last step must have come, as a part of the height without drivers."""
EXACT = 1e-15
"""The same where the place of the top matters and not only its height."""
RIDGE = 1e-13
OUTSIDE = 1e9
CHORDS = 4
MOST_STEPS = 100
MOST_HALVINGS = 40
ROUNDING = 1e-12


def null_log_likelihood(grade_masses: FloatArray) -> FloatArray:
    """Return the log-likelihood without drivers: every grade as likely as it is frequent.

    Parameters
    ----------
    grade_masses
        Shape ``(..., K)``: how much each grade counts.
    """
    total = grade_masses.sum(axis=-1, keepdims=True)
    found: FloatArray = xlogy(grade_masses, grade_masses / total).sum(axis=-1)
    return found


@dataclass(frozen=True, eq=False)
class Peak:
    """Where log-likelihoods are highest.

    Attributes
    ----------
    value
        Shape ``(B,)``.
    parameters
        Shape ``(B, q)``: thresholds, then slopes. A threshold between grades that do not occur is
        that beside it, and one below or above all that occur is a thousand million.
    """

    value: FloatArray
    parameters: FloatArray


def peak_of(
    rows: CumulativeRows,
    start: FloatArray,
    masses: FloatArray,
    grade_masses: FloatArray,
    *,
    near: float = NEAR,
    bend: FloatArray | None = None,
    chords: int = CHORDS,
) -> Peak:
    """Return the highest log-likelihood of every resample.

    Parameters
    ----------
    rows
        N rows.
    start
        Shape ``(q,)``: where to start, for example at the top for the whole sample.
    masses
        Shape ``(B, N)``: how often each row counts in each resample.
    grade_masses
        Shape ``(B, K)``: how often each grade does. A grade may be missing in a resample.
    near
        How near the last step must have come. What is left is then added by its quadratic
        approximation, which leaves an error of a higher order.
    bend
        Shape ``(q, q, q)``: third derivatives a respondent at the start (`bend_at`), which make
        the first step so good (Chebyshev's method) that most resamples need no second.
    chords
        How many steps go by the first curvature.

    Raises
    ------
    FitError
        When a hundred steps do not reach the top.
    """
    everything = (grade_masses > 0).all(axis=1)
    if everything.all():
        climb = _Climb(rows, masses, grade_masses, near, chords)
        return climb.run(start, shared=True, bend=bend)
    value = np.empty(len(masses))
    parameters = np.empty((len(masses), len(start)))
    for chosen, shared in ((everything, True), (~everything, False)):
        if chosen.any():
            climb = _Climb(rows, masses[chosen], grade_masses[chosen], near, chords)
            peak = climb.run(start, shared=shared, bend=bend)
            value[chosen], parameters[chosen] = peak.value, peak.parameters
    return Peak(value, parameters)


class _Climb:
    """The resamples that are still on their way, and where they are."""

    def __init__(
        self,
        rows: CumulativeRows,
        masses: FloatArray,
        grade_masses: FloatArray,
        near: float,
        chords: int,
    ) -> None:
        self.rows, self.near, self.chords = rows, near, chords
        self.masses, self.grade_masses = masses, grade_masses
        self.depths = -null_log_likelihood(grade_masses)

    def run(self, start: FloatArray, *, shared: bool, bend: FloatArray | None = None) -> Peak:
        """Return the top of each resample."""
        before: Height | None = None
        if shared:
            ties = None
            place = np.repeat(start[np.newaxis], len(self.masses), axis=0)
            here = height_nearby(self.rows, start, self.masses, self.grade_masses)
        else:
            ties, place = _tied(self.grade_masses > 0, start)
            here = self._height(place, np.arange(len(place)), curved=True)
        value, top = np.empty(len(place)), np.empty_like(place)
        going = np.arange(len(place))
        curvature = here.curvature
        step, left = _newton(here.gradient, curvature, ties)
        if bend is not None and ties is None:
            step = _bent(step, curvature, bend, self.grade_masses.sum(axis=1))
        for stride in range(MOST_STEPS):
            close = self.near * self.depths[going]
            perfect = -here.value <= close
            there = perfect | (left <= close) | self._level(before, here, left)
            value[going[there]] = (here.value + np.where(perfect, 0.0, left))[there]
            top[going[there]] = (place + np.where(perfect[:, np.newaxis], 0.0, step))[there]
            if there.all():
                return Peak(value, top)
            going, place, step = going[~there], place[~there], step[~there]
            curvature = None if curvature is None else curvature[~there]
            ties = None if ties is None else ties[~there]
            before = _some(here, ~there)
            curved = stride >= self.chords or not shared
            place, here = self._uphill(going, place, step, before, curved=curved)
            curvature = curvature if here.curvature is None else here.curvature
            step, left = _newton(here.gradient, curvature, ties)
        raise FitError("not_converged", count=len(going), steps=MOST_STEPS)

    def _level(self, before: Height | None, here: Height, left: FloatArray) -> NDArray[np.bool_]:
        """Say where the last step led no higher than floating point can tell, with little left."""
        if before is None:
            return np.zeros(len(left), dtype=bool)
        floor = ROUNDING * np.abs(before.value)
        return (np.abs(here.value - before.value) <= floor) & (left <= floor)

    def _height(self, place: FloatArray, which: NDArray[np.intp], *, curved: bool) -> Height:
        masses, grade_masses = self.masses, self.grade_masses
        if len(which) < len(masses):
            masses, grade_masses = masses[which], grade_masses[which]
        return height_at(self.rows, place, masses, grade_masses, curved=curved)

    def _uphill(
        self,
        which: NDArray[np.intp],
        place: FloatArray,
        step: FloatArray,
        here: Height,
        *,
        curved: bool,
    ) -> tuple[FloatArray, Height]:
        """Take each step, halved as often as it leads down, and never out of all proportion."""
        longest = FURTHEST * (1 + np.abs(place).max(axis=1, keepdims=True))
        step = step * np.minimum(
            1.0, longest / np.maximum(np.abs(step), longest).max(axis=1, keepdims=True)
        )
        new = self._height(place + step, which, curved=curved)
        floor = here.value - ROUNDING * np.abs(here.value)
        low = np.flatnonzero(~(new.value >= floor))
        length = np.ones((len(place), 1))
        for _ in range(MOST_HALVINGS):
            if not low.size:
                break
            length[low] /= 2
            retried = self._height((place + length * step)[low], which[low], curved=curved)
            for field in ("value", "gradient", "curvature"):
                if getattr(new, field) is not None:
                    getattr(new, field)[low] = getattr(retried, field)
            low = low[~(retried.value >= floor[low])]
        return place + length * step, new


def _newton(
    gradient: FloatArray, curvature: FloatArray | None, ties: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """Return the step to the top of the quadratic approximation, and how much higher that is."""
    if curvature is None:
        raise ValueError("a step needs the curvature")
    if ties is not None:
        gradient = np.einsum("bij,bi->bj", ties, gradient)
        curvature = np.swapaxes(ties, 1, 2) @ curvature @ ties
    diagonal = np.einsum("bii->bi", curvature)
    ridged = curvature.copy()
    np.einsum("bii->bi", ridged)[:] += RIDGE * diagonal + np.where(diagonal > 0, 0.0, 1.0)
    solved = np.linalg.solve(ridged, gradient[:, :, np.newaxis])
    step = np.asarray(solved[:, :, 0], dtype=np.float64)
    left: FloatArray = np.einsum("bi,bi->b", gradient, step) / 2
    if ties is not None:
        step = np.einsum("bij,bj->bi", ties, step)
    return step, left


def _bent(
    step: FloatArray, curvature: FloatArray | None, bend: FloatArray, total: FloatArray
) -> FloatArray:
    """Add what the third derivatives say of a step, where that is less than half of it."""
    size = step.shape[1]
    pairs = (step[:, :, np.newaxis] * step[:, np.newaxis]).reshape(len(step), -1)
    pull = pairs @ bend.reshape(-1, size) * total[:, np.newaxis] / 2
    more, _ = _newton(pull, curvature, None)
    small = np.abs(more).max(axis=1) < np.abs(step).max(axis=1) / 2
    return np.where(small[:, np.newaxis], step + more, step)


def _some(height: Height, which: NDArray[np.bool_]) -> Height:
    curvature = None if height.curvature is None else height.curvature[which]
    return Height(height.value[which], height.gradient[which], curvature)


def _tied(given: NDArray[np.bool_], start: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return which thresholds move together where grades are missing, and where they start.

    Shapes ``(B, q, q)`` and ``(B, q)``. Column t of the first says which thresholds go with t;
    it is empty for a threshold that follows another, or has no grade on one of its sides.
    """
    resamples, count = len(given), given.shape[1] - 1
    ties = np.zeros((resamples, len(start), len(start)))
    ties[:, range(count, len(start)), range(count, len(start))] = 1
    place = np.repeat(start[np.newaxis], resamples, axis=0)
    for resample, grades in enumerate(given):
        found = np.flatnonzero(grades)
        place[resample, : found[0]] = -OUTSIDE
        place[resample, found[-1] : count] = OUTSIDE
        for low, high in pairwise(found):
            ties[resample, low:high, low] = 1
            place[resample, low:high] = start[low:high].mean()
    return ties, place
