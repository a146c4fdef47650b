"""Tests of `answers.weights.weights_words`: what a reader sees, in both languages."""

from __future__ import annotations

import re

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.formatting import MINUS
from tests.samples import answers, survey_of

NBSP = "\u00a0"
ENGLISH = re.compile(
    r"\b(the|and|with|for|weight|weights|weighs|share|differences|resamples|respondents that|own|"
    r"adjusted|noise|classic|negative|passenger|remark|shown|varies|never|between|they)\b"
)


@pytest.fixture
def weights() -> cx.DriverWeights:
    """Two drivers that count, one that corrects, one that travels and one that never varies."""
    frame = answers((0.9, 0.5, -0.4, 0.0, 0.0), n=1200, correlation=0.6, seed=4)
    frame.loc[:199, "empathy"] = -1
    survey = survey_of(frame.assign(wait_time=7.0), not_applicable=[-1])
    return cx.driver_weights(survey, n_boot=300, seed=7)


def test_the_table_is_ranked_labelled_and_rounded(weights: cx.DriverWeights):
    table = weights.table()
    assert table.columns.tolist() == [
        "driver", "share", f"95{NBSP}%", "rank", "own effect", "n", "remark",
    ]  # fmt: skip
    tidy = weights.tidy().set_index("driver")
    assert table["driver"].tolist()[:2] == ["Reliability", "Empathy"]
    assert set(table["driver"]) == {
        "Reliability", "Empathy", "Customer focus", "Customer knowledge", "Wait time",
    }  # fmt: skip
    first = tidy.loc["reliability"]
    row = table.iloc[0]
    assert row["share"] == f"{100 * first['share']:.0f}{NBSP}%"
    assert (
        row[f"95{NBSP}%"]
        == f"{100 * first['share_low']:.0f}–{100 * first['share_high']:.0f}{NBSP}%"
    )
    assert row["rank"] == "1"
    assert row["own effect"] == (
        f"{first['effect']:.2f} [{first['effect_low']:.2f}, {first['effect_high']:.2f}]"
    )
    assert row["n"] == f"1{NBSP}200"
    assert table["n"].tolist()[1] == f"1{NBSP}000"


def test_remarks_are_words_in_both_languages(weights: cx.DriverWeights):
    english = weights.table().set_index("driver")["remark"]
    dutch = weights.table("nl").set_index("driver")["opmerking"]
    assert english[["Reliability", "Customer focus", "Wait time"]].tolist() == [
        "", "negative effect", "never varies",
    ]  # fmt: skip
    assert dutch[["Betrouwbaarheid", "Klantfocus", "Wachttijd"]].tolist() == [
        "", "negatief effect", "varieert niet",
    ]  # fmt: skip


def test_a_range_of_ranks_is_shown_where_the_resamples_leave_doubt():
    weights = cx.driver_weights(survey_of(answers((0.5, 0.48, 0.0), correlation=0)), n_boot=300)
    assert weights.table()["rank"].tolist() == ["1–2", "1–2", "3"]


def test_without_resamples_the_rank_is_that_of_the_sample():
    table = cx.driver_weights(survey_of(answers()), n_boot=0).table()
    assert table["rank"].tolist() == ["1", "2", "3"]
    assert table[f"95{NBSP}%"].tolist() == ["–", "–", "–"]


def test_the_dutch_table_has_decimal_commas_and_dutch_names(weights: cx.DriverWeights):
    table = weights.table("nl")
    assert table.columns.tolist() == [
        "driver", "aandeel", f"95{NBSP}%", "rang", "eigen effect", "n", "opmerking",
    ]  # fmt: skip
    assert table["driver"].iloc[0] == "Betrouwbaarheid"
    effects = table["eigen effect"].iloc[:4]
    assert effects.str.fullmatch(rf"{MINUS}?\d,\d\d \[{MINUS}?\d,\d\d; {MINUS}?\d,\d\d\]").all()


def test_nothing_dutch_holds_an_english_word_or_a_decimal_point(weights: cx.DriverWeights):
    cells = weights.table("nl").to_numpy().ravel()
    for text in (*cells, weights.summary("nl"), weights.footer("nl")):
        assert not ENGLISH.search(str(text)), text
        assert not re.search(r"\d\.\d", str(text)), text


