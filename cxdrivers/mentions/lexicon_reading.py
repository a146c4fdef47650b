"""Read texts by one lexicon or more, each sentence by that of its language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from cxdrivers.mentions.found_spans import Span, flagged_texts, spans_by_text
from cxdrivers.mentions.languages import sentence_languages, telling_forms, text_languages
from cxdrivers.mentions.lexicon import Lexicon
from cxdrivers.mentions.patterns import Ground
from cxdrivers.mentions.polarity import Charges, charges_of
from cxdrivers.mentions.rules import RuleMatches, rule_matches
from cxdrivers.mentions.tokens import BoolArray, IntArray, Tokens, tokens_of
from cxdrivers.mentions.word_classes import class_members


@dataclass(frozen=True, eq=False)
class LexiconReading:
    """What lexicons found in texts.

    Attributes
    ----------
    tokens
        All words and marks.
    lexicons
        By which the texts were read.
    grounds, matches
        By lexicon: the sentences of its language, and where its rules apply.
    sentence_language
        By sentence: place of its lexicon.
    n
        How many texts there are.
    """

    tokens: Tokens
    lexicons: tuple[Lexicon, ...]
    grounds: tuple[Ground, ...]
    matches: tuple[RuleMatches, ...]
    sentence_language: IntArray
    n: int

    @property
    def written(self) -> BoolArray:
        """Whether a text holds a word, a number or a picture; marks alone are nothing."""
        forms = self.tokens.forms
        picture = np.fromiter(map(_is_picture, forms), dtype=bool, count=len(forms))
        filled = np.zeros(self.n, dtype=bool)
        filled[self.tokens.text[self.tokens.word | picture[self.tokens.form]]] = True
        return filled

    @property
    def languages(self) -> NDArray[np.str_]:
        """The language of every text."""
        names = [lexicon.language for lexicon in self.lexicons]
        return text_languages(self.tokens, self.sentence_language, names, self.n)

    @property
    def main_languages(self) -> NDArray[np.str_]:
        """The language of most of every text."""
        counts = [np.bincount(ground.tokens.text, minlength=self.n) for ground in self.grounds]
        names = np.array([lexicon.language for lexicon in self.lexicons])
        main: NDArray[np.str_] = names[np.argmax(counts, axis=0)]
        return main

    def flagged(self, flag: str) -> BoolArray:
        """Return in which texts a rule with a flag applies."""
        found: BoolArray = np.logical_or.reduce(
            [
                flagged_texts(ground.tokens, lexicon.rules, matches, flag, self.n)
                for lexicon, ground, matches in self._parts()
            ]
        )
        return found

    def spans(self) -> tuple[tuple[Span, ...], ...]:
        """Return where rules apply, by text."""
        parts = [(ground.tokens, one.rules, matches) for one, ground, matches in self._parts()]
        return spans_by_text(parts, self.n)

    def charges(self, flags: Sequence[str]) -> Charges:
        """Return the praise and blame in the sentences where rules with these flags apply."""
        parts = []
        for lexicon, ground, matches in self._parts():
            counted = np.array([rule.flag in flags for rule in lexicon.rules], dtype=bool)
            mentioned = np.zeros(len(self.sentence_language), dtype=bool)
            starts = matches.start[counted[matches.rule]]
            mentioned[ground.tokens.sentence[starts]] = True
            parts.append(charges_of(ground, mentioned, self.n))
        return reduce(add, parts)

    def _parts(self) -> zip[tuple[Lexicon, Ground, RuleMatches]]:
        return zip(self.lexicons, self.grounds, self.matches, strict=True)


def read_texts(texts: Sequence[str | None], lexicons: Sequence[Lexicon]) -> LexiconReading:
    """Cut texts into words and apply the rules of the lexicons."""
    abbreviations = frozenset().union(*(lexicon.abbreviations for lexicon in lexicons))
    tokens = tokens_of(texts, abbreviations)
    members = [class_members(tokens.forms, one.classes, one.known) for one in lexicons]
    telling = telling_forms(tokens.forms, [one.classes for one in lexicons])
    chosen = sentence_languages(tokens, telling, len(texts))
    of_token = chosen[tokens.sentence]
    grounds = tuple(
        Ground(tokens.taken(of_token == place), dict(lexicon.classes), classes)
        for place, (lexicon, classes) in enumerate(zip(lexicons, members, strict=True))
    )
    matches = tuple(
        rule_matches(lexicon.rules, ground)
        for lexicon, ground in zip(lexicons, grounds, strict=True)
    )
    return LexiconReading(tokens, tuple(lexicons), grounds, matches, chosen, len(texts))


def _is_picture(form: str) -> bool:
    return not form[0].isascii() and unicodedata.category(form[0]) == "So"
