"""Tests of `answers.advice.shapes`: weights, clusters, what did not apply, and blanks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm

from cxdrivers.answers.advice.shapes import driver_shapes
from tests.answers.advice.shape_surveys import (
    AWAY,
    bent_frame,
    row_of,
    seconds_survey,
    shape_survey,
    verdicts,
    with_seconds,
)

N_BOOT = 100


def test_a_weight_of_two_is_two_respondents():
    frame = bent_frame(400)
    twice = np.where(np.arange(400) < 100, 2, 1)
    weighted = driver_shapes(shape_survey(frame.assign(w=twice), weight="w"), n_boot=0).tidy()
    counted = driver_shapes(
        shape_survey(frame.loc[frame.index.repeat(twice)].reset_index(drop=True)), n_boot=0
    ).tidy()
    names = ["penalty", "reward", "asymmetry", "slope_below", "slope_above", "centre", "knot"]
    pd.testing.assert_frame_equal(weighted[names], counted[names])


def test_clusters_make_intervals_wider_when_their_members_are_alike():
    frame = bent_frame(300)
    alike = pd.concat([frame] * 4, ignore_index=True).assign(agent=np.tile(np.arange(300), 4))
    alone = driver_shapes(shape_survey(alike), n_boot=N_BOOT).tidy()
    clustered = driver_shapes(shape_survey(alike, cluster="agent"), n_boot=N_BOOT).tidy()
    for name in ("penalty", "slope_below"):
        widths = [table[f"{name}_high"] - table[f"{name}_low"] for table in (clustered, alone)]
        assert (widths[0] > 1.5 * widths[1]).all()
    assert (clustered["p_value"] >= alone["p_value"]).all()


def test_a_driver_that_did_not_apply_to_some_has_its_shape_among_the_others():
    frame = bent_frame()
    away = np.arange(len(frame)) % 4 == 0
    frame.loc[away, "wait_time"] = AWAY
    frame.loc[away, "satisfaction"] = np.minimum(frame.loc[away, "satisfaction"] + 1, 10)
    found = driver_shapes(shape_survey(frame, not_applicable=[AWAY]), n_boot=0)
    boxes = pd.DataFrame({"low": frame["wait_time"] <= 5, "away": away})
    boxes["high"] = (frame["wait_time"] >= 9) & ~away
    for driver in ("reliability", "empathy"):
        boxes[f"{driver}_low"], boxes[f"{driver}_high"] = frame[driver] <= 5, frame[driver] >= 9
    fit = sm.OLS(frame["satisfaction"], sm.add_constant(boxes.astype(float))).fit()
    waiting = row_of(found, "wait_time")
    assert waiting["n"] == (~away).sum()
    np.testing.assert_allclose(waiting["penalty"], fit.params["low"])
    np.testing.assert_allclose(waiting["reward"], fit.params["high"])
    assert verdicts(found)["wait_time"] == "dissatisfier"


def test_blanks_are_filled_in_several_times_and_said_so():
    frame = bent_frame()
    frame.loc[frame.index % 10 == 3, "wait_time"] = np.nan
    found = driver_shapes(shape_survey(frame), n_boot=N_BOOT)
    assert found.fillings == 10
    assert len(found.partial["wait_time"].replicates) == N_BOOT
    assert "Blank answers were filled in 10 times" in found.summary()
    assert verdicts(found)["wait_time"] == "dissatisfier"
    assert row_of(found, "wait_time")["n"] == frame["wait_time"].notna().sum()


def test_a_control_changes_the_shapes_and_has_none_itself():
    frame = bent_frame().assign(
        team=lambda rows: rows["satisfaction"].gt(7).map({True: "a", False: "b"})
    )
    found = driver_shapes(shape_survey(frame), always=["team"], n_boot=0)
    assert set(found.tidy()["driver"]) == {"reliability", "empathy", "wait_time"}
    assert row_of(found, "reliability")["reward"] < 0.5


def test_replicate_weights_give_intervals_and_no_probabilities():
    frame = bent_frame(300)
    rng = np.random.default_rng(1)
    names = [f"r{place}" for place in range(30)]
    replicates = rng.multinomial(300, np.full(300, 1 / 300), size=30).T
    frame = pd.concat([frame.assign(w=1.0), pd.DataFrame(replicates, columns=names)], axis=1)
    survey = shape_survey(frame, weight="w", replicate_weights=names)
    table = driver_shapes(survey, n_boot=N_BOOT).tidy()
    assert (table["penalty_low"] < table["penalty_high"]).all()
    assert table["probability"].isna().all()


def test_the_frame_of_the_caller_stays_as_it_was():
    frame = with_seconds(bent_frame())
    frame.loc[:20, "empathy"] = np.nan
    before = frame.copy(deep=True)
    driver_shapes(seconds_survey(frame), n_boot=20)
    pd.testing.assert_frame_equal(frame, before)
