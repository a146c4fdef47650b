"""The published figures: each stands in its source, and none travels without its caution."""

from __future__ import annotations

import csv
import re

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.perceptions.published_table import GAPS, figures_of, published_figures
from cxdrivers.survey.sources import example_path
from cxdrivers.wording import catalogue

IN_WORDS = {
    "K1": "twee van de drie",
    "B1": "een kwart",
    "B2": "tien procent",
    "B3": "de helft lager",
    "B4": "veertig procent",
    "B5": "zes op de tien",
}
"""How the sources say a figure that they do not write in digits."""
CORRECTED = {
    "G0": ("quote_nl",),
    "G4c": ("quote_nl", "caution"),
    "G6a": ("quote_nl",),
    "G6b": ("quote_nl",),
    "G6c": ("quote_nl", "caution"),
    "G8a": ("caution",),
    "G8b": ("caution",),
    "G9a": ("quote_nl", "caution"),
    "G9b": ("statistic", "caution"),
    "G10": ("caution",),
    "G11": ("quote_nl", "caution"),
    "G12a": ("statistic", "quote_nl", "caution"),
    "G12b": ("caution",),
    "G12c": ("caution",),
    "G13a": ("statistic", "caution"),
    "G13b": ("statistic", "quote_nl", "caution"),
    "G13c": ("statistic", "quote_nl", "caution"),
    "P1b": ("caution",),
    "P1c": ("quote_nl",),
    "P2a": ("quote_nl", "caution"),
    "P2c": ("quote_nl", "statistic", "caution"),
    "P3": ("caution",),
    "P7": ("quote_nl",),
    "P8": ("quote_nl",),
    "P9": ("quote_nl",),
    "P10": ("statistic",),
    "P12": ("statistic", "caution"),
    "C6": ("value",),
    "K4": ("caution",),
    "K8": ("value",),
    "B2": ("n", "caution"),
    "B3": ("n", "caution"),
    "B4": ("caution",),
    "B5": ("caution",),
    "B6": ("quote_nl",),
    "B7": ("statistic", "quote_nl"),
}
"""What was set right after the table was made, each from the text of its source."""


