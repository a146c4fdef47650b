"""Tell from the words of a file whether its respondents were asked in Dutch or in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxdrivers.codebook.draft_hints import fold, hints
from cxdrivers.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from cxdrivers.reading.table import Table


MOST_TEXTS = 500
"""Answers in words of each column that are looked at."""


def language_of(table: Table) -> str:
    """Return the language a file speaks: of its questions, else its column names, else its texts.

    The words of each language in ``hints.toml`` are counted. As many of both, or none, is English.
    """
    marked = (label for labels in table.value_labels.values() for label in labels.values())
    asked = [*table.column_labels.values(), *marked]
    names = [str(name) for name in table.frame.columns]
    found = _most_spoken(asked) or _most_spoken(names) or _most_spoken(_texts(table.frame))
    return found or LANGUAGES[0]


def _texts(frame: pd.DataFrame) -> Iterator[str]:
    """Return the first different texts of every column."""
    for place in range(frame.shape[1]):
        given = frame.iloc[:, place].dropna().unique()[:MOST_TEXTS]
        yield from (text for text in given if isinstance(text, str))


def _most_spoken(texts: Iterable[str]) -> str | None:
    """Return the language with most words, each once a text, or None when two have as many."""
    folded = [set(fold(text).split()) for text in texts]
    counts = {
        language: sum(len(words & spoken) for words in folded)
        for language, spoken in hints().languages.items()
    }
    most = max(counts.values())
    first = [language for language, count in counts.items() if count == most]
    return first[0] if len(first) == 1 else None
