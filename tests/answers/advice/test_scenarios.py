"""Tests of `answers.advice.scenarios`: brute force on changed rows, and what must agree."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.isotonic import IsotonicRegression
from statsmodels.api import OLS, add_constant
from statsmodels.miscmodels.ordinal_model import OrderedModel

import cxdrivers as cx
from cxdrivers.answers.advice.scenarios import half_point_each, what_if
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.codebook.codebook import Codebook, Question
from tests.answers.advice.scenario_surveys import (
    AWAY,
    CHANGED,
    DRIVERS,
    OUTCOME,
    changed_frame,
    scenario_frame,
    scenario_survey,
)
from tests.samples import answers, survey_of

ENDS = ["changed_low", "changed_high", "conf_low", "conf_high"]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return scenario_frame(400)


@pytest.fixture(scope="module")
def plan(frame) -> Scenarios:
    return what_if(scenario_survey(frame), CHANGED, n_boot=120, seed=3)


def of_statsmodels(frame: pd.DataFrame, changed: pd.DataFrame) -> np.ndarray:
    """Return the chances of each grade, today and changed, as statsmodels predicts them."""
    columns = frame[list(DRIVERS)]
    model = OrderedModel(frame[OUTCOME].to_numpy(), columns - columns.mean(), distr="logit")
    fit = model.fit(method="bfgs", disp=0, maxiter=1000, gtol=1e-9)
    worlds = (columns, changed[list(DRIVERS)])
    chances = [
        model.predict(fit.params, exog=(world - columns.mean()).to_numpy()) for world in worlds
    ]
    return np.array([np.asarray(one).mean(axis=0) for one in chances])


def test_predictions_are_those_of_brute_force_on_the_changed_rows(frame, plan):
    slow = of_statsmodels(frame, changed_frame(frame))
    table = plan.distribution()
    np.testing.assert_allclose(table[["today", "changed"]].to_numpy().T, slow, atol=1e-6)
    grades = np.unique(frame[OUTCOME])
    rising = IsotonicRegression().fit(frame[OUTCOME], frame["recommended"]).predict(grades)
    expected = [slow @ grades, slow[:, grades >= 8].sum(axis=1), 1000 * slow @ rising]
    found = plan.tidy()[["today", "changed"]].to_numpy()
    np.testing.assert_allclose(found[:2], expected[:2], atol=5e-6)
    np.testing.assert_allclose(found[2], expected[2], atol=1e-3)


def test_mean_and_top_box_follow_from_the_distribution(plan):
    numbers, table = plan.distribution(), plan.tidy().set_index("quantity")
    for name in ("observed", "today", "changed", "estimate"):
        chances, grades = numbers[name], numbers["grade"]
        assert chances.sum() == pytest.approx(0.0 if name == "estimate" else 1.0)
        assert table.loc["mean", name] == pytest.approx((chances * grades).sum())
        assert table.loc["top_box", name] == pytest.approx(chances[grades >= 8].sum())


def test_observed_is_what_the_respondents_say_and_today_is_near(frame, plan):
    table = plan.tidy().set_index("quantity")
    assert table.loc["mean", "observed"] == pytest.approx(frame[OUTCOME].mean())
    assert table.loc["top_box", "observed"] == pytest.approx((frame[OUTCOME] >= 8).mean())
    recommended = 1000 * frame["recommended"].mean()
    assert table.loc["recommended", "observed"] == pytest.approx(recommended)
    np.testing.assert_allclose(table["today"], table["observed"], rtol=0.02)


def test_the_difference_is_what_is_changed_minus_today_with_an_interval_around_it(plan):
    table = plan.tidy()
    np.testing.assert_allclose(table["estimate"], table["changed"] - table["today"])
    assert (table["conf_low"] < table["estimate"]).all()
    assert (table["estimate"] < table["conf_high"]).all()
    assert (table["changed_low"] < table["changed"]).all()
    assert (table["changed"] < table["changed_high"]).all()


def test_reach_says_how_many_a_change_past_the_ceiling_could_not_move(frame, plan):
    table = plan.reach().set_index("driver")
    assert table.loc["reliability", "stuck"] == (frame["reliability"] == 10).sum() > 0
    assert table.loc["reliability", "moved"] == (frame["reliability"] < 10).sum()
    assert table.loc["wait_time", "already"] == (frame["wait_time"] >= 7).sum()
    parts = ["moved", "partly", "stuck", "already", "blank", "not_met"]
    assert (table[parts].sum(axis=1) == table["n"]).all()


def test_the_same_seed_gives_the_same_numbers_and_the_data_stay_as_they_were(frame, plan):
    before = frame.copy()
    again = what_if(scenario_survey(frame), CHANGED, n_boot=120, seed=3)
    pd.testing.assert_frame_equal(again.tidy(), plan.tidy())
    pd.testing.assert_frame_equal(frame, before)
    other = what_if(scenario_survey(frame), CHANGED, n_boot=120, seed=4).tidy()
    np.testing.assert_allclose(other["estimate"], plan.tidy()["estimate"], rtol=1e-12)
    assert (other["conf_low"] != plan.tidy()["conf_low"]).all()


def test_several_scenarios_in_one_table_are_what_each_is_alone(frame, plan):
    both = what_if(scenario_survey(frame), {"x": {"empathy": 1}, "y": CHANGED}, n_boot=120, seed=3)
    alone = both.tidy()[lambda table: table["scenario"] == "y"]
    numbers = ["today", "changed", "estimate", *ENDS]
    np.testing.assert_allclose(alone[numbers], plan.tidy()[numbers], rtol=1e-9)


def test_who_did_not_meet_a_driver_is_not_moved(frame):
    away = frame.assign(wait_time=frame["wait_time"].mask(np.arange(400) % 2 == 0, AWAY))
    survey = scenario_survey(away, not_applicable=[AWAY])
    found = what_if(survey, {"wait_time": 10}, n_boot=0)
    assert found.reach()["not_met"].tolist() == [200]
    columns = away[list(DRIVERS)].assign(absent=(away["wait_time"] == AWAY).astype(float))
    met = columns["absent"] == 0
    centre = columns.loc[met, "wait_time"].mean()
    columns["wait_time"] = np.where(met, columns["wait_time"] - centre, 0)
    changed = columns.assign(wait_time=np.where(met, 10 - centre, 0))
    middle = columns.mean()
    model = OrderedModel(away[OUTCOME].to_numpy(), columns - middle, distr="logit")
    fit = model.fit(method="bfgs", disp=0, maxiter=1000, gtol=1e-9)
    slow = model.predict(fit.params, exog=(changed - middle).to_numpy()).mean(axis=0)
    np.testing.assert_allclose(found.distribution()["changed"], slow, atol=1e-6)


def test_whole_weights_are_repeated_rows(frame):
    counts = np.random.default_rng(5).integers(1, 4, 400)
    weighted = what_if(scenario_survey(frame.assign(w=counts), weight="w"), CHANGED, n_boot=0)
    repeated = what_if(
        scenario_survey(frame.loc[frame.index.repeat(counts)].reset_index(drop=True)),
        CHANGED,
        n_boot=0,
    )
    numbers = ["observed", "today", "changed", "estimate"]
    np.testing.assert_allclose(weighted.tidy()[numbers], repeated.tidy()[numbers], rtol=1e-8)


def test_clusters_that_answer_alike_widen_the_intervals(frame):
    team = np.arange(400) // 20
    lift = np.random.default_rng(6).normal(size=20)[team] * 2
    graded = frame.assign(satisfaction=(frame[OUTCOME] + lift).round().clip(2, 10), team=team)
    widths = []
    for fields in ({}, {"cluster": "team"}):
        found = what_if(scenario_survey(graded, **fields), CHANGED, n_boot=150)
        widths.append((found.tidy()["changed_high"] - found.tidy()["changed_low"])[0])
    assert widths[1] > 1.5 * widths[0]


def test_strata_and_replicate_weights_are_respected(frame):
    stratified = scenario_survey(frame.assign(region=np.arange(400) % 4), strata="region")
    assert what_if(stratified, CHANGED, n_boot=50).tidy()["conf_low"].notna().all()
    parts = np.arange(400) % 20
    weights = {f"r{part}": np.where(parts == part, 0.0, 20 / 19) for part in range(20)}
    survey = scenario_survey(
        frame.assign(w=1.0, **weights),
        weight="w",
        replicate_weights=tuple(weights),
        replicate_scale=19 / 20,
    )
    found = what_if(survey, CHANGED, n_boot=0)
    alone = [
        what_if(scenario_survey(frame[parts != part]), CHANGED, n_boot=0).tidy()["estimate"][0]
        for part in range(20)
    ]
    row = found.tidy().iloc[0]
    error = np.sqrt(19 / 20 * ((np.array(alone) - row["estimate"]) ** 2).sum())
    assert row["conf_high"] - row["estimate"] == pytest.approx(2.093 * error, rel=1e-3)


def test_blanks_are_filled_in_and_widen_the_interval(frame):
    rng = np.random.default_rng(7)
    blank = frame.assign(reliability=frame["reliability"].mask(rng.random(400) < 0.6))
    found = what_if(scenario_survey(blank), {"reliability": 1}, n_boot=600)
    whole = what_if(scenario_survey(frame), {"reliability": 1}, n_boot=600)
    rows = [one.tidy().iloc[0] for one in (found, whole)]
    assert found.reach()["blank"].tolist() == [blank["reliability"].isna().sum()]
    assert rows[0]["estimate"] == pytest.approx(rows[1]["estimate"], rel=0.2)
    widths = [row["conf_high"] - row["conf_low"] for row in rows]
    assert widths[0] > 1.1 * widths[1]
    assert len(found.numbers.replicates) == 600


def test_blanks_with_replicate_weights_are_refused(frame):
    weights = {f"r{part}": np.where(np.arange(400) % 5 == part, 0, 1.25) for part in range(5)}
    blank = frame.assign(w=1.0, **weights)
    blank.loc[3, "empathy"] = np.nan
    fields = {"replicate_weights": tuple(weights), "replicate_scale": 0.8}
    survey = scenario_survey(blank, weight="w", **fields)
    error = refusal(survey, CHANGED)
    assert str(error) == (
        "Replicate weights cannot be divided among data sets whose blanks were filled in. Name the "
        "drivers under required in the codebook, so that rows with a blank are left out."
    )
    assert error.say("nl").startswith("Replicatiegewichten zijn niet te verdelen")


def test_a_factor_stays_as_it_is_and_an_interaction_follows(frame):
    mixed = frame.assign(channel=np.tile(["chat", "phone", "mail", "phone"], 100))
    drivers = tuple(Question(key, (key,), scale=(1, 10)) for key in DRIVERS)
    more = (
        Question("channel", ("channel",), kind="factor"),
        Question("both", interaction=("reliability", "empathy")),
    )
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    survey = cx.Survey(mixed, Codebook(outcome, (*drivers, *more)))
    found = what_if(survey, {"reliability": 1}, n_boot=0)

    def columns(table: pd.DataFrame) -> pd.DataFrame:
        """Lay the answers out by hand; the product is centred at the means of today."""
        centred = table[["reliability", "empathy"]] - frame[["reliability", "empathy"]].mean()
        dummies = {name: (mixed["channel"] == name).astype(float) for name in ("chat", "mail")}
        return table[list(DRIVERS)].assign(**dummies, both=centred.prod(axis=1))

    today = columns(frame)
    changed = columns(frame.assign(reliability=(frame["reliability"] + 1).clip(upper=10)))
    model = OrderedModel(frame[OUTCOME].to_numpy(), today - today.mean(), distr="logit")
    fit = model.fit(method="bfgs", disp=0, maxiter=1000, gtol=1e-8)
    slow = model.predict(fit.params, exog=(changed - today.mean()).to_numpy()).mean(axis=0)
    np.testing.assert_allclose(found.distribution()["changed"], slow, atol=1e-6)


def test_recommenders_fall_nowhere_and_count_those_who_were_asked(frame):
    some = frame.assign(recommended=frame["recommended"].mask(np.arange(400) % 4 == 0))
    some.loc[some[OUTCOME] == 9, "recommended"] = np.nan
    found = what_if(scenario_survey(some), {"empathy": 1}, n_boot=40)
    row = found.tidy().set_index("quantity").loc["recommended"]
    assert row["n"] == some["recommended"].notna().sum()
    assert row["observed"] == pytest.approx(1000 * some["recommended"].mean())
    assert row["estimate"] > 0
    curve = found.scale.recommendation(np.ones((1, 400)))[0]
    assert (np.diff(curve) >= 0).all()
    assert curve[-2] == pytest.approx((curve[-3] + curve[-1]) / 2)


def test_without_recommendations_there_are_no_recommenders(frame):
    found = what_if(scenario_survey(frame.drop(columns="recommended")), CHANGED, n_boot=0)
    assert found.quantities == ("mean", "top_box")
    blank = scenario_survey(frame.assign(recommended=np.nan))
    told = what_if(blank, CHANGED, n_boot=0)
    assert told.quantities == ("mean", "top_box")
    assert (
        "Recommenders cannot be told: 'recommended' is blank for all 400 respondents in the model."
    ) in told.sentences()
    assert "Over aanbevelers is niets te zeggen" in told.summary("nl")


def test_a_threshold_says_where_the_top_box_begins(frame):
    found = what_if(scenario_survey(frame), CHANGED, threshold=9, n_boot=0)
    row = found.tidy().set_index("quantity").loc["top_box"]
    assert row["observed"] == pytest.approx((frame[OUTCOME] >= 9).mean())
    assert "9–10" in found.summary()


def test_controls_are_held_equal(frame):
    client = np.arange(400) % 2
    lifted = frame.assign(
        client=np.where(client, "a", "b"), reliability=(frame["reliability"] + client).clip(1, 10)
    )
    plain = what_if(scenario_survey(lifted), CHANGED, n_boot=0).tidy()
    held = what_if(scenario_survey(lifted), CHANGED, always=["client"], n_boot=0).tidy()
    assert abs(held["estimate"][0] - plain["estimate"][0]) > 0.01


def test_many_values_have_a_mean_alone_from_least_squares():
    frame = answers()
    found = what_if(survey_of(frame, scale=(0, 14)), {"empathy": 0.5}, n_boot=60)
    columns = add_constant(frame[["reliability", "empathy", "customer_focus"]])
    moved = columns.assign(empathy=(columns["empathy"] + 0.5).clip(upper=14))
    slow = OLS(frame[OUTCOME], columns).fit().predict(moved).mean()
    [row] = found.tidy().to_dict("records")
    assert (row["quantity"], row["n"]) == ("mean", 300)
    assert row["today"] == pytest.approx(frame[OUTCOME].mean()) == row["observed"]
    assert row["changed"] == pytest.approx(slow, rel=1e-10)
    assert row["conf_low"] < row["estimate"] < row["conf_high"]
    assert "'satisfaction' takes 300 values" in found.summary()
    assert "'satisfaction' neemt 300 waarden aan" in found.summary("nl")
    with pytest.raises(cx.FitError) as caught:
        found.distribution()
    assert str(caught.value).startswith(
        "There is no distribution over the grades of 'satisfaction': only its mean could be told."
    )
    assert "geen verdeling over de cijfers" in caught.value.say("nl")


def test_without_a_scale_there_is_the_mean_alone_unless_a_threshold_is_given(frame):
    survey = scenario_survey(frame, scale=None)
    found = what_if(survey, {"empathy": 0.5}, n_boot=0)
    assert found.quantities == ("mean",)
    assert "'satisfaction' has no scale in the codebook, so it has no grades" in found.summary()
    assert "Empathy: without a scale in the codebook, nobody is moved beyond" in found.summary()
    assert "heeft in het codeboek geen schaal" in found.summary("nl")
    assert "Empathie: zonder schaal in het codeboek schuift niemand verder" in found.summary("nl")
    told = what_if(survey, {"empathy": 0.5}, threshold=8, n_boot=0)
    assert told.quantities == ("mean", "top_box", "recommended")
    assert "8 or higher" in told.summary()


def test_grades_that_a_driver_sets_apart_have_a_mean_alone(frame):
    apart = frame.assign(empathy=frame[OUTCOME])
    apart.loc[::7, "empathy"] = apart.loc[::7, OUTCOME] + 0.5
    survey = scenario_survey(apart, scale=(1, 11))
    found = what_if(survey, {"reliability": 0.5}, n_boot=0)
    assert found.quantities == ("mean",)
    assert "'empathy' sets grades apart without exception" in found.summary()
    assert "'empathy' scheidt cijfers zonder uitzondering" in found.summary("nl")
    apart["wait_time"] = frame[OUTCOME]
    both = what_if(scenario_survey(apart, scale=(1, 11)), {"reliability": 0.5}, n_boot=0)
    assert "set grades apart without exception" in both.summary()
    assert "scheiden cijfers zonder uitzondering" in both.summary("nl")


def test_costs_are_divided_by_the_gain_and_so_are_its_ends(frame):
    survey = scenario_survey(frame)
    found = what_if(survey, {"a": CHANGED, "b": {"empathy": -1}}, costs={"a": 1000.0}, n_boot=60)
    table = found.tidy().set_index(["scenario", "quantity"])
    mean, top = table.loc[("a", "mean")], table.loc[("a", "top_box")]
    assert mean["cost_per_point"] == pytest.approx(1000 / mean["estimate"])
    assert mean["cost_low"] == pytest.approx(1000 / mean["conf_high"])
    assert mean["cost_high"] == pytest.approx(1000 / mean["conf_low"])
    assert top["cost_per_point"] == pytest.approx(10 / top["estimate"])
    assert table.loc["b", "cost_per_point"].isna().all()


def test_a_gain_that_may_be_nothing_has_no_highest_cost(frame):
    noise = frame.assign(wait_time=np.random.default_rng(8).permutation(frame["wait_time"]))
    plans = {"none": {"wait_time": 0.5}, "worse": {"reliability": -1}}
    found = what_if(
        scenario_survey(noise), plans, costs={"none": 10, "worse": 20}, n_boot=100
    ).tidy()
    worse = found[found["scenario"] == "worse"]
    assert np.isposinf(worse[["cost_per_point", "cost_low", "cost_high"]]).all(axis=None)
    none = found[found["scenario"] == "none"]
    assert (none["conf_low"] < 0).all()
    assert np.isposinf(none["cost_high"]).all()
    assert np.isfinite(none["cost_low"]).all()


def test_half_a_point_each_leaves_out_what_cannot_be_moved(frame):
    mixed = frame.assign(channel=np.tile(["chat", "mail"], 200), seconds=frame["empathy"] * 9 + 1)
    mixed["empathy"] = 8.0
    drivers = (
        *(Question(key, (key,), scale=(1, 10)) for key in DRIVERS),
        Question("channel", ("channel",), kind="factor"),
        Question("seconds", ("seconds",)),
    )
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    found = half_point_each(cx.Survey(mixed, Codebook(outcome, drivers)), n_boot=0)
    assert list(found.titles()) == ["reliability", "wait_time"]
    assert found.titles("nl")["wait_time"] == "Wachttijd"
    assert (found.reach()["size"] == 0.5).all()


def refusal(survey: Any, changes: Any, **settings: Any) -> cx.FitError:
    with pytest.raises(cx.FitError) as caught:
        what_if(survey, changes, **settings)
    return caught.value


def test_without_drivers_on_a_scale_there_is_no_half_point(frame):
    with pytest.raises(cx.FitError) as caught:
        half_point_each(scenario_survey(frame, scale=None))
    assert str(caught.value).startswith(
        "None of the drivers 'reliability', 'empathy', 'wait_time' is a rating on a scale"
    )
    assert "kan een half punt meer krijgen" in caught.value.say("nl")


def test_a_bound_that_everybody_keeps_to_already_is_refused(frame):
    survey = scenario_survey(frame.assign(empathy=frame["empathy"].clip(upper=9)))
    error = refusal(survey, {"plan": {"empathy": ("at_most", 9)}})
    assert str(error) == (
        "(\"at_most\", 9) moves nobody on 'empathy': all 400 respondents who met it are there "
        "already. Choose another value, or leave it out."
    )
    assert error.say("nl").startswith("(\"at_most\", 9) verandert niets aan 'empathy': alle 400")


def test_a_threshold_needs_grades():
    error = refusal(survey_of(answers(), scale=(0, 14)), {"empathy": 1}, threshold=8)
    assert str(error) == (
        "threshold is 8, but 'satisfaction' takes 300 values, more than the 30 grades of which "
        "chances can be told. Leave threshold out for the mean alone."
    )
    assert "Laat threshold weg" in error.say("nl")


@pytest.mark.parametrize("threshold", ["8", math.nan, True])
def test_a_threshold_is_a_number(threshold, frame):
    with pytest.raises(cx.FitError) as caught:
        what_if(scenario_survey(frame), {"empathy": 1}, threshold=threshold, n_boot=0)
    assert str(caught.value) == (
        f"threshold is {threshold!r}. Give the lowest grade of the top box as a number, such as 8."
    )
    assert "Geef het laagste cijfer van de topbox" in caught.value.say("nl")


def test_a_threshold_that_nobody_reaches_is_refused(frame):
    error = refusal(scenario_survey(frame), {"empathy": 1}, threshold=11)
    assert str(error).startswith("Nobody of the 400 respondents reaches 11 on")


@pytest.mark.parametrize(
    ("settings", "says"),
    [({"level": 95}, "level is 95"), ({"n_boot": 1}, "n_boot is 1"), ({"seed": -1}, "seed is -1")],
)
def test_settings_that_cannot_be_are_refused(settings, says, frame):
    assert says in str(refusal(scenario_survey(frame), {"empathy": 1}, **settings))


def test_a_data_frame_is_no_survey(frame):
    assert "DataFrame" in str(refusal(frame, {"empathy": 1}))
    with pytest.raises(cx.FitError, match="DataFrame"):
        half_point_each(frame)
