"""Draft a codebook from the names, labels and answers of a file, for a person to correct.

Nothing disappears: a column that got no place is listed as not used, every guess has a comment
that says why, and what only a person can know is left open and asked.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.codebook.codebook_text import codebook_text
from cxdrivers.codebook.draft_columns import Column, columns_of
from cxdrivers.codebook.draft_drivers import Sorted, sort_ratings
from cxdrivers.codebook.draft_hints import drivers_hinted, outcome_tier
from cxdrivers.codebook.draft_outcome import Outcome, find_outcome
from cxdrivers.codebook.draft_questions import Drafted, draft_question, widen, written
from cxdrivers.codebook.draft_roles import Roles, find_roles
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxdrivers.reading.table import Code, Table

WIDTH = 96
ZERO_TO_FIVE = (0.0, 5.0)


@dataclass(frozen=True)
class Draft:
    """A codebook to be corrected by a person.

    Attributes
    ----------
    codebook
        The codebook, or None when the outcome or the drivers could not be found.
    text
        The same as TOML with a comment at every guess. Where no outcome was found it holds
        ``items = []``, and reading it says so.
    open_questions
        What only a person can answer.
    """

    codebook: Codebook | None
    text: str
    open_questions: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Parts:
    """Everything that was found in a file."""

    columns: tuple[Column, ...]
    unusable: tuple[str, ...]
    roles: Roles
    found: Outcome
    outcome: Drafted | None
    drivers: tuple[Drafted, ...]
    sorted: Sorted


def draft_codebook(table: Table, *, language: str = "en") -> Draft:
    """Draft a codebook for a file.

    Use it to save typing, never to save looking: names and answers tell much, but not what a code
    means or which question was meant to be the outcome.

    Parameters
    ----------
    table
        The file as read, with its labels where it has them.
    language
        Language of the comments and of the codebook.

    Raises
    ------
    CxError
        When the language is not available.
    """
    parts = _parts(table)
    questions = tuple(_open_questions(parts))
    fields: dict[str, Any] = {"title": "", "language": language, **parts.roles.fields}
    comments = {
        place: _wrapped(line.say(language) for line in lines)
        for place, lines in _comments(parts, table, questions, language).items()
    }
    outcome = None if parts.outcome is None else parts.outcome.question
    drivers = tuple(part.question for part in parts.drivers)
    complete = outcome is not None and drivers
    codebook = Codebook(outcome, drivers, **fields) if outcome and complete else None
    return Draft(codebook, codebook_text(outcome, drivers, fields, comments), questions)


def _parts(table: Table) -> _Parts:
    columns, unusable = columns_of(table)
    roles = find_roles(columns)
    ratings = [c for c in columns if c.rating is not None and c.name not in roles.taken]
    found = find_outcome(ratings)
    free = [c for c in ratings if c not in found.items and c not in found.rivals]
    outcome = _drafted_outcome(found.items) if found.items else None
    key = "outcome" if outcome is None else outcome.question.key
    groups = sort_ratings(columns, free, found.items, key)
    drivers = widen([draft_question(group.key, group.items) for group in groups.groups])
    return _Parts(columns, unusable, roles, found, outcome, tuple(drivers), groups)


def _drafted_outcome(items: tuple[Column, ...]) -> Drafted:
    return draft_question(" ".join(items[0].stem.split()), items)


def _open_questions(parts: _Parts) -> Iterator[Sentence]:
    yield from _outcome_question(parts)
    if not parts.drivers:
        yield sentence("draft.question.no_drivers")
    yield from parts.roles.questions
    drafted = [part for part in (parts.outcome, *parts.drivers) if part is not None]
    guessed: dict[tuple[Code, str], list[str]] = defaultdict(list)
    for part in drafted:
        for meaning in ("not_applicable", "dont_know"):
            for code in getattr(part.question, meaning):
                if code in part.guessed:
                    guessed[code, meaning].append(part.question.key)
        if part.question.reversed:
            yield sentence("draft.question.reversed", question=part.question.key)
    for (code, meaning), keys in guessed.items():
        facts = {"code": written([code]), "questions": _names(keys)}
        yield sentence(f"draft.question.{meaning}", **facts)
    yield from _scale_questions(drafted)


def _outcome_question(parts: _Parts) -> Iterator[Sentence]:
    facts: dict[str, Any] = {"columns": _names(column.name for column in parts.found.rivals)}
    if parts.outcome is not None:
        if parts.found.rivals:
            yield sentence("draft.question.rivals", **facts, outcome=parts.outcome.question.key)
    elif parts.found.rivals:
        yield sentence("draft.question.outcome_several", **facts)
    else:
        drivers = [column.name for part in parts.drivers for column in part.columns]
        names = _measured_outcomes(parts) or drivers
        kind = "none" if names else "unknown"
        yield sentence(f"draft.question.outcome_{kind}", columns=_names(names))


def _measured_outcomes(parts: _Parts) -> list[str]:
    """Return the numbers that speak of an outcome but are no ratings, such as a mean of items."""
    return [
        column.name
        for column in parts.columns
        if column.rating is None
        and not column.text
        and column.name not in parts.roles.taken
        and outcome_tier(column.label or column.name) is not None
    ]


def _scale_questions(drafted: Sequence[Drafted]) -> Iterator[Sentence]:
    """Ask about two scales in one question, upper ends nobody used, and scales from 0 to 5."""
    for part in drafted:
        if part.mixed:
            yield sentence("draft.question.mixed", question=part.question.key)
    by_scale: dict[tuple[float, float], list[Drafted]] = defaultdict(list)
    for part in drafted:
        if part.question.scale is not None and not part.labelled:
            by_scale[part.question.scale].append(part)
    for scale, parts in by_scale.items():
        keys = _names(part.question.key for part in parts)
        highest = max(part.seen[1] for part in parts)
        if highest < scale[1]:
            facts = {"questions": keys, "highest": highest, "end": scale[1]}
            yield sentence("draft.question.upper_end", **facts)
        if scale == ZERO_TO_FIVE:
            yield sentence("draft.question.zero", questions=keys)


def _comments(
    parts: _Parts, table: Table, questions: Sequence[Sentence], language: str
) -> dict[str, list[Sentence]]:
    rows, columns = table.frame.shape
    top = [sentence("draft.top", file=table.source.name, rows=rows, columns=columns)]
    top += [sentence("draft.open", count=len(questions))] if questions else []
    top += [sentence("draft.bullet", text=question) for question in questions]
    comments = {"top": top, "columns": parts.roles.comments, "end": list(_not_used(parts))}
    why = sentence(f"draft.outcome.{parts.found.why}", columns=_names(_found_names(parts)))
    comments["outcome"] = [why] + (parts.outcome.comments() if parts.outcome else [])
    for group, part in zip(parts.sorted.groups, parts.drivers, strict=True):
        facts = {"driver": driver_label(group.key, language), "maybe": _names(group.maybe)}
        lines = [sentence(f"draft.driver.{group.why}", **facts)]
        if group.maybe:
            lines.append(sentence("draft.driver.maybe", **facts))
        comments[f"drivers.{group.key}"] = lines + part.comments()
    return comments


def _found_names(parts: _Parts) -> list[str]:
    return [column.name for column in parts.found.items or parts.found.rivals]


def _not_used(parts: _Parts) -> Iterator[Sentence]:
    """List every column that has no place in the codebook, with the reason."""
    placed = {item for part in parts.drivers for item in part.question.items}
    placed |= {column.name for column in (*parts.found.items, *parts.found.rivals)}
    placed |= {name for names in parts.sorted.left_out.values() for name in names}
    placed |= parts.roles.taken
    rest = [column for column in parts.columns if column.name not in placed]
    outcomes = _measured_outcomes(parts)
    speaking = [
        column.name
        for column in rest
        if column.name not in outcomes
        and not column.text
        and drivers_hinted(column.label or column.name)
    ]
    reasons = {
        "rival": [column.name for column in parts.found.rivals],
        "doubtful": parts.roles.doubtful,
        **parts.sorted.left_out,
        "no_rating": speaking,
        "no_grade": outcomes,
        "other": [c.name for c in rest if c.name not in (*speaking, *outcomes)],
        "unusable": list(parts.unusable),
    }
    for reason, names in reasons.items():
        if names:
            yield sentence(f"draft.not_used.{reason}", columns=_names(names))


def _names(names: Iterable[str]) -> str:
    """Return all names, however many: a list of the catalogue would be cut."""
    return ", ".join(f"'{name}'" for name in names)


def _wrapped(lines: Iterable[str]) -> list[str]:
    wrap = textwrap.TextWrapper(WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    return [part for line in lines for part in wrap.wrap(line)]
