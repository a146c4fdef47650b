"""Weigh the drivers of the mean grade, of high grades and of low ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from cxdrivers.answers.outcomes.outcomes_boxes import (
    AT_MOST,
    Box,
    box_name,
    boxes_of,
    no_box,
    no_grades,
)
from cxdrivers.answers.outcomes.outcomes_result import MEAN, OutcomeComparison
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.likelihood_valuation import MOST_DRIVERS
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.errors import FitError
from cxdrivers.moments.design import Design
from cxdrivers.moments.given_data import survey_in
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import EM, ORDINAL, TOP_BOX
from cxdrivers.wording import Sentence, sentence


def compare_outcomes(
    survey: Survey,
    *,
    at_least: float | Sequence[float] | None = None,
    at_most: float | None = None,
    always: Sequence[str] = (),
    missing: str | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> OutcomeComparison:
    """Weigh the drivers of the mean grade, of high grades and of low ones, side by side.

    Use it to see which drivers count among the dissatisfied only, and which make the difference
    between a good grade and the best. With seven drivers and 1,500 respondents it takes about half
    a minute; fewer resamples take less.

    Parameters
    ----------
    survey
        What was read.
    at_least
        From which answers on the top boxes begin; by default 8, 9 and 10 on a scale to 10, 4 and 5
        on a scale to 5, 6 and 7 on a scale to 7.
    at_most
        The highest answer of the bottom box; by default the highest below the middle of the scale,
        which is 5 on a scale from 1 to 10.
    always
        Columns of the survey to control for.
    missing
        What is done with blanks: by default they are estimated, which for grades and boxes means
        that they are filled in twenty times and takes many times as long; ``"listwise"`` leaves
        respondents with a blank out of all outcomes.
    n_boot, level, seed
        As in `driver_weights`. The same customers are drawn for every outcome.

    Returns
    -------
    OutcomeComparison
        A box that nobody or everybody is in, and an ordinal model that cannot be, are left out and
        named.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        As `driver_weights`; when the outcome has no scale and nothing was asked; for more drivers
        than logistic models can weigh; and for ``missing="em"``, which there is not for grades.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> survey = cx.load_example()
    >>> comparison = cx.compare_outcomes(survey, at_least=8, missing="listwise", n_boot=0)
    >>> list(comparison.weights)
    ['mean', 'ordinal', 'at_most_5', 'at_least_8']
    """
    survey = survey_in(survey)
    boxes = boxes_of(survey.codebook.outcome, at_least, at_most)
    return outcomes_of(
        survey,
        boxes,
        n_boot=n_boot,
        n_boot_of_grades=n_boot,
        level=level,
        seed=seed,
        always=always,
        missing=missing,
    )


def outcomes_of(
    survey: Survey,
    boxes: Sequence[Box],
    *,
    n_boot: int,
    n_boot_of_grades: int,
    level: float,
    seed: int,
    always: Sequence[str] = (),
    missing: str | None = None,
) -> OutcomeComparison:
    """Compare outcomes whose boxes are chosen, the grades in order with resamples of their own.

    Those take longest, and the ends are compared without them.
    """
    if missing == EM:
        raise FitError("missing_of_grades", kind=TOP_BOX)
    mean = driver_weights(
        survey, always=always, missing=missing, n_boot=n_boot, level=level, seed=seed
    )
    design = mean.model.design
    if len(design.drivers) > MOST_DRIVERS:
        raise FitError("too_many_to_fit", count=len(design.drivers), most=MOST_DRIVERS)
    weights: dict[str, DriverWeights] = {MEAN: mean}
    left_out: dict[str, Sentence] = {}
    for key, kind, threshold, reason in _others(boxes, design):
        drawn = replace(
            mean.settings,
            kind=kind,
            threshold=threshold,
            missing=missing,
            n_boot=n_boot_of_grades if kind == ORDINAL else n_boot,
        )
        found = reason or _weights_or_reason(survey, drawn)
        if isinstance(found, DriverWeights):
            weights[key] = found
        else:
            left_out[key] = found
    ends = survey.codebook.outcome.scale or (design.outcome.min(), design.outcome.max())
    names = {key: sentence(f"outcomes.name.{key}") for key in (MEAN, ORDINAL)}
    return OutcomeComparison(
        weights=weights,
        boxes={box.key: box for box in boxes if box.key in weights},
        left_out=left_out,
        names=names | {box.key: box_name(box, ends) for box in boxes},
    )


def _others(
    boxes: Sequence[Box], design: Design
) -> Iterator[tuple[str, str, float, Sentence | None]]:
    """Yield what else is weighed: its key, the kind of model, its threshold, or why not.

    The own effects of the grades are on reaching the lowest top box that some reach and some not.
    """
    reasons = {box: no_box(box, design) for box in boxes}
    usable = [box for box, reason in reasons.items() if reason is None]
    answers = np.unique(design.outcome)
    usable.sort(key=lambda box: box.side == AT_MOST)
    start = usable[0].threshold(design) if usable else float(answers[len(answers) // 2])
    yield ORDINAL, ORDINAL, start, no_grades(design)
    for box, reason in reasons.items():
        yield box.key, TOP_BOX, box.threshold(design), reason


def _weights_or_reason(survey: Survey, settings: Settings) -> DriverWeights | Sentence:
    """Return the weights by another model of the same respondents, or why there is none."""
    try:
        return driver_weights(
            survey,
            kind=settings.kind,
            threshold=settings.threshold,
            always=settings.always,
            missing=settings.missing,
            n_boot=settings.n_boot,
            level=settings.level,
            seed=settings.seed,
        )
    except FitError as error:
        return error.sentence