def _as_written() -> list[dict[str, str]]:
    path = example_path().with_name("published_figures.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plain(text: str) -> str:
    """Return text without quotation marks, capitals and lines."""
    return " ".join(re.sub(r"[‘’'“”\"]", "", text).casefold().split())


def _times_in(quote: str, text: str) -> int:
    """Count how often the parts of a quote stand in a text, one after the other."""
    parts = [re.escape(_plain(part)) for part in re.split(r"…|\.\.\.", quote)]
    return len(re.findall(r"(?<!\d)" + ".*?".join(parts), _plain(text)))


ROWS = _as_written()
COMPUTED = [row for row in ROWS if row["quote_nl"] == "computed"]
QUOTED = [row for row in ROWS if row["quote_nl"] != "computed"]


@pytest.mark.parametrize("row", QUOTED, ids=lambda row: row["id"])
def test_the_words_of_every_figure_stand_in_one_place_of_its_source(row, shared_file):
    (source,) = shared_file("seeds").glob(f"{row['seed']}_*.txt")
    assert row["quote_nl"].strip()
    assert _times_in(row["quote_nl"], source.read_text("utf-8")) == 1


def test_a_figure_that_its_source_does_not_give_exactly_says_so():
    loose = re.compile(r"meer dan|bijna|nagenoeg", re.IGNORECASE)
    rows = [row for row in ROWS if loose.search(row["quote_nl"])]
    assert len(rows) == 8
    for row in rows:
        assert re.search(r'"(more than|almost) ', row["caution"]), row["id"]


def test_what_managers_are_called_is_said_only_of_their_figures():
    for row in ROWS:
        if "MANAGERS" in row["caution"]:
            assert row["group"] in ("C-level", "customer-facing managers")


def test_two_shares_of_one_gap_have_the_same_cautions_unless_the_text_differs():
    caution = published_figures().set_index("id")["caution"]
    assert caution["K3"] == caution["K4"] != ""
    assert 'text says "bedrijven"' in caution["P1b"]


@pytest.mark.parametrize(
    "row",
    [row for row in QUOTED if re.fullmatch(r"[\d.]+", row["value"])],
    ids=lambda row: row["id"],
)
def test_every_number_stands_in_its_words(row):
    said = IN_WORDS.get(row["id"])
    if said is not None:
        assert said in row["quote_nl"]
    else:
        whole = row["quote_nl"].replace(".", "")
        assert re.search(rf"(?<!\d){row['value']}(?!\d)", whole)


@pytest.mark.parametrize("name", ["P1", "P2"])
def test_a_number_of_respondents_stands_in_the_source(name, shared_file):
    (source,) = shared_file("seeds").glob("001_*.txt")
    text = source.read_text("utf-8")
    for n in figures_of(GAPS[name])["n"].astype(int):
        assert f"{n // 1000}.{n % 1000:03d} respondenten" in text


def test_what_was_computed_can_be_computed_again():
    number = published_figures().set_index("id")["number"]
    values = published_figures().set_index("id")["value"]
    assert [row["id"] for row in COMPUTED] == ["K5"]
    ten, seven = number["K3"] / 100, number["K4"] / 100
    odds = ten / (1 - ten) / (seven / (1 - seven))
    assert values["K5"] == f"{ten / seven:.2f} / {odds:.2f} / {100 * (ten - seven):.0f} pp"
    assert number["G7gap"] == number["G7a"] - number["G7b"]
    assert number["P0"] == sum(figures_of(GAPS["P1"])["n"].astype(int))


def test_no_row_of_the_table_it_was_made_from_is_lost(shared_file):
    with shared_file("data/published_figures.csv").open(encoding="utf-8", newline="") as file:
        made_from = {row["id"]: row for row in csv.DictReader(file)}
    ours = {row["id"]: row for row in ROWS}
    assert len(ours) == len(ROWS)
    assert made_from.keys() <= ours.keys()
    for name, row in made_from.items():
        changed = tuple(column for column in row if ours[name][column] != row[column])
        assert set(changed) == set(CORRECTED.get(name, ()))


def test_the_table_has_every_row_and_column_of_the_file_in_its_order():
    table = published_figures()
    assert [*table.columns] == [*ROWS[0], "number", "gap", "citation"]
    assert table[[*ROWS[0]]].to_dict("records") == ROWS


def test_a_number_is_a_number_and_a_claim_is_not():
    number = published_figures().set_index("id")["number"]
    assert number["P13"] == 82
    assert np.isnan(number["C1"])
    assert np.isnan(number["K5"])


def test_every_word_is_in_both_languages_and_codes_stay_as_they_are():
    english, dutch = published_figures(), published_figures("nl")
    for column in ("group", "statistic", "caution"):
        known = {
            text for key, text in catalogue("en").items() if key.startswith(f"published.{column}.")
        }
        assert known == set(english[column]) - {""}
    same = english["statistic"] == dutch["statistic"]
    assert set(english.loc[same, "statistic"]) == set()
    codes = ["id", "topic", "unit", "n", "type", "number", "gap", "quote_nl"]
    pd.testing.assert_frame_equal(english[codes], dutch[codes])
    assert (
        dutch.loc[dutch["id"] == "C2", "value"].item() == "wachttijd; toegankelijkheid; keuzemenu"
    )


def test_every_figure_says_where_it_comes_from():
    table = published_figures("nl").set_index("id")
    assert table.loc["P1a", "citation"].startswith("Pegasystems, The good, the bad")
    assert "volgens Klantcontact, 15 mei 2019" in table.loc["P1a", "citation"]
    assert "Adformatie" in table.loc["G1a", "citation"]
    assert "Ziptone" in table.loc["K1", "citation"]
    assert "Marketingfacts (2011)" in table.loc["C1", "citation"]
    assert "21 mei 2015" in table.loc["B1", "citation"]


@pytest.mark.parametrize("name", GAPS)
def test_a_gap_asks_one_thing_of_groups_that_do_not_overlap(name):
    figures = figures_of(GAPS[name])
    assert len(set(figures["statistic"])) == 1
    assert figures["group"].is_unique
    assert set(figures["unit"]) == {"%"}
    assert not figures["group"].str.startswith("all").any()


def test_figures_of_a_part_of_unknown_size_have_no_number_of_respondents():
    """Brunel split 400 professionals into IT and others and did not say how many are in each."""
    n = published_figures().set_index("id")["n"]
    assert n[["B2", "B3", "P7", "P11"]].tolist() == ["subset"] * 4


def test_the_table_is_the_callers_own():
    table = published_figures()
    table["number"] = 0.0
    assert published_figures()["number"].max() == 12500
