"""Tests of `answers.advocacy.driver_gains`: half a point more, customer by customer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

import cxdrivers as cx
from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.design import design_of
from tests.answers.advocacy.chain_surveys import AWAY, DRIVERS, advocates, chain_survey
from tests.models.chain_twins import glm

HALF = 0.5


def gains_of(survey: cx.Survey) -> pd.DataFrame:
    return advocacy_chain(survey, n_boot=0).drivers().set_index("driver")


def looped(frame: pd.DataFrame, columns: np.ndarray, moved: np.ndarray, masses: np.ndarray):
    """Return more 8–10s and, through them, more recommenders, one customer after the other."""
    top, told = (frame["grade"] >= 8).to_numpy(float), frame["told"].to_numpy(float)
    first = glm(columns, top, masses)
    second = glm(np.column_stack([top, columns]), told, masses)
    more, through = 0.0, 0.0
    for before, after, mass in zip(columns, moved, masses / masses.sum(), strict=True):
        rise = expit(first[0] + after @ first[1:]) - expit(first[0] + before @ first[1:])
        level = second[0] + before @ second[2:]
        more += mass * rise
        through += mass * rise * (expit(level + second[1]) - expit(level))
    return more, 1000 * through


def test_half_a_point_more_is_what_a_loop_says_and_stops_at_the_end_of_the_scale():
    frame = advocates(300)
    found, columns = gains_of(chain_survey(frame)), frame[DRIVERS].to_numpy(float)
    assert (columns == 10).any()
    for place, driver in enumerate(DRIVERS):
        moved = columns.copy()
        moved[:, place] = np.minimum(moved[:, place] + HALF, 10)
        more, through = looped(frame, columns, moved, np.ones(300))
        assert found.loc[driver, "estimate"] == pytest.approx(more, abs=1e-8)
        assert found.loc[driver, "recommenders"] == pytest.approx(through, abs=1e-5)
        assert found.loc[driver, "n"] == 300


def test_nobody_is_moved_for_whom_a_driver_did_not_apply():
    frame = advocates(300)
    frame.loc[::3, "wait_time"] = AWAY
    survey = chain_survey(frame)
    columns = design_of(survey).columns
    away = (frame["wait_time"] == AWAY).to_numpy()
    moved = columns.copy()
    room = np.minimum(10 - frame["wait_time"], HALF).to_numpy()
    moved[:, 1] += np.where(away, 0, room)
    more, through = looped(frame, columns, moved, np.ones(300))
    found = gains_of(survey).loc["wait_time"]
    assert found["estimate"] == pytest.approx(more, abs=1e-8)
    assert found["recommenders"] == pytest.approx(through, abs=1e-5)
    assert found["n"] == (~away).sum()


def test_weights_count():
    frame = advocates(300).assign(w=np.random.default_rng(1).uniform(0.5, 2, 300))
    columns = frame[DRIVERS].to_numpy(float)
    moved = columns.copy()
    moved[:, 0] = np.minimum(moved[:, 0] + HALF, 10)
    more, _ = looped(frame, columns, moved, frame["w"].to_numpy())
    found = gains_of(chain_survey(frame, weight="w")).loc["empathy", "estimate"]
    assert found == pytest.approx(more, abs=1e-8)


def test_without_a_scale_nobody_is_moved_beyond_the_highest_answer():
    frame = advocates(300)
    frame["empathy"] = np.minimum(frame["empathy"], 9)
    fields = {"mention": "named", "recommended": "told"}
    bare = cx.Survey.from_frame(frame, outcome="grade", drivers=DRIVERS, **fields)
    found = advocacy_chain(bare, threshold=8, n_boot=0).drivers()
    columns = frame[DRIVERS].to_numpy(float)
    moved = columns.copy()
    moved[:, 0] = np.minimum(moved[:, 0] + HALF, 9)
    more, _ = looped(frame, columns, moved, np.ones(300))
    assert found.loc[0, "estimate"] == pytest.approx(more, abs=1e-8)


def coded(frame: pd.DataFrame, *drivers: Question) -> cx.Survey:
    outcome = Question("grade", ("grade",), scale=(1, 10))
    book = Codebook(outcome, drivers, mention="named", recommended="told")
    return cx.Survey(frame, book)


def test_items_of_one_driver_are_moved_together():
    frame = advocates(300)
    pair = Question("care", ("empathy", "wait_time"), scale=(1, 10), kind="items")
    single = Question("reliability", ("reliability",), scale=(1, 10))
    columns = frame[DRIVERS].to_numpy(float)
    moved = columns.copy()
    moved[:, :2] = np.minimum(moved[:, :2] + HALF, 10)
    more, _ = looped(frame, columns, moved, np.ones(300))
    found = gains_of(coded(frame, pair, single))
    assert found.loc["care", "estimate"] == pytest.approx(more, abs=1e-8)


def test_categories_products_and_what_never_varies_have_no_half_a_point():
    frame = advocates(300).assign(channel=np.tile(["phone", "chat", "mail"], 100), same=7)
    scale = (1.0, 10.0)
    survey = coded(
        frame,
        Question("empathy", ("empathy",), scale=scale),
        Question("wait_time", ("wait_time",), scale=scale),
        Question("product", interaction=("empathy", "wait_time")),
        Question("channel", ("channel",), kind="factor"),
        Question("same", ("same",), scale=scale),
        Question("reliability", ("reliability",), scale=scale),
    )
    chain = advocacy_chain(survey, n_boot=20)
    found = chain.drivers().set_index("driver")
    told = found["estimate"].notna()
    assert told[told].index.tolist() == ["reliability"]
    assert found.loc[~told].drop(columns="n").isna().all(axis=None)
    assert (
        "For Empathy, Wait time, product, channel and same half a point more has no meaning here: "
        "they hold categories"
    ) in chain.summary()
    assert "zegt een half punt meer hier niets: zij hebben categorieën" in chain.summary("nl")


def test_a_driver_that_follows_from_others_has_no_gain_of_its_own():
    frame = advocates(300)
    frame["empathy"] = (frame["wait_time"] + frame["reliability"]) / 2
    found = gains_of(chain_survey(frame))
    assert found["estimate"].isna().all()


def test_a_blank_that_was_filled_in_is_moved_like_any_other_answer():
    frame = advocates(300).astype({"empathy": float})
    frame.loc[:29, "empathy"] = np.nan
    found, whole = gains_of(chain_survey(frame)), gains_of(chain_survey(advocates(300)))
    assert found.loc["empathy", "n"] == 270
    assert found.loc["empathy", "recommenders"] == pytest.approx(
        whole.loc["empathy", "recommenders"], rel=0.35
    )


def test_resamples_are_those_of_the_other_numbers():
    drivers = advocacy_chain(chain_survey(advocates(300)), n_boot=60, seed=2).drivers()
    assert (drivers["conf_low"] < drivers["estimate"]).all()
    assert (drivers["estimate"] < drivers["conf_high"]).all()
    assert (drivers["recommenders_low"] < drivers["recommenders_high"]).all()
