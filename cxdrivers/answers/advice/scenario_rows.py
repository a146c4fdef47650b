"""Move the ratings of respondents as a scenario says, and count whom that reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.advice.scenario_changes import Move, Scenario
from cxdrivers.codebook.codebook import ITEMS
from cxdrivers.errors import FitError
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.design import Design
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey

ROUNDING = 1e-9
"""A move smaller than this is none, and one short of it by no more is whole."""


@dataclass(frozen=True, eq=False)
class DriverRatings:
    """The ratings of one driver in the rows of a design: one column, or one an item.

    Attributes
    ----------
    places
        Which columns of the design they are.
    given
        Shape ``(n, c)``, NaN for a blank and where the driver did not apply.
    offsets
        Shape ``(c,)``: what was taken off them in the design.
    away
        Shape ``(n,)``: where the driver did not apply.
    ends
        The lowest and the highest that a rating can be moved to: the scale's, or without a scale
        those of the answers that were given.
    """

    places: tuple[int, ...]
    given: FloatArray
    offsets: FloatArray
    away: BoolArray
    ends: tuple[float, float]

    def filled(self, columns: FloatArray) -> FloatArray:
        """Return the ratings with blanks as a filling has them, NaN where nothing applied."""
        values = np.where(
            np.isnan(self.given), columns[:, list(self.places)] + self.offsets, self.given
        )
        return np.where(self.away[:, np.newaxis], np.nan, values)

    def moved_by(self, move: Move, values: FloatArray) -> FloatArray:
        """Return how far each rating moves: as far as the ends, and no rating of who is away."""
        low, high = self.ends
        wanted = move.wanted(values)
        up = np.minimum(wanted, np.maximum(high - values, 0.0))
        down = np.maximum(wanted, np.minimum(low - values, 0.0))
        return np.where(self.away[:, np.newaxis], 0.0, np.where(wanted > 0, up, down))


@dataclass(frozen=True)
class Reach:
    """How many respondents a change of one driver reaches; the numbers add up to all of them.

    Attributes
    ----------
    moved, partly, stuck
        Moved as far as was asked; not as far, since the scale ends; not at all for that reason.
    already
        Were there already, for a change to at least or at most something.
    blank
        Left the question blank: they move with their estimated answer.
    not_met
        Were not moved: the driver did not apply.
    average
        How far everybody was moved on average, weighted, those who were not moved included.
    """

    moved: int
    partly: int
    stuck: int
    already: int
    blank: int
    not_met: int
    average: float


def driver_ratings(design: Design, survey: Survey, driver: str) -> DriverRatings:
    """Return the ratings of a driver in the rows of a design.

    Raises
    ------
    FitError
        When they never vary, so that nothing is known of what a change goes with.
    """
    place = design.drivers.index(driver)
    question = survey.codebook.drivers[place]
    places = tuple(
        column for column in design.groups[place] if design.terms[column] != NOT_APPLICABLE
    )
    if not places:
        raise FitError("change_of_constant", driver=driver, n=int(design.n_rated[place]))
    used = design.base.used
    score = survey.scores[driver].to_numpy()[used]
    if question.kind == ITEMS:
        items = [question.items.index(design.terms[column]) for column in places]
        given = survey.answers[driver].values[used][:, items]
    else:
        given = score[:, np.newaxis]
    away = survey.not_applicable[driver].to_numpy(bool)[used]
    given = np.where(away[:, np.newaxis], np.nan, given)
    offsets = np.nanmedian(given - design.columns[:, list(places)], axis=0)
    ends = question.scale or (float(np.nanmin(given)), float(np.nanmax(given)))
    return DriverRatings(places, given, offsets, away, ends)


def changed_columns(
    filled: Design, survey: Survey, scenario: Scenario, ratings: dict[str, DriverRatings]
) -> FloatArray:
    """Return the columns of a design without blanks as a scenario changes them, ``(n, k)``.

    Parameters
    ----------
    filled
        The design, its blanks filled in.
    survey
        Where it came from.
    scenario
        Its drivers are moved; interactions follow.
    ratings
        Of every rating that a scenario moves or an interaction is made of.
    """
    columns = filled.columns.copy()
    shifts: dict[str, FloatArray] = {}
    for move in scenario.moves:
        found = ratings[move.driver]
        shifts[move.driver] = found.moved_by(move, found.filled(filled.columns))
        columns[:, list(found.places)] += shifts[move.driver]
    for place, question in enumerate(survey.codebook.drivers):
        if filled.groups[place] and set(question.interaction) & set(shifts):
            more = _product_moved(filled, survey, question.interaction, (ratings, shifts))
            columns[:, filled.groups[place][0]] += more
    return columns


def reach_of(
    move: Move, ratings: DriverRatings, fillings: Sequence[Design], weights: FloatArray | None
) -> Reach:
    """Count whom a change of one driver reaches.

    Parameters
    ----------
    move
        The change.
    ratings
        Of that driver.
    fillings
        The design with its blanks filled in, once or several times.
    weights
        Of the rows, or None.
    """
    shifts = [ratings.moved_by(move, ratings.filled(filled.columns)) for filled in fillings]
    blank = np.isnan(ratings.given).any(axis=1) & ~ratings.away
    known = ~blank & ~ratings.away
    wanted = np.abs(move.wanted(ratings.given[known])).sum(axis=1)
    got = np.abs(shifts[0][known]).sum(axis=1)
    asked = wanted > ROUNDING
    stuck, whole = asked & (got <= ROUNDING), asked & (got >= wanted - ROUNDING)
    mean = np.mean([np.average(shift.mean(axis=1), weights=weights) for shift in shifts])
    return Reach(
        moved=int(whole.sum()),
        partly=int((asked & ~stuck & ~whole).sum()),
        stuck=int(stuck.sum()),
        already=int((~asked).sum()),
        blank=int(blank.sum()),
        not_met=int(ratings.away.sum()),
        average=float(mean),
    )


def _product_moved(
    filled: Design,
    survey: Survey,
    pair: Sequence[str],
    found: tuple[dict[str, DriverRatings], dict[str, FloatArray]],
) -> FloatArray:
    """Return by how much the product of two centred ratings moves, 0 where one did not apply."""
    ratings, shifts = found
    before, after = [], []
    for driver in pair:
        values = ratings[driver].filled(filled.columns)[:, 0] - survey.scores[driver].mean()
        before.append(values)
        after.append(values + shifts[driver][:, 0] if driver in shifts else values)
    moved: FloatArray = np.prod(after, axis=0) - np.prod(before, axis=0)
    return np.nan_to_num(moved)
