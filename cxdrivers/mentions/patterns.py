"""Match patterns against all tokens at once, in time that goes with the number of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cxdrivers.mentions.steps import CAPITAL, CLAUSE, GAP, LAST, NUMBER, START, WORD, Step
from cxdrivers.mentions.tokens import BoolArray, IntArray, Tokens
from cxdrivers.mentions.word_classes import WordClass

ALWAYS, IF_CAPITAL, IF_PLAIN = 1, 2, 4
"""When a form counts for a step."""
CLAUSE_MARKS = frozenset({",", ":", "(", "-"})

Places = tuple[IntArray, IntArray]
"""First token of each match, and the token just after its last; of each pair one."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Tokens with the classes of their forms, on which patterns are matched.

    Attributes
    ----------
    tokens
        The tokens.
    classes
        The classes of the lexicon.
    members
        By class: which forms belong to it.
    """

    tokens: Tokens
    classes: dict[str, WordClass]
    members: dict[str, BoolArray]
    _asked: dict[Step, NDArray[np.uint8]] = field(default_factory=dict)

    def fits(self, step: Step, places: IntArray) -> BoolArray:
        """Return which of these tokens a step is content with."""
        tokens = self.tokens
        counts = self._forms(step)[tokens.form[places]]
        found = counts & ALWAYS > 0
        found |= (counts & IF_CAPITAL > 0) & tokens.capital[places]
        found |= (counts & IF_PLAIN > 0) & ~tokens.cased[tokens.text[places]]
        if CAPITAL in step.classes:
            found |= tokens.capital[places] & ~(tokens.first | tokens.shouted)[places]
        if WORD in step.classes:
            found |= tokens.word[places]
        return ~found if step.negated else found

    def where(self, step: Step) -> IntArray:
        """Return all tokens a step is content with, in their order."""
        if step.negated or step.classes & {CAPITAL, WORD}:
            places = np.arange(len(self.tokens))
        else:
            forms = np.flatnonzero(self._forms(step))
            order, begins = self.tokens.by_form
            parts = [order[begins[form] : begins[form + 1]] for form in forms]
            places = np.sort(np.concatenate([*parts, np.empty(0, dtype=np.int64)]))
        return places[self.fits(step, places)]

    def _forms(self, step: Step) -> NDArray[np.uint8]:
        """Return when each form counts: always, with a capital, or where capitals tell nothing."""
        if step not in self._asked:
            forms, numbers = self.tokens.forms, self.tokens.form_numbers
            counts = np.zeros(len(forms), dtype=np.uint8)
            counts[[numbers[word] for word in step.words if word in numbers]] = ALWAYS
            if NUMBER in step.classes:
                counts[np.fromiter(map(_is_number, forms), bool, len(forms))] |= ALWAYS
            for name in step.classes & self.classes.keys():
                one = self.classes[name]
                when = (IF_CAPITAL | IF_PLAIN * one.plain) if one.capital else ALWAYS
                counts[self.members[name]] |= when
            self._asked[step] = counts
        return self._asked[step]


def pattern_matches(
    steps: Sequence[Step], ground: Ground, blocked: BoolArray | None = None
) -> Places:
    """Return every match of a pattern: its first token, and the one just after its last.

    A match never leaves its sentence. Each step narrows down or shifts the places where a match
    can go on; from one first token there are never more of these than the pattern is long.

    Parameters
    ----------
    steps
        As `read_pattern` gives them.
    ground
        The tokens and their classes.
    blocked
        Shape ``(tokens,)``: tokens that no step may take. A gap may go over them.
    """
    tokens = ground.tokens
    if not len(tokens):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    anchored = steps[0].kind in {START, CLAUSE}
    begin = _anchors(steps[0].kind, ground) if anchored else np.empty(0, dtype=np.int64)
    places: Places = (begin, begin)
    free = not anchored
    for step in steps[anchored:]:
        if step.kind == LAST:
            places = _at_the_end(places, tokens)
        elif step.kind == GAP:
            places = _stretched(places, step.gap, tokens)
        else:
            taken = _stepped(places, step, ground, blocked)
            if free:
                found = _unblocked(ground.where(step), blocked)
                taken = _joined(taken, (found, found + 1))
                free = step.optional
            places = _joined(places, taken) if step.optional else taken
    matched = places[1] > places[0]
    return places[0][matched], places[1][matched]


def longest(places: Places) -> Places:
    """Return the matches that lie within no other, in the order of the text."""
    order = np.lexsort((-places[1], places[0]))
    start, end = places[0][order], places[1][order]
    reach = np.maximum.accumulate(np.concatenate([[-1], end]))[:-1]
    kept = end > reach
    return start[kept], end[kept]


def _anchors(kind: str, ground: Ground) -> IntArray:
    tokens = ground.tokens
    begin = tokens.begins | tokens.first
    if kind == CLAUSE:
        marks = np.array([form in CLAUSE_MARKS for form in tokens.forms])[tokens.form]
        begin = begin | (np.concatenate([[False], marks[:-1]]) & ~tokens.begins)
    return np.flatnonzero(begin)


def _within(places: Places, tokens: Tokens) -> Places:
    """Return the places that have not run out of their sentence."""
    start, at = places
    inside = at < len(tokens)
    inside &= tokens.sentence[np.where(inside, at, 0)] == tokens.sentence[start]
    return start[inside], at[inside]


def _stepped(places: Places, step: Step, ground: Ground, blocked: BoolArray | None) -> Places:
    start, at = _within(places, ground.tokens)
    fits = ground.fits(step, at)
    if blocked is not None:
        fits &= ~blocked[at]
    return start[fits], at[fits] + 1


def _stretched(places: Places, gap: int, tokens: Tokens) -> Places:
    """Return the places after a gap; a match that has not begun yet begins behind it."""
    found = current = places
    for _ in range(gap):
        start, at = _within(current, tokens)
        current = np.where(start == at, start + 1, start), at + 1
        inside = _begun_within(start, current, tokens)
        current = current[0][inside], current[1][inside]
        found = _joined(found, current)
    return found


def _begun_within(before: IntArray, places: Places, tokens: Tokens) -> BoolArray:
    start = places[0]
    inside = start < len(tokens)
    inside &= tokens.sentence[np.where(inside, start, 0)] == tokens.sentence[before]
    return inside


def _at_the_end(places: Places, tokens: Tokens) -> Places:
    start, at = places
    over = at >= len(tokens)
    there = np.where(over, 0, at)
    over |= tokens.sentence[there] != tokens.sentence[start]
    over |= tokens.tail[there]
    return start[over], at[over]


def _unblocked(found: IntArray, blocked: BoolArray | None) -> IntArray:
    return found if blocked is None else found[~blocked[found]]


def _joined(one: Places, other: Places) -> Places:
    """Return the places of both, each once."""
    if not len(one[0]):
        return other
    start, at = (np.concatenate(both) for both in zip(one, other, strict=True))
    width = int((at - start).max(initial=0)) + 1
    key = np.sort(start * width + (at - start), kind="stable")
    start, more = np.divmod(key[np.diff(key, prepend=-1) > 0], width)
    return start, start + more


def _is_number(form: str) -> bool:
    return form.replace(",", "").replace(".", "").isdecimal()
