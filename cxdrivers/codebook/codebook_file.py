"""Read a codebook from a TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxdrivers.codebook.codebook import (
    COLUMN_FIELDS,
    FACTOR,
    NUMBER_FIELDS,
    QUESTION_FIELDS,
    RATING,
    Codebook,
    Question,
)
from cxdrivers.codebook.codebook_text import FILE_FIELDS, toml_key
from cxdrivers.codebook.group_names import GROUP_FIELDS, GroupNames
from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.contents import refusal
from cxdrivers.reading.table import Code
from cxdrivers.wording import LANGUAGES, Sentence, Words, sentence

TOP_FIELDS = (
    "title",
    "language",
    "note",
    "defaults",
    "outcome",
    "drivers",
    "columns",
    "groups",
    "file",
)
DEFAULT_FIELDS = ("scale", "not_applicable", "dont_know")
LIST_FIELDS = ("segments", "required", "replicate_weights")
LONGEST_VALUE = 60
LARGEST = 8 * 2**20
"""Bytes: a codebook of ten thousand questions."""


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook from a TOML file.

    Raises
    ------
    SurveyError
        No such file, no text in UTF-8, no valid TOML, an unknown key (with the nearest known one),
        a value of the wrong kind, or a codebook that contradicts itself.
    """
    file = Path(path)
    name = file.name or str(file)
    text = _text(file, name)
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number too long to read
        raise SurveyError("codebook_not_toml", path=name, reason=error) from error
    return _codebook(_Tree(tree, name))


class _Tree:
    """A table of the file that knows where it stands, for errors that say so."""

    def __init__(self, values: Mapping[str, Any], path: str, place: str = "") -> None:
        self.values, self.path, self.place = values, path, place

    def check_keys(self, known: tuple[str, ...]) -> None:
        for name in self.values:
            if name not in known:
                near = nearest(name, known)
                raise self.error("codebook_unknown_key", name=name, near=near, known=known)

    def table(self, name: str) -> _Tree:
        value = self.values.get(name, {})
        place = f"{self.place}.{toml_key(name)}" if self.place else toml_key(name)
        if not isinstance(value, Mapping):
            wanted = sentence("errors.wanted.table", table=f"[{place}]")
            raise self.wrong_type(name, value, wanted)
        return _Tree(value, self.path, place)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong_type(name, value, sentence("errors.wanted.text"))
        return value

    def words(self, name: str) -> Words | None:
        value = self.values.get(name)
        if not isinstance(value, Mapping):
            return self.text(name)
        table = self.table(name)
        table.check_keys(LANGUAGES)
        return {language: table.text(language) or "" for language in value}

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name, [])
        value = [value] if isinstance(value, str) else value
        if not (isinstance(value, list) and all(isinstance(part, str) for part in value)):
            raise self.wrong_type(name, value, sentence("errors.wanted.texts"))
        return tuple(value)

    def codes(self, name: str) -> tuple[float | str, ...]:
        value = self.values.get(name, [])
        codes = value if isinstance(value, list) else [value]
        if not all(isinstance(part, str) or _is_number(part) for part in codes):
            raise self.wrong_type(name, value, sentence("errors.wanted.codes"))
        return tuple(part if isinstance(part, str) else float(part) for part in codes)

    def ends(self, name: str) -> tuple[float, float] | None:
        value = self.values.get(name)
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))):
            raise self.wrong_type(name, value, sentence("errors.wanted.ends"))
        return float(value[0]), float(value[1])

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        if value is not None and not _is_number(value):
            raise self.wrong_type(name, value, sentence("errors.wanted.number"))
        return None if value is None else float(value)

    def wrong_type(self, name: str, value: object, wanted: Sentence) -> SurveyError:
        return self.error("codebook_wrong_type", name=name, value=_as_found(value), wanted=wanted)

    def error(self, key: str, **values: Any) -> SurveyError:
        place = f"[{self.place}]" if self.place else sentence("errors.place.file")
        return SurveyError(key, path=self.path, place=place, **values)


def _text(file: Path, name: str) -> str:
    try:
        refused = refusal(file, LARGEST)
        if refused is not None:
            raise SurveyError("codebook_not_readable", path=name, reason=refused)
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SurveyError("codebook_not_found", path=name) from None
    except IsADirectoryError:
        raise SurveyError("codebook_is_a_folder", path=name) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SurveyError("codebook_not_utf8", path=name, line=line) from error
    except OSError as error:
        raise SurveyError("codebook_not_readable", path=name, reason=error.strerror) from error


def _codebook(tree: _Tree) -> Codebook:
    tree.check_keys(TOP_FIELDS)
    defaults, columns, groups, file = (
        tree.table(name) for name in ("defaults", "columns", "groups", "file")
    )
    defaults.check_keys(DEFAULT_FIELDS)
    columns.check_keys((*COLUMN_FIELDS, *NUMBER_FIELDS))
    file.check_keys(FILE_FIELDS)
    outcome, drivers = tree.table("outcome"), tree.table("drivers")
    outcome.check_keys(("key", *QUESTION_FIELDS))
    if not outcome.texts("items"):
        raise tree.error("codebook_no_outcome")
    if not drivers.values:
        raise tree.error("codebook_no_drivers")
    names: dict[str, Any] = {
        name: columns.texts(name) if name in LIST_FIELDS else columns.text(name) or None
        for name in COLUMN_FIELDS
    }
    names |= {name: columns.number(name) for name in NUMBER_FIELDS}
    return Codebook(
        outcome=_question(outcome.text("key") or "outcome", outcome, defaults),
        drivers=tuple(_driver(name, drivers.table(name), defaults) for name in drivers.values),
        title=tree.words("title") or "",
        language=tree.text("language") or "en",
        note=tree.words("note") or "",
        groups=tuple(_group_names(name, groups.table(name)) for name in groups.values),
        sheet=file.text("sheet") or None,
        decimal=file.text("decimal") or None,
        **names,
    )


def _driver(key: str, tree: _Tree, defaults: _Tree) -> Question:
    tree.check_keys(QUESTION_FIELDS)
    return _question(key, tree, defaults)


def _group_names(column: str, tree: _Tree) -> GroupNames:
    tree.check_keys(GROUP_FIELDS)
    values = tree.table("values")
    labels: dict[Code, Words] = {code: values.words(code) or "" for code in values.values}
    return GroupNames(column, tree.words("label"), labels)


def _question(key: str, tree: _Tree, defaults: _Tree) -> Question:
    is_factor = tree.text("kind") == FACTOR

    def own(name: str) -> _Tree:
        return tree if name in tree.values or (is_factor and name == "scale") else defaults

    return Question(
        key=key,
        items=tree.texts("items"),
        label=tree.words("label"),
        scale=own("scale").ends("scale"),
        reversed=tree.texts("reversed"),
        not_applicable=own("not_applicable").codes("not_applicable"),
        dont_know=own("dont_know").codes("dont_know"),
        kind=tree.text("kind") or RATING,
        interaction=tree.texts("interaction"),
        stated=tree.text("stated") or None,
    )


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e300


def _as_found(value: object) -> str:
    """Return a value of a TOML file roughly as it stands there."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
