"""Put how recommendation goes with the score into plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxdrivers.answers.advocacy.recommendation_moves import (
    CUSTOMERS,
    HighAgainstLow,
    Intention,
    Move,
)
from cxdrivers.answers.advocacy.recommendation_shape import HighestScore
from cxdrivers.answers.advocacy.score_points import is_ten_point
from cxdrivers.answers.advocacy.score_words import (
    direction_of,
    p_shown,
    points_shown,
    ratio_shown,
    rows_lost,
    share_shown,
    size_shown,
)
from cxdrivers.answers.published import published_figure
from cxdrivers.formatting import MISSING, interval, level_percent, number, percent
from cxdrivers.models.score_line import LineTest
from cxdrivers.wording import Sentence, say, together

if TYPE_CHECKING:
    from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve

ALPHA = 0.05
"""Below this p-value the straight line is said not to fit."""


def headline(curve: RecommendationCurve, language: str) -> str:
    """Return what the highest score and a lower one differ by, or why that is not told."""
    against, pair = curve.against, curve.pair
    if not isinstance(against, HighAgainstLow) or pair is None:
        return against.say(language) if isinstance(against, Sentence) else ""
    contrast = against.contrast
    return say(
        f"recommendation.headline.{direction_of(contrast.difference)}",
        language,
        high=pair.high,
        low=pair.low,
        first=share_shown(contrast.first, language),
        second=share_shown(contrast.second, language),
        size=size_shown(contrast.difference, language),
        level=level_percent(curve.draws.level, language),
    )


def against_sentences(curve: RecommendationCurve, language: str) -> list[str]:
    """Return the ratios of that comparison, its E-value, and the published figures beside it."""
    said = []
    against, pair = curve.against, curve.pair
    if isinstance(against, HighAgainstLow) and pair is not None:
        contrast = against.contrast
        said.append(
            say(
                "recommendation.ratios",
                language,
                ratio=ratio_shown(contrast.ratio, language),
                odds=ratio_shown(contrast.odds_ratio, language),
                first_n=contrast.first_n,
                second_n=contrast.second_n,
                high=pair.high,
                low=pair.low,
            )
        )
        if contrast.mended:
            said.append(say("score_points.mended", language))
        if contrast.difference.clear_of:
            ends = (number(end, language) for end in (against.e_value, against.e_value_low))
            facts = dict(zip(("e_value", "end"), ends, strict=True))
            said.append(say("recommendation.e_value", language, **facts))
    if is_ten_point(curve.survey.codebook.outcome):
        ten, seven = (published_figure(name).share for name in ("K3", "K4"))
        said.append(
            say(
                "recommendation.published",
                language,
                ten=percent(ten, language),
                seven=percent(seven, language),
                gap=number(100 * (ten - seven), language, digits=0),
                ratio=number(ten / seven, language),
            )
        )
    return said


def shape_sentences(curve: RecommendationCurve, language: str) -> list[str]:
    """Return whether the line fits, and whether the highest score is special."""
    line, highest = curve.line, curve.highest
    if int(curve.scores["yes"].sum()) in (0, curve.n):
        return []
    if isinstance(line, Sentence) and isinstance(highest, Sentence):
        if line.key == highest.key:
            return [say("recommendation.no_shape", language, reason=line)]
        return [
            say("recommendation.no_shape", language, reason=line),
            say("recommendation.no_special", language, reason=highest),
        ]
    said = []
    if isinstance(highest, HighestScore):
        said.append(
            say(
                f"recommendation.special.{direction_of(highest.difference)}",
                language,
                score=highest.score,
                first=highest.first,
                last=highest.last,
                expected=percent(highest.expected.estimate, language),
                observed=percent(highest.observed.estimate, language),
                size=points_shown(highest.difference, language),
            )
        )
    else:
        said.append(say("recommendation.no_special", language, reason=highest))
    if isinstance(line, LineTest):
        said.append(
            say(
                f"recommendation.line.{'bent' if line.p_value < ALPHA else 'straight'}",
                language,
                odds=number(line.odds_ratio, language),
                p=p_shown(line.p_value, language),
            )
        )
    else:
        said.append(say("recommendation.no_shape", language, reason=line))
    return said


def move_sentences(curve: RecommendationCurve, language: str) -> list[str]:
    """Return what moving customers up would go with, or why that is not told."""
    moved, pair = curve.moved, curve.pair
    if not isinstance(moved, Move) or pair is None:
        return [moved.say(language)] if isinstance(moved, Sentence) else []
    ends = interval(moved.extra.low, moved.extra.high, language, digits=1)
    extra = number(moved.extra.estimate, language, digits=1)
    key = "to_several" if pair.up < pair.high else "to_one"
    said = [
        say(
            f"recommendation.move.{key}",
            language,
            part=percent(moved.part, language),
            share=percent(moved.share, language),
            low=pair.low,
            up=pair.up,
            high=pair.high,
            extra=extra if ends == MISSING else f"{extra} {ends}",
            customers=CUSTOMERS,
            rate=percent(moved.up, language),
            rate_low=percent(moved.low, language),
        )
    ]
    if ends == MISSING and curve.draws.n_boot:
        said.append(say("recommendation.no_interval", language))
    return said


def intention_sentences(curve: RecommendationCurve, language: str) -> list[str]:
    """Return which part of those who would recommend really did."""
    intention = curve.intention
    if not isinstance(intention, Intention):
        return [] if intention is None else [intention.say(language)]
    names = ("would", "would_not")
    sizes = [sum(intention.counts[wish, deed] for deed in (1, 0)) for wish in (1, 0)]
    said = [
        say(f"recommendation.{name}", language, share=share_shown(did, language), n=size)
        for name, did, size in zip(names, intention.did, sizes, strict=True)
        if did is not None
    ]
    whole = intention.counts[1, 1] + intention.counts[0, 1]
    if whole:
        facts = {"count": intention.counts[0, 1], "whole": whole}
        said.append(say("recommendation.without_wish", language, **facts))
    return said


def base_sentences(curve: RecommendationCurve, language: str) -> list[str]:
    """Return which scores nobody gave, and who is not counted."""
    said = []
    scores = curve.scores
    given_by_nobody = scores.loc[scores["n"] == 0, "score"]
    empty = [number(score, language, digits=0) for score in given_by_nobody]
    if empty:
        said.append(
            say(
                "recommendation.empty", language, count=len(empty), scores=together(empty, language)
            )
        )
    if curve.unknown:
        whole = curve.n + curve.unknown
        said.append(say("recommendation.unknown", language, count=curve.unknown, n=whole))
    return said + rows_lost(curve.survey, curve.lost, language)
