"""Word what segments and waves of a draft and their codes are called, where the file says it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.codebook.codebook_text import toml_key
from cxdrivers.codebook.group_names import GroupNames, code_text
from cxdrivers.wording import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cxdrivers.reading.table import Code, Table

LONGEST = 48
"""Letters of a label that can stand for a column; a longer one is a question."""


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
    """Yield which segments are called by numbers, and where to say what these mean."""
    named = {names.column for names in draft_groups(table, fields) if names.values}
    coded = [
        column
        for column in fields.get("segments", ())
        if column not in named and _is_coded(table.frame[column].dropna())
    ]
    if coded:
        first = code_text(table.frame[coded[0]].min().item())
        facts = {"columns": coded, "place": toml_key(coded[0]), "code": first}
        yield sentence("draft_groups.codes", **facts)


def _is_coded(values: pd.Series) -> bool:
    numbers = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    return numbers and len(values) > 0


def _columns(fields: Mapping[str, Any]) -> Iterable[str]:
    wave = fields.get("wave")
    return dict.fromkeys((*fields.get("segments", ()), *([] if wave is None else [wave])))


def _label(table: Table, column: str) -> str | None:
    text = " ".join(table.column_labels.get(column, "").split())
    return text if 0 < len(text) <= LONGEST and not text.endswith("?") else None


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
