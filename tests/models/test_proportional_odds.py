"""Tests of `cxdrivers.models.proportional_odds`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.models.proportional_odds import ProportionalOdds, check_proportional_odds
from cxdrivers.models.threshold_logits import SlopeTest
from tests.models.graded import grades
from tests.samples import survey_of

NBSP = "\u00a0"
DRIVERS = ["reliability", "empathy", "customer_focus"]
PICTURE = [
    "driver",
    "term",
    "threshold",
    "estimate",
    "std_error",
    "conf_low",
    "conf_high",
    "odds_ratio",
    "effect",
    "effect_low",
    "effect_high",
]


def checked(frame: pd.DataFrame, *, level: float = 0.95, **fields) -> ProportionalOdds:
    survey = survey_of(frame, **fields)
    return check_proportional_odds(
        cx.fit_satisfaction(survey, kind="ordinal", threshold=4, level=level)
    )


@pytest.fixture(scope="module")
def holding() -> ProportionalOdds:
    return checked(grades(n=1000))


@pytest.fixture(scope="module")
def failing() -> ProportionalOdds:
    return checked(grades(n=1000, bottom=(0.0, 0.0, 1.0)))


def test_the_tidy_table_has_a_row_a_driver_and_one_for_all(holding: ProportionalOdds):
    table = holding.tidy()
    assert list(table.columns) == ["driver", "statistic", "df", "p_value", "p_adjusted"]
    assert table["driver"].tolist() == [*DRIVERS, "all"]
    assert table["df"].tolist() == [3, 3, 3, 9]
    assert table["p_adjusted"].iloc[-1] == table["p_value"].iloc[-1]


def test_p_values_of_drivers_are_adjusted_as_holm_does(failing: ProportionalOdds):
    alone = failing.tidy().iloc[:-1]
    ranked = np.sort(alone["p_value"])
    expected = np.minimum(np.maximum.accumulate(ranked * [3, 2, 1]), 1)
    np.testing.assert_allclose(np.sort(alone["p_adjusted"]), expected)


def test_a_driver_that_matters_only_at_the_bottom_is_named(failing: ProportionalOdds):
    assert failing.failing == ("customer_focus",)
    assert failing.holds is False
    assert failing.sentence() == (
        "Proportional odds do not hold: how strongly Customer focus goes with the outcome differs "
        f"between thresholds (p <{NBSP}0.001), so look at the top box at several thresholds."
    )
    assert failing.sentence("nl") == (
        "Proportionele odds gaan niet op: hoe sterk Klantfocus met de uitkomst samengaat, "
        f"verschilt tussen drempels (p <{NBSP}0,001); bekijk daarom de topbox bij verschillende "
        "drempels."
    )
    rows = failing.by_threshold().query("driver == 'customer_focus'")
    assert (rows["odds_ratio"].iloc[:2] > 2).all()
    assert (rows["odds_ratio"].iloc[2:] < 1.6).all()


def test_two_drivers_are_named_with_the_larger_p_value():
    found = checked(grades(n=1500, bottom=(0.0, 1.0, 1.0)))
    assert set(found.failing) >= {"empathy", "customer_focus"}
    named = "Empathy and Customer focus"
    assert f"how strongly {named} go with the outcome differs" in found.sentence()
    assert "(largest p " in found.sentence()
    assert "hoe sterk Empathie en Klantfocus met de uitkomst samengaan, verschilt" in (
        found.sentence("nl")
    )


def test_when_it_holds_one_sentence_says_so(holding: ProportionalOdds):
    p = holding.overall.p_value
    assert p > 0.05
    assert holding.holds is True
    assert holding.summary() == (
        "Proportional odds: no difference was found between the thresholds in how strongly drivers "
        f"go with the outcome (p ={NBSP}{p:.3f})."
    )
    shown = f"{p:.3f}".replace(".", ",")
    assert holding.summary("nl") == (
        "Proportionele odds: tussen de drempels is geen verschil gevonden in hoe sterk drivers met "
        f"de uitkomst samengaan (p ={NBSP}{shown})."
    )


def test_a_difference_of_all_together_is_told_from_one_of_a_driver(holding: ProportionalOdds):
    found = replace(holding, overall=SlopeTest(30.0, 9, 0.004))
    assert found.holds is False
    assert "taken together" in found.sentence()
    assert f"(p ={NBSP}0.004), though for no driver on its own" in found.sentence()
    assert "al is dat voor geen driver afzonderlijk gevonden" in found.sentence("nl")


def test_few_clusters_tell_of_each_driver_but_not_of_all_together():
    frame = grades(n=600).assign(team=np.arange(600) % 9)
    found = checked(frame, cluster="team")
    assert np.isnan(found.overall.p_value)
    assert found.holds is True
    assert found.sentence().endswith("all together could not be tested.")
    assert found.sentence("nl").endswith("alles samen was niet te toetsen.")
    assert found.table()["Wald"].iloc[-1] == "–"


def test_thresholds_without_enough_answers_are_left_out_and_named():
    found = checked(grades(n=600, cuts=(-9.0, -7.0, -1.0, 0.0, 1.5)))
    assert found.left_out == {2.0: "few", 3.0: "few"}
    assert found.thresholds == (4, 5, 6)
    assert found.summary().endswith(
        "The thresholds 2 and 3 were left out: too few respondents lie on one of their sides for "
        "the number of columns."
    )
    assert found.summary("nl").endswith(
        "De drempels 2 en 3 blijven weg: aan een van de kanten liggen te weinig respondenten voor "
        "het aantal kolommen."
    )
    alone = replace(found, logits=replace(found.logits, left_out={2.0: "few"}))
    assert "The threshold 2 was left out: too few" in alone.summary()
    assert "De drempel 2 blijft weg: aan een van" in alone.summary("nl")


def test_a_threshold_that_answers_tell_exactly_is_left_out_and_named():
    frame = grades(n=600)
    few = frame.index[frame["satisfaction"].between(3, 4)][:40]
    frame.loc[few, "empathy"] = -1
    found = checked(frame, not_applicable=[-1])
    assert found.left_out == {2.0: "separated", 3.0: "separated", 5.0: "separated"}
    assert found.holds is None
    assert found.summary().startswith("Proportional odds could not be checked: that takes at least")
    assert found.summary("nl").startswith("Of proportionele odds opgaan, was niet na te gaan: dat")
    assert found.summary().endswith(
        "The thresholds 2, 3 and 5 were left out: answers tell exactly who reaches them, so no "
        "best fit exists there."
    )
    assert "is precies af te lezen wie ze haalt" in found.summary("nl")
    alone = replace(found, logits=replace(found.logits, left_out={2.5: "separated"}))
    assert "The threshold 2.5 was left out: answers tell exactly who reaches it" in alone.summary()
    assert "De drempel 2,5 blijft weg: uit de antwoorden" in alone.summary("nl")


@pytest.mark.parametrize("fields", [{}, {"weight": "w"}, {"cluster": "team"}])
def test_each_threshold_has_the_numbers_of_its_top_box(fields: dict[str, str]):
    rng = np.random.default_rng(9)
    frame = grades(n=700).assign(team=np.arange(700) % 50, w=rng.uniform(0.5, 2, 700))
    frame.loc[:99, "empathy"] = -1
    survey = survey_of(frame, not_applicable=[-1], **fields)
    ordinal = cx.fit_satisfaction(survey, kind="ordinal", threshold=4, level=0.9)
    table = check_proportional_odds(ordinal).by_threshold()
    assert list(table.columns) == PICTURE
    assert table["threshold"].unique().tolist() == [2, 3, 4, 5]
    for threshold in (2, 4):
        direct = cx.fit_satisfaction(survey, kind="top_box", threshold=threshold, level=0.9).tidy()
        found = table[table["threshold"] == threshold]
        assert found["term"].tolist() == direct["term"].tolist()
        for name in PICTURE[3:]:
            np.testing.assert_allclose(found[name], direct[name], rtol=1e-5, err_msg=name)


def test_a_driver_with_a_mark_is_tested_with_both_its_columns():
    frame = grades(n=900)
    frame.loc[:199, "empathy"] = -1
    table = checked(frame, not_applicable=[-1]).tidy()
    assert table["df"].tolist() == [3, 6, 3, 12]


def test_marks_that_are_tied_have_no_test_of_their_own():
    frame = grades(n=900)
    frame.loc[:199, ["reliability", "empathy"]] = -1
    found = checked(frame, not_applicable=[-1])
    assert found.tidy()["df"].tolist() == [3, 3, 3, 12]
    marks = found.by_threshold().query("term == 'not_applicable'")
    assert marks["estimate"].isna().all()


def test_a_mark_of_one_cluster_is_not_tested():
    frame = grades(n=900).assign(team=np.arange(900) // 30)
    frame.loc[60:89, "empathy"] = -1
    found = checked(frame, not_applicable=[-1], cluster="team")
    assert found.thresholds == (2, 3, 4, 5)
    assert found.tests["empathy"].df == 3


def test_controls_are_tested_too_and_a_driver_that_never_varies_is_not():
    frame = grades(n=900).assign(empathy=7.0, wave=np.tile([1.0, 2.0, 3.0], 300))
    model = cx.fit_satisfaction(survey_of(frame), kind="ordinal", threshold=4, always=["wave"])
    found = check_proportional_odds(model)
    assert found.tidy()["driver"].tolist() == [*DRIVERS, "wave", "all"]
    assert found.tidy()["df"].tolist() == [3, 0, 3, 3, 9]
    assert np.isnan(found.tests["empathy"].p_value)
    assert found.holds is not None
    assert found.picture()["driver"].tolist()[-1] == "wave (control)"


def test_the_tables_are_what_a_reader_wants_in_both_languages(failing: ProportionalOdds):
    english, dutch = failing.table(), failing.table("nl")
    assert english.columns.tolist() == ["driver", "Wald", "df", "p", "p (Holm)"]
    assert dutch.columns.tolist() == ["driver", "Wald", "vrijheidsgraden", "p", "p (Holm)"]
    assert english["driver"].tolist()[-1] == "all together"
    assert dutch["driver"].tolist() == ["Betrouwbaarheid", "Empathie", "Klantfocus", "alles samen"]
    picture, row = failing.picture("nl"), failing.by_threshold().iloc[0]
    assert picture.columns.tolist() == ["driver", *(f"{grade} of hoger" for grade in (2, 3, 4, 5))]
    shown = f"{row['odds_ratio']:.2f} ({100 * row['effect']:.1f})".replace(".", ",")
    assert picture.iloc[0, 1] == shown
    assert failing.picture().columns[1] == "2 or more"


def test_the_page_shows_the_thresholds_only_when_they_differ(
    holding: ProportionalOdds, failing: ProportionalOdds
):
    assert holding._repr_html_().count("<table") == 1
    page = failing._repr_html_()
    assert page.count("<table") == 2
    assert (
        "In each cell: the odds ratio, and in brackets the own effect in percentage points." in page
    )
    assert repr(failing).endswith(failing.summary())


def test_the_orientation_service_shows_staff_competence_to_matter_most_at_the_top(
    shared_file: Callable[[str], Path],
):
    frame = pd.read_csv(shared_file("data/CUB_univer.csv"))
    drivers = ["informat", "willingn", "officeho", "compete"]
    survey = cx.Survey.from_frame(frame, outcome="global", drivers=drivers, scale=(1, 7))
    found = check_proportional_odds(cx.fit_satisfaction(survey, kind="ordinal"))
    assert found.failing == ("compete",)
    assert found.overall.statistic == pytest.approx(69.6, abs=0.1)
    assert found.overall.df == 20
    ratios = found.by_threshold().query("driver == 'compete'")["odds_ratio"]
    assert ratios.iloc[-1] == ratios.max()
