"""Tests of `cxdrivers.models.validation`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.models.validation import Validation, validated
from tests.models.graded import grades
from tests.samples import OUTCOME, answers, survey_of

MEASURES = ["auc", "brier", "brier_skill", "calibration_slope", "calibration_intercept"]
NBSP = "\u00a0"


def fitted(frame: pd.DataFrame, kind: str = "top_box", **fields) -> cx.SatisfactionModel:
    return cx.fit_satisfaction(survey_of(frame, **fields), kind=kind, threshold=4)


@pytest.fixture(scope="module")
def validation() -> Validation:
    return validated(fitted(grades(n=400)), folds=5)


def test_the_tidy_table_has_one_row_a_measure(validation: Validation):
    table = validation.tidy()
    assert list(table.columns) == ["measure", "in_sample", "cross_validated"]
    assert table["measure"].tolist() == MEASURES
    assert table["cross_validated"].tolist() == list(vars(validation.cross_validated).values())
    assert np.isfinite(table[["in_sample", "cross_validated"]]).all(axis=None)


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_a_model_with_many_columns_for_its_respondents_is_seen_through(kind: str):
    """Of five drivers none matters: in the sample they seem to help to predict, elsewhere not."""
    nothing = validated(fitted(grades((0.0,) * 5, n=90, seed=5), kind), folds=9)
    assert nothing.in_sample.auc > 0.6
    assert nothing.in_sample.brier_skill > 0.03
    assert nothing.cross_validated.brier_skill < 0
    assert abs(nothing.cross_validated.auc - 0.5) < 0.1
    assert nothing.cross_validated.calibration_slope < 0.5
    assert "no less than when everybody gets the same chance" in nothing.summary()
    assert "niet minder dan wanneer iedereen dezelfde kans krijgt" in nothing.summary("nl")


def test_in_the_sample_a_top_box_is_calibrated_by_construction(validation: Validation):
    assert validation.in_sample.calibration_slope == pytest.approx(1, abs=1e-6)
    assert validation.in_sample.calibration_intercept == pytest.approx(0, abs=1e-6)
    assert validation.cross_validated.calibration_slope < 1


def test_grades_and_their_top_box_predict_about_equally_well():
    frame = grades(n=800)
    top_box, ordinal = (validated(fitted(frame, kind)) for kind in ("top_box", "ordinal"))
    assert ordinal.cross_validated.auc == pytest.approx(top_box.cross_validated.auc, abs=0.01)
    np.testing.assert_array_equal(ordinal.reached, top_box.reached)


def test_what_counts_twice_counts_twice():
    frame = grades(n=300).assign(w=np.tile([2.0, 1.0], 150))
    weighted = validated(fitted(frame, weight="w"))
    equal = validated(fitted(frame.assign(w=3.0), weight="w"))
    plain = validated(fitted(frame))
    assert equal.tidy()["cross_validated"].to_numpy() == pytest.approx(
        plain.tidy()["cross_validated"].to_numpy(), rel=1e-7
    )
    doubled = pd.concat([frame, frame.iloc[::2]])
    longhand = validated(fitted(doubled))
    assert weighted.in_sample.auc == pytest.approx(longhand.in_sample.auc, rel=1e-9)
    assert weighted.in_sample.brier == pytest.approx(longhand.in_sample.brier, rel=1e-7)


def test_a_weight_of_zero_is_no_respondent():
    model = fitted(grades(n=200).assign(w=1.0), weight="w")
    kept = np.arange(200) >= 20
    silent = replace(model, design=replace(model.design, weights=kept.astype(float)))
    dropped = replace(
        model,
        design=replace(
            model.design,
            columns=model.design.columns[kept],
            outcome=model.design.outcome[kept],
            weights=None,
        ),
    )
    found, expected = validated(silent), validated(dropped)
    pd.testing.assert_frame_equal(found.tidy(), expected.tidy())
    assert found.n == 180


def test_whole_clusters_are_kept_and_counted():
    frame = grades(n=300).assign(team=np.arange(300) % 15)
    found = validated(fitted(frame, cluster="team"), folds=15)
    team = frame["team"].to_numpy()
    assert all(np.ptp(found.predictions.fold[team == one]) == 0 for one in range(15))
    assert found.footer() == "300 respondents of 15 whole clusters in 15 folds, seed 0"
    assert found.footer("nl") == "300 respondenten uit 15 hele clusters in 15 delen, seed 0"


def test_a_team_that_decides_the_answer_helps_only_those_whose_team_was_seen():
    """Respondents of one team look alike; dividing a team lets a model recognise it."""
    rng = np.random.default_rng(4)
    team = np.arange(240) // 12
    frame = answers((0.0, 0.0, 0.0, 0.0), n=240)
    frame[list(frame.columns[:4])] += 6 * rng.normal(size=(20, 4))[team]
    grade = np.where(rng.random(240) < 0.9, rng.integers(0, 2, 20)[team], rng.integers(0, 2, 240))
    frame = frame.assign(team=team, **{OUTCOME: 1.0 + grade})
    apart, whole = (
        cx.fit_satisfaction(survey_of(frame, **fields), kind="top_box", threshold=2)
        for fields in ({}, {"cluster": "team"})
    )
    assert validated(apart).cross_validated.brier < validated(whole).cross_validated.brier


def test_separated_answers_are_drawn_in_and_that_is_said():
    model = fitted(grades(n=200))
    columns = model.design.columns.copy()
    columns[:, 0] = 4 * model.design.outcome + columns[:, 0] / 10
    found = validated(replace(model, design=replace(model.design, columns=columns)), folds=5)
    assert found.predictions.shrunken == 5
    assert found.cross_validated.auc == 1
    assert 0 < found.predictions.chances.min() < 0.05
    assert np.isnan(found.cross_validated.calibration_slope)
    assert found.cross_validated.brier_skill > 0.9
    assert "In 5 of 5 fits answers set customers apart exactly" in found.summary()
    assert "Bij 5 van de 5 schattingen scheiden antwoorden" in found.summary("nl")
    assert "cannot be told: all are the same, or they tell everybody apart" in found.summary()
    assert "is niet te zeggen: alle zijn gelijk, of ze scheiden iedereen" in found.summary("nl")
    assert found.table()["cross-validated"].iloc[3] == "–"


def test_a_mark_that_two_respondents_have_is_not_taken_for_certain_in_any_fold():
    frame = grades(n=200)
    frame.loc[frame.index[frame[OUTCOME] >= 4][:2], "empathy"] = -1
    found = validated(fitted(frame, not_applicable=[-1]), folds=5)
    assert found.predictions.shrunken == 5
    assert np.abs(found.predictions.log_odds).max() < 20


def test_a_model_in_which_nothing_varies_guesses():
    frame = grades((0.5,), n=120).assign(reliability=7.0)
    found = validated(fitted(frame), folds=4)
    assert found.cross_validated.auc == found.in_sample.auc == 0.5
    assert len(found.curve) == 1
    assert found.summary()


def test_the_summary_says_what_the_measures_mean(validation: Validation):
    outside, inside = validation.cross_validated, validation.in_sample
    auc, seen = f"{100 * outside.auc:.0f}{NBSP}%", f"{100 * inside.auc:.0f}{NBSP}%"
    assert validation.summary().startswith(
        "Of two customers, one who gives 4 or more and one who gives less, the model picks the "
        f"right one in {auc} of cases when it has seen neither ({seen} in the sample it was "
        "fitted to); half is guessing. "
    )
    assert validation.summary("nl").startswith(
        "Van twee klanten, de een met een 4 of hoger en de ander daaronder, wijst het model in "
        f"{auc} van de gevallen de juiste aan als het geen van beiden heeft gezien ({seen} in de "
        "steekproef waarop het is geschat); de helft is raden. "
    )
    skill = f"{100 * outside.brier_skill:.0f}{NBSP}%"
    assert f"is {outside.brier:.3f}, {skill} less than when everybody" in validation.summary()
    brier = f"{outside.brier:.3f}".replace(".", ",")
    assert f"is {brier}, {skill} minder dan wanneer iedereen" in validation.summary("nl")


@pytest.mark.parametrize(
    ("slope", "english", "dutch"),
    [
        (0.7, "differ more than they should", "verschillen meer dan zou moeten"),
        (0.95, "differ about as much as they should", "verschillen ongeveer evenveel als"),
        (1.3, "differ less than they should", "verschillen minder dan zou moeten"),
    ],
)
def test_the_slope_is_put_in_words(validation: Validation, slope: float, english: str, dutch: str):
    quality = replace(validation.cross_validated, calibration_slope=slope)
    told = replace(validation, cross_validated=quality)
    assert english in told.summary()
    assert f"(calibration slope {slope:.2f}, ideally 1)" in told.summary()
    assert dutch in told.summary("nl")


def test_the_table_is_what_a_reader_wants_in_both_languages(validation: Validation):
    english, dutch = validation.table(), validation.table("nl")
    assert english.columns.tolist() == ["measure", "cross-validated", "in the sample"]
    assert dutch.columns.tolist() == ["maat", "kruisgevalideerd", "in de steekproef"]
    assert english["measure"].iloc[0] == "right one of two (AUC)"
    assert dutch["maat"].iloc[-1] == "kalibratie in het algemeen (ideaal 0)"
    assert english["in the sample"].iloc[3] == "1.00"
    assert dutch["in de steekproef"].iloc[3] == "1,00"


def test_it_shows_itself_as_table_footer_and_summary(validation: Validation):
    assert repr(validation).endswith(f"400 respondents in 5 folds, seed 0\n{validation.summary()}")
    assert validation.footer("nl") == "400 respondenten in 5 delen, seed 0"
    assert validation._repr_html_().count("<tr") == 6


def test_the_intervals_of_the_curve_have_the_models_level(validation: Validation):
    wide = replace(validation, level=0.999).curve
    assert (wide["conf_high"] >= validation.curve["conf_high"]).all()
    assert (wide["conf_low"] < validation.curve["conf_low"]).any()


def test_it_draws_its_curve(validation: Validation):
    from cxdrivers.charts import style

    _, axes = style.figure_for_rows(9)
    assert validation.plot(axes, language="nl").get_xlabel() == "voorspelde kans"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"folds": 2.5}, r"^folds is 2\.5\. It must be a whole number"),
        ({"seed": 1.5}, r"^seed is 1\.5\. It must be a whole number"),
        ({"seed": -1}, r"^seed is -1\."),
        ({"folds": 0}, r"^folds is 0\."),
    ],
)
def test_folds_and_seeds_that_cannot_be_are_refused(settings: dict, message: str):
    with pytest.raises(cx.FitError, match=message):
        validated(fitted(grades(n=200)), **settings)


def test_a_linear_model_predicts_no_chance():
    with pytest.raises(cx.FitError, match="validation"):
        validated(cx.fit_satisfaction(survey_of(grades(n=100))))


def test_the_orientation_service_is_predicted_well(shared_file: Callable[[str], Path]):
    frame = pd.read_csv(shared_file("data/CUB_univer.csv"))
    drivers = ["informat", "willingn", "officeho", "compete"]
    survey = cx.Survey.from_frame(frame, outcome="global", drivers=drivers, scale=(1, 7))
    found = validated(cx.fit_satisfaction(survey, kind="top_box"))
    assert (found.threshold, found.n) == (6, 2179)
    assert found.cross_validated.auc == pytest.approx(0.943, abs=0.003)
    assert found.cross_validated.brier == pytest.approx(0.0868, abs=0.0005)
    assert 0.95 < found.cross_validated.calibration_slope < 1
