"""Find the columns that are no ratings: weight, cluster, segments, wave, texts, identifiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cxdrivers.codebook.codebook import COLUMN_FIELDS
from cxdrivers.codebook.draft_hints import fold, is_agent_or_rating, role_tier
from cxdrivers.codebook.draft_questions import quoted
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cxdrivers.codebook.draft_columns import Column

SHORT_LABEL = 6
MOST_GROUPS = 200
MOST_NUMBERED_GROUPS = 20
FEWEST_CLUSTERS = 10


@dataclass
class Roles:
    """What was found: the fields of a codebook, and what a person must hear about them."""

    fields: dict[str, Any] = field(default_factory=dict)
    comments: list[Sentence] = field(default_factory=list)
    questions: list[Sentence] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    @property
    def taken(self) -> set[str]:
        """Every column that has a role, or may have one."""
        names = {self.fields[name] for name in self.fields if name != "segments"}
        return {*names, *self.fields.get("segments", ()), *self.doubtful}


def find_roles(columns: Sequence[Column]) -> Roles:
    """Return the columns that are no ratings, by what they are."""
    found: dict[str, list[tuple[int, Column]]] = {role: [] for role in SHAPES}
    roles = Roles()
    for column in columns:
        if column.rating is not None and is_agent_or_rating(column.name):
            roles.doubtful.append(column.name)
            roles.questions.append(sentence("draft.question.agent_or_rating", column=column.name))
            continue
        best = _best_role(column)
        if best is not None:
            found[best[1]].append((best[0], column))
    segments = [column for _, column in found.pop("segments")]
    single = {role: _clearest(role, hits, roles) for role, hits in found.items()}
    segments += _clusters(single, roles)
    for role, known in single.items():
        if known is not None:
            _give(role, known, roles)
    for role in ("weight", "cluster"):
        gaps = next((c for c in columns if c.name == roles.fields.get(role)), None)
        if gaps is not None and gaps.answers < gaps.rows:
            facts = {"field": role, "column": gaps.name, "count": gaps.rows - gaps.answers}
            roles.questions.append(sentence("draft.question.blanks", **facts))
    if segments:
        named = [column.name for column in columns if column in segments]
        roles.fields["segments"] = tuple(named)
        roles.comments.append(sentence("draft.column.segments", columns=quoted(named)))
    order = ("segments", *COLUMN_FIELDS)
    roles.fields = {name: roles.fields[name] for name in order if name in roles.fields}
    return roles


def _best_role(column: Column) -> tuple[int, str] | None:
    hits = []
    for role, fits in SHAPES.items():
        tier = _tier(role, column)
        if tier is not None and fits(column) and (column.rating is None or tier == 0):
            hits.append((tier, role))
    return min(hits, key=lambda hit: hit[0], default=None)


def _tier(role: str, column: Column) -> int | None:
    """Return how clear the hint is; a label goes before the name, but a long one tells little."""
    short = len(fold(column.label).split()) <= SHORT_LABEL
    if column.label and (short or role in ("verbatim", "recommended", "mention")):
        tier = role_tier(role, column.label)
        if tier is not None:
            return tier
    return role_tier(role, column.name)


def _clearest(role: str, hits: list[tuple[int, Column]], roles: Roles) -> Column | None:
    """Return the one column with the clearest hint; with several, ask."""
    if not hits:
        return None
    best = min(tier for tier, _ in hits)
    columns = [column for tier, column in hits if tier == best]
    if len(columns) == 1:
        return columns[0]
    names = [column.name for column in columns]
    roles.doubtful += names
    field_name = "cluster" if role in ("agent", "team") else role
    question = sentence("draft.question.several", field=field_name, columns=names)
    roles.questions.append(question)
    return None


def _clusters(single: dict[str, Column | None], roles: Roles) -> list[Column]:
    """Settle which rows belong together: by employee, else by team, else by respondent.

    Returns the columns that become segments instead.
    """
    agent, team = single.pop("agent"), single.pop("team")
    respondent = single["respondent"]
    repeated = respondent if respondent is not None and respondent.repeats else None
    few = team is not None and team.distinct < FEWEST_CLUSTERS
    cluster = agent or (None if few else team) or repeated
    if cluster is not None:
        roles.fields["cluster"] = cluster.name
        why = "repeated" if cluster is repeated else "cluster"
        facts = {"column": cluster.name, "values": cluster.distinct}
        facts |= {"answers": cluster.answers, "rows": cluster.rows}
        roles.comments.append(sentence(f"draft.column.{why}", **facts))
        if cluster is repeated:
            single["respondent"] = None
        elif repeated is not None:
            facts = {"column": cluster.name, "respondent": repeated.name}
            roles.questions.append(sentence("draft.question.two_clusters", **facts))
    return [team] if team is not None and team is not cluster else []


def _give(role: str, column: Column, roles: Roles) -> None:
    roles.fields[role] = column.name
    roles.comments.append(sentence("draft.column.named", field=role, column=column.name))


def _is_group(column: Column) -> bool:
    most = MOST_GROUPS if column.text else MOST_NUMBERED_GROUPS
    return column.repeats and column.distinct <= most


def _is_pair(column: Column) -> bool:
    return column.distinct <= 2 and column.rating is None and column.answers > 0


SHAPES: dict[str, Callable[[Column], bool]] = {
    "recommended": _is_pair,
    "mention": _is_pair,
    "weight": lambda column: not (column.text or column.yes_no) and column.answers > 0,
    "respondent": lambda column: column.answers > 0,
    "wave": _is_group,
    "agent": lambda column: column.repeats and column.distinct > 1,
    "team": lambda column: column.repeats and column.distinct > 1,
    "verbatim": lambda column: column.text and 3 * column.distinct > column.answers > 0,
    "segments": _is_group,
}
"""What the answers must look like before a hint counts; of two equal hints the first one counts."""