def test_the_check_for_english_words_finds_them_in_the_english_texts(weights: cx.DriverWeights):
    for text in (weights.summary(), weights.footer()):
        assert ENGLISH.search(text)
        assert not re.search(r"\d,\d", text.replace(", ", " "))


def test_the_footer_says_the_fit_the_resamples_and_the_seed(weights: cx.DriverWeights):
    low, high = weights.r_squared_interval
    fit = weights.r_squared
    assert weights.footer() == (
        f"R² = {fit:.2f} ({low:.2f}–{high:.2f}), least squares, 300 resamples of "
        "respondents, seed 7, adjusted for noise"
    )
    assert weights.footer("nl") == (
        f"R² = {fit:.2f} ({low:.2f}–{high:.2f}), kleinste kwadraten, "
        "300 hertrekkingen van respondenten, seed 7, gecorrigeerd voor ruis"
    ).replace("0.", "0,")


def test_the_footer_says_when_the_numbers_are_the_classic_ones():
    weights = cx.driver_weights(survey_of(answers()), n_boot=1000, seed=12345, adjusted=False)
    assert weights.footer().endswith(
        f"1{NBSP}000 resamples of respondents, seed 12345, classic (not adjusted)"
    )
    assert weights.footer("nl").endswith("seed 12345, klassiek (niet gecorrigeerd)")


def test_the_summary_says_what_comes_first_how_sure_and_that_it_is_no_cause(
    weights: cx.DriverWeights,
):
    first = weights.tidy().iloc[0]
    low, high = 100 * first["share_low"], 100 * first["share_high"]
    summary = weights.summary()
    assert summary.startswith(
        f"The drivers together explain {100 * weights.r_squared:.0f}{NBSP}% of the differences in "
        f"satisfaction between 1{NBSP}200 respondents. "
    )
    assert (
        f"Reliability weighs most: {100 * first['share']:.0f}{NBSP}% of what the drivers explain "
        f"together (95{NBSP}% interval {low:.0f}–{high:.0f}{NBSP}%); it came first in "
        f"{100 * first['p_first']:.0f}{NBSP}% of the resamples."
    ) in summary
    assert "Customer focus has a negative effect of its own" in summary
    assert "Wait time never varies and has weight 0." in summary
    assert summary.endswith("they do not show causes.")
    assert weights.summary("nl").endswith("oorzaken tonen zij niet aan.")


def test_several_of_a_kind_are_named_in_one_sentence():
    frame = answers((0.9, 0.0, 0.0, 0.0), correlation=0, n=400, seed=2)
    weights = cx.driver_weights(survey_of(frame), n_boot=300)
    assert "For Empathy, Customer focus and Customer knowledge no weight is shown: their" in (
        weights.summary()
    )
    assert (
        "Voor Empathie, Klantfocus en Klantkennis is geen gewicht aangetoond: de intervallen"
        in weights.summary("nl")
    )


def test_a_level_with_decimals_is_not_rounded_to_certainty():
    table = cx.driver_weights(survey_of(answers()), n_boot=50, level=0.999).table()
    assert f"99.9{NBSP}%" in table.columns


def test_a_client_s_own_labels_are_used_in_every_language():
    labels = {"reliability": "Q1 solved", "satisfaction": "the grade"}
    weights = cx.driver_weights(survey_of(answers(), labels=labels), n_boot=0)
    for language in ("en", "nl"):
        assert weights.table(language)["driver"].iloc[0] == "Q1 solved"
        assert "the grade" in weights.summary(language)


def test_it_shows_itself_as_the_table_with_its_footer(weights: cx.DriverWeights):
    assert repr(weights).endswith(weights.footer())
    assert "Customer knowledge" in repr(weights)
    html = weights._repr_html_()
    assert html.count("<tr") == 6
    assert html.endswith(f"<p>{weights.footer()}</p>")


def test_numbers_stay_raw_in_the_tidy_table(weights: cx.DriverWeights):
    tidy = weights.tidy()
    assert tidy["estimate"].dtype == np.float64
    assert (tidy["estimate"] != tidy["estimate"].round(4)).sum() >= 4
