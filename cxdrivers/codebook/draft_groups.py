"""Word what segments and waves of a draft and their codes are called, where the file says it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.codebook.codebook_text import toml_key
from cxdrivers.codebook.draft_labels import short_enough
from cxdrivers.codebook.draft_questions import quoted
from cxdrivers.codebook.group_names import GroupNames, code_text
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cxdrivers.reading.table import Code, Table


def draft_groups(table: Table, fields: Mapping[str, Any]) -> tuple[GroupNames, ...]:
    """Return what segments and waves are called as far as a file has labels, as SPSS files do.

    Parameters
    ----------
    table
        The file as read.
    fields
        Of the draft: its segments and its wave.
    """
    found = (
        GroupNames(column, _label(table, column), _values(table.value_labels.get(column, {})))
        for column in _columns(fields)
    )
    return tuple(names for names in found if names.label or names.values)


def group_comments(table: Table, fields: Mapping[str, Any]) -> Iterator[Sentence]:
    """Yield which segments hold numbers without a label, and where to say what these mean."""
    named = {names.column: names for names in draft_groups(table, fields)}
    coded: dict[str, str] = {}
    for column in fields.get("segments", ()):
        names = named.get(column, GroupNames(column))
        bare = (code for code in _codes(table.frame[column]) if not names.has(code))
        first = next(bare, None)
        if first is not None:
            coded[column] = first
    if coded:
        column, code = next(iter(coded.items()))
        facts = {"columns": quoted(coded), "place": toml_key(column), "code": toml_key(code)}
        yield sentence("draft_groups.codes", **facts)


def _codes(values: pd.Series) -> list[str]:
    """Return the numbers of a column, the lowest first; of texts and of yes and no, nothing."""
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        return []
    return [code_text(code) for code in sorted(map(float, values.dropna().unique()))]


def _columns(fields: Mapping[str, Any]) -> Iterable[str]:
    wave = fields.get("wave")
    return dict.fromkeys((*fields.get("segments", ()), *([] if wave is None else [wave])))


def _label(table: Table, column: str) -> str | None:
    text = " ".join(table.column_labels.get(column, "").split())
    return text if short_enough(text) else None


def _values(labels: Mapping[Code, str]) -> dict[Code, str]:
    """Return labels that differ from each other and from other codes: else with their code."""
    said = {code_text(code): " ".join(label.split()) for code, label in labels.items()}
    times = Counter(said.values())
    found: dict[Code, str] = {}
    taken: set[str] = set()
    for code, label in said.items():
        clear = times[label] == 1 and (label not in said or label == code)
        told = label if clear else f"{label} ({code})"
        if label and told not in taken and (told == code or told not in said):
            found[code] = told
            taken.add(told)
    return found
