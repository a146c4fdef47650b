"""Tests of `cxdrivers.vocabulary`."""

from __future__ import annotations

import pytest

import cxdrivers as cx
from cxdrivers.vocabulary import DRIVERS, SOURCE, driver_label

DUTCH = {
    "reliability": "Betrouwbaarheid",
    "empathy": "Empathie",
    "customer_focus": "Klantfocus",
    "customer_knowledge": "Klantkennis",
    "wait_time": "Wachttijd",
    "accessibility": "Toegankelijkheid",
    "ivr_menu": "Keuzemenu",
}


def test_the_seven_are_the_seven_of_the_source_in_its_order():
    assert tuple(DUTCH) == DRIVERS


def test_each_has_its_dutch_name():
    assert {driver: driver_label(driver, "nl") for driver in DRIVERS} == DUTCH


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_table_has_a_row_each_with_every_cell_filled(language: str):
    table = cx.seven_drivers(language)
    assert table.columns.tolist() == [
        "driver", "label_en", "label_nl", "definition", "claim", "trap", "source",
    ]  # fmt: skip
    assert table["driver"].tolist() == list(DRIVERS)
    assert table["label_nl"].tolist() == list(DUTCH.values())
    assert (table.map(len) > 2).all(axis=None)
    assert set(table["source"]) == {SOURCE}


def test_definitions_are_in_the_language_that_was_asked_for():
    english, dutch = cx.seven_drivers(), cx.seven_drivers("nl")
    for column in ("definition", "claim", "trap"):
        assert (english[column] != dutch[column]).all()


def test_claims_are_those_of_the_source():
    claims = cx.seven_drivers().set_index("driver")["claim"]
    top = ["reliability", "empathy"]
    little = ["accessibility", "ivr_menu"]
    assert claims[top].str.contains("top two").all()
    assert claims[["customer_focus", "customer_knowledge"]].str.contains("Differs").all()
    assert "dissatisfier" in claims["wait_time"]
    assert claims[little].str.startswith("Little weight").all()


def test_a_client_s_own_driver_keeps_its_own_name():
    assert driver_label("Q7ART") == driver_label("Q7ART", "nl") == "Q7ART"


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(cx.CxError, match=r"Language 'de' is not available"):
        cx.seven_drivers("de")
