"""Write a codebook as TOML text that a person can read and correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from cxdrivers.codebook.codebook import (
    COLUMN_FIELDS,
    NUMBER_FIELDS,
    QUESTION_FIELDS,
    RATING,
    Codebook,
    Question,
)
from cxdrivers.codebook.group_names import GroupNames

HEAD_FIELDS = ("title", "language", "note")
FILE_FIELDS = ("sheet", "decimal")
LONGEST_LINE = 96

Comments = Mapping[str, Iterable[str]]
"""Lines to stand above a table (``"outcome"``, ``"drivers.empathy"``, ``"columns"``,
``"groups.Q21"``), or at the ``"top"`` or the ``"end"`` of the file."""


def write_codebook(codebook: Codebook, comments: Comments | None = None) -> str:
    """Return a codebook as TOML text that `read_codebook` reads back to an equal codebook.

    Parameters
    ----------
    codebook
        What to write.
    comments
        Lines to stand as comments; a driver is found by its key, ``"drivers.empathy"``.
    """
    names = (*HEAD_FIELDS, *FILE_FIELDS, *COLUMN_FIELDS, *NUMBER_FIELDS, "groups")
    fields = {name: getattr(codebook, name) for name in names}
    return codebook_text(codebook.outcome, codebook.drivers, fields, comments)


def codebook_text(
    outcome: Question | None,
    drivers: Iterable[Question],
    fields: Mapping[str, Any],
    comments: Comments | None = None,
) -> str:
    """Return TOML text for the parts of a codebook, also of one that is not complete.

    Without an outcome its table holds ``items = []``, and reading the text says so.
    """
    notes = {place: [_comment(line) for line in lines] for place, lines in (comments or {}).items()}
    asked: dict[str, Any] = {"items": []} if outcome is None else _question_entries(outcome)
    if outcome is not None and outcome.key != "outcome":
        asked = {"key": outcome.key, **asked}
    lines = [*notes.get("top", ())]
    lines += [_entry(name, fields[name]) for name in HEAD_FIELDS if name in fields]
    lines += _table("file", {name: fields.get(name) for name in FILE_FIELDS}, notes.get("file"))
    lines += _table("outcome", asked, notes.get("outcome"))
    for driver in drivers:
        entries = _question_entries(driver)
        lines += _table(
            f"drivers.{toml_key(driver.key)}", entries, notes.get(f"drivers.{driver.key}")
        )
    columns = {name: fields.get(name) for name in (*COLUMN_FIELDS, *NUMBER_FIELDS)}
    lines += _table("columns", columns, notes.get("columns"))
    for names in fields.get("groups", ()):
        lines += _group_lines(names, notes.get(f"groups.{names.column}"))
    if notes.get("end"):
        lines += ["", *notes["end"]]
    return "\n".join(lines).lstrip("\n") + "\n"


def _question_entries(question: Question) -> dict[str, Any]:
    entries = {name: getattr(question, name) for name in QUESTION_FIELDS}
    return entries | {"kind": None if question.kind == RATING else question.kind}


def _group_lines(names: GroupNames, above: list[str] | None) -> list[str]:
    """Return the table of a column's names: its codes in one line, or each in its own."""
    place = f"groups.{toml_key(names.column)}"
    lines = ["", *(above or ()), f"[{place}]"]
    lines += [] if names.label is None else [_entry("label", names.label)]
    values = {toml_key(str(code)): words for code, words in names.values.items()}
    if not values:
        return lines
    inline = _entry("values", names.values)
    if len(inline) <= LONGEST_LINE:
        return [*lines, inline]
    return [*lines, *_table(f"{place}.values", values, None)]


def _table(name: str, entries: Mapping[str, Any], above: list[str] | None) -> list[str]:
    body = [_entry(key, value) for key, value in entries.items() if value not in (None, ())]
    return ["", *(above or ()), f"[{name}]", *body] if body or above else []


def _entry(key: str, value: object) -> str:
    return f"{key} = {_toml(value)}"


def toml_key(name: str) -> str:
    """Return a name as a key of TOML, quoted where it must be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: object) -> str:
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, Mapping):
        return (
            "{ "
            + ", ".join(f"{toml_key(key)} = {_toml(part)}" for key, part in value.items())
            + " }"
        )
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(line: str) -> str:
    """Return a line as a comment; control characters, forbidden there, become spaces."""
    return "# " + re.sub(r"[\x00-\x1f\x7f]", " ", line).rstrip()
