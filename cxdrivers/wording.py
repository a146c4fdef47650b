"""Find every sentence that a person reads, in Dutch or English, in one catalogue.

The sentences stand in ``words/en`` and ``words/nl``, with the same keys and placeholders in both.
A key begins with the name of its file, or of its folder (``errors``). Code names a sentence and
brings the facts; it never spells one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from cxdrivers.formatting import CONVENTIONS, count, level_percent

LANGUAGES = ("en", "nl")
LONGEST_LIST = 8
COMMA, SEMICOLON = ", ", "; "
BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")


Words = str | Mapping[str, str]
"""A person's own words: one text for every language, or one for each."""


@dataclass(frozen=True)
class Lines:
    """Several sentences that are said one after the other."""

    sentences: tuple[Sentence, ...]

    def say(self, language: str = "en") -> str:
        """Return the sentences in a language."""
        return " ".join(sentence.say(language) for sentence in self.sentences)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the catalogue with the facts it needs, in no language yet."""

    key: str
    values: Mapping[str, Any]

    def say(self, language: str = "en") -> str:
        """Return the sentence in a language."""
        return say(self.key, language, **self.values)


def sentence(key: str, **values: object) -> Sentence:
    """Build a `Sentence` from its key and its facts."""
    return Sentence(key, values)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Read the catalogue of one language: dotted key to template."""
    if language not in LANGUAGES:
        from cxdrivers.errors import CxError  # noqa: PLC0415  (errors are worded here too)

        raise CxError("language_unknown", language=language, languages=LANGUAGES)
    found: dict[str, str] = {}
    for entry in files("cxdrivers").joinpath("words", language).iterdir():
        room = entry.name.removesuffix(".toml")
        for file in entry.iterdir() if entry.is_dir() else (entry,):
            found |= _flat(tomllib.loads(file.read_text(encoding="utf-8")), room)
    return found


def of_language(by_language: Mapping[str, dict[str, str]], language: str) -> dict[str, str]:
    """Return the labels of one language, or refuse a language that there is not."""
    catalogue(language)
    return dict(by_language[language])


def say(key: str, language: str = "en", /, **values: object) -> str:
    """Return a sentence of the catalogue with its facts filled in.

    A sentence with the forms ``one`` and ``other`` is chosen by the fact ``count``. Lists are
    joined and cut after eight, names among them in quotes; a nested `Sentence` is said in the same
    language.
    """
    words = catalogue(language)
    if key not in words:
        form = "one" if values.get("count") == 1 else "other"
        key = f"{key}.{form}"
    shown = {name: _shown(value, language) for name, value in values.items()}
    return words[key].format(**shown)


def in_language(words: Words, language: str) -> str:
    """Return a person's own words in a language; what they gave in another is better than nothing.

    Examples
    --------
    >>> in_language({"en": "Food", "nl": "Eten"}, "nl"), in_language({"en": "Food"}, "nl")
    ('Eten', 'Food')
    """
    if isinstance(words, str):
        return words
    return words.get(language) or next(iter(words.values()), "")


def together(names: Sequence[str], language: str) -> str:
    """Return names as running text: 'a, b and c'; with semicolons when a name has a comma.

    Examples
    --------
    >>> together(["Shops", "Desk, arrivals", "Parking"], "en")
    'Shops; Desk, arrivals; and Parking'
    """
    if len(names) == 1:
        return names[0]
    apart = _have_commas(names)
    first = (SEMICOLON if apart else COMMA).join(names[:-1])
    return say(
        f"labels.list.{'last_apart' if apart else 'last'}", language, first=first, last=names[-1]
    )


def in_every_language(key: str) -> dict[str, str]:
    """Return a sentence of the catalogue in all languages, for a codebook to hold."""
    return {language: say(key, language) for language in LANGUAGES}


def column_words(names: Iterable[str], level: float, language: str) -> dict[str, str]:
    """Return what a reader's table calls its columns; an interval is called by its level."""
    shown = level_percent(level, language)
    return {name: say(f"labels.column.{name}", language, level=shown) for name in names}


def placeholders(template: str) -> set[str]:
    """Return the names of the facts that a template asks for."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _shown(value: object, language: str) -> str:
    if isinstance(value, Sentence | Lines):
        return value.say(language)
    if isinstance(value, list | tuple | set | frozenset):
        names = [_in_list(name, language) for name in value]
        apart = _have_commas(name for name in names if not name.startswith("'"))
        listed = (SEMICOLON if apart else COMMA).join(names[:LONGEST_LIST])
        rest = len(names) - LONGEST_LIST
        if rest > 0:
            more = catalogue(language)["labels.list.more"].format(count=rest)
            return f"{listed} {more}"
        return listed
    if isinstance(value, int):
        return count(value, language)
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", CONVENTIONS[language].decimal)
    return str(value)


def _in_list(value: object, language: str) -> str:
    shown = _shown(value, language)
    return shown if isinstance(value, Sentence | Lines) else f"'{shown}'"


def _have_commas(names: Iterable[str]) -> bool:
    """Say whether a name has a comma of its own; one between brackets confuses nobody."""
    return any(COMMA in BRACKETS.sub("", name) for name in names)


def _flat(tree: Mapping[str, Any], prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in tree.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            found |= _flat(value, key)
        else:
            found[key] = str(value)
    return found
