"""Tests of `cxdrivers.models.satisfaction`."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from tests.samples import answers, survey_of

COLUMNS = [
    "driver",
    "term",
    "estimate",
    "std_error",
    "statistic",
    "p_value",
    "conf_low",
    "conf_high",
    "vif",
    "n",
]


@pytest.fixture
def model() -> cx.SatisfactionModel:
    frame = answers(n=1200)
    frame.loc[:199, "customer_focus"] = -1
    return cx.fit_satisfaction(survey_of(frame, not_applicable=[-1]))


def test_the_tidy_table_has_one_row_a_term(model: cx.SatisfactionModel):
    table = model.tidy()
    assert list(table.columns) == COLUMNS
    assert table["driver"].tolist() == [
        "reliability",
        "empathy",
        "customer_focus",
        "customer_focus",
    ]
    assert table["term"].tolist() == ["rating", "rating", "rating", "not_applicable"]
    assert table["n"].tolist() == [1200, 1200, 1000, 1000]
    assert model.n == 1200


def test_the_statistic_is_the_estimate_over_its_error(model: cx.SatisfactionModel):
    table = model.tidy()
    np.testing.assert_allclose(table["statistic"], table["estimate"] / table["std_error"])


def test_another_level_gives_other_intervals_and_the_column_says_so():
    survey = survey_of(answers())
    narrow, wide = (cx.fit_satisfaction(survey, level=level) for level in (0.8, 0.99))
    assert (wide.tidy()["conf_high"] > narrow.tidy()["conf_high"]).all()
    assert "80\u00a0%" in narrow.table().columns
    assert "99\u00a0%" in wide.table("nl").columns


def test_the_table_is_what_a_reader_wants_in_both_languages(model: cx.SatisfactionModel):
    english, dutch = model.table(), model.table("nl")
    nbsp = "\u00a0"
    assert english.columns.tolist() == ["driver", "own effect", f"95{nbsp}%", "p", "VIF", "n"]
    assert dutch.columns.tolist() == ["driver", "eigen effect", f"95{nbsp}%", "p", "VIF", "n"]
    assert english["driver"].tolist() == [
        "Reliability",
        "Empathy",
        "Customer focus",
        "Customer focus (did not apply)",
    ]
    assert dutch["driver"].iloc[-1] == "Klantfocus (niet van toepassing)"
    assert english["p"].iloc[0] == f"<{nbsp}0.001"
    assert dutch["p"].iloc[0] == f"<{nbsp}0,001"
    assert english["n"].iloc[0] == f"1{nbsp}200"
    assert dutch["eigen effect"].str.contains(",").all()


def test_the_summary_names_the_clearest_effect_with_its_interval(model: cx.SatisfactionModel):
    row = model.tidy().iloc[0]
    summary = model.summary()
    shown = f"{row['estimate']:.2f} [{row['conf_low']:.2f}, {row['conf_high']:.2f}]"
    assert "Reliability has the clearest effect of its own" in summary
    assert shown in summary
    assert summary.endswith("Standard errors are robust (HC3).")
    dutch = model.summary("nl")
    assert "Betrouwbaarheid heeft het duidelijkste eigen effect" in dutch
    assert shown.replace(", ", "; ").replace(".", ",") in dutch
    assert dutch.endswith("De standaardfouten zijn robuust (HC3).")


def test_the_summary_says_when_errors_are_clustered():
    frame = answers().assign(team=np.arange(300) // 10)
    summary = cx.fit_satisfaction(survey_of(frame, cluster="team")).summary()
    assert summary.endswith("Standard errors are clustered.")


def test_the_summary_speaks_of_a_scale_point_only_where_there_is_one():
    """Not having met the menu may have the clearest effect, but has no scale."""
    frame = answers()
    frame.loc[:149, "empathy"] = -1
    frame.loc[:149, "satisfaction"] += 9
    model = cx.fit_satisfaction(survey_of(frame, not_applicable=[-1]))
    away = model.tidy().query("term == 'not_applicable'")["estimate"].item()
    assert f"one scale point more goes with {away:.2f}" not in model.summary()


def test_a_model_in_which_nothing_varies_still_has_a_table_and_a_summary():
    frame = answers((0.5,)).assign(reliability=7.0)
    model = cx.fit_satisfaction(survey_of(frame))
    assert model.tidy()["estimate"].isna().all()
    assert model.summary()
    assert "Reliability" in repr(model)


def test_it_shows_itself_as_table_and_summary(model: cx.SatisfactionModel):
    assert repr(model).endswith(model.summary())
    assert "Customer focus (did not apply)" in repr(model)
    assert model._repr_html_().count("<tr") == 5


def test_a_label_with_markup_is_shown_and_not_run():
    frame = answers().rename(columns={"reliability": "wait_time"})
    survey = survey_of(frame, labels={"wait_time": "Wait <b>under</b> 5 & more"})
    assert "<b>" not in cx.fit_satisfaction(survey)._repr_html_()


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(cx.FitError, match=r"kind is 'lineair'\. Did you mean 'linear'\?"):
        cx.fit_satisfaction(survey_of(answers()), kind="lineair")


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_and_1_is_refused(level: float):
    with pytest.raises(cx.FitError, match=rf"level is {level}\. It must lie between 0 and 1"):
        cx.fit_satisfaction(survey_of(answers()), level=level)
