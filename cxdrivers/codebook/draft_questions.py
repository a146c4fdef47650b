"""Word a driver or the outcome of a draft: its scale, its codes, and why they were guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cxdrivers.codebook.codebook import Question
from cxdrivers.codebook.draft_ratings import scale_covering
from cxdrivers.wording import Sentence, Words, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxdrivers.codebook.draft_columns import Column
    from cxdrivers.codebook.draft_ratings import Rating
    from cxdrivers.reading.table import Code

FEW_ANSWERS = 100


@dataclass(frozen=True)
class Drafted:
    """A question of the draft with what a person must know to check it.

    Attributes
    ----------
    question
        As it will stand in the codebook.
    columns
        Its items.
    seen
        Lowest and highest answer.
    answers
        Answers to the best answered item.
    labelled
        Whether the scale was read from value labels.
    guessed
        Codes that nobody declared.
    mixed
        Whether the answers to the items seem to be on different scales.
    widened
        Whether the scale was taken over from the other drivers.
    """

    question: Question
    columns: tuple[Column, ...]
    seen: tuple[float, float]
    answers: int
    labelled: bool
    guessed: frozenset[Code]
    mixed: bool = False
    widened: bool = False

    def comments(self) -> list[Sentence]:
        """Return what to say about the scale, the codes and the items."""
        low, high = self.seen
        kind = "labelled" if self.labelled else "widened" if self.widened else "guessed"
        lines = [sentence(f"draft.scale.{kind}", low=low, high=high, answers=self.answers)]
        if self.question.reversed:
            lines.append(sentence("draft.scale.reversed"))
        for meaning in ("not_applicable", "dont_know"):
            codes = [c for c in getattr(self.question, meaning) if c in self.guessed]
            if codes:
                lines.append(sentence(f"draft.code.{meaning}", codes=written(codes)))
        said = [c for c in self.question.codes if isinstance(c, str) and c not in self.guessed]
        if said:
            lines.append(sentence("draft.code.said", codes=written(said)))
        lines += [
            sentence("draft.item", column=column.name, label=column.label)
            for column in self.columns
            if column.label not in ("", self.question.label)
        ]
        return lines


def draft_question(key: str, columns: tuple[Column, ...], label: Words | None = None) -> Drafted:
    """Return the question that some columns make up, with one scale and one set of codes."""
    ratings = [column.rating for column in columns if column.rating is not None]
    seen = {value for rating in ratings for value in rating.seen}
    codes: dict[Code, str] = {}
    guessed: set[Code] = set()
    for rating in ratings:
        for code, meaning in rating.codes.items():
            if code in seen and code in rating.guessed:
                continue  # another item of the driver has it as an answer
            if codes.setdefault(code, meaning) != meaning:
                codes[code] = "dont_know"
                guessed.add(code)
        guessed |= rating.guessed
    scale, labelled = _common_scale(ratings)
    question = Question(
        key=key,
        items=tuple(column.name for column in columns),
        label=label,
        scale=scale,
        reversed=tuple(c.name for c in columns if c.rating is not None and c.rating.reversed),
        not_applicable=tuple(code for code, meaning in codes.items() if meaning != "dont_know"),
        dont_know=tuple(code for code, meaning in codes.items() if meaning == "dont_know"),
    )
    ends = (min(seen, default=scale[0]), max(seen, default=scale[1]))
    answers = max(rating.answers for rating in ratings)
    scales = {rating.scale for rating in ratings if rating.answers >= FEW_ANSWERS}
    own = frozenset(guessed & set(codes))
    return Drafted(question, columns, ends, answers, labelled, own, mixed=len(scales) > 1)


def widen(drafted: Sequence[Drafted]) -> list[Drafted]:
    """Give drivers with few answers the scale of most drivers when theirs looks shorter."""
    scales = Counter(part.question.scale for part in drafted for _ in part.columns)
    usual = scales.most_common(1)[0][0] if scales else None
    return [_widened(part, usual) for part in drafted]


def written(codes: Sequence[Code]) -> str:
    """Return codes as a person would write them."""
    return ", ".join(f"'{code}'" if isinstance(code, str) else f"{code:.10g}" for code in codes)


def quoted(names: Iterable[str]) -> str:
    """Return all names, however many: a list of the catalogue would be cut."""
    return ", ".join(f"'{name}'" for name in names)


def _widened(part: Drafted, usual: tuple[float, float] | None) -> Drafted:
    own = part.question.scale
    if usual is None or own is None or part.labelled or part.answers >= FEW_ANSWERS:
        return part
    if own == usual or not (usual[0] <= own[0] and own[1] <= usual[1]):
        return part
    return replace(part, question=replace(part.question, scale=usual), widened=True)


def _common_scale(ratings: Sequence[Rating]) -> tuple[tuple[float, float], bool]:
    labelled = all(rating.labelled for rating in ratings)
    low = min(rating.scale[0] for rating in ratings)
    high = max(rating.scale[1] for rating in ratings)
    return (low, high) if labelled else (scale_covering(low, high) or (low, high)), labelled
