"""Choose which boxes of an outcome are held side by side: its highest answers, and its lowest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.codebook.codebook import Question
from cxdrivers.errors import FitError
from cxdrivers.models.logistic import FEW
from cxdrivers.moments.design import Design
from cxdrivers.moments.grades import MOST_GRADES
from cxdrivers.survey.coding import BoolArray
from cxdrivers.wording import Sentence, sentence

AT_LEAST, AT_MOST = "at_least", "at_most"
TOPS = (0.8, 0.9, 1.0)
"""How far up the scale the usual top boxes begin: 8, 9 and 10 of 10."""


@dataclass(frozen=True)
class Box:
    """The respondents whose answer is at least, or at most, some answer.

    Attributes
    ----------
    side
        ``at_least`` or ``at_most``.
    bound
        The answer.
    """

    side: str
    bound: float

    @property
    def key(self) -> str:
        """What the box is called in tables: ``at_least_8``."""
        return f"{self.side}_{self.bound:g}"

    def threshold(self, design: Design) -> float:
        """Return from which answer on a top box has the same model.

        Being at most x and reaching the next answer above x exclude each other, and one of them is
        always true: the logarithms of their odds differ by the sign alone.
        """
        if self.side == AT_LEAST:
            return self.bound
        above = design.outcome[design.outcome > self.bound]
        return float(above.min()) if len(above) else math.inf


def boxes_of(
    question: Question, at_least: float | Sequence[float] | None, at_most: float | None
) -> list[Box]:
    """Return the boxes that were asked for, or those that are usual on the scale, lowest first.

    Parameters
    ----------
    question
        The outcome.
    at_least
        From which answers on the top boxes begin; by default at 0.8, 0.9 and all of the scale.
    at_most
        The highest answer of the bottom box; by default the highest whole one below the middle.

    Raises
    ------
    FitError
        When nothing was asked and the outcome has no scale, or what was asked is no number.
    """
    if at_least is None:
        if question.scale is None:
            raise FitError("boxes_needed", outcome=question.key)
        low, high = question.scale
        at_least = [float(round(low + part * (high - low))) for part in TOPS]
    if at_most is None and question.scale is not None:
        at_most = float(math.ceil(sum(question.scale) / 2) - 1)
    tops = at_least if isinstance(at_least, Sequence) else [at_least]
    bottoms = [] if at_most is None else [at_most]
    for name, bounds in ((AT_LEAST, tops), (AT_MOST, bottoms)):
        for bound in bounds:
            if not (isinstance(bound, int | float) and math.isfinite(bound)):
                raise FitError("box_not_a_number", name=name, value=str(bound))
    return [
        *(Box(AT_MOST, float(bound)) for bound in bottoms),
        *(Box(AT_LEAST, float(bound)) for bound in sorted(set(tops))),
    ]


def no_box(box: Box, design: Design) -> Sentence | None:
    """Return why a box cannot be explained, or None when some are in it and some are not."""
    inside = members(box, design).sum()
    if inside == 0:
        return sentence("outcomes.nobody")
    return sentence("outcomes.everybody") if inside == len(design.outcome) else None


def no_grades(design: Design) -> Sentence | None:
    """Return why there is no ordinal model of an outcome, or None when there is."""
    values = len(np.unique(design.outcome))
    if values < 3:
        return sentence("outcomes.few_grades")
    if values > MOST_GRADES:
        return sentence("outcomes.many_grades", count=values, most=MOST_GRADES)
    return None


def is_thin(box: Box, design: Design) -> bool:
    """Say whether few respondents are in a box, or few outside: fewer than ten a column.

    That is where the own effects of a top box are corrected for it (`models.top_box`).
    """
    inside = int(members(box, design).sum())
    rarer = min(inside, len(design.outcome) - inside)
    return rarer < FEW * len(design.terms)


def share_in(box: Box, design: Design) -> float:
    """Return which part of the respondents is in a box, weighted as the survey is."""
    return float(np.average(members(box, design), weights=design.weights))


def members(box: Box, design: Design) -> BoolArray:
    """Return who is in a box, shape ``(n,)``."""
    above, below = design.outcome >= box.bound, design.outcome <= box.bound
    return above if box.side == AT_LEAST else below


def box_name(box: Box, ends: tuple[float, float]) -> Sentence:
    """Return what a box is called; one that holds a single answer is called by that.

    Parameters
    ----------
    box
        The box.
    ends
        Lowest and highest possible answer.
    """
    alone = box.bound <= ends[0] if box.side == AT_MOST else box.bound >= ends[1]
    side = "exactly" if alone else box.side
    return sentence(f"outcomes.name.{side}", bound=box.bound)
