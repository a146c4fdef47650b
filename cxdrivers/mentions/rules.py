"""Apply the rules of a lexicon in their order: false friends first, service nouns last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from cxdrivers.mentions.patterns import Ground, Places, longest, pattern_matches
from cxdrivers.mentions.steps import Step
from cxdrivers.mentions.tokens import BoolArray, IntArray

MASK, ABSENT, EXPLICIT, IMPLICIT, SERVICE_NOUN = RULE_FLAGS = (
    "mask",
    "absent",
    "explicit",
    "implicit",
    "service_noun",
)
"""What a rule finds, in the order in which rules are applied."""
BLOCKING = (MASK, ABSENT)
"""What these have found is no mention any more."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule of a lexicon.

    Attributes
    ----------
    name
        Shown to people who audit.
    flag
        One of `RULE_FLAGS`.
    patterns
        Their steps; one match of any is enough.
    unless_before, unless_after
        A match counts not when the token just before or just after it is one of these.
    unless_near
        Nor when one of these stands anywhere in its sentence.
    """

    name: str
    flag: str
    patterns: tuple[tuple[Step, ...], ...]
    unless_before: Step | None = None
    unless_after: Step | None = None
    unless_near: Step | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps of its patterns, and what must not stand near a match."""
        refused = (self.unless_before, self.unless_after, self.unless_near)
        return (*chain.from_iterable(self.patterns), *filter(None, refused))


@dataclass(frozen=True, eq=False)
class RuleMatches:
    """What the rules found, in the order of the rules.

    Attributes
    ----------
    rule
        Shape ``(m,)``: place of the rule in the lexicon.
    start, end
        Its first token, and the token just after its last.
    """

    rule: IntArray
    start: IntArray
    end: IntArray


def rule_matches(rules: Sequence[Rule], ground: Ground) -> RuleMatches:
    """Return the matches of all rules.

    No step of a later rule takes a token that a mask or an absence has covered, though a gap may
    go over it.
    """
    blocked = np.zeros(len(ground.tokens), dtype=bool)
    found: list[tuple[int, Places]] = []
    for flag in RULE_FLAGS:
        now = [
            (number, matches_of(rule, ground, blocked))
            for number, rule in enumerate(rules)
            if rule.flag == flag
        ]
        if flag in BLOCKING:
            for _, (start, end) in now:
                blocked |= _covered(start, end, len(blocked))
        found += now
    none = np.empty(0, dtype=np.int64)
    return RuleMatches(
        rule=np.concatenate([none, *(np.full(len(at[0]), number) for number, at in found)]),
        start=np.concatenate([none, *(start for _, (start, _) in found)]),
        end=np.concatenate([none, *(end for _, (_, end) in found)]),
    )


def matches_of(rule: Rule, ground: Ground, blocked: BoolArray) -> Places:
    """Return the longest matches of one rule, without those that an ``unless`` forbids."""
    matches = [pattern_matches(steps, ground, blocked) for steps in rule.patterns]
    start, end = (np.concatenate(ends) for ends in zip(*matches, strict=True))
    kept = np.ones(len(start), dtype=bool)
    for step, beside in ((rule.unless_before, start - 1), (rule.unless_after, end)):
        if step is not None and len(start):
            kept &= ~_beside(step, start, beside, ground)
    if rule.unless_near is not None and len(start):
        sentence = ground.tokens.sentence
        near = sentence[ground.where(rule.unless_near)]
        kept &= ~np.isin(sentence[start], near)
    return longest((start[kept], end[kept]))


def _beside(step: Step, start: IntArray, beside: IntArray, ground: Ground) -> BoolArray:
    sentence = ground.tokens.sentence
    inside = (beside >= 0) & (beside < len(sentence))
    there = np.where(inside, beside, 0)
    inside &= sentence[there] == sentence[start]
    return inside & ground.fits(step, there)


def _covered(start: IntArray, end: IntArray, n: int) -> BoolArray:
    edges = np.bincount(start, minlength=n + 1) - np.bincount(end, minlength=n + 1)
    covered: BoolArray = np.cumsum(edges)[:n] > 0
    return covered
