"""Find everything in a file that its codebook needs: outcome, drivers, and what else is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdrivers.codebook.draft_columns import Column, columns_of
from cxdrivers.codebook.draft_drivers import Sorted, sort_ratings
from cxdrivers.codebook.draft_hints import outcome_tier
from cxdrivers.codebook.draft_labels import label_of_outcome, labels_of_drivers
from cxdrivers.codebook.draft_outcome import Outcome, find_outcome
from cxdrivers.codebook.draft_questions import Drafted, draft_question, widen
from cxdrivers.codebook.draft_roles import Roles, find_roles

if TYPE_CHECKING:
    from cxdrivers.reading.table import Table


@dataclass(frozen=True)
class Parts:
    """Everything that was found in a file."""

    columns: tuple[Column, ...]
    unusable: tuple[str, ...]
    roles: Roles
    found: Outcome
    outcome: Drafted | None
    drivers: tuple[Drafted, ...]
    sorted: Sorted


def parts_of(table: Table) -> Parts:
    """Find the parts of a codebook in a file."""
    columns, unusable = columns_of(table)
    roles = find_roles(columns)
    ratings = [c for c in columns if c.rating is not None and c.name not in roles.taken]
    found = find_outcome(ratings)
    free = [c for c in ratings if c not in found.items and c not in found.rivals]
    outcome = _drafted_outcome(found.items) if found.items else None
    key = "outcome" if outcome is None else outcome.question.key
    groups = sort_ratings(columns, free, found.items, key)
    labels = labels_of_drivers([(group.key, group.items) for group in groups.groups])
    drivers = widen(
        [
            draft_question(group.key, group.items, label)
            for group, label in zip(groups.groups, labels, strict=True)
        ]
    )
    return Parts(columns, unusable, roles, found, outcome, tuple(drivers), groups)


def _drafted_outcome(items: tuple[Column, ...]) -> Drafted:
    key = " ".join(items[0].stem.split())
    return draft_question(key, items, label_of_outcome(key, items))


def measured_outcomes(parts: Parts) -> list[str]:
    """Return the numbers that speak of an outcome but are no ratings, such as a mean of items."""
    return [
        column.name
        for column in parts.columns
        if column.rating is None
        and not column.text
        and column.name not in parts.roles.taken
        and outcome_tier(column.label or column.name) is not None
    ]
