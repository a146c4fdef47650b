"""Small files for drafting, and ways to look at a draft."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook_draft import CodebookDraft
from cxdrivers.codebook.codebook_file import read_codebook
from cxdrivers.codebook.drafting import draft_codebook
from cxdrivers.reading.table import Source, Table

ROWS = 120
NUMBERS = np.random.default_rng(7)


def grades(low: int = 1, high: int = 10, rows: int = ROWS) -> list[float]:
    """Return answers that use the whole scale."""
    return [*range(low, high + 1), *NUMBERS.integers(low, high + 1, rows - high + low - 1)]


def with_code(code: float, low: int = 1, high: int = 10) -> list[float]:
    """Return answers of which every fifth is a code."""
    return [code if row % 5 == 4 else grade for row, grade in enumerate(grades(low, high))]


def table(columns: dict[str, Any], **labels: Any) -> Table:
    frame = pd.DataFrame(
        {
            name: pd.Series(values, dtype=object if isinstance(values[0], str) else float)
            for name, values in columns.items()
        }
    )
    return Table(frame, Source("client.sav", "sav"), **labels)


def drafted(columns: dict[str, Any], **labels: Any) -> CodebookDraft:
    """Return a draft worded in English, whatever language the columns are in."""
    return draft_codebook(table(columns, **labels), language="en")


def asked(draft: CodebookDraft, language: str = "en") -> list[str]:
    return [question.say(language) for question in draft.open_questions]


def items_of(draft: CodebookDraft) -> dict[str, tuple[str, ...]]:
    assert draft.codebook is not None
    return {driver.key: driver.items for driver in draft.codebook.drivers}


def read_back(draft: CodebookDraft) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "draft.toml"
        file.write_text(draft.text, encoding="utf-8")
        return read_codebook(file)


def comments(draft: CodebookDraft) -> str:
    """Return the comments of a draft as one running text."""
    lines = [line for line in draft.text.splitlines() if line.startswith("#")]
    return " ".join(" ".join(line.lstrip("# ") for line in lines).split())
