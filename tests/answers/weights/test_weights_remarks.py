"""Tests of `answers.weights.weights`: what is said of a driver beside its numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from tests.samples import answers, survey_of


@pytest.mark.parametrize("adjusted", [False, True])
def test_a_driver_that_never_varies_earns_0_leaves_the_others_theirs_and_is_reported(adjusted):
    frame = answers()
    without = cx.driver_weights(
        survey_of(frame.drop(columns="empathy")), n_boot=100, adjusted=adjusted
    ).tidy()
    survey = survey_of(frame.assign(empathy=7.1))
    weights = cx.driver_weights(survey, n_boot=100, adjusted=adjusted)
    table = weights.tidy()
    assert "constant_driver" in survey.findings()["check"].tolist()
    assert table["remark"].tolist()[1] == "constant"
    assert "Empathy never varies and has weight 0." in weights.summary()
    assert table.loc[1, ["estimate", "share", "own"]].tolist() == [0, 0, 0]
    kept = table.drop(index=1).reset_index(drop=True)
    np.testing.assert_allclose(kept["estimate"], without["estimate"], atol=1e-12)
    np.testing.assert_allclose(kept["conf_high"], without["conf_high"], atol=1e-12)


def test_a_rating_that_never_varies_may_still_weigh_through_not_having_applied():
    frame = answers().assign(empathy=7.0)
    frame.loc[:149, "empathy"] = -1
    frame.loc[:149, "satisfaction"] += 3
    weights = cx.driver_weights(survey_of(frame, not_applicable=[-1]), n_boot=100)
    assert weights.tidy().loc[1, "estimate"] > 0.3
    assert "has weight 0" not in weights.summary()


def test_nothing_explained_has_no_shares():
    """Drivers and grade that do not correlate at all: adjusted, less than nothing is explained."""
    rows = np.array([[a, b, c] for a in (5, 7) for b in (5, 7) for c in (5, 7)] * 5, dtype=float)
    frame = pd.DataFrame(rows, columns=["reliability", "empathy", "satisfaction"])
    weights = cx.driver_weights(survey_of(frame), n_boot=200)
    table = weights.tidy()
    assert weights.r_squared < 0
    assert table[["share", "share_low", "share_high"]].isna().all(axis=None)
    assert table[["conf_low", "conf_high"]].notna().all(axis=None)
    assert table["remark"].tolist() == ["not_shown", "not_shown"]
    assert "explain 0\u00a0% of the differences" in weights.summary()
    assert "weighs most" not in weights.summary()


def test_a_passenger_is_named():
    """It travels with a driver that counts, has weight by that, and adds nothing itself."""
    rng = np.random.default_rng(11)
    counts = rng.normal(size=800)
    travels = 0.8 * counts + 0.6 * rng.normal(size=800)
    frame = pd.DataFrame({"reliability": counts, "empathy": travels})
    frame["satisfaction"] = counts + rng.normal(size=800)
    weights = cx.driver_weights(survey_of(frame), n_boot=300)
    table = weights.tidy()
    assert table["remark"].tolist() == ["", "passenger"]
    assert table.loc[1, "conf_low"] > 0.1
    assert table.loc[1, "own_p_value"] > 0.05
    assert "Empathy has weight because it travels with the other drivers" in weights.summary()
    assert "Empathie heeft gewicht doordat de driver met de andere meereist" in weights.summary(
        "nl"
    )


def test_a_negative_effect_is_named():
    weights = cx.driver_weights(survey_of(answers((0.6, -0.4))), n_boot=100)
    assert weights.tidy()["remark"].tolist() == ["", "negative"]
    assert "Empathy has a negative effect of its own" in weights.summary()
    assert "Empathie heeft een negatief eigen effect" in weights.summary("nl")


def test_a_weight_whose_interval_reaches_zero_is_named():
    weights = cx.driver_weights(survey_of(answers((0.8, 0.0), correlation=0.0)), n_boot=300)
    assert weights.tidy()["remark"].tolist() == ["", "not_shown"]
    assert "For Empathy no weight is shown" in weights.summary()


def test_the_classic_intervals_never_reach_zero_so_the_passenger_is_told_by_its_own_test():
    survey = survey_of(answers((0.8, 0.0), correlation=0.0))
    table = cx.driver_weights(survey, n_boot=300, adjusted=False).tidy()
    assert (table["conf_low"] > 0).all()
    assert table["remark"].tolist() == ["", "passenger"]


def test_the_own_effect_is_tested_at_the_level_that_is_asked_for():
    survey = survey_of(answers((0.9, 0.06), correlation=0.8, n=400, seed=3))
    remarks = {}
    for level in (0.6, 0.99):
        table = cx.driver_weights(survey, n_boot=300, level=level).tidy()
        assert table.loc[1, "conf_low"] > 0
        remarks[level] = table.loc[1, "remark"]
        assert 0.01 < table.loc[1, "own_p_value"] < 0.4
    assert remarks == {0.6: "", 0.99: "passenger"}
