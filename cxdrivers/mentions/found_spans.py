"""Turn matches on tokens into spans of the texts as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from cxdrivers.mentions.rules import Rule, RuleMatches
from cxdrivers.mentions.tokens import Tokens


class Span(NamedTuple):
    """A place in a text where a rule applies.

    Attributes
    ----------
    start, end
        First character, and the one just after the last.
    flag
        What was found: `explicit`, `implicit`, `absent`, `service_noun`, or `mask` for words that
        look like a mention and are none.
    rule
        Name of the rule of the lexicon.
    """

    start: int
    end: int
    flag: str
    rule: str


def spans_by_text(
    found: Iterable[tuple[Tokens, Sequence[Rule], RuleMatches]], texts: int
) -> tuple[tuple[Span, ...], ...]:
    """Return the spans of every text, in their order.

    Parameters
    ----------
    found
        For each lexicon: its tokens, its rules and what they matched.
    texts
        How many texts there are.
    """
    spans: list[list[Span]] = [[] for _ in range(texts)]
    for tokens, rules, matches in found:
        rows = tokens.text[matches.start]
        starts, ends = tokens.start[matches.start], tokens.end[matches.end - 1]
        for row, start, end, number in zip(
            rows.tolist(), starts.tolist(), ends.tolist(), matches.rule.tolist(), strict=True
        ):
            spans[row].append(Span(start, end, rules[number].flag, rules[number].name))
    return tuple(tuple(sorted(each)) if each else () for each in spans)


def flagged_texts(
    tokens: Tokens, rules: Sequence[Rule], matches: RuleMatches, flag: str, texts: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which texts have a match of a rule with this flag."""
    of_flag = np.array([rule.flag == flag for rule in rules], dtype=bool)[matches.rule]
    found = np.zeros(texts, dtype=bool)
    found[tokens.text[matches.start[of_flag]]] = True
    return found
