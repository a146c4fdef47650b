"""Tell a survey from moments and from anything else that an answer was given."""

from __future__ import annotations

from cxdrivers.errors import FitError
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.moments import Moments
from cxdrivers.survey.survey import Survey

OF_COVARIANCES = ("driver_weights", "compare_methods")
"""What can be asked of means and covariances alone."""
OF_PARTS = (*OF_COVARIANCES, "compare_groups", "priorities", "what_if", "Benchmark.of")
"""What can be asked of sums in random parts."""


def survey_in(data: object) -> Survey:
    """Return a survey that was given, or refuse what is none.

    Raises
    ------
    FitError
        Saying of moments what they are and what can be asked of them.
    """
    if isinstance(data, Survey):
        return data
    refuse_moments(data)
    raise FitError("survey_needed", kind=type(data).__name__)


def survey_or_groups(data: object) -> Survey | GroupedMoments:
    """Return a survey or sums of groups that were given, or refuse what is neither.

    Raises
    ------
    FitError
        Saying of means and covariances alone what is missing in them.
    """
    if isinstance(data, Survey | GroupedMoments):
        return data
    if isinstance(data, Moments):
        raise FitError("moments_without_parts", takers=OF_COVARIANCES)
    raise FitError("not_a_survey", kind=type(data).__name__)


def refuse_moments(data: object) -> None:
    """Raise when moments were given for what is asked of respondents.

    Raises
    ------
    FitError
        Saying what can be asked of them.
    """
    if isinstance(data, GroupedMoments):
        raise FitError("moments_without_rows", takers=OF_PARTS)
    if isinstance(data, Moments):
        raise FitError("moments_without_rows", takers=OF_COVARIANCES)
