"""The failures that set the dissatisfied apart are counted, with intervals and in words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.advice.key_failures import find_key_failures
from cxdrivers.answers.advice.key_failures_result import KeyFailures
from cxdrivers.errors import FitError
from cxdrivers.survey.survey import Survey
from tests.answers.advice.priority_surveys import (
    AWAY,
    DRIVERS,
    OUTCOME,
    priority_frame,
    priority_survey,
)

PERCENT = "\xa0%"


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return priority_frame(400, away=0.2, blank=0.05)


@pytest.fixture(scope="module")
def found(frame) -> KeyFailures:
    return find_key_failures(priority_survey(frame), n_boot=100)


def test_reach_of_the_grown_set_is_counted_by_hand(frame, found):
    low = frame[OUTCOME] <= 5
    failed = frame[list(DRIVERS)] <= 5
    growth = found.growth()
    for step, row in enumerate(growth.itertuples(), start=1):
        hit = failed[growth["driver"][:step]].any(axis=1)
        assert row.reach == pytest.approx(hit[low].mean())
        assert row.others == pytest.approx(hit[~low].mean())
    table = found.tidy().set_index("driver")
    for driver in DRIVERS:
        assert table.loc[driver, "reach"] == pytest.approx(failed.loc[low, driver].mean())
        assert table.loc[driver, "n_failed"] == failed[driver].sum()
    assert table.loc["empathy", "n"] == (frame["empathy"] != AWAY).sum()


def test_shares_add_up_to_the_value_of_all_failures_and_intervals_hold_them(found):
    table, growth = found.tidy(), found.growth()
    assert table["estimate"].sum() == pytest.approx(growth["estimate"].iloc[-1])
    assert (
        (table["conf_low"] < table["estimate"]) & (table["estimate"] < table["conf_high"])
    ).all()
    assert (
        (growth["reach_low"] <= growth["reach"]) & (growth["reach"] <= growth["reach_high"])
    ).all()
    assert table["p_key"].between(0, 1).all()
    assert found.key_drivers == tuple(growth.loc[growth["key"], "driver"])


def test_resamples_are_of_whole_clusters_and_count_weights():
    frame = priority_frame(400)
    survey = priority_survey(frame, weight="weight", cluster="agent")
    found = find_key_failures(survey, n_boot=100)
    low, hit = frame[OUTCOME] <= 5, frame["reliability"] <= 5
    expected = np.average(hit[low], weights=frame.loc[low, "weight"])
    table = found.tidy().set_index("driver")
    assert table.loc["reliability", "reach"] == pytest.approx(expected)
    assert "resamples of clusters" in found.footer()


def test_replicate_weights_give_intervals_and_no_chances():
    frame = priority_frame(400)
    rng = np.random.default_rng(5)
    columns = {f"r{place}": frame["weight"] * rng.uniform(0.8, 1.2, 400) for place in range(12)}
    survey = priority_survey(
        frame.assign(**columns), weight="weight", replicate_weights=tuple(columns)
    )
    found = find_key_failures(survey)
    assert np.isfinite(found.tidy()[["conf_low", "conf_high"]]).all(axis=None)
    assert found.tidy()[["p_key", "rank_low"]].isna().all(axis=None)
    assert found.footer().endswith("there are no chances and no intervals of ranks.")


def test_the_headline_says_how_many_of_the_dissatisfied_and_of_the_others(found):
    last = found.growth()[found.growth()["key"]].iloc[-1]
    said = found.headline()
    assert f"for {100 * last['reach']:.0f}{PERCENT} (" in said
    assert f"; {100 * last['others']:.0f}{PERCENT} (" in said
    assert said.endswith(f"of the others have one of them too (95{PERCENT} intervals).")
    assert "tekortkomingen bij" in found.headline("nl")
    assert "blank answers count as no failures." in found.summary()
    assert found.summary("nl").endswith("het toont geen oorzaken aan.")


def test_without_resamples_the_same_is_said_without_intervals(frame):
    found = find_key_failures(priority_survey(frame), n_boot=0)
    assert "interval" not in found.headline()
    assert found.footer().endswith("No resamples.")
    assert found.tidy()[["conf_low", "p_key"]].isna().all(axis=None)
    assert "settled" not in found.summary()


def test_failures_that_the_dissatisfied_do_not_have_more_often_make_no_set():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.choice([3.0, 6.0, 8.0, 9.0], size=(200, 3)), columns=list(DRIVERS))
    frame[OUTCOME] = 12 - frame.mean(axis=1).round() - rng.integers(0, 2, 200)
    found = find_key_failures(priority_survey(frame), n_boot=0)
    assert found.size == 0
    assert found.headline().startswith("No failure occurs more often among the dissatisfied")


def test_cut_offs_go_by_the_scale_or_as_asked(frame):
    survey = priority_survey(frame, {"wait_time": {"scale": (0.0, 20.0)}})
    assert find_key_failures(survey, n_boot=0).cuts["wait_time"] == 8
    assert find_key_failures(survey, failed=6, n_boot=0).cuts == dict.fromkeys(DRIVERS, 6.0)
    asked = find_key_failures(survey, failed={"empathy": 7}, n_boot=0).cuts
    assert asked == {"reliability": 5.0, "empathy": 7.0, "wait_time": 8.0}
    assert find_key_failures(survey, dissatisfied=6, n_boot=0).bound == 6


def test_one_number_for_all_is_refused_where_a_shorter_scale_ends_at_it(frame):
    short = frame.assign(wait_time=(frame["wait_time"] / 2).round().clip(1, 5))
    survey = priority_survey(short, {"wait_time": {"scale": (1.0, 5.0)}})
    with pytest.raises(FitError) as caught:
        find_key_failures(survey, failed=np.int64(5), n_boot=0)
    assert 'such as failed={"wait_time": 2}' in str(caught.value)
    assert find_key_failures(survey, failed=np.int64(4), n_boot=0).cuts["wait_time"] == 4


def test_drivers_that_cannot_fail_are_named(frame):
    changes = {"wait_time": {"scale": None}, "empathy": {"kind": "factor", "scale": None}}
    found = find_key_failures(priority_survey(frame, changes), n_boot=0)
    assert found.drivers == ("reliability",)
    assert "Left out: Empathy. It has no single rating that can be a failure." in found.summary()
    assert "Left out: Wait time. Without a scale in the codebook" in found.summary()
    assert found.headline().startswith("The failure of Reliability accounts for")


def test_a_table_in_words_has_the_largest_share_first_and_a_repr_the_headline(found):
    table = found.table("nl")
    assert table["driver"].iloc[0] == {"reliability": "Betrouwbaarheid", "empathy": "Empathie"}.get(
        found.key_drivers[0]
    )
    assert set(table["in de groep"]) <= {"ja", "nee"}
    assert "in de groep (deel van de hertrekkingen)" in table
    assert "in the set (part of resamples)" in found.table("en")
    assert found.headline() in repr(found)
    assert "<table" in found._repr_html_()
    assert found.n == 400


@pytest.mark.parametrize(
    ("arguments", "message", "dutch"),
    [
        (
            {"failed": "5"},
            (
                "failed is '5'. Give one number for all drivers, such as 5, or a number by driver, "
                'such as {"empathy": 5}.'
            ),
            "Geef één getal voor alle drivers",
        ),
        (
            {"failed": {"empaty": 5}},
            (
                "failed names the driver 'empaty', which is not in the survey. Did you mean "
                "'empathy'? It has 'reliability', 'empathy', 'wait_time'."
            ),
            "Bedoelde u 'empathy'?",
        ),
        (
            {"failed": {"empathy": math.nan}},
            (
                "The highest rating of 'empathy' that is a failure is nan. Give a number on its "
                "scale, such as 5."
            ),
            "Geef een getal op de schaal",
        ),
        (
            {"failed": 0},
            (
                "None of the 400 respondents gives a driver a rating that counts as a failure. "
                "Choose a higher number for failed."
            ),
            "Kies een hoger getal voor failed.",
        ),
        (
            {"failed": {"empathy": 10}},
            (
                "Every rating of 'empathy' would be a failure: failed is 10 there, and its scale "
                "runs from 1 to 10. Give a number below 10 for it, such as "
                'failed={"empathy": 5}.'
            ),
            "Geef er een getal onder 10 voor",
        ),
        (
            {"dissatisfied": "5"},
            (
                "dissatisfied is '5'. Give the highest answer of the dissatisfied as a number, "
                "such as 5."
            ),
            "als getal, zoals 5.",
        ),
        (
            {"dissatisfied": 0.5},
            (
                "Nobody among the 400 respondents gives 'satisfaction' 0.5 or lower (the lowest "
                "answer is 3), so there are no dissatisfied to explain. Choose a higher number for "
                "dissatisfied."
            ),
            "Kies een hoger getal voor dissatisfied.",
        ),
        (
            {"dissatisfied": 10},
            (
                "All 400 respondents give 'satisfaction' 10 or lower, so there are no others to "
                "hold them against. Choose a lower number for dissatisfied."
            ),
            "Kies een lager getal voor dissatisfied.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_one_next_step(frame, arguments, message, dutch):
    with pytest.raises(FitError) as caught:
        find_key_failures(priority_survey(frame), n_boot=0, **arguments)
    assert str(caught.value) == message
    assert dutch in caught.value.say("nl")


def test_what_has_no_rating_or_no_scale_is_refused_with_one_next_step(frame):
    factor = priority_survey(frame, {"empathy": {"kind": "factor", "scale": None}})
    with pytest.raises(FitError) as caught:
        find_key_failures(factor, failed={"empathy": 5}, n_boot=0)
    assert str(caught.value) == (
        "failed names 'empathy', which is no single rating. Leave it out of failed."
    )
    bare = priority_survey(frame, {driver: {"scale": None} for driver in DRIVERS})
    with pytest.raises(FitError, match=r"None of the drivers .* can be a failure") as caught:
        find_key_failures(bare, n_boot=0)
    assert 'failed={"empathy": 5}' in caught.value.say("nl")
    survey = Survey.from_frame(frame[["wait_time", OUTCOME]], outcome=OUTCOME)
    with pytest.raises(
        FitError, match="has no scale in the codebook, so it is not known"
    ) as caught:
        find_key_failures(survey, failed=5, n_boot=0)
    assert "wie ontevreden is" in caught.value.say("nl")
    with pytest.raises(FitError, match="DataFrame"):
        find_key_failures(frame)  # type: ignore[arg-type]
