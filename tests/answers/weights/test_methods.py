"""Tests of `answers.weights.methods`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.charts import style
from cxdrivers.charts.methods import draw_methods
from cxdrivers.moments.grouped_rows import grouped_moments, moments_by_code
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def mobi() -> cx.Moments:
    """Return the moments of relaimpo's case `a`, from its correlation matrix."""
    path = Path(__file__).parents[2] / "reference" / "a_mobi_composites.json"
    facts = json.loads(path.read_text("utf-8"))
    names = [*facts["drivers"], facts["outcome"]]
    return cx.Moments.from_covariance(
        facts["correlation"], names=names, outcome=facts["outcome"], n=facts["n"]
    )


def test_all_seven_methods_stand_side_by_side(mobi: cx.Moments):
    comparison = cx.compare_methods(mobi)
    assert list(comparison.estimates) == [
        "lmg", "first", "last", "betasq", "pratt", "johnson", "car"
    ]  # fmt: skip
    for method in ("lmg", "pratt", "johnson", "car"):
        assert comparison.estimates[method].sum() == pytest.approx(0.7025341588843759)


def test_a_method_gives_what_driver_weights_gives_for_it(mobi: cx.Moments):
    comparison = cx.compare_methods(mobi)
    for method, estimate in comparison.estimates.items():
        weights = cx.driver_weights(mobi, method=method, adjusted=False)
        np.testing.assert_array_equal(weights.estimate, estimate)
        assert weights.r_squared == pytest.approx(0.7025341588843759)


def test_the_tidy_table_has_a_row_a_driver_and_method(mobi: cx.Moments):
    table = cx.compare_methods(mobi, methods=["lmg", "last"]).tidy()
    assert list(table.columns) == ["driver", "method", "estimate", "share", "rank"]
    assert len(table) == 12
    assert table.groupby("method")["share"].sum().tolist() == pytest.approx([1, 1])


def test_rankings_are_compared_by_kendalls_tau(mobi: cx.Moments):
    agreement = cx.compare_methods(mobi).agreement
    assert np.diag(agreement) == pytest.approx(1)
    assert agreement.loc["lmg", "last"] == pytest.approx(1 - 2 * 4 / 15)
    assert agreement.equals(agreement.T)


def test_methods_that_disagree_on_the_top_two_are_named_in_both_languages(mobi: cx.Moments):
    comparison = cx.compare_methods(mobi)
    said = comparison.summary("en")
    assert said.startswith("By LMG (Shapley), Quality and Image come out on top.")
    assert "By on top (last) these are Quality and Loyalty." in said
    assert "Volgens bovenop (last) zijn dat Quality en Loyalty." in comparison.summary("nl")


def test_methods_that_agree_are_said_to():
    comparison = cx.compare_methods(survey_of(answers((0.9, 0.6, 0.05))))
    said = comparison.summary()
    assert said == "All methods put Reliability and Empathy on top."


def test_a_negative_weight_is_flagged_as_suppression_and_has_no_share():
    matrix = [[1.0, 0.6, 0.5], [0.6, 1.0, 0.1], [0.5, 0.1, 1.0]]
    moments = cx.Moments.from_covariance(matrix, names=["a", "b", "y"], outcome="y", n=300)
    comparison = cx.compare_methods(moments, methods=["lmg", "pratt"])
    table = comparison.tidy().set_index(["method", "driver"])
    assert table.loc[("pratt", "b"), "estimate"] < 0
    assert np.isnan(table.loc[("pratt", "a"), "share"])
    assert "suppression" in comparison.summary()
    assert "suppressie" in comparison.summary("nl")


def test_what_is_not_defined_is_left_out_with_its_reason():
    frame = answers()
    frame.loc[:99, "empathy"] = -1
    comparison = cx.compare_methods(survey_of(frame, not_applicable=[-1]))
    assert set(comparison.left_out) == {"johnson", "car"}
    assert "Johnson and CAR are left out: they are not defined" in comparison.summary()
    assert "'empathy'" in comparison.left_out["johnson"].say()


def test_when_nothing_asked_for_is_defined_that_is_an_error():
    frame = answers().assign(team=np.arange(300) % 3)
    with pytest.raises(cx.FitError, match="None of the methods asked for is defined here"):
        cx.compare_methods(survey_of(frame), methods=["car"], always=["team"])


