"""Read the patterns of a lexicon: rows of steps over words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from cxdrivers.errors import CxError, nearest
from cxdrivers.mentions.characters import form_of

TOKEN, GAP, START, CLAUSE, LAST = KINDS = ("token", "gap", "start", "clause", "last")
"""What a step asks for: a token, a gap, or a place: the start of a sentence or clause, its end."""
CAPITAL, NUMBER, WORD = BUILT_IN = ("Capital", "number", "word")
WIDEST_GAP = 8
ANCHORS = {"^": START, "^,": CLAUSE, "$": LAST}
CLASS = re.compile(r"<([^<>\s]+)>")
UNREADABLE = frozenset("<>!?")
"""Marks with a meaning of their own, out of their place."""
NEVER_IN_WORDS = frozenset("()[]{}*+\\^$")
"""Marks of regular expressions, which these patterns are not: in a word they match nothing."""

Fault = Callable[..., CxError]
"""Make the error for a fault in a pattern, with the file and the rule it stands in."""


@dataclass(frozen=True)
class Step:
    """One step of a pattern.

    Attributes
    ----------
    kind
        One of `KINDS`.
    words, classes
        Of a token: the forms and the classes of which it must be one.
    negated
        It must be none of them.
    optional
        It may be left out.
    gap
        Of a gap: how many tokens at most.
    """

    kind: str
    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    negated: bool = False
    optional: bool = False
    gap: int = 0


def read_pattern(pattern: str, classes: Collection[str], fault: Fault) -> tuple[Step, ...]:
    """Return the steps of a pattern.

    Parameters
    ----------
    pattern
        Steps with spaces between them: ``word``, ``<class>``, ``a|<b>``, a step followed by ``?``
        that may be left out, ``..3`` for up to three tokens, ``^`` and ``^,`` for the start of a
        sentence and of a clause, ``$`` for its end, and ``!a`` for a token that is none of these.
    classes
        Names of the classes there are.
    fault
        Called with the key and the facts of an error.

    Examples
    --------
    >>> steps = read_pattern("^ <role> ..2 helped?", ["role"], CxError)
    >>> [step.kind for step in steps]
    ['start', 'token', 'gap', 'token']
    """
    steps = tuple(_step(text, pattern, classes, fault) for text in pattern.split())
    if not any(step.kind == TOKEN and not step.optional for step in steps):
        raise fault("lexicon_pattern_empty", pattern=pattern)
    kinds = [step.kind for step in steps]
    if START in kinds[1:] or CLAUSE in kinds[1:] or LAST in kinds[:-1]:
        raise fault("lexicon_anchor_inside", pattern=pattern)
    if GAP in (kinds[0], kinds[-1]):
        raise fault("lexicon_gap_outside", pattern=pattern)
    return steps


def read_token(text: str, classes: Collection[str], fault: Fault) -> Step:
    """Return the one step that says which token must not stand near a match."""
    words = text.split()
    step = _step(words[0], text, classes, fault) if len(words) == 1 else None
    if step is None or step.kind != TOKEN or step.optional:
        raise fault("lexicon_not_one_token", pattern=text)
    return step


def _step(text: str, pattern: str, classes: Collection[str], fault: Fault) -> Step:
    if text in ANCHORS:
        return Step(ANCHORS[text])
    if text.startswith(".."):
        return _gap(text, pattern, fault)
    optional = text.endswith("?")
    negated = text.startswith("!")
    words, names = set(), set()
    for choice in text.removeprefix("!").removesuffix("?").split("|"):
        if found := CLASS.fullmatch(choice):
            names.add(found[1])
        elif _is_literal(choice) and (form := form_of(choice)):
            words.add(form)
        else:
            raise fault("lexicon_step_unclear", step=text, pattern=pattern)
    for name in sorted(names - {*classes, *BUILT_IN}):
        known = sorted([*classes, *BUILT_IN])
        near = nearest(name, known)
        raise fault("lexicon_class_unknown", name=name, pattern=pattern, near=near, known=known)
    return Step(TOKEN, frozenset(words), frozenset(names), negated, optional)


def _is_literal(choice: str) -> bool:
    refused = UNREADABLE if len(choice) == 1 else UNREADABLE | NEVER_IN_WORDS
    return bool(choice) and not refused & set(choice)


def _gap(text: str, pattern: str, fault: Fault) -> Step:
    width = text.removeprefix("..")
    if not (width.isascii() and width.isdigit()):
        raise fault("lexicon_step_unclear", step=text, pattern=pattern)
    if len(width) > 3 or int(width) > WIDEST_GAP:
        raise fault("lexicon_gap_too_wide", step=text, pattern=pattern, widest=WIDEST_GAP)
    return Step(GAP, gap=int(width))
