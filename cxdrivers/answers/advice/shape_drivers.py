"""Choose which drivers have a shape, and read their ratings so that more is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cxdrivers.codebook.codebook import RATING, Question
from cxdrivers.models.penalty_reward import slopes_of
from cxdrivers.models.rank_scores import rank_scores
from cxdrivers.moments.columns import NOT_APPLICABLE
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import moments_of
from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence, sentence

FEWEST_VALUES = 3


@dataclass(frozen=True, eq=False)
class ShapeDriver:
    """A driver whose low and high ratings can be told apart.

    Attributes
    ----------
    key, place, column
        Its name, its place among the drivers, and the position of its ratings in the design.
    scale
        Lowest and highest possible rating, or None.
    sign
        1 where more is better, −1 where less is.
    centre
        What the design took off its ratings.
    given
        Shape ``(n,)``: its ratings times the sign; NaN where it did not apply or has no answer.
    used
        Shape ``(n,)``: to whom it applied.
    masses
        Shape ``(n,)``: how much every respondent counts.
    """

    key: str
    place: int
    column: int
    scale: tuple[float, float] | None
    sign: float
    centre: float
    given: FloatArray
    used: BoolArray
    masses: FloatArray

    @property
    def rated(self) -> BoolArray:
        """Who gave a rating."""
        return np.isfinite(self.given)

    def of(self, design: Design) -> FloatArray:
        """Return the ratings in a design whose blanks are filled in, more being better."""
        return self.sign * (design.columns[:, self.column] + self.centre)

    def levels(self, ratings: FloatArray) -> FloatArray:
        """Return ratings as slopes are fitted to them.

        Where there is no scale they are normal scores of their ranks, so that a few very long
        waits count no more than other bad ones, and seconds say the same as minutes.
        """
        if self.scale is not None:
            return ratings
        values, scores = self._scores
        found: FloatArray = np.interp(ratings, values, scores)
        return found

    @cached_property
    def middle(self) -> float:
        """The mean of the levels."""
        return self._average(self.levels(self.given[self.rated]))

    @property
    def spread(self) -> float:
        """The standard deviation of the levels."""
        away = self.levels(self.given[self.rated]) - self.middle
        return float(np.sqrt(self._average(away**2)))

    @property
    def meeting(self) -> float:
        """The rating, as it was given, at which the slopes meet."""
        if self.scale is not None:
            return self.sign * self.middle
        values, scores = self._scores
        return self.sign * float(np.interp(self.middle, scores, values))

    @cached_property
    def _scores(self) -> tuple[FloatArray, FloatArray]:
        return rank_scores(self.given[self.rated], self.masses[self.rated])

    def _average(self, values: FloatArray) -> float:
        return float(np.average(values, weights=self.masses[self.rated]))


def shape_drivers(
    survey: Survey, design: Design, filled: Design
) -> tuple[tuple[ShapeDriver, ...], dict[str, Sentence]]:
    """Return the drivers that have a shape, and why the others have none.

    Parameters
    ----------
    survey, design
        What was read, and how it was laid out.
    filled
        The design without blanks: whether more of a number without a scale is better, is the sign
        of its own slope there.
    """
    slopes = slopes_of(moments_of(filled).covariance)
    found: list[ShapeDriver] = []
    left_out: dict[str, Sentence] = {}
    for place, question in enumerate(survey.codebook.drivers):
        group = design.groups[place]
        rated = [column for column in group if design.terms[column] != NOT_APPLICABLE]
        if question.kind != RATING or question.interaction:
            left_out[question.key] = sentence("shapes.no_rating")
        elif not rated:
            left_out[question.key] = sentence("shapes.constant")
        else:
            column = rated[0]
            rising = question.scale is not None or bool(slopes[column] >= 0)
            driver = _driver(survey, design, (question, place, column), rising=rising)
            values = len(np.unique(driver.given[driver.rated]))
            if values < FEWEST_VALUES:
                left_out[question.key] = sentence("shapes.few_values", values=values)
            else:
                found.append(driver)
    return tuple(found), left_out


def levelled(design: Design, drivers: tuple[ShapeDriver, ...]) -> Design:
    """Return a design without blanks in which numbers without a scale are levels."""
    columns = design.columns.copy()
    for driver in drivers:
        if driver.scale is None:
            scores = driver.levels(driver.of(design)) - driver.middle
            columns[:, driver.column] = np.where(driver.used, scores, 0.0)
    return replace(design, columns=columns)


def replaced_columns(
    design: Design,
    drivers: tuple[ShapeDriver, ...],
    columns: Mapping[str, tuple[FloatArray, ...]],
) -> Design:
    """Return a design in which the ratings of drivers are replaced by other columns of theirs.

    A driver's columns come first in the order of the drivers; the marks that one did not apply,
    drivers of another kind and controls follow.

    Parameters
    ----------
    design
        Without blanks.
    drivers
        Those that have a shape.
    columns
        Driver → what stands in the place of its ratings.
    """
    added = [column for driver in drivers for column in columns[driver.key]]
    taken = {driver.column for driver in drivers}
    kept = [column for column in range(design.columns.shape[1]) if column not in taken]
    moved = {column: len(added) + place for place, column in enumerate(kept)}
    starts = np.cumsum([0, *(len(columns[driver.key]) for driver in drivers)])
    own = {
        driver.place: tuple(range(start, end))
        for driver, start, end in zip(drivers, starts[:-1], starts[1:], strict=True)
    }
    return replace(
        design,
        columns=np.column_stack([*added, design.columns[:, kept]]),
        terms=(*(["rating"] * len(added)), *(design.terms[column] for column in kept)),
        groups=tuple(
            (*own.get(place, ()), *(moved[column] for column in group if column in moved))
            for place, group in enumerate(design.groups)
        ),
        controls={
            name: tuple(moved[column] for column in group)
            for name, group in design.controls.items()
        },
        absent=None,
    )


def _driver(
    survey: Survey, design: Design, what: tuple[Question, int, int], *, rising: bool
) -> ShapeDriver:
    question, place, column = what
    rows = design.base.used
    masses = np.ones(len(design.outcome)) if design.weights is None else design.weights
    scores = survey.scores[question.key].to_numpy(np.float64)[rows]
    away = survey.not_applicable[question.key].to_numpy()[rows]
    scores = np.where(away, np.nan, scores)
    rated = np.isfinite(scores)
    sign = 1.0 if rising else -1.0
    centre = float(np.average(scores[rated], weights=masses[rated])) if away.any() else 0.0
    return ShapeDriver(
        key=question.key,
        place=place,
        column=column,
        scale=question.scale,
        sign=sign,
        centre=centre,
        given=sign * scores,
        used=~away,
        masses=masses,
    )