def test_average_coefficients_start_alone_and_end_in_the_whole_model(mobi: cx.Moments):
    table = cx.compare_methods(mobi).average_coefficients
    alone = mobi.covariance[:-1, -1]
    np.testing.assert_allclose(table[1], alone, atol=1e-12)
    whole = np.linalg.solve(mobi.covariance[:-1, :-1], alone)
    np.testing.assert_allclose(table[6], whole, atol=1e-10)


def test_conditional_dominance_averages_to_lmg_and_starts_with_each_alone(mobi: cx.Moments):
    comparison = cx.compare_methods(mobi)
    table = comparison.conditional_dominance
    np.testing.assert_allclose(table.mean(axis=1), comparison.estimates["lmg"], atol=1e-12)
    np.testing.assert_allclose(table[0], comparison.estimates["first"], atol=1e-12)
    np.testing.assert_allclose(table[5], comparison.estimates["last"], atol=1e-12)


def test_commonality_is_that_of_yhat_and_adds_up(mobi: cx.Moments):
    table = cx.compare_methods(mobi).commonality.set_index("drivers")
    assert table["estimate"].sum() == pytest.approx(0.7025341588843759)
    assert table.loc[[("Quality", "Value")], "estimate"].item() == pytest.approx(
        0.025523116727561, abs=1e-12
    )
    assert table.loc[[("Quality",)], "estimate"].item() == pytest.approx(0.07973989155647)


def test_too_many_drivers_for_all_subsets_are_refused():
    names = [f"x{place}" for place in range(16)]
    moments = cx.Moments.from_covariance(np.eye(16), names=names, outcome="x15", n=500)
    with pytest.raises(cx.FitError, match="15 are more than the 14"):
        _ = cx.compare_methods(moments, methods=["first"]).commonality


def test_the_chart_marks_every_method_that_has_shares(mobi: cx.Moments):
    comparison = cx.compare_methods(mobi)
    _, axes = style.figure_for_rows(7)
    draw_methods(comparison.tidy(), comparison.labels["nl"], ax=axes, language="nl")
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names[0] == "LMG (Shapley)"
    assert len(names) == 7
    assert axes.get_xlabel() == "aandeel volgens elke methode"
    assert [label.get_text() for label in axes.get_yticklabels()][-1] == "Quality"


def test_it_reads_well_in_a_notebook(mobi: cx.Moments):
    comparison = cx.compare_methods(mobi)
    assert "<table" in comparison._repr_html_()
    assert repr(comparison).splitlines()[0].split()[:2] == ["driver", "LMG"]
    assert isinstance(comparison.table("nl"), pd.DataFrame)


def test_moments_of_one_group_are_compared_with_the_labels_of_their_codebook():
    survey = survey_of(answers(n=150), weight=None)
    drivers = (replace(survey.codebook.drivers[0], label="Kept promises"),)
    survey = replace(
        survey,
        codebook=replace(survey.codebook, drivers=drivers + survey.codebook.drivers[1:]),
    )
    whole = moments_by_code(survey, np.zeros(150, dtype=np.intp), [""], by="")
    found, expected = cx.compare_methods(whole), cx.compare_methods(survey)
    assert [*found.estimates] == [*expected.estimates]
    for method, estimate in expected.estimates.items():
        np.testing.assert_allclose(found.estimates[method], estimate, atol=1e-12)
    assert found.table().iloc[0, 0] == "Kept promises"


def test_of_moments_of_several_groups_one_must_be_taken():
    frame = answers(n=150).assign(team=np.arange(150) % 2)
    grouped = grouped_moments(survey_of(frame), "team")
    with pytest.raises(cx.FitError, match=r"hold 2 groups of 'team'.*: moments\.of\(\"0\"\)\."):
        cx.compare_methods(grouped)
    alone = cx.compare_methods(survey_of(frame[frame["team"] == 1]))
    found = cx.compare_methods(grouped.of("1"))
    np.testing.assert_allclose(found.estimates["lmg"], alone.estimates["lmg"], atol=1e-12)


def test_a_driver_that_never_varies_in_a_group_weighs_nothing_by_any_method():
    frame = answers(n=150).assign(team=np.arange(150) % 2)
    frame.loc[frame["team"] == 1, "empathy"] = 7.0
    found = cx.compare_methods(grouped_moments(survey_of(frame), "team").of("1"))
    assert found.estimates["lmg"][1] == 0


def test_what_is_neither_survey_nor_moments_is_refused():
    with pytest.raises(cx.FitError, match=r"This needs a survey or moments, not a DataFrame\."):
        cx.compare_methods(answers(n=9))
