"""Count which rows a model can use, and why the others are left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cxdrivers.survey.coding import BoolArray, FloatArray
from cxdrivers.survey.survey import Survey


@dataclass(frozen=True, eq=False)
class Base:
    """The rows behind a result.

    Attributes
    ----------
    no_outcome, no_weight
        Rows without an outcome; rows that a weight of zero leaves without a voice.
    no_score
        Driver → rows in which it has no score although it applied.
    alone
        Rows that are the only one to which some driver did not apply, or the only one to which it
        did. One row cannot say what that goes with: a term of its own would fit it exactly.
    """

    no_outcome: BoolArray
    no_weight: BoolArray
    no_score: dict[str, BoolArray]
    alone: BoolArray

    @cached_property
    def used(self) -> BoolArray:
        """The rows that a model uses: an outcome, a weight, and a score or "n.v.t." everywhere."""
        return ~(self.no_outcome | self.no_weight | self.any_blank | self.alone)

    @cached_property
    def any_blank(self) -> BoolArray:
        """Rows in which at least one driver has no score although it applied."""
        blank: BoolArray = np.logical_or.reduce([*self.no_score.values()])
        return blank

    @property
    def rows(self) -> int:
        """All rows of the survey."""
        return len(self.used)

    @property
    def n(self) -> int:
        """The rows that are used."""
        return int(self.used.sum())

    @property
    def lost(self) -> int:
        """The rows with an outcome and a weight that are lost to a blank driver."""
        return int((~self.no_outcome & ~self.no_weight & self.any_blank).sum())


def base_of(survey: Survey) -> Base:
    """Return which rows of a survey a model of all its drivers can use."""
    scores, not_applicable = survey.scores.to_numpy(), survey.not_applicable.to_numpy()
    blank = np.isnan(scores) & ~not_applicable
    rows = len(survey.respondents)
    no_weight = np.zeros(rows, bool) if survey.weights is None else survey.weights == 0
    no_outcome = np.isnan(survey.outcome)
    return Base(
        no_outcome=no_outcome,
        no_weight=no_weight,
        alone=_alone(not_applicable, ~(no_outcome | no_weight | blank.any(axis=1))),
        no_score={driver: blank[:, place] for place, driver in enumerate(survey.drivers)},
    )


def effective_n(weights: FloatArray) -> float:
    """Return Kish's effective sample size, (Σw)² / Σw²."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _alone(not_applicable: BoolArray, usable: BoolArray) -> BoolArray:
    """Return the rows to leave out until no driver sets one of the others apart."""
    alone = np.zeros(len(usable), dtype=bool)
    mixed = not_applicable[:, not_applicable.any(axis=0)]
    while True:
        left = (usable & ~alone)[:, np.newaxis]
        marks = np.hstack([left & mixed, left & ~mixed])
        single = marks[:, marks.sum(axis=0) == 1].any(axis=1)
        if not single.any():
            return alone
        alone |= single
