"""Tell which drivers are dissatisfiers, and which delight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cxdrivers.answers.advice.shape_boxes import box_estimates
from cxdrivers.answers.advice.shape_curves import rising_curve, searched_knots
from cxdrivers.answers.advice.shape_cut_offs import CutOff, cut_offs_of
from cxdrivers.answers.advice.shape_drivers import shape_drivers
from cxdrivers.answers.advice.shape_ends import end_estimates
from cxdrivers.answers.advice.shape_slopes import GRADES, LINE, hinge_estimates, scale_of_test
from cxdrivers.answers.advice.shape_table import shape_table
from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError
from cxdrivers.moments.design import design_of
from cxdrivers.moments.given_data import survey_in
from cxdrivers.moments.imputation import filled_designs
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import IMPUTATION, LINEAR
from cxdrivers.wording import LANGUAGES


def driver_shapes(
    survey: Survey,
    *,
    cut_offs: Sequence[CutOff | Mapping[str, CutOff]] | None = None,
    always: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> DriverShapes:
    """Tell which drivers go with a low outcome when low, and which with a high one when high.

    Use it to see which drivers must be in order and bring nothing beyond that (dissatisfiers),
    which bring something only when they are very good (delighters), and which do both (hybrids).
    Undecided is a finding too: the survey does not tell.

    How often it is wrong was simulated with 1,500 respondents and seven drivers. A dissatisfier of
    middling weight (0.35 grade points for a standard deviation below the point where it stops to
    count) is missed about one time in four, one of 0.5 about one time in sixteen. A driver that
    counts as much above as below is called a dissatisfier in about one survey of twenty; but
    there are seven, so where none is a dissatisfier one survey of nine names one all the same.

    Parameters
    ----------
    survey
        What was read. A driver that did not apply to some stays in with a mark for that; low and
        high are among those to whom it applied. Blanks are filled in five to twenty times from
        what was answered, and resamples are divided among these.
    cut_offs
        Settings of what is low and what is high. Each is a pair, such as ``(5, 9)`` for 5 or lower
        and 9 or higher, or a pair for some drivers by their key. By default two, by the ends of
        the scale: ``(5, 9)`` and ``(6, 8)`` on a scale from 1 to 10; for a number without a scale
        the worst and best fifth of the respondents, then three in ten. Where less of a number is
        better its pair is worst end first: ``(600, 60)`` seconds. Reversed items are turned round
        first, as everywhere.
    always
        Columns of the survey to control for.
    n_boot, level, seed
        As in `driver_weights`.

    Returns
    -------
    DriverShapes
        A driver of another kind than a rating, with fewer than three values, or that never varies,
        is left out and named; it is held constant all the same.

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When the cut-offs cannot be, no driver is a rating, ratings are tied together exactly, or
        rows are too few.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.advice.shapes import driver_shapes
    >>> shapes = driver_shapes(cx.load_example(), n_boot=0)
    >>> shapes.headline()
    'Wait time is a dissatisfier: it has to be in order.'
    """
    survey = survey_in(survey)
    settings = Settings(
        method="lmg",
        kind=LINEAR,
        adjusted=False,
        n_boot=n_boot,
        level=level,
        seed=seed,
        always=tuple(always),
        missing=IMPUTATION,
    )
    settings.check()
    design = design_of(survey, always=always, blanks=True)
    designs = filled_designs(design, seed=seed)
    drivers, left_out = shape_drivers(survey, design, designs[0])
    if not drivers:
        raise FitError("no_shapes", drivers=list(left_out))
    chosen = cut_offs_of(drivers, cut_offs, survey.drivers)
    boxes = [
        box_estimates(designs, drivers, setting, n_boot=n_boot, seed=seed) for setting in chosen
    ]
    lines = hinge_estimates(designs, drivers, LINE, n_boot=0, seed=seed)
    kind = scale_of_test(designs, drivers)
    tested = hinge_estimates(designs, drivers, kind, n_boot=n_boot, seed=seed)
    knots = searched_knots(designs, drivers, grades=kind == GRADES, n_boot=n_boot, seed=seed)
    ends = end_estimates(survey.codebook.outcome, designs, drivers)
    spread = np.sqrt(np.cov(design.outcome, aweights=design.weights))
    return DriverShapes(
        shapes=shape_table(
            drivers,
            cut_offs=chosen,
            boxes=boxes,
            slopes=(lines, tested),
            knots=knots,
            ends=ends,
            about=(settings, designs[0], float(spread)),
        ),
        partial={
            driver.key: rising_curve(designs, drivers, driver, n_boot=n_boot, seed=seed)
            for driver in drivers
        },
        drivers=drivers,
        left_out=left_out,
        r_squared=tuple(found.r_squared for found in boxes),
        ends=None if ends is None else ends.names,
        tested_on=kind,
        fillings=len(designs) if design.has_blanks else 0,
        settings=settings,
        design=designs[0],
        outcome=survey.codebook.outcome.key,
        labels={language: survey.codebook.labels(language) for language in LANGUAGES},
    )
