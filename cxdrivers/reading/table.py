"""Hold what a file says before anybody has said what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

Code = float | str
"""A code in the data: a number, or a text such as ``n.v.t.``."""


@dataclass(frozen=True)
class Source:
    """Where answers came from: enough to find the same bytes again, no folder names.

    Attributes
    ----------
    name
        File name without its folder, or "data frame".
    kind
        ``csv``, ``xlsx``, ``sav``, ``parquet`` or ``frame``.
    sha256
        Hash of the file's bytes, or None for a data frame.
    """

    name: str
    kind: str
    sha256: str | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """A file as read: numbers as float64, texts as str objects, blanks as NaN or None.

    Attributes
    ----------
    frame
        One row a respondent, columns named as in the file.
    source
        Where it came from.
    column_labels
        The question behind a column, where the file holds it (SPSS variable labels).
    value_labels
        What a code means, where the file holds it: column → code → label.
    missing_codes
        Codes that the file itself declares missing (SPSS user-missing values), kept in `frame`.
    """

    frame: pd.DataFrame
    source: Source
    column_labels: Mapping[str, str] = field(default_factory=dict)
    value_labels: Mapping[str, Mapping[Code, str]] = field(default_factory=dict)
    missing_codes: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)
