"""List every published figure with its base, its caution and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from cxdrivers.answers.published import FILE
from cxdrivers.survey.sources import example_path
from cxdrivers.wording import catalogue, say

GAPS: Mapping[str, tuple[str, ...]] = {
    "G1": ("G1a", "G1b"),
    "G2": ("G2a", "G2b"),
    "G3": ("G3a", "G3b"),
    "G4": ("G4a", "G4b"),
    "G5": ("G5a", "G5b"),
    "G6": ("G6a", "G6b"),
    "G7": ("G7a", "G7b"),
    "P1": ("P1b", "P1c", "P1a"),
    "P2": ("P2a", "P2b", "P2c"),
    "B2": ("B2", "B3"),
}
"""The figures that answer one question for groups that do not overlap, by the name of the gap."""

SHARE = "%"
"""How the unit of a percentage begins."""


def published_figures(language: str = "en") -> pd.DataFrame:
    """Return every figure of the published sources, each with what must be said with it.

    Use it to quote a figure, or to hold a client's own beside it. A figure without `n` has no
    interval, and what its `caution` says belongs in the same sentence.

    Parameters
    ----------
    language
        Of `group`, `statistic`, `value`, `caution` and `citation`; the other columns are codes
        and are the same in every language.

    Returns
    -------
    DataFrame
        One row a figure: `id`, `seed` (which source text), `source`, `year` and `topic`; `group`
        (of whom), `statistic` (what), `value` and `unit` as published, and `number` (NaN where
        the value is no number); `n` (as text: a number, nothing, ``n/s`` for not stated or
        ``subset`` for a part of unknown size; a number is that of the whole group, since no source
        says how many answered a question); `type`, `quote_nl` (the words of the source), `use`,
        `caution`, `citation`; and `gap`, the name of the perception gap that a figure belongs to:
        the figures of one question among kinds of people who do not overlap have it in common,
        and the others have none.

    Examples
    --------
    >>> figures = published_figures()
    >>> len(figures)
    79
    >>> figures.loc[figures["gap"] == "P1", ["group", "number"]].to_numpy().tolist()
    [['consumers', 10.0], ['decision makers', 40.0], ['service employees', 23.0]]
    """
    table = _rows().copy()
    gaps = {name: gap for gap, names in GAPS.items() for name in names}
    table["number"] = pd.to_numeric(table["value"], errors="coerce").astype("float64")
    table["gap"] = [gaps.get(name, "") for name in table["id"]]
    table["citation"] = [say(f"published.citation.{seed}", language) for seed in table["seed"]]
    for column in ("group", "statistic", "value", "caution"):
        words = _words(column, language)
        table[column] = [words.get(text, text) for text in table[column]]
    return table


def figures_of(names: tuple[str, ...], language: str = "en") -> pd.DataFrame:
    """Return published percentages in the order of their names, with the index of the names.

    Columns are those of `published_figures`, and `share` from 0 to 1.
    """
    table = published_figures(language).set_index("id").loc[list(names)]
    return table.assign(share=table["number"] / 100)


@cache
def _rows() -> pd.DataFrame:
    path = example_path().with_name(FILE)
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@cache
def _words(column: str, language: str) -> dict[str, str]:
    """Return what the texts of a column are in a language, by what stands in the file."""
    beginning = f"published.{column}."
    words, english = catalogue(language), catalogue("en")
    return {text: words[key] for key, text in english.items() if key.startswith(beginning)}
