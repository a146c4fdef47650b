"""Assess how well the items of each driver hang together, and which drivers can be told apart."""

from __future__ import annotations

from dataclasses import replace

from cxdrivers.answers.scales.scale_estimates import estimated_scales, is_scale
from cxdrivers.answers.scales.scales_result import ScaleAssessment
from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError
from cxdrivers.moments.design import design_of
from cxdrivers.moments.given_data import survey_in
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import LANGUAGES


def assess_scales(
    survey: Survey, *, n_boot: int = 1000, level: float = 0.95, seed: int = 0
) -> ScaleAssessment:
    """Assess how well the items of each driver hang together, and which drivers can be told apart.

    Use it before the weights are read: part of the score of a driver whose items hang together
    little is noise, and how a weight falls between two drivers that cannot be told apart is
    largely chance. It says nothing of drivers of one item, of categories, or of items that each
    count by themselves.

    Parameters
    ----------
    survey
        What was read.
    n_boot
        Resamples of respondents, or of whole clusters when the codebook names a cluster; 0 for
        none. Time grows with how many different combinations of blanks there are: seven drivers
        with some blanks take ten seconds, large batteries with many take minutes; then ask for
        fewer.
    level
        Of the intervals (percentiles of the resamples, a little wider for few units).
    seed
        The same seed gives the same numbers.

    Returns
    -------
    ScaleAssessment

    Raises
    ------
    SurveyError
        When a check says that something must be mended first.
    FitError
        When no driver is the mean of several items, for settings that cannot be, and when the
        rows are too few or their sampling cannot be used.

    Notes
    -----
    The rows are those of `driver_weights`. Blanks among the items of whoever answered at least one
    of them are not filled in: the likeliest covariances of all answers given are used (EM), so
    alpha can differ in the third decimal from that of `Survey.tidy`, which takes the respondents
    who answered every item. A driver that did not apply to somebody says nothing of them.

    Examples
    --------
    >>> import cxdrivers as cx
    >>> from cxdrivers.answers.scales.scales import assess_scales
    >>> assessment = assess_scales(cx.load_example(), n_boot=0)
    >>> assessment.tidy()[["driver", "items", "omega"]].round(2).head(2)
            driver  items  omega
    0  reliability      3   0.87
    1      empathy      4   0.89
    """
    survey = survey_in(survey)
    settings = Settings("lmg", LINEAR, adjusted=True, n_boot=n_boot, level=level, seed=seed)
    settings.check()
    questions = survey.codebook.questions
    if not any(map(is_scale, questions)):
        raise FitError("no_scales", count=len(survey.drivers), survey=survey.source.name)
    design = design_of(survey, blanks=True)
    scales, held = estimated_scales(survey, design, n_boot=n_boot, seed=seed)
    return ScaleAssessment(
        scales=scales,
        held=held,
        single=tuple(driver.key for driver in survey.codebook.drivers if not is_scale(driver)),
        design=replace(design, columns=design.columns[:, :0]),
        settings=settings,
        labels={code: survey.codebook.labels(code) for code in LANGUAGES},
    )
