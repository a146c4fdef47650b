"""Compute what is to be expected today and in every scenario, in the sample and its resamples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.answers.draws import Draws
from cxdrivers.errors import FitError
from cxdrivers.models.changed_means import changed_means
from cxdrivers.models.grade_chances import fit_grade_model, mean_chances
from cxdrivers.models.rising_curve import rising_shares
from cxdrivers.moments.design import Design
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of
from cxdrivers.survey.coding import BoolArray, FloatArray

PER = 1000
"""Recommenders are counted among so many customers."""

Statistic = Callable[[FloatArray], FloatArray]
"""How much each row counts, shape ``(b, n)`` → numbers of every world, shape ``(b, W, Q)``."""


@dataclass(frozen=True, eq=False)
class GradeScale:
    """What is read off a distribution over the grades.

    Attributes
    ----------
    grades
        Shape ``(K,)``: their values, rising.
    threshold
        From which grade on a respondent is in the top box.
    place
        Shape ``(n,)``: at which grade each row is.
    recommended
        Shape ``(n,)``: whether the row really recommended, NaN where that is not known; None when
        nobody was asked.
    """

    grades: FloatArray
    threshold: float
    place: NDArray[np.intp]
    recommended: FloatArray | None

    def numbers(self, chances: FloatArray, masses: FloatArray) -> FloatArray:
        """Return mean, part in the top box, recommenders, and the chances themselves.

        Parameters
        ----------
        chances
            Shape ``(b, W, K)``.
        masses
            Shape ``(b, n)``.

        Returns
        -------
        ndarray, shape ``(b, W, Q + K)``
            Q is 3, or 2 when nobody was asked.
        """
        means = chances @ self.grades
        found = [means, chances[..., self.grades >= self.threshold].sum(axis=-1)]
        if self.recommended is not None:
            curve = self.recommendation(masses)
            found.append(PER * np.einsum("bwk,bk->bw", chances, curve))
        return np.concatenate([np.stack(found, axis=-1), chances], axis=-1)

    def recommendation(self, masses: FloatArray) -> FloatArray:
        """Return which part recommends at each grade, never falling, shape ``(b, K)``.

        Where nobody with a grade was asked it lies on a line between the grades beside it. NaN in
        a resample without anybody who was asked.
        """
        if self.recommended is None:
            raise ValueError("nobody was asked whether they recommended")
        count, known = len(self.grades), np.isfinite(self.recommended)
        at_grade = np.eye(count)[self.place[known]]
        asked = masses[:, known] @ at_grade
        yes = (masses[:, known] * self.recommended[known]) @ at_grade
        shares = np.divide(yes, asked, out=np.zeros_like(yes), where=asked > 0)
        curves = rising_shares(shares, asked)
        for curve in curves:
            told = np.isfinite(curve)
            if told.any() and not told.all():
                curve[:] = np.interp(self.grades, self.grades[told], curve[told])
        return curves


@dataclass(frozen=True, eq=False)
class WorldNumbers:
    """Numbers of today, first, and of every scenario.

    Attributes
    ----------
    estimate
        Shape ``(W, Q)``.
    replicates
        Shape ``(B, W, Q)``, or None without resamples.
    observed
        Shape ``(Q,)``: what the respondents themselves say today.
    """

    estimate: FloatArray
    replicates: FloatArray | None
    observed: FloatArray


def numbers_of(
    fillings: Sequence[Design],
    worlds: Sequence[Sequence[FloatArray]],
    fitted: NDArray[np.intp],
    scale: GradeScale | None,
    draws: Draws,
) -> WorldNumbers:
    """Return what is to be expected in every world.

    Parameters
    ----------
    fillings
        The rows, their blanks filled in once or several times. Resamples are divided among them
        (Schomaker & Heumann 2018, *Statistics in Medicine* 37, 2252–2266).
    worlds
        For each filling the columns of today and of every scenario.
    fitted
        Which columns the model has.
    scale
        Of the grades; None for least squares on the mean alone.
    draws
        How often respondents are drawn again.

    Raises
    ------
    FitError
        When the model has no estimate, or a survey's replicate weights are to be divided.
    """
    first = fillings[0]
    if len(fillings) > 1 and scheme_of(first) == REPLICATE_WEIGHTS:
        raise FitError("scenarios_of_replicates")
    masses = np.ones((1, len(first.outcome))) if first.weights is None else first.weights[None]
    statistics = [
        _statistic(filled, [world[:, fitted] for world in columns], fitted, scale)
        for filled, columns in zip(fillings, worlds, strict=True)
    ]
    estimate: FloatArray = np.mean([statistic(masses)[0] for statistic in statistics], axis=0)
    return WorldNumbers(
        estimate=estimate,
        replicates=divided_replicates(fillings, statistics, draws),
        observed=_observed(first, masses, scale),
    )


def _statistic(
    filled: Design, worlds: Sequence[FloatArray], fitted: NDArray[np.intp], scale: GradeScale | None
) -> Statistic:
    columns, outcome = filled.columns[:, fitted], filled.outcome
    if scale is None:
        return lambda masses: changed_means(columns, outcome, worlds, masses)[..., np.newaxis]
    model = fit_grade_model(columns, outcome, filled.weights)

    def of_grades(masses: FloatArray) -> FloatArray:
        parameters = model.parameters(masses)
        chances = [mean_chances(world, parameters, masses) for world in worlds]
        return scale.numbers(np.stack(chances, axis=1), masses)

    return of_grades


def divided_replicates(
    fillings: Sequence[Design], statistics: Sequence[Statistic], draws: Draws
) -> FloatArray | None:
    """Return a statistic of every resample, which are divided among the fillings of the blanks.

    Parameters
    ----------
    fillings, statistics
        The rows with their blanks filled in, and the statistic of each.
    draws
        How often respondents are drawn again; for none, None is returned.
    """
    if len(fillings) == 1:
        return draws.replicates(fillings[0], statistics[0])
    count = len(fillings)
    found = []
    for place, (filled, statistic) in enumerate(zip(fillings, statistics, strict=True)):
        size = draws.n_boot * (place + 1) // count - draws.n_boot * place // count
        start = int(np.random.SeedSequence([draws.seed, place]).generate_state(1)[0])
        part = Draws(size, draws.level, start).replicates(filled, statistic)
        if part is not None:
            found.append(part)
    return np.concatenate(found) if found else None


def _observed(rows: Design, masses: FloatArray, scale: GradeScale | None) -> FloatArray:
    """Return the numbers of the answers as they are; recommenders of those who were asked."""
    if scale is None:
        mean: FloatArray = masses @ rows.outcome / masses.sum()
        return mean
    given = np.eye(len(scale.grades))[scale.place]
    chances: FloatArray = masses @ given / masses.sum()
    numbers: FloatArray = scale.numbers(chances[:, np.newaxis], masses)[0, 0]
    if scale.recommended is not None:
        known: BoolArray = np.isfinite(scale.recommended)
        numbers[2] = PER * np.average(scale.recommended[known], weights=masses[0, known])
    return numbers
