"""Compute what a report tells of mentions and recommendations; texts are read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from cxdrivers.answers.advocacy import advocacy_chain
from cxdrivers.answers.advocacy_result import AdvocacyChain
from cxdrivers.answers.agent_link import agent_link
from cxdrivers.answers.agent_link_result import AgentLink
from cxdrivers.answers.recommendation import recommendation_curve
from cxdrivers.answers.recommendation_result import RecommendationCurve
from cxdrivers.answers.settings import Settings
from cxdrivers.errors import CxError
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.mentions_result import Mentions
from cxdrivers.survey.advocacy_columns import verbatims
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence

MOST_RESAMPLES = 200

Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class AdvocacyResults:
    """The way from a mention to a high score and a recommendation, or why a part is not told.

    Attributes
    ----------
    mentions
        What was found in the texts; None when the survey has none, or its own column of mentions.
    agent_link, recommendation, chain
        Each an answer, or a sentence in its place.
    """

    mentions: Mentions | None
    agent_link: AgentLink | Sentence
    recommendation: RecommendationCurve | Sentence
    chain: AdvocacyChain | Sentence


def advocacy_of(survey: Survey, settings: Settings) -> AdvocacyResults:
    """Return what is told of mentions and recommendations, with resamples that keep it quick.

    Parameters
    ----------
    survey
        What was read.
    settings
        Those of the report's weights.
    """
    book = survey.codebook
    read = book.mention is None and book.verbatim is not None
    found = find_mentions(verbatims(survey)) if read else None
    n_boot, level, seed = min(settings.n_boot, MOST_RESAMPLES), settings.level, settings.seed
    return AdvocacyResults(
        mentions=found,
        agent_link=_or_reason(
            lambda: agent_link(survey, mentions=found, n_boot=n_boot, level=level, seed=seed)
        ),
        recommendation=_or_reason(
            lambda: recommendation_curve(survey, n_boot=n_boot, level=level, seed=seed)
        ),
        chain=_or_reason(
            lambda: advocacy_chain(survey, mentions=found, n_boot=n_boot, level=level, seed=seed)
        ),
    )


def _or_reason(answer: Callable[[], Answer]) -> Answer | Sentence:
    try:
        return answer()
    except CxError as error:
        return error.sentence
