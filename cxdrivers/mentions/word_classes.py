"""Find the classes that words belong to, looking at every distinct word once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from cxdrivers.mentions.spelling import Spelling
from cxdrivers.mentions.tokens import BoolArray

DRAWN_OUT = re.compile(r"(.)\1{2,}")
POSSESSIVE = re.compile(r"'s?$|s'$")
LONGEST_WORD = 60
JOINED = 3
"""Letters that must stand before an ending for a slip in the ending to be forgiven."""


@dataclass(frozen=True)
class WordClass:
    """A class of words of a lexicon; words are written as `form_of` gives them.

    Attributes
    ----------
    words
        Its words.
    endings, beginnings
        Every word that ends or begins so belongs to it as well.
    exceptions
        Words that do not belong to it, whatever the others say.
    near
        Whether one slip is forgiven in words of six letters and more.
    capital
        Whether a word counts only when it is written with a capital.
    plain
        With `capital`: whether it also counts in a text where capitals tell nothing.
    """

    words: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    near: bool = False
    capital: bool = False
    plain: bool = False


def class_members(
    forms: Sequence[str], classes: Mapping[str, WordClass], known: Set[str] = frozenset()
) -> dict[str, BoolArray]:
    """Return for every class which forms belong to it.

    A form that belongs to no class as it stands is looked up without drawn-out letters, hyphens
    or a possessive; then with one slip forgiven, unless it is a known word.

    Parameters
    ----------
    forms
        Distinct forms.
    classes
        By name.
    known
        Words that are no typing errors.
    """
    finder = _Finder(classes)
    members = {name: np.zeros(len(forms), dtype=bool) for name in classes}
    for place, form in enumerate(forms):
        for name in finder.classes_of(form, known):
            members[name][place] = True
    return members


class _Finder:
    """The words, endings and beginnings of all classes, each looked up in one step."""

    def __init__(self, classes: Mapping[str, WordClass]) -> None:
        self.exceptions = {name: one.exceptions for name, one in classes.items() if one.exceptions}
        self.words = _by_word((name, one.words) for name, one in classes.items())
        self.endings = _by_word((name, one.endings) for name, one in classes.items())
        self.beginnings = _by_word((name, one.beginnings) for name, one in classes.items())
        forgiving = {name: one for name, one in classes.items() if one.near}
        self.near_words = _by_word((name, one.words) for name, one in forgiving.items())
        self.near_endings = _by_word((name, one.endings) for name, one in forgiving.items())
        self.spelling = Spelling([*self.near_words, *self.near_endings])
        self.ending_lengths = sorted({len(ending) for ending in self.endings})
        self.beginning_lengths = sorted({len(beginning) for beginning in self.beginnings})
        self.slip_lengths = sorted(
            {len(ending) + more for ending in self.near_endings for more in (-1, 0, 1)}
        )

    def classes_of(self, form: str, known: Set[str]) -> set[str]:
        if len(form) > LONGEST_WORD and not (form := _drawn_in(form)):
            return set()
        for variant in _variants(form):
            if found := self._as_it_stands(variant):
                return self._allowed(found, variant)
        if form in known:
            return set()
        return self._allowed(self._misspelt(form), form)

    def _as_it_stands(self, form: str) -> set[str]:
        found = set(self.words.get(form, ()))
        for length in self.ending_lengths:
            if length > len(form):
                break
            found.update(self.endings.get(form[-length:], ()))
        for length in self.beginning_lengths:
            if length > len(form):
                break
            found.update(self.beginnings.get(form[:length], ()))
        return found

    def _misspelt(self, form: str) -> set[str]:
        found: set[str] = set()
        for word in self.spelling.near(form):
            found.update(self.near_words.get(word, ()), self.near_endings.get(word, ()))
        if found:
            return found
        for length in self.slip_lengths:
            if length + JOINED > len(form):
                break
            for ending in self.spelling.near(form[-length:]):
                found.update(self.near_endings.get(ending, ()))
        return found

    def _allowed(self, found: set[str], form: str) -> set[str]:
        return {name for name in found if form not in self.exceptions.get(name, ())}


def _by_word(classes: Iterator[tuple[str, frozenset[str]]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name, words in classes:
        for word in words:
            table[word] = (*table.get(word, ()), name)
    return table


def _variants(form: str) -> Iterator[str]:
    yield form
    if DRAWN_OUT.search(form):
        yield DRAWN_OUT.sub(r"\1\1", form)
        yield DRAWN_OUT.sub(r"\1", form)
    if "-" in form:
        yield form.replace("-", "")
    if "'" in form:
        yield POSSESSIVE.sub("", form)


def _drawn_in(form: str) -> str:
    short = DRAWN_OUT.sub(r"\1\1", form)
    return short if len(short) <= LONGEST_WORD else ""
