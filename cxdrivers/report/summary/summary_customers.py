"""Say in plain words where customers differ, what changed, and what a mention goes with."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from cxdrivers.answers.advocacy.advocacy_tables import TOTAL
from cxdrivers.answers.advocacy.advocacy_words import estimate_of, held_shown
from cxdrivers.answers.advocacy.agent_link_result import TOP_BY_MENTION, AgentLink
from cxdrivers.answers.advocacy.recommendation_moves import HighAgainstLow
from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.answers.advocacy.score_words import points_shown
from cxdrivers.answers.advocacy.share_contrasts import ShareContrast
from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, WEIGHT
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.groups_words import (
    change_sentences,
    each_pair_once,
    rest_sentences,
)
from cxdrivers.formatting import percent
from cxdrivers.report.results.advocacy_results import AdvocacyResults
from cxdrivers.wording import Sentence, say, together

ORDER = (WEIGHT, MEAN, EFFECT)
"""What is said of groups and waves: how much drivers count, then how they are rated."""


def groups_sentence(segments: Sequence[GroupComparison | Sentence], language: str) -> str:
    """Return which group stands out most clearly, in weight if any does.

    Where none stands out but groups differ, what differs; "" when neither is shown.
    """
    told = [found for found in segments if isinstance(found, GroupComparison)]
    for measure in ORDER:
        held = ((each_pair_once(found.against_rest()), found) for found in told)
        clear = [
            (least, found)
            for rest, found in held
            if (least := _clearest(rest, "stands_out", measure)) is not None
        ]
        if clear:
            least, found = min(clear, key=lambda pair: float(pair[0]["p_adjusted"]))
            rest = found.against_rest()
            only = rest.assign(stands_out=rest.index == least.name)
            return next(rest_sentences(only, found.telling(language)))
    apart = (found.headline(language) for found in told if found.spread()["differs"].any())
    return next(apart, "")


def alike_sentence(segments: Sequence[GroupComparison | Sentence], language: str) -> str:
    """Return that no group stands out, when groups were compared and none does; else ""."""
    told = [found for found in segments if isinstance(found, GroupComparison)]
    if not told or groups_sentence(told, language):
        return ""
    by = together([f"'{found.names(language).column()}'" for found in told], language)
    return say("summary.alike", language, by=by)


def waves_sentence(waves: GroupComparison | Sentence | None, language: str) -> str:
    """Return what changed most clearly from one wave to the next; "" when nothing is shown to."""
    if not isinstance(waves, GroupComparison):
        return ""
    changes = waves.changes()
    for measure in ORDER:
        least = _clearest(changes, "changed", measure)
        if least is not None:
            only = changes.assign(changed=changes.index == least.name)
            return next(change_sentences(only, waves.telling(language)))
    return ""


def same_sentence(waves: GroupComparison | Sentence | None, language: str) -> str:
    """Return that nothing is shown to have changed between waves, when there are waves; else ""."""
    if not isinstance(waves, GroupComparison) or waves_sentence(waves, language):
        return ""
    return say("summary.same", language)


def mention_sentences(found: AdvocacyResults, language: str) -> list[str]:
    """Return what a mentioned employee goes with: higher scores, and real recommendations.

    Without mentions, what a high score goes with.
    """
    link, chain, curve = found.agent_link, found.chain, found.recommendation
    contrast = link.contrasts[TOP_BY_MENTION] if isinstance(link, AgentLink) else None
    if (
        isinstance(link, AgentLink)
        and isinstance(chain, AdvocacyChain)
        and isinstance(contrast, ShareContrast)
    ):
        total = estimate_of(chain.tidy().set_index("effect").loc[TOTAL])
        if contrast.difference.clear_of > 0 and total.clear_of > 0:
            return [
                say(
                    "summary.mention",
                    language,
                    top=link.top,
                    first=percent(contrast.first.estimate, language),
                    second=percent(contrast.second.estimate, language),
                    size=points_shown(contrast.difference, language),
                    more=points_shown(total, language),
                    held=held_shown(chain, language),
                )
            ]
    said = []
    if isinstance(link, AgentLink) and isinstance(contrast, ShareContrast):
        said.append(link.headline(language))
    if isinstance(chain, AdvocacyChain):
        said.append(chain.headline(language))
    elif isinstance(curve, RecommendationCurve) and isinstance(curve.against, HighAgainstLow):
        said.append(curve.headline(language))
    return said


def _clearest(contrasts: pd.DataFrame, clear: str, measure: str) -> pd.Series | None:
    """Return the row of what stands out most clearly in a measure, if anything does."""
    rows = contrasts[(contrasts["measure"] == measure) & contrasts[clear].astype(bool)]
    return None if rows.empty else rows.sort_values("p_adjusted", kind="stable").iloc[0]
