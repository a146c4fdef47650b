"""Compute the highest log-likelihood of every subset of drivers, in a sample and its resamples.

The subsets are those of `lattice`; the model is logistic regression for two grades and proportional
odds for more (`cumulative`). Each subset is fitted to the sample once, and every resample is
climbed from there (`ascent`): that is one step and a look for most, and as many as are needed for
the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import logit

from cxdrivers.importance.ascent import EXACT, NEAR, Peak, null_log_likelihood, peak_of
from cxdrivers.importance.cumulative import (
    CumulativeRows,
    bend_at,
    cumulative_rows,
    missed_by_grade,
)
from cxdrivers.importance.graded_rows import GradedRows
from cxdrivers.importance.lattice import COLLINEAR, FloatArray, Groups, subset_sizes
from cxdrivers.importance.pseudo_r_squared import pseudo_r_squared

RESAMPLES_AT_ONCE = 256
FAR = 20.0
"""Log odds a standard deviation that say that grades are set apart: no place to start from."""
TJUR = "tjur"

Tick = Callable[[int], object]
"""Called with the number of fits that were finished."""


@dataclass(frozen=True, eq=False)
class LikelihoodLattice:
    """All subsets of drivers, ready to be fitted to resamples.

    Attributes
    ----------
    rows
        The sample.
    groups
        For each driver the positions of its columns.
    always
        Positions of the controls, which are in every subset.
    """

    rows: GradedRows
    groups: Groups
    always: Sequence[int] = ()

    @cached_property
    def subsets(self) -> list[list[int]]:
        """The columns of each of the 2^p subsets; bit j of the place says that driver j is in.

        A column that is a linear combination of those before it is left out: it adds nothing.
        """
        mass = self.rows.masses / self.rows.masses.sum()
        correlation = self.rows.columns.T @ (self.rows.columns * mass[:, np.newaxis])
        found = [list(self.always)]
        for group in self.groups:
            found += [[*columns, *group] for columns in found]
        return [_independent(columns, correlation) for columns in found]

    @cached_property
    def tops(self) -> list[tuple[FloatArray, FloatArray]]:
        """For each subset where its likelihood is highest in the sample, and how it bends there."""
        masses = self.rows.masses[np.newaxis]
        grade_masses = self.rows.grade_masses(masses)
        mass = masses[:, self._laid_out.source]
        tops: list[tuple[FloatArray, FloatArray]] = []
        for place, columns in enumerate(self.subsets):
            some = self._laid_out.of_columns(columns)
            start = start_of(self.rows, some)
            known = tops[place - (1 << place.bit_length() - 1)][0] if place else start
            if np.abs(known).max(initial=0.0) < FAR:
                start[: len(known)] = known
            top = peak_of(some, start, mass, grade_masses, near=EXACT, chords=0).parameters[0]
            tops.append((top, bend_at(some, top, mass[0]) / grade_masses.sum()))
        return tops

    def values(
        self,
        masses: FloatArray,
        *,
        index: str = "mcfadden",
        n: float | None = None,
        adjust: int = 0,
        tick: Tick | None = None,
    ) -> FloatArray:
        """Return how much every subset explains in every resample.

        Parameters
        ----------
        masses
            Shape ``(..., n)``: how much each respondent counts.
        index
            ``mcfadden nagelkerke estrella cox_snell``, or ``tjur`` for two grades.
        n
            Effective number of respondents; needed when `adjust` is not 0.
        adjust
            How often noise is taken out; Tjur's index has no formula for it.
        tick
            Told how many fits are done, while they are.

        Returns
        -------
        ndarray, shape ``(..., 2**p)``
            NaN where all have the same grade.
        """
        leading, flat = masses.shape[:-1], masses.reshape(-1, masses.shape[-1])
        if index == TJUR:
            found = self._over_subsets(flat, self._tjur, near=EXACT, tick=tick)
            return found.reshape(*leading, -1)
        heights = self.log_likelihoods(flat, tick=tick)
        found = pseudo_r_squared(
            heights,
            null_log_likelihood(self.rows.grade_masses(flat)),
            flat.sum(axis=1),
            index=index,
            sizes=subset_sizes(self.groups, always=self.always),
            thresholds=self.rows.levels - 1,
            n=n,
            adjust=adjust,
        )
        return found.reshape(*leading, -1)

    def log_likelihoods(self, masses: FloatArray, *, tick: Tick | None = None) -> FloatArray:
        """Return the highest log-likelihood of every subset, shape ``(..., 2**p)``."""
        flat = masses.reshape(-1, masses.shape[-1])
        heights = self._over_subsets(flat, lambda *parts: parts[1].value, near=NEAR, tick=tick)
        empty = [place for place, columns in enumerate(self.subsets) if not columns]
        heights[:, empty] = null_log_likelihood(self.rows.grade_masses(flat))[:, np.newaxis]
        return heights.reshape(*masses.shape[:-1], -1)

    @cached_property
    def _laid_out(self) -> CumulativeRows:
        return cumulative_rows(self.rows.columns, self.rows.grades)

    def _over_subsets(
        self,
        masses: FloatArray,
        read: Callable[[CumulativeRows, Peak, FloatArray], FloatArray],
        *,
        near: float,
        tick: Tick | None,
    ) -> FloatArray:
        """Climb in every subset and read one number a resample off at the top."""
        grade_masses = self.rows.grade_masses(masses)
        mass = masses[:, self._laid_out.source]
        found = np.empty((len(masses), len(self.subsets)))
        for place, columns in enumerate(self.subsets):
            rows, (top, bend) = self._laid_out.of_columns(columns), self.tops[place]
            for start in range(0, len(masses), RESAMPLES_AT_ONCE):
                part = slice(start, start + RESAMPLES_AT_ONCE)
                peak = peak_of(rows, top, mass[part], grade_masses[part], near=near, bend=bend)
                found[part, place] = read(rows, peak, mass[part])
                if tick is not None:
                    tick(len(peak.value))
        return found

    def _tjur(self, rows: CumulativeRows, peak: Peak, masses: FloatArray) -> FloatArray:
        """Return the difference between the mean chances of both grades (Tjur 2009).

        *The American Statistician* 63(4), 366–372.
        """
        told: FloatArray = 1 - missed_by_grade(rows, peak.parameters, masses).sum(axis=1)
        return told


def start_of(rows: GradedRows, laid_out: CumulativeRows) -> FloatArray:
    """Return where a climb from nothing starts: thresholds by frequency, slopes of zero."""
    counted = rows.grade_masses(rows.masses[np.newaxis])[0]
    shares = np.cumsum(counted)[:-1] / counted.sum()
    return np.concatenate([logit(shares), np.zeros(laid_out.columns.shape[1])])


def _independent(columns: list[int], correlation: FloatArray) -> list[int]:
    """Return the columns that are no linear combination of those before them."""
    left = correlation[np.ix_(columns, columns)]
    floors = COLLINEAR * np.diag(left)
    kept = []
    for place, column in enumerate(columns):
        if left[place, place] > floors[place]:
            kept.append(column)
            left = left - np.outer(left[place], left[place]) / left[place, place]
    return kept
