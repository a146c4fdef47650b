"""Put how mentions go with high scores into plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxdrivers.answers.advocacy.adjusted_mention import AdjustedMention
from cxdrivers.answers.advocacy.advocacy_rows import TEXT_LENGTH
from cxdrivers.answers.advocacy.score_points import PUBLISHED_TOP, is_ten_point
from cxdrivers.answers.advocacy.score_words import (
    direction_of,
    p_shown,
    points_shown,
    ratio_shown,
    rows_lost,
    share_shown,
    size_shown,
)
from cxdrivers.answers.advocacy.share_contrasts import ShareContrast
from cxdrivers.answers.published import published_figure
from cxdrivers.formatting import level_percent, percent
from cxdrivers.wording import Sentence, say, together

if TYPE_CHECKING:
    from cxdrivers.answers.advocacy.agent_link_result import AgentLink


def headline(contrast: ShareContrast | Sentence, top: Sentence, level: float, language: str) -> str:
    """Return how often the top box is reached with a mention and without, or why not."""
    if not isinstance(contrast, ShareContrast):
        return contrast.say(language)
    return say(
        f"agent_link.headline.{direction_of(contrast.difference)}",
        language,
        top=top,
        first=percent(contrast.first.estimate, language),
        second=percent(contrast.second.estimate, language),
        size=size_shown(contrast.difference, language),
        level=level_percent(level, language),
    )


def link_sentences(link: AgentLink, language: str) -> list[str]:
    """Return the ratios of that comparison, and the shares of mentions by score."""
    by_mention, by_top, by_highest = link.contrasts.values()
    said = []
    if isinstance(by_mention, ShareContrast):
        said.append(
            say(
                "agent_link.ratios",
                language,
                ratio=ratio_shown(by_mention.ratio, language),
                odds=ratio_shown(by_mention.odds_ratio, language),
                first_n=by_mention.first_n,
                second_n=by_mention.second_n,
            )
        )
        if by_mention.mended:
            said.append(say("score_points.mended", language))
    if isinstance(by_top, ShareContrast):
        said.append(_mentions("agent_link.by_top", by_top, language, top=link.top))
    elif link.shares["top"] is not None:
        share = share_shown(link.shares["top"], language)
        said.append(say("agent_link.share_only", language, share=share, top=link.top))
    highest = float(link.scores.loc[link.scores["n"] > 0, "score"].max())
    if isinstance(by_highest, ShareContrast) and link.threshold < highest:
        said.append(_mentions("agent_link.by_highest", by_highest, language, highest=highest))
    elif isinstance(by_mention, ShareContrast) and not isinstance(by_highest, ShareContrast):
        said.append(by_highest.say(language))
    return said


def _mentions(key: str, contrast: ShareContrast, language: str, **facts: object) -> str:
    return say(
        key,
        language,
        first=share_shown(contrast.first, language),
        second=share_shown(contrast.second, language),
        size=points_shown(contrast.difference, language),
        **facts,
    )


def adjusted_sentences(link: AgentLink, language: str) -> list[str]:
    """Return what a mention goes with when all else is equal, or why that cannot be told.

    Where mentions cannot be compared at all, that has been said already.
    """
    adjusted, drivers, top = link.adjusted, link.survey.drivers, link.top
    if not isinstance(adjusted, AdjustedMention):
        told = any(isinstance(found, ShareContrast) for found in link.contrasts.values())
        return [say("agent_link.not_adjusted", language, reason=adjusted)] if told else []
    rated = [name for name in adjusted.names if name in drivers]
    always = [name for name in adjusted.names if name not in {*rated, TEXT_LENGTH}]
    held = [say("agent_link.held.drivers", language, count=len(rated))]
    if TEXT_LENGTH in adjusted.names:
        held.append(say("agent_link.held.text_length", language))
    said = [
        say(
            f"agent_link.adjusted.{direction_of(adjusted.difference)}",
            language,
            held=together([*held, *(f"'{name}'" for name in always)], language),
            top=top,
            size=size_shown(adjusted.difference, language),
            odds=ratio_shown(adjusted.odds_ratio, language),
            p=p_shown(adjusted.p_value, language),
            n=adjusted.n,
        )
    ]
    if adjusted.fillings > 1:
        said.append(say("agent_link.filled", language, fillings=adjusted.fillings))
    if adjusted.firth is not None:
        why = "separated" if adjusted.firth.separated else "few"
        said.append(say(f"agent_link.firth_{why}", language, events=adjusted.firth.events))
    return said


def published_sentences(link: AgentLink, language: str) -> list[str]:
    """Return the published figures beside these, with their caution; only for grades up to ten."""
    outcome = link.survey.codebook.outcome
    if not is_ten_point(outcome) or link.threshold != PUBLISHED_TOP:
        return []
    shares = {
        name: percent(found.estimate, language)
        if found is not None
        else say("agent_link.nobody_here", language)
        for name, found in link.shares.items()
    }
    return [
        say(
            "agent_link.published",
            language,
            published_top=percent(published_figure("K1").share, language),
            published_highest=percent(published_figure("K2").share, language),
            **shares,
        )
    ]


def base_sentences(link: AgentLink, language: str) -> list[str]:
    """Return where mentions come from, and who is not counted."""
    said = [say(f"agent_link.source.{link.source}", language)]
    if link.unwritten:
        whole = link.n + link.unwritten
        said.append(say("agent_link.unwritten", language, count=link.unwritten, n=whole))
    return said + rows_lost(link.survey, link.lost, language)
