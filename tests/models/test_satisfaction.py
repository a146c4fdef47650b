"""Tests of `cxdrivers.models.satisfaction`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.models.validation import validated
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

LOGISTIC = [
    *COLUMNS[:8],
    "odds_ratio",
    "odds_low",
    "odds_high",
    "effect",
    "effect_low",
    "effect_high",
    *COLUMNS[8:],
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


def graded(n: int = 1200) -> pd.DataFrame:
    """Return whole grades from 5 to 9, and a driver that did not apply to some."""
    frame = answers(n=n)
    frame["satisfaction"] = frame["satisfaction"].round().clip(5, 9)
    frame.loc[: n // 6 - 1, "customer_focus"] = -1
    return frame


def fitted(kind: str, frame: pd.DataFrame | None = None, **fields: Any) -> cx.SatisfactionModel:
    threshold = fields.pop("threshold", 8)
    frame = graded() if frame is None else frame
    survey = survey_of(frame, not_applicable=[-1], **fields)
    return cx.fit_satisfaction(survey, kind=kind, threshold=threshold)


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_logistic_models_say_log_odds_odds_ratios_and_chances(kind: str):
    model = fitted(kind)
    table = model.tidy()
    assert list(table.columns) == LOGISTIC
    assert table["term"].tolist() == ["rating", "rating", "rating", "not_applicable"]
    np.testing.assert_allclose(table["odds_ratio"], np.exp(table["estimate"]))
    np.testing.assert_allclose(table["odds_low"], np.exp(table["conf_low"]))
    np.testing.assert_allclose(table["statistic"], table["estimate"] / table["std_error"])
    assert (table["effect_low"] < table["effect"]).all()
    assert table["effect"].abs().max() < 0.25
    assert (model.kind, model.threshold, model.n) == (kind, 8, 1200)
    assert table["vif"].tolist() == fitted("linear", threshold=None).tidy()["vif"].tolist()


def test_the_design_of_a_top_box_is_0_and_1_and_that_of_grades_the_grades():
    assert np.unique(fitted("top_box").design.outcome).tolist() == [0, 1]
    assert np.unique(fitted("ordinal").design.outcome).tolist() == [5, 6, 7, 8, 9]


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_the_threshold_is_8_on_a_scale_to_10_and_what_is_asked_for_otherwise(kind: str):
    survey = survey_of(answers(n=400).round().clip(1, 10), scale=(1, 10))
    assert cx.fit_satisfaction(survey, kind=kind).threshold == 8
    assert cx.fit_satisfaction(survey, kind=kind, threshold=7).threshold == 7


def test_the_table_of_a_logistic_model_shows_odds_ratios_and_points():
    model = fitted("top_box")
    english, dutch = model.table(), model.table("nl")
    nbsp = "\u00a0"
    assert english.columns.tolist() == [
        "driver",
        f"odds ratio (95{nbsp}%)",
        f"percentage points (95{nbsp}%)",
        "p",
        "VIF",
        "n",
    ]
    assert dutch.columns.tolist()[1:3] == [f"oddsratio (95{nbsp}%)", f"procentpunten (95{nbsp}%)"]
    row = model.tidy().iloc[0]
    odds = f"{row['odds_ratio']:.2f} [{row['odds_low']:.2f}, {row['odds_high']:.2f}]"
    ends = f"{100 * row['effect_low']:.1f}; {100 * row['effect_high']:.1f}"
    points = f"{100 * row['effect']:.1f} [{ends}]".replace(".", ",")
    assert english.iloc[0, 1] == odds
    assert dutch.iloc[0, 2] == points


def test_the_summary_of_a_top_box_says_who_reaches_it_and_the_clearest_effect_in_points():
    model = fitted("top_box")
    row, share = model.tidy().iloc[0], round(100 * model.fit.share)
    points = f"{100 * row['effect']:.1f}"
    english, dutch = model.summary(), model.summary("nl")
    assert english.startswith(
        f"Of 1\u00a0200 respondents, {share}\u00a0% give 8 or higher for satisfaction. "
        f"McFadden's R² is {model.fit.r_squared:.2f}. "
        "Reliability has the clearest effect of its own: one scale point more goes with "
        f"{points} percentage points ["
    )
    assert english.endswith(
        "in the share at 8 or higher, the other drivers being equal. "
        "Standard errors are model-based; intervals are Wald's, from the normal distribution."
    )
    assert f"samen met {points.replace('.', ',')} procentpunten [" in dutch
    assert "in het aandeel met 8 of hoger" in dutch
    assert dutch.endswith("de intervallen zijn die van Wald, uit de normale verdeling.")


def test_the_summary_of_grades_ends_with_whether_odds_are_proportional():
    model = fitted("ordinal")
    for language in ("en", "nl"):
        assert model.summary(language).endswith(model.proportional_odds().sentence(language))


def test_a_threshold_with_decimals_is_written_as_the_language_does():
    model = fitted("ordinal", threshold=7.5)
    assert "give 7.5 or higher" in model.summary()
    assert "een 7,5 of hoger" in model.summary("nl")


def test_the_summary_says_how_clustered_and_weighted_errors_were_made():
    frame = graded().assign(team=np.arange(1200) // 40, w=np.linspace(0.5, 1.5, 1200))
    clustered = fitted("top_box", frame, cluster="team")
    assert clustered.summary().endswith(
        "Standard errors are clustered; intervals are Wald's, from the t distribution with "
        "29 degrees of freedom."
    )
    assert clustered.summary("nl").endswith("uit de t-verdeling met 29 vrijheidsgraden.")
    weighted = fitted("top_box", frame, weight="w").summary()
    assert (
        "Standard errors are robust (sandwich); intervals are Wald's, from the normal" in weighted
    )


def test_the_summary_says_that_firth_was_used_because_something_separates():
    frame = graded(300)
    frame.loc[:49, "satisfaction"] = 9
    model = fitted("top_box", frame)
    english, dutch = model.summary(), model.summary("nl")
    assert (
        "Customer focus sets respondents at 8 or higher apart from the others without exception, "
        "where ordinary logistic regression has no estimate; so Firth's penalised likelihood is "
        "used, which has one." in english
    )
    assert "Klantfocus scheidt respondenten met 8 of hoger zonder uitzondering" in dutch
    assert english.endswith(
        "Standard errors are model-based; intervals are those of the profile likelihood for odds "
        "ratios, and Wald's for own effects in points."
    )
    weighted = fitted("top_box", frame.assign(w=np.linspace(0.5, 1.5, 300)), weight="w")
    assert (
        "Standard errors are robust (sandwich), or the model's own where those are larger;"
        in weighted.summary()
    )


def test_the_summary_says_that_firth_was_used_because_few_reach_the_threshold():
    frame = answers(n=300)
    few = int((frame["satisfaction"] >= 9).sum())
    assert 1 < few < 30
    model = fitted("top_box", frame, threshold=9)
    assert (
        f"Only {few} respondents are on the rarer side of 9, for 3 columns (fewer than 10 a "
        "column); so Firth's penalised likelihood is used" in model.summary()
    )
    assert f"Aan de schaarse kant van 9 staan maar {few} respondenten" in model.summary("nl")


def test_a_top_box_and_grades_can_be_validated_and_a_linear_model_cannot():
    for kind in ("top_box", "ordinal"):
        model = fitted(kind)
        pd.testing.assert_frame_equal(
            model.validation(folds=4, seed=1).tidy(), validated(model, folds=4, seed=1).tidy()
        )
    message = (
        r'^validation\(\) cannot be asked of a model with kind="linear"\. Fit the model with kin'
    )
    with pytest.raises(cx.FitError, match=message + r'd="top_box"\.$'):
        fitted("linear", threshold=None).validation()


@pytest.mark.parametrize("kind", ["linear", "top_box"])
def test_proportional_odds_are_a_question_to_grades_only(kind: str):
    model = fitted(kind, threshold=None if kind == "linear" else 8)
    message = (
        rf'proportional_odds\(\) cannot be .* kind="{kind}"\. Fit the model with kind="ordinal"'
    )
    with pytest.raises(cx.FitError, match=message):
        model.proportional_odds()


def test_a_linear_model_has_no_thresholds():
    with pytest.raises(cx.FitError, match=r"thresholds\(\) cannot be asked of a model with kind="):
        fitted("linear", threshold=None).thresholds()


def test_a_threshold_for_a_linear_model_is_refused_and_not_ignored():
    message = (
        r'^threshold is 8, but kind="linear" describes the mean of \'satisfaction\' and knows no '
        r'threshold\. Use kind="top_box" for the share that reaches 8\.$'
    )
    with pytest.raises(cx.FitError, match=message):
        fitted("linear")


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_without_a_scale_the_threshold_must_be_given(kind: str):
    message = (
        r"^The outcome 'satisfaction' has no scale in the codebook, so no usual top box follows "
        r"from it\. Say from which answer on it counts, for example threshold=8\.$"
    )
    with pytest.raises(cx.FitError, match=message):
        fitted(kind, threshold=None)


def test_a_logistic_model_in_which_nothing_varies_shows_a_dash_for_it():
    frame = answers((0.5,)).assign(reliability=7.0)
    model = cx.fit_satisfaction(survey_of(frame), kind="top_box", threshold=7)
    assert model.table().iloc[0, 1:3].tolist() == ["–", "–"]
    assert "clearest" not in model.summary()


def test_a_logistic_model_shows_itself_as_table_and_summary():
    model = fitted("top_box")
    assert repr(model).endswith(model.summary())
    assert "Customer focus (did not apply)" in repr(model)
    assert model._repr_html_().count("<tr") == 5


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_and_1_is_refused(level: float):
    with pytest.raises(cx.FitError, match=rf"level is {level}\. It must lie between 0 and 1"):
        cx.fit_satisfaction(survey_of(answers()), level=level)
