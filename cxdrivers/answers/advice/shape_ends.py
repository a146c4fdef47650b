"""Compare what a driver goes with at the bottom of the outcome and at its top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from cxdrivers.answers.advice.shape_drivers import ShapeDriver, levelled
from cxdrivers.answers.outcomes.outcomes_boxes import (
    AT_MOST,
    Box,
    box_name,
    boxes_of,
    is_thin,
    no_box,
)
from cxdrivers.codebook.codebook import Question
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.diagnostics import fittable_columns
from cxdrivers.models.hinge import Slopes, grade_slopes
from cxdrivers.models.many_tests import holm_adjusted
from cxdrivers.models.separation import separating_direction
from cxdrivers.moments.design import Design
from cxdrivers.moments.grades import top_box_of
from cxdrivers.wording import Sentence


@dataclass(frozen=True, eq=False)
class EndEstimates:
    """Log odds of a higher outcome, at the bottom of its scale and at its top.

    Attributes
    ----------
    difference
        Shape ``(p,)``: what a point more goes with at the bottom, minus that at the top.
    p_value
        Of no difference, adjusted for the number of drivers (Holm 1979).
    names
        What the bottom and the top box are called.
    """

    difference: FloatArray
    p_value: FloatArray
    names: tuple[Sentence, Sentence]


def end_estimates(
    question: Question, designs: Sequence[Design], drivers: tuple[ShapeDriver, ...]
) -> EndEstimates | None:
    """Fit a logit of leaving the bottom box and one of reaching the top box, and compare them.

    Both are of the same respondents, so what they pull at both is taken into account. With equal
    slopes, as in proportional odds, the difference is nil.

    Parameters
    ----------
    question
        The outcome.
    designs, drivers
        The rows without blanks, and whose slopes.

    Returns
    -------
    EndEstimates or None
        None when there is no scale, or one of the boxes has too few respondents or is set apart
        exactly by some columns.
    """
    boxes, scale = _ends(question, designs[0]), question.scale
    if boxes is None or scale is None:
        return None
    differences, variances = [], []
    for filled in designs:
        design = levelled(filled, drivers)
        fitted = fittable_columns(design).fitted
        columns = design.columns[:, fitted]
        places = np.searchsorted(fitted, [driver.column for driver in drivers])
        both = []
        for box in boxes:
            reached = top_box_of(design, box.threshold(design), question.key).outcome
            if separating_direction(columns, reached) is not None:
                return None
            both.append(grade_slopes(columns, reached, design.weights))
        apart = Slopes(both[0].slopes - both[1].slopes, both[0].pulls - both[1].pulls)
        differences.append(apart.slopes[places])
        variances.append(np.diag(apart.covariance(design.cluster))[places])
    spread = np.mean(variances, axis=0)
    if len(designs) > 1:
        spread = spread + (1 + 1 / len(designs)) * np.var(differences, axis=0, ddof=1)
    difference: FloatArray = np.mean(differences, axis=0)
    p_value = holm_adjusted(np.asarray(2 * norm.sf(np.abs(difference) / np.sqrt(spread))))
    bottom, top = (box_name(box, scale) for box in boxes)
    return EndEstimates(difference, p_value, (bottom, top))


def _ends(question: Question, design: Design) -> tuple[Box, Box] | None:
    if question.scale is None:
        return None
    usable = [
        box
        for box in boxes_of(question, None, None)
        if no_box(box, design) is None and not is_thin(box, design)
    ]
    bottoms = [box for box in usable if box.side == AT_MOST]
    if not bottoms:
        return None
    start = bottoms[0].threshold(design)
    tops = [box for box in usable if box.side != AT_MOST and box.bound > start]
    return (bottoms[0], tops[-1]) if tops else None
