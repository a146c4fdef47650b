"""Compute what a report tells of mentions and recommendations; texts are read once."""

from __future__ import annotations

from dataclasses import dataclass

from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from cxdrivers.answers.advocacy.agent_link import agent_link
from cxdrivers.answers.advocacy.agent_link_result import AgentLink
from cxdrivers.answers.advocacy.mention_flags import mentions_in_texts
from cxdrivers.answers.advocacy.recommendation import recommendation_curve
from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.answers.settings import Settings
from cxdrivers.report.results.further_results import quick_draws
from cxdrivers.report.results.reasons import or_reason
from cxdrivers.survey.survey import Survey
from cxdrivers.wording import Sentence


@dataclass(frozen=True, eq=False)
class AdvocacyResults:
    """The way from a mention to a high score and a recommendation, or why a part is not told.

    Attributes
    ----------
    agent_link, recommendation, chain
        Each an answer, or a sentence in its place.
    """

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
    found, draws = mentions_in_texts(survey), vars(quick_draws(settings))
    return AdvocacyResults(
        agent_link=or_reason(lambda: agent_link(survey, mentions=found, **draws)),
        recommendation=or_reason(lambda: recommendation_curve(survey, **draws)),
        chain=or_reason(lambda: advocacy_chain(survey, mentions=found, **draws)),
    )
