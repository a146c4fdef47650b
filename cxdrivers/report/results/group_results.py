"""Compare the segments and waves that a codebook names, as far as they can be."""

from __future__ import annotations

from functools import partial

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.settings import Settings
from cxdrivers.report.results.reasons import or_reason
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence


def segments_of(survey: Survey, settings: Settings) -> tuple[GroupComparison | Sentence, ...]:
    """Return the comparison by each segment of the codebook, or why there is none."""
    return tuple(_compared(survey, column, settings) for column in survey.codebook.segments)


def waves_of(survey: Survey, settings: Settings) -> GroupComparison | Sentence | None:
    """Return the comparison of waves, or why there is none; nothing without waves."""
    column = survey.codebook.wave
    return None if column is None else _compared(survey, column, settings)


def _compared(survey: Survey, by: str, settings: Settings) -> GroupComparison | Sentence:
    return or_reason(
        partial(
            compare_groups,
            survey,
            by=by,
            adjusted=settings.adjusted,
            level=settings.level,
            seed=settings.seed,
        )
    )
