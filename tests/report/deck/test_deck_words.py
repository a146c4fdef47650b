"""Tests of `report.deck.deck_words`: what a slide cannot hold of a table is said."""

from __future__ import annotations

import pandas as pd

from cxdrivers.report.deck.deck_words import MOST_COLUMNS, key_columns, more_columns
from cxdrivers.wording import LANGUAGES

DRIVERS = [f"driver {place}" for place in range(14)]


def _table(columns: int) -> pd.DataFrame:
    """Return two groups with their base, and a share for so many drivers."""
    shares = {name: ["12 %", "9 %"] for name in DRIVERS[:columns]}
    return pd.DataFrame({"group": ["a", "b"], "n": ["80", "90"], **shares})


def test_a_slide_says_that_a_table_has_more_columns_than_it_holds():
    table = _table(14)
    for language in LANGUAGES:
        shown = key_columns(table, language)
        assert shown.columns.tolist() == ["group", *DRIVERS[: MOST_COLUMNS - 1]]
    assert more_columns(table, "en") == "the first 5 of 14 columns"
    assert more_columns(table, "nl") == "de eerste 5 van 14 kolommen"


def test_a_table_that_fits_without_its_base_and_its_empty_columns_needs_no_word():
    table = _table(5).assign(remark="", other="")
    assert key_columns(table, "en").columns.tolist() == ["group", *DRIVERS[:5]]
    assert more_columns(table, "en") == ""
    assert more_columns(_table(4), "en") == ""
