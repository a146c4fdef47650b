"""Say what half a point more on a driver goes with: in 8–10s, and through them in recommenders.

The long chain takes no mention in: whom customers mention may itself go with the drivers. Two
logistic regressions, of a score in the top box on the covariates, and of a real recommendation on
that score and the covariates. With p(c) and y_m(c) their chances, and c' the same customer with
half a point more on one driver, a driver goes with E[p(c') − p(c)] more scores in the top box and,
through these and nothing else, with E[(p(c') − p(c)) (y_1(c) − y_0(c))] more recommendations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from cxdrivers.answers.advocacy.covariates import Covariates
from cxdrivers.codebook.codebook import FACTOR, ITEMS, Question
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import tied_columns
from cxdrivers.models.mediation import AT_ONCE
from cxdrivers.models.resampled_logit import BoolArray, Logit, Regressors, fit_logit
from cxdrivers.models.standardised import Standardised, standardised
from cxdrivers.survey.survey import Survey

STEP = 0.5
"""How many points more."""

Move = FloatArray | None
"""How far each column of a driver moves, shape ``(n, columns)``; None where that is not told."""


@dataclass(frozen=True, eq=False)
class GainModel:
    """Both regressions of the sample, and how far a driver's columns move.

    Attributes
    ----------
    top, recommended
        The regressions of a score in the top box on a constant and m covariates; and of a
        recommendation on a constant, that score and the covariates.
    moves
        For each driver shape ``(n, m)``, in standardised columns; None where it is not told.
    """

    top: Logit
    recommended: Logit
    moves: tuple[Move, ...]

    @property
    def penalised(self) -> bool:
        """Whether one of the sample's likelihoods has no top."""
        return self.top.penalised or self.recommended.penalised

    def at(self, masses: FloatArray) -> tuple[FloatArray, BoolArray]:
        """Return the gains of each resample, and where a likelihood had no top.

        Parameters
        ----------
        masses
            Shape ``(B, n)``: how much each row counts.

        Returns
        -------
        gains, penalised
            Shapes ``(B, p, 2)`` and ``(B,)``: in the share with a score in the top box, and through
            it in the share that recommends. NaN where a driver's move is not told.
        """
        step = max(1, AT_ONCE // masses.shape[1])
        parts = [self._part(masses[start : start + step]) for start in range(0, len(masses), step)]
        gains, penalised = zip(*parts, strict=True)
        return np.concatenate(gains), np.concatenate(penalised)

    def _part(self, masses: FloatArray) -> tuple[FloatArray, BoolArray]:
        masses = masses / masses.mean(axis=1, keepdims=True)
        reached = masses @ self.top.outcome
        empty = (reached == 0) | (reached == masses.shape[1])
        of_top, first = self.top.resampled(masses, empty)
        of_recommended, second = self.recommended.resampled(masses, empty)
        shares = masses / masses.shape[1]
        columns = self.top.regressors.columns
        level = of_top @ columns.T
        chance = expit(level)
        below = of_recommended[:, [0]] + of_recommended[:, 2:] @ columns[:, 1:].T
        worth = expit(below + of_recommended[:, [1]]) - expit(below)
        gains = np.full((len(masses), len(self.moves), 2), np.nan)
        for place, move in enumerate(self.moves):
            if move is not None:
                moving = np.flatnonzero(move.any(axis=0))
                more = expit(level + of_top[:, 1 + moving] @ move[:, moving].T) - chance
                gains[:, place, 0] = np.vecdot(shares, more)
                gains[:, place, 1] = np.vecdot(shares, more * worth)
        return gains, first | second


def gain_model(
    top: FloatArray,
    recommended: FloatArray,
    covariates: FloatArray,
    moves: Sequence[tuple[Sequence[int], Move]],
    masses: FloatArray,
) -> GainModel:
    """Fit both regressions to a sample.

    Parameters
    ----------
    top, recommended
        Shape ``(n,)``: 0 or 1, and both occur.
    covariates
        Shape ``(n, k)``, without blanks.
    moves
        For each driver the columns that move, and how far. What is tied to other columns has no
        gain of its own.
    masses
        Shape ``(n,)``: how much each row counts.

    Raises
    ------
    FitError
        When the top of a penalised likelihood is not reached.
    """
    held = standardised(covariates)
    one = np.ones(len(top))
    even = masses / masses.mean()
    tied = _tied(covariates)
    return GainModel(
        top=fit_logit(Regressors(np.column_stack([one, held.columns])), top, even),
        recommended=fit_logit(
            Regressors(np.column_stack([one, top, held.columns])), recommended, even
        ),
        moves=tuple(_in_columns(places, move, held, tied) for places, move in moves),
    )


def driver_moves(covariates: Covariates, filling: FloatArray) -> list[tuple[list[int], Move]]:
    """Return how far the columns of every driver move when it is rated half a point higher.

    No further than the end of its scale or, without a scale, than its highest answer; and not
    where it did not apply. A driver with categories, or that is part of a product of drivers, has
    no such move, nor has one that never varies.

    Parameters
    ----------
    covariates
        Whose first groups are the survey's drivers.
    filling
        One of its fillings.
    """
    survey = covariates.rows.survey
    return [
        _move(survey, question, list(group), filling)
        for question, group in zip(survey.codebook.drivers, covariates.groups, strict=False)
    ]


def _move(
    survey: Survey, question: Question, group: list[int], filling: FloatArray
) -> tuple[list[int], Move]:
    drivers = survey.codebook.drivers
    in_product = any(question.key in other.interaction for other in drivers)
    if question.kind == FACTOR or question.interaction or in_product:
        return [], None
    away = survey.not_applicable[question.key].to_numpy()
    values = survey.scores[[question.key]].to_numpy()
    if question.kind == ITEMS:
        values = survey.answers[question.key].values
    values = values[:, [_varies(column[~away]) for column in values.T]]
    places = group[: values.shape[1]]
    if not places:
        return [], None
    columns = filling[:, places]
    known = np.isfinite(values) & ~away[:, np.newaxis]
    offset = np.nanmean(np.where(known, values - columns, np.nan), axis=0)
    end = np.nanmax(values, axis=0) if question.scale is None else question.scale[1]
    room = np.clip(end - (columns + offset), 0.0, STEP)
    return places, np.where(away[:, np.newaxis], 0.0, room)


def _varies(column: FloatArray) -> bool:
    given = column[np.isfinite(column)]
    return bool(given.size and np.ptp(given) > 0)


def _tied(covariates: FloatArray) -> BoolArray:
    spread = covariates.std(axis=0)
    tied: BoolArray = spread == 0
    free = np.flatnonzero(~tied)
    if free.size > 1:
        tied[free] = tied_columns(np.cov(covariates[:, free], rowvar=False))
    return tied


def _in_columns(places: Sequence[int], move: Move, held: Standardised, tied: BoolArray) -> Move:
    """Return a move in standardised columns, or None when one of its columns is tied."""
    if move is None or tied[list(places)].any():
        return None
    found = np.zeros_like(held.columns)
    for place, far in zip(places, move.T, strict=True):
        column = int(np.flatnonzero(held.kept == place)[0])
        found[:, column] = far / held.scale[column]
    return found
