"""Tests of `answers.weights.weights`: the table, and where its numbers come from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.estimation import resampled_shares
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.importance.ranking import chance_of_rank, rank_interval, ranks
from cxdrivers.importance.recentring import recentred_replicates
from cxdrivers.moments.design import design_of
from cxdrivers.moments.expanded import expanded_level
from cxdrivers.moments.intervals import percentile_interval
from cxdrivers.moments.moments import moments_of
from tests.samples import answers, lmg, survey_of

UNRESAMPLED = ["driver", "estimate", "share", "rank", "effect", "effect_low", "effect_high"]
UNRESAMPLED += ["own", "own_p_value", "n", "remark"]
RESAMPLED = ["conf_low", "conf_high", "share_low", "share_high", "rank_low", "rank_high"]
RESAMPLED += ["p_first", "p_top_two"]


def test_the_tidy_table_has_one_row_a_driver_in_the_order_of_the_codebook():
    frame = answers()[["empathy", "satisfaction", "reliability", "customer_focus"]]
    survey = cx.Survey.from_frame(
        frame, outcome="satisfaction", drivers=["customer_focus", "empathy", "reliability"]
    )
    table = cx.driver_weights(survey, n_boot=50).tidy()
    assert set(table.columns) == {*UNRESAMPLED, *RESAMPLED}
    assert len(table.columns) == 19
    assert table["driver"].tolist() == ["customer_focus", "empathy", "reliability"]


def test_the_adjusted_weights_are_the_shares_of_the_adjusted_fit():
    survey = survey_of(answers())
    moments = moments_of(design_of(survey))
    weights = cx.driver_weights(survey, n_boot=0)
    expected = linear_shares(moments.covariance, moments.groups, n=300, adjust=1)
    np.testing.assert_array_equal(weights.estimate, expected)
    model = cx.fit_satisfaction(survey)
    assert weights.r_squared == pytest.approx(model.fit.r_squared_adjusted, abs=1e-12)


def test_the_resamples_are_adjusted_as_the_sample_is_and_not_at_all_for_the_classic_numbers():
    survey = survey_of(answers())
    design = design_of(survey)
    for adjusted, times in ((True, 1), (False, 0)):
        weights = cx.driver_weights(survey, n_boot=40, seed=3, adjusted=adjusted)
        expected = resampled_shares(design, lmg(design), n=300, adjust=times, n_boot=40, seed=3)
        np.testing.assert_array_equal(weights.replicates, expected)


def test_the_classic_weights_are_larger_than_the_adjusted_by_the_noise():
    survey = survey_of(answers(n=60))
    classic, adjusted = (cx.driver_weights(survey, adjusted=on, n_boot=0) for on in (False, True))
    model = cx.fit_satisfaction(survey)
    assert classic.r_squared == pytest.approx(model.fit.r_squared, abs=1e-12)
    assert (classic.estimate > adjusted.estimate).all()


def test_the_columns_of_the_table_come_from_the_estimate_and_the_resamples():
    weights = cx.driver_weights(survey_of(answers()), n_boot=400, level=0.9)
    table, replicates = weights.tidy(), weights.replicates
    level = expanded_level(0.9, units=300, freedom=300 - 1 - 3)
    shares = replicates / replicates.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(table["share"], weights.estimate / weights.estimate.sum())
    for low, high, numbers in (
        ("conf_low", "conf_high", replicates),
        ("share_low", "share_high", shares),
    ):
        bounds = percentile_interval(numbers, level)
        np.testing.assert_allclose(table[[low, high]].to_numpy().T, bounds)
    np.testing.assert_array_equal(table["rank"], ranks(weights.estimate))
    np.testing.assert_array_equal(
        table[["rank_low", "rank_high"]].T, rank_interval(replicates, level)
    )
    np.testing.assert_array_equal(table["p_first"], chance_of_rank(replicates, 1))
    np.testing.assert_array_equal(table["p_top_two"], chance_of_rank(replicates, 2))
    assert table["share"].sum() == pytest.approx(1)
    assert table["p_first"].sum() == pytest.approx(1)
    assert table["p_top_two"].sum() == pytest.approx(2)
    total = recentred_replicates(replicates.sum(axis=1), np.array(weights.r_squared), 3)
    assert weights.r_squared_interval == percentile_interval(total, level)


def test_the_effect_beside_the_weight_is_that_of_the_regression():
    survey = survey_of(answers())
    weights = cx.driver_weights(survey, n_boot=0, level=0.9)
    table = weights.tidy()
    model = cx.fit_satisfaction(survey, level=0.9).tidy()
    np.testing.assert_array_equal(table["effect"], model["estimate"])
    np.testing.assert_array_equal(table["effect_low"], model["conf_low"])
    np.testing.assert_array_equal(table["effect_high"], model["conf_high"])
    np.testing.assert_allclose(table["own_p_value"], model["p_value"])
    assert weights.model is not None
    assert weights.n == weights.model.n == 300


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    survey = survey_of(answers())
    first, again, other = (cx.driver_weights(survey, n_boot=50, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first.tidy(), again.tidy())
    np.testing.assert_array_equal(first.estimate, other.estimate)
    assert (first.tidy()["conf_low"] != other.tidy()["conf_low"]).all()


def test_without_resamples_there_are_weights_and_no_intervals():
    weights = cx.driver_weights(survey_of(answers()), n_boot=0)
    table = weights.tidy()
    assert table[RESAMPLED].isna().all(axis=None)
    assert table[UNRESAMPLED].notna().all(axis=None)
    assert np.isnan(weights.r_squared_interval).all()
    assert weights.footer().endswith("n = 300, no resamples")
    assert "resamples" not in weights.summary()
    assert "Reliability weighs most" in weights.summary()


def test_whole_weights_give_the_classic_numbers_of_repeated_rows():
    frame = answers().assign(w=np.arange(300) % 3 + 1)
    weighted = cx.driver_weights(survey_of(frame, weight="w"), adjusted=False, n_boot=0)
    rows = frame.loc[frame.index.repeat(frame["w"])].drop(columns="w")
    repeated = cx.driver_weights(survey_of(rows), adjusted=False, n_boot=0)
    np.testing.assert_allclose(weighted.estimate, repeated.estimate, atol=1e-12)
    np.testing.assert_allclose(weighted.own, repeated.own, atol=1e-12)
    np.testing.assert_allclose(weighted.effects.effect, repeated.effects.effect, rtol=1e-10)


def test_with_weights_the_adjustment_uses_the_effective_n_of_kish():
    frame = answers().assign(w=np.random.default_rng(5).uniform(0.1, 5, 300))
    weights = cx.driver_weights(survey_of(frame, weight="w"), n_boot=0)
    effective = frame["w"].sum() ** 2 / (frame["w"] ** 2).sum()
    expected = linear_shares(
        weights.moments.covariance, weights.moments.groups, n=effective, adjust=1
    )
    np.testing.assert_allclose(weights.estimate, expected, atol=1e-12)


def test_a_driver_that_did_not_apply_to_some_has_the_weight_of_both_its_columns():
    frame = answers()
    frame.loc[:99, "empathy"] = -1
    frame.loc[:99, "satisfaction"] += 1
    weights = cx.driver_weights(survey_of(frame, not_applicable=[-1]), adjusted=False, n_boot=0)
    rated = frame["empathy"] != -1
    columns = {
        "one": np.ones(300),
        "reliability": frame["reliability"],
        "empathy": frame["empathy"].where(rated, 0),
        "away": ~rated,
        "customer_focus": frame["customer_focus"],
    }
    everything = _fit(columns, frame["satisfaction"])
    without = {name: column for name, column in columns.items() if name not in ("empathy", "away")}
    assert weights.r_squared == pytest.approx(everything, abs=1e-10)
    assert weights.own[1] == pytest.approx(
        everything - _fit(without, frame["satisfaction"]), abs=1e-10
    )
    assert weights.tidy()["n"].tolist() == [300, 200, 300]


def test_drivers_that_did_not_apply_to_the_same_respondents_are_weighed():
    """A route skips both questions, so the two marks are one: its weight is shared by the two."""
    frame = answers()
    frame.loc[:99, ["reliability", "empathy"]] = -1
    frame.loc[:99, "satisfaction"] += 1
    survey = survey_of(frame, not_applicable=[-1])
    weights = cx.driver_weights(survey, adjusted=False, n_boot=100)
    rated = frame["empathy"] != -1
    ratings = {
        name: frame[name].where(rated, frame.loc[100:, name].mean())
        for name in ("reliability", "empathy")
    }
    columns = {"one": np.ones(300), "away": ~rated, "focus": frame["customer_focus"], **ratings}
    assert weights.r_squared == pytest.approx(_fit(columns, frame["satisfaction"]), abs=1e-10)
    assert weights.tidy()["effect"].notna().all()
    assert weights.tidy()["own_p_value"].notna().all()


def test_a_fit_without_a_residual_is_no_trouble():
    frame = answers()
    frame["satisfaction"] = frame["reliability"] + frame["empathy"]
    weights = cx.driver_weights(survey_of(frame.drop(columns="customer_focus")), n_boot=50)
    assert weights.r_squared == pytest.approx(1)
    assert weights.tidy()["effect"].tolist() == pytest.approx([1, 1])


def test_nothing_of_the_caller_changes():
    frame = answers().assign(w=1.5, team=np.arange(300) // 10)
    before = frame.copy(deep=True)
    weights = cx.driver_weights(survey_of(frame, weight="w", cluster="team"), n_boot=20)
    table = weights.tidy()
    table["estimate"] = 0.0
    assert (weights.tidy()["estimate"] > 0).any()
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"method": "prat"}, r"method is 'prat'\. Did you mean 'pratt'\? It can be 'lmg', 'first'"),
        ({"n_boot": 10.0}, r"n_boot is 10\. It must be a whole number"),
        (
            {"kind": "linaer"},
            r"kind is 'linaer'\. Did you mean 'linear'\? It can be 'linear', 'top_box'",
        ),
        ({"n_boot": -1}, r"n_boot is -1\. It must be 0 or a whole number of at least 2"),
        ({"n_boot": 1}, r"n_boot is 1\. It must be 0 or a whole number of at least 2"),
        ({"level": 95}, r"level is 95\. It must lie between 0 and 1, for example 0\.95"),
        ({"level": 0.0}, r"level is 0\. It must lie between 0 and 1"),
        ({"seed": -1}, r"seed is -1"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(settings, message):
    with pytest.raises(cx.FitError, match=message.replace("-1", "[-\u2212]1")):
        cx.driver_weights(survey_of(answers()), **settings)


def _fit(columns: dict, outcome: pd.Series) -> float:
    x = np.column_stack([np.asarray(column, dtype=float) for column in columns.values()])
    residuals = outcome - x @ np.linalg.lstsq(x, outcome, rcond=None)[0]
    return float(1 - residuals.var() / outcome.var())
