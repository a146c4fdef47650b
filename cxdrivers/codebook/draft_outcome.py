"""Find the column that the drivers explain, or say which ones could be it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdrivers.codebook.draft_hints import drivers_hinted, outcome_tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxdrivers.codebook.draft_columns import Column

MOST_ITEMS = 4
OWN_BLOCK_LEAD = 2
ASPECT_TIER, LAST_SATISFACTION_TIER = 1, 2


@dataclass(frozen=True)
class Outcome:
    """What could be the outcome.

    Attributes
    ----------
    items
        The columns of the outcome; empty when that is left to a person.
    rivals
        Columns that may be the outcome as well, and are therefore no drivers.
    why
        How it was found: ``label``, ``name``, ``block``, ``intention``; ``several`` or ``none``.
    """

    items: tuple[Column, ...]
    rivals: tuple[Column, ...]
    why: str


def find_outcome(ratings: Sequence[Column]) -> Outcome:
    """Return the outcome among the ratings; with two that are as likely, neither."""
    tiers: dict[str, int] = {}
    groups: dict[str, list[Column]] = defaultdict(list)
    for column in ratings:
        tier = _tier(column)
        if tier is not None:
            groups[column.stem].append(column)
            tiers[column.stem] = min(tier, tiers.get(column.stem, tier))
    groups = {stem: group for stem, group in groups.items() if len(group) <= MOST_ITEMS}
    if not groups:
        return Outcome((), (), "none")
    best = min(tiers[stem] for stem in groups)
    first = [stem for stem in groups if tiers[stem] == best]
    chosen = first[0] if len(first) == 1 else _of_largest_block(first, groups, ratings)
    rivals = tuple(
        column
        for stem, group in groups.items()
        if stem != chosen and (tiers[stem] == best or tiers[stem] != ASPECT_TIER)
        for column in group
    )
    if chosen is None:
        return Outcome((), rivals, "several")
    return Outcome(tuple(groups[chosen]), rivals, _why(groups[chosen][0], best, len(first)))


def _tier(column: Column) -> int | None:
    """Return how clear the hint is; a judgement of one aspect is no outcome but a driver."""
    for text in (column.label, column.stem):
        tier = outcome_tier(text) if text else None
        aspect = bool(text) and bool(drivers_hinted(text))
        if tier == 0 or (tier is not None and not aspect):
            return tier
        if aspect:
            return None
    return None


def _of_largest_block(
    stems: list[str], groups: dict[str, list[Column]], ratings: Sequence[Column]
) -> str | None:
    """Return the candidate that closes by far the largest block of ratings ("Q7ALL" after Q7…)."""
    sizes = {stem: len(block_of(groups[stem], ratings)) for stem in stems}
    largest, second = sorted(stems, key=lambda stem: -sizes[stem])[:2]
    return largest if sizes[largest] >= OWN_BLOCK_LEAD * max(sizes[second], 1) else None


def block_of(items: Sequence[Column], ratings: Sequence[Column]) -> list[Column]:
    """Return the ratings that belong to the same numbered question, other than the items."""
    block = items[0].block
    return [column for column in ratings if block and column.block == block and column not in items]


def _why(column: Column, tier: int, candidates: int) -> str:
    if tier > LAST_SATISFACTION_TIER:
        return "intention"
    if candidates > 1:
        return "block"
    return "label" if column.label and outcome_tier(column.label) == tier else "name"
