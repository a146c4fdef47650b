"""Read a lexicon, or a client's changes to one, from a TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cxdrivers.errors import CxError, nearest
from cxdrivers.mentions.characters import part_of
from cxdrivers.mentions.tokens import tokens_of
from cxdrivers.reading.contents import refusal
from cxdrivers.wording import Sentence, sentence

TOP_FIELDS = ("language", "abbreviations", "spelling", "classes", "rules", "title", "note")
SWITCHES = ("near", "capital", "plain")
UNLESS = ("unless_before", "unless_after", "unless_near")
RULE_FIELDS = ("name", "flag", "patterns", "off", *UNLESS)
LONGEST_VALUE = 60
LARGEST = 8 * 2**20
"""Bytes: a hundred times the lexicons of the package."""


@dataclass(frozen=True, eq=False)
class LexiconFile:
    """What a lexicon file says, checked for its kinds of values.

    Attributes
    ----------
    path
        Name of the file, for errors.
    language
        None when the file does not say.
    abbreviations, known
        Forms.
    classes
        By name: its forms by field, and its switches.
    rules
        As they stand in the file.
    """

    path: str
    language: str | None
    abbreviations: frozenset[str]
    known: frozenset[str]
    classes: dict[str, dict[str, Any]]
    rules: tuple[dict[str, Any], ...]


class Table:
    """A table of the file that knows where it stands, for errors that say so."""

    def __init__(self, values: Any, path: str, place: str = "") -> None:
        self.path, self.place = path, ""
        if not isinstance(values, Mapping):
            wanted = sentence("errors.wanted.table", table=f"[{place}]")
            raise self.wrong_type(place, values, wanted)
        self.place, self.values = place, values

    def check_keys(self, known: tuple[str, ...]) -> None:
        """Refuse a key that is not known here."""
        for name in self.values:
            if name not in known:
                near = nearest(name, known)
                raise self.error("lexicon_unknown_key", name=name, near=near, known=known)

    def table(self, name: str) -> Table:
        """Return a table in this one, empty when it is not there."""
        place = f"{self.place}.{name}" if self.place else str(name)
        return Table(self.values.get(name, {}), self.path, place)

    def text(self, name: str) -> str | None:
        """Return a text, None when it is not there."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong_type(name, value, sentence("errors.wanted.text"))
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; one text alone is a list of one."""
        value = self.values.get(name, [])
        value = [value] if isinstance(value, str) else value
        if not (isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)):
            raise self.wrong_type(name, value, sentence("errors.wanted.texts"))
        return list(value)

    def switch(self, name: str) -> bool | None:
        """Return true or false, None when it is not there."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong_type(name, value, sentence("errors.wanted.switch"))
        return value

    def forms(self, name: str) -> frozenset[str]:
        """Return words as forms, each of which must be one word or mark."""
        words = self.texts(name)
        tokens = tokens_of(words)
        counts = np.bincount(tokens.text, minlength=len(words))
        for word, count in zip(words, counts, strict=True):
            if count != 1:
                raise self.error("lexicon_not_one_word", name=name, word=word)
        return frozenset(tokens.forms)

    def parts(self, name: str) -> frozenset[str]:
        """Return beginnings or endings of words in the letters of forms."""
        for part in self.texts(name):
            if not part_of(part) or len(part.split()) != 1:
                raise self.error("lexicon_not_one_word", name=name, word=part)
        return frozenset(part_of(part) for part in self.texts(name))

    def wrong_type(self, name: str, value: object, wanted: Sentence) -> CxError:
        """Return the error for a value of another kind."""
        return self.error("lexicon_wrong_type", name=name, value=_as_found(value), wanted=wanted)

    def error(self, key: str, **values: Any) -> CxError:
        """Return an error that says where it was found."""
        place = f"[{self.place}]" if self.place else sentence("errors.place.file")
        return CxError(key, path=self.path, place=place, **values)


def read_lexicon_file(source: str | Path | Mapping[str, Any]) -> LexiconFile:
    """Read a lexicon file, or a mapping that says the same.

    Raises
    ------
    CxError
        No such file, no text in UTF-8, no valid TOML, an unknown key, a value of the wrong kind,
        or a word that is more than one word.
    """
    if isinstance(source, Mapping):
        return _lexicon_file(Table(source, "lexicon="))
    if not isinstance(source, str | Path):
        raise CxError("lexicon_wrong_kind", kind=type(source).__name__)
    file = Path(source)
    name = file.name or str(file)
    try:
        tree = tomllib.loads(_text(file, name))
    except (ValueError, RecursionError) as error:
        if isinstance(error, CxError):
            raise
        raise CxError("lexicon_not_toml", path=name, reason=error) from error
    return _lexicon_file(Table(tree, name))


def _text(file: Path, name: str) -> str:
    try:
        refused = refusal(file, LARGEST)
        if refused is not None:
            raise CxError("lexicon_not_readable", path=name, reason=refused)
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CxError("lexicon_not_found", path=name) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CxError("lexicon_not_utf8", path=name, line=line) from error
    except OSError as error:
        raise CxError("lexicon_not_readable", path=name, reason=error.strerror) from error


def _lexicon_file(tree: Table) -> LexiconFile:
    tree.check_keys(TOP_FIELDS)
    spelling, classes = tree.table("spelling"), tree.table("classes")
    spelling.check_keys(("known",))
    rules = tree.values.get("rules", [])
    if not isinstance(rules, list | tuple):
        raise tree.wrong_type("rules", rules, sentence("errors.wanted.table", table="[[rules]]"))
    return LexiconFile(
        path=tree.path,
        language=tree.text("language"),
        abbreviations=tree.forms("abbreviations"),
        known=spelling.forms("known"),
        classes={name: _class(classes.table(name)) for name in classes.values},
        rules=tuple(
            _rule(Table(rule, tree.path, f"rules {place}"))
            for place, rule in enumerate(rules, start=1)
        ),
    )


def _class(table: Table) -> dict[str, Any]:
    table.check_keys(("words", "endings", "beginnings", "not", *SWITCHES))
    words: dict[str, Any] = {name: table.forms(name) for name in ("words", "not")}
    words |= {name: table.parts(name) for name in ("endings", "beginnings")}
    return words | {name: table.switch(name) for name in SWITCHES}


def _rule(table: Table) -> dict[str, Any]:
    table.check_keys(RULE_FIELDS)
    texts = {name: table.text(name) for name in ("name", "flag", *UNLESS)}
    return texts | {"patterns": table.texts("patterns"), "off": table.switch("off")}


def _as_found(value: object) -> str:
    """Return a value of a TOML file roughly as it stands there."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
