"""Ask what only a person can answer about a draft."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cxdrivers.codebook.draft_parts import measured_outcomes
from cxdrivers.codebook.draft_questions import quoted, written
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxdrivers.codebook.draft_parts import Parts
    from cxdrivers.codebook.draft_questions import Drafted
    from cxdrivers.reading.table import Code

ZERO_TO_FIVE = (0.0, 5.0)


def open_questions(parts: Parts) -> Iterator[Sentence]:
    """Ask about the outcome, the columns, and every code and scale that was guessed."""
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
        facts = {"code": written([code]), "questions": quoted(keys)}
        yield sentence(f"draft.question.{meaning}", **facts)
    yield from _scale_questions(drafted)


def _outcome_question(parts: Parts) -> Iterator[Sentence]:
    facts: dict[str, Any] = {"columns": quoted(column.name for column in parts.found.rivals)}
    if parts.outcome is not None:
        if parts.found.rivals:
            yield sentence("draft.question.rivals", **facts, outcome=parts.outcome.question.key)
    elif parts.found.rivals:
        yield sentence("draft.question.outcome_several", **facts)
    else:
        drivers = [column.name for part in parts.drivers for column in part.columns]
        names = measured_outcomes(parts) or drivers
        kind = "none" if names else "unknown"
        yield sentence(f"draft.question.outcome_{kind}", columns=quoted(names))


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
        keys = quoted(part.question.key for part in parts)
        highest = max(part.seen[1] for part in parts)
        if highest < scale[1]:
            facts = {"questions": keys, "highest": highest, "end": scale[1]}
            yield sentence("draft.question.upper_end", **facts)
        if scale == ZERO_TO_FIVE:
            yield sentence("draft.question.zero", questions=keys)
