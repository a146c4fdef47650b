"""Stated importance stands beside derived importance, as ratings or as ranks, never mixed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.answers.advice.priorities import priorities
from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.priority_stated import are_ranks, completed_ranks, grid_name
from cxdrivers.errors import FitError
from tests.answers.advice.priority_surveys import DRIVERS, priority_frame, priority_survey

STATED = {driver: {"stated": f"says_{driver}"} for driver in DRIVERS}
COLUMNS = [f"says_{driver}" for driver in DRIVERS]


def ratings(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with ratings of importance: waiting is said to be most important."""
    rng = np.random.default_rng(8)
    says = np.clip(np.round(np.array([6.0, 5.0, 9.0]) + rng.normal(size=(len(frame), 3))), 1, 10)
    return frame.assign(**dict(zip(COLUMNS, says.T, strict=True)))


def orders(frame: pd.DataFrame, *, as_far_as: int = 3) -> pd.DataFrame:
    """Return the frame with ranks: waiting first, then reliability, in most rows."""
    rng = np.random.default_rng(8)
    usual = np.array([2.0, 3.0, 1.0])
    says = np.array(
        [usual if rng.random() < 0.8 else rng.permutation(3) + 1.0 for _ in range(len(frame))]
    )
    says[says > as_far_as] = np.nan
    return frame.assign(**dict(zip(COLUMNS, says.T, strict=True)))


@pytest.fixture(scope="module")
def rated() -> Priorities:
    return priorities(priority_survey(ratings(priority_frame()), STATED), n_boot=60)


def test_both_rankings_stand_side_by_side_with_their_intervals(rated):
    table = rated.stated().set_index("driver")
    assert table["stated_rank"].tolist() == [2, 3, 1]
    assert table["share_rank"].tolist() == [1, 2, 3]
    frame = ratings(priority_frame())
    np.testing.assert_allclose(table["stated"], frame[COLUMNS].mean())
    assert (table["stated_low"] < table["stated"]).all()
    assert (table["stated"] < table["stated_high"]).all()
    assert table["n"].tolist() == [240, 240, 240]
    pd.testing.assert_series_equal(
        table["share"], rated.tidy().set_index("driver")["share"], check_names=False
    )


def test_the_grid_names_what_is_only_stated_and_what_is_only_derived(rated):
    names = dict(zip(rated.stated()["driver"], rated.stated()["grid"], strict=True))
    assert names == {"reliability": "excitement", "empathy": "excitement", "wait_time": "basic"}
    assert grid_name(stated=True, derived=True) == "important"
    assert grid_name(stated=False, derived=False) == "unimportant"


def test_the_sentences_say_how_answers_were_read_and_that_the_names_are_a_convention(rated):
    said = rated.summary()
    assert (
        "By what respondents say, Wait time is most important; by what goes with their "
        "satisfaction it is Reliability. The answers were read as ratings" in said
    )
    assert (
        "Said to be important without counting much ('basic' in Vavra's grid): Wait time." in said
    )
    assert "(Matzler & Sauerwein 2002)" in said
    assert "gelezen als oordelen" in rated.summary("nl")
    assert list(rated.stated_table("nl").columns) == [
        "driver",
        "rang, genoemd",
        "genoemd: gemiddeld oordeel (95\xa0%)",
        "rang, afgeleid",
        "afgeleid: aandeel (95\xa0%)",
        "raster",
        "n",
    ]
    assert rated.stated_table()["driver"].tolist() == ["Wait time", "Reliability", "Empathy"]


def test_ranks_are_recognised_and_the_lowest_is_the_most_important():
    found = priorities(priority_survey(orders(priority_frame()), STATED), n_boot=0)
    assert found.stated()["stated_rank"].tolist() == [2, 3, 1]
    assert found.stated().set_index("driver").loc["wait_time", "stated"] < 1.5
    assert "read as ranks, 1 being the most important" in found.summary()


def test_ranks_are_recognised_when_a_ranked_driver_has_no_place():
    frame = orders(priority_frame())
    bare = {**STATED, "wait_time": {**STATED["wait_time"], "scale": None}}
    found = priorities(priority_survey(frame, bare), n_boot=0)
    assert found.stated()["driver"].tolist() == ["reliability", "empathy"]
    np.testing.assert_allclose(found.stated()["stated"], frame[COLUMNS[:2]].mean())
    assert found.stated()["stated_rank"].tolist() == [1, 2]
    assert "read as ranks" in found.summary()


def test_drivers_that_were_not_ranked_share_the_ranks_that_are_left():
    frame = orders(priority_frame(), as_far_as=1)
    found = priorities(priority_survey(frame, STATED), n_boot=0).stated().set_index("driver")
    first = frame["says_wait_time"] == 1
    assert found.loc["wait_time", "stated"] == pytest.approx(np.where(first, 1, 2.5).mean())


def test_only_codes_are_taken_out_and_other_answers_count():
    frame = ratings(priority_frame())
    frame.loc[frame.index[:20], "says_empathy"] = 99
    table = priorities(priority_survey(frame, STATED), n_boot=0).stated().set_index("driver")
    assert table.loc["empathy", "n"] == 220
    assert table.loc["empathy", "stated"] == pytest.approx(frame["says_empathy"][20:].mean())


@given(seed=st.integers(0, 1000), drivers=st.integers(2, 6))
def test_full_orders_are_ranks_and_ratings_are_not(seed: int, drivers: int):
    rng = np.random.default_rng(seed)
    ranks = np.array([rng.permutation(drivers) + 1.0 for _ in range(30)])
    names = [str(place) for place in range(drivers)]
    assert are_ranks(ranks, names)
    assert not are_ranks(rng.integers(4, 11, size=(30, drivers)).astype(float), names)
    completed = completed_ranks(np.where(ranks > 1, np.nan, ranks))
    np.testing.assert_allclose(completed.sum(axis=1), drivers * (drivers + 1) / 2)


def test_answers_that_are_half_ranks_and_half_ratings_are_refused():
    ranks, other = np.array([[1.0, 2.0]] * 7), np.array([[8.0, 8.0]] * 3)
    with pytest.raises(FitError) as caught:
        are_ranks(np.concatenate([ranks, other]), ["a", "b"])
    assert str(caught.value) == (
        "In the columns 'a', 'b' of stated importance 7 of 10 respondents give 1, 2, 3 … each "
        "once, as in ranks, and the others do not. Check those answers in the file: all must be "
        "ranks, or all ratings."
    )
    assert "allemaal rangen zijn" in caught.value.say("nl")


def test_a_column_without_answers_is_named():
    frame = ratings(priority_frame()).assign(says_empathy=np.nan)
    with pytest.raises(FitError) as caught:
        priorities(priority_survey(frame, STATED), n_boot=0)
    assert str(caught.value) == (
        "The columns 'says_empathy' of stated importance hold no answer of the 240 respondents in "
        "the model. Check the columns under stated in the codebook."
    )
    assert "bevatten geen antwoord" in caught.value.say("nl")


def test_without_stated_importance_the_table_of_it_says_how_to_get_one():
    found = priorities(priority_survey(priority_frame()), n_boot=0)
    assert found.stated_importance is None
    with pytest.raises(FitError) as caught:
        found.stated()
    assert str(caught.value) == (
        "There is no stated importance to hold beside the weights of 'reliability', 'empathy', "
        "'wait_time': fewer than two of them have a column for it. Name it in the codebook, such "
        'as stated = "COLUMN" in a driver\'s table.'
    )
    assert "Er is geen genoemd belang" in caught.value.say("nl")
