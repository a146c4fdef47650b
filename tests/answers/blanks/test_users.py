"""Tests of `answers.blanks.users`: what a driver adds among everybody and among its users."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.blanks.users import compare_users, users_of
from cxdrivers.answers.blanks.users_result import UsersComparison
from tests.answers.blanks.partial_surveys import AWAY, partial, partial_grades, partial_survey
from tests.samples import answers, survey_of

N_BOOT = 50
SHARES = ["estimate", "conf_low", "conf_high", "share", "share_low", "share_high", "rank"]


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    return partial_survey(partial())


@pytest.fixture(scope="module")
def comparison(survey: cx.Survey) -> UsersComparison:
    return compare_users(survey, n_boot=N_BOOT, seed=7)


def of(comparison: UsersComparison, among: str) -> pd.Series:
    table = comparison.tidy()
    return table[table["among"] == among].set_index("driver").loc["customer_focus"]


def test_only_drivers_that_did_not_apply_to_some_are_held_side_by_side(comparison):
    assert comparison.drivers == ("customer_focus",)
    assert comparison.tidy()["among"].tolist() == ["everybody", "users"]
    assert list(comparison.tidy().columns) == [
        "driver", "among", "estimate", "conf_low", "conf_high", "share", "share_low", "share_high",
        "rank", "rank_low", "rank_high", "effect", "effect_low", "effect_high", "n", "base",
    ]  # fmt: skip


def test_among_everybody_a_driver_has_the_weights_that_driver_weights_gives(comparison, survey):
    alone = cx.driver_weights(survey, n_boot=N_BOOT, seed=7).tidy().set_index("driver")
    found = of(comparison, "everybody")[[*SHARES, "effect_low", "n"]]
    np.testing.assert_allclose(
        found.astype(float), alone.loc["customer_focus", found.index].astype(float)
    )


@pytest.mark.parametrize("kind", ["linear", "top_box", "ordinal"])
def test_among_users_a_driver_has_the_weights_of_a_survey_of_users_only(kind):
    survey = partial_grades(300)
    comparison = compare_users(survey, kind=kind, n_boot=10, seed=7)
    met = survey.frame[survey.frame["wait_time"] != AWAY]
    alone = cx.driver_weights(
        replace(survey, frame=met), kind=kind, n_boot=10, seed=7, threshold=None
    ).tidy()
    table = comparison.tidy().query("among == 'users'").set_index("driver")
    expected = alone.set_index("driver").loc[["wait_time"], SHARES]
    pd.testing.assert_frame_equal(
        table[SHARES].astype(float), expected.astype(float), check_names=False
    )
    assert table.loc["wait_time", "base"] == len(met)


def test_the_base_of_each_group_is_counted(comparison, survey):
    met = int((survey.frame["customer_focus"] != AWAY).sum())
    assert of(comparison, "everybody")["base"] == len(survey.frame)
    assert of(comparison, "users")["base"] == met
    assert of(comparison, "users")["n"] == of(comparison, "everybody")["n"] == met


def test_weights_clusters_and_controls_are_those_of_the_survey():
    rng = np.random.default_rng(2)
    frame = partial().assign(
        weight=rng.uniform(0.5, 2, 500),
        team=rng.integers(0, 40, 500),
        place=rng.choice([*"ab"], 500),
    )
    columns = {"weight": "weight", "cluster": "team"}
    comparison = compare_users(
        partial_survey(frame, **columns), always=["place"], n_boot=N_BOOT, seed=7
    )
    met = partial_survey(frame[frame["customer_focus"] != AWAY], **columns)
    alone = cx.driver_weights(met, always=["place"], n_boot=N_BOOT, seed=7).tidy()
    expected = alone.set_index("driver").loc["customer_focus", SHARES]
    np.testing.assert_allclose(
        of(comparison, "users")[SHARES].astype(float), expected.astype(float)
    )


def test_blanks_among_users_are_estimated_as_among_everybody():
    frame = partial()
    frame.loc[:40, "empathy"] = np.nan
    frame.loc[200:220, "customer_focus"] = np.nan
    comparison = compare_users(partial_survey(frame), n_boot=0)
    met = partial_survey(frame[frame["customer_focus"] != AWAY])
    alone = cx.driver_weights(met, n_boot=0).tidy().set_index("driver")
    assert of(comparison, "users")["estimate"] == alone.loc["customer_focus", "estimate"]
    assert of(comparison, "users")["base"] == len(met.frame)
    assert of(comparison, "users")["n"] == met.frame["customer_focus"].notna().sum()


def test_too_few_users_are_said_and_the_driver_stays_in_the_table():
    comparison = compare_users(partial_survey(partial(part=0.85)), n_boot=0)
    met = int(of(comparison, "users")["base"])
    assert met < 100
    assert of(comparison, "users")[SHARES].isna().all()
    assert of(comparison, "everybody")["share"] > 0
    assert (
        "For Customer focus there are no weights among its users, so read its weight among "
        f"everybody. {met} respondents can be used there, and at least 100 are needed (100, and 10 "
        "for each of the 3 columns)."
    ) in comparison.summary()
    assert "Voor Klantfocus zijn er geen gewichten onder gebruikers" in comparison.summary("nl")
    assert "ten minste 100 nodig (100, en 10 voor elk van de 3 kolommen)." in comparison.summary(
        "nl"
    )
    assert "–" in comparison.table()["share among users (95\xa0%)"].tolist()


def test_more_columns_need_more_users():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(7, 1, (300, 14)), columns=[f"x{place}" for place in range(14)])
    frame["x13"] = frame["x13"].mask(np.arange(300) >= 120, AWAY)
    grade = frame.drop(columns="x13").sum(axis=1) + rng.normal(size=300)
    survey = cx.Survey.from_frame(frame.assign(grade=grade), outcome="grade", not_applicable=[AWAY])
    said = compare_users(survey, n_boot=0).summary()
    assert "120 respondents can be used there, and at least 140 are needed" in said


def test_what_driver_weights_refuses_among_users_is_the_reason_that_is_given():
    frame = partial()
    met = frame["customer_focus"] != AWAY
    frame.loc[met, "empathy"] = frame.loc[met, "reliability"]
    comparison = compare_users(partial_survey(frame), n_boot=0)
    assert of(comparison, "users")[SHARES].isna().all()
    assert "For Customer focus there are no weights among its users" in comparison.summary()
    assert "put them together as items of one driver" in comparison.summary()


def test_drivers_that_apply_to_everybody_leave_nothing_to_compare():
    comparison = compare_users(survey_of(answers()), n_boot=0)
    assert comparison.drivers == ()
    assert comparison.tidy().empty
    assert comparison.table().empty
    assert comparison.not_met().empty
    assert comparison.summary().startswith(
        "Every driver applied to all 300 respondents, so there are no users to set apart. Every "
        "driver applied to all 300 respondents and was answered, so nothing would have been lost"
    )
    assert "Elke driver was voor alle 300 respondenten van toepassing, dus" in (
        comparison.summary("nl")
    )
    assert "no users to set apart" in repr(comparison)
    assert "no users to set apart" in comparison._repr_html_()


def test_weights_that_are_there_already_are_not_made_again(survey):
    everybody = cx.driver_weights(survey, n_boot=N_BOOT, seed=7)
    comparison = users_of(survey, everybody, n_boot=10)
    assert comparison.everybody is everybody
    assert len(comparison.users["customer_focus"].replicates) == 10
    assert "50 resamples of respondents for everybody and 10 for each group of users, seed 7" in (
        comparison.footer()
    )


def test_the_callers_answers_are_not_changed():
    frame = partial()
    before = frame.copy()
    compare_users(partial_survey(frame), n_boot=0)
    pd.testing.assert_frame_equal(frame, before)


def test_what_is_no_survey_is_refused():
    with pytest.raises(cx.FitError, match="DataFrame"):
        compare_users(partial())


def test_eight_drivers_of_an_airport_are_weighted_on_nearly_all_rows(
    shared_file: Callable[[str], Path],
):
    frame = pd.read_csv(shared_file("data/sfo_2018.csv"), low_memory=False)
    drivers = [name for name in frame.columns if name.startswith("Q7")][:8]
    grade = pd.to_numeric(frame["Q7ALL"], errors="coerce")
    survey = cx.Survey.from_frame(
        frame[drivers].assign(grade=grade.where(grade.between(1, 5))),
        outcome="grade",
        not_applicable=[6],
        dont_know=[0],
    )
    comparison = compare_users(survey, n_boot=0)
    assert len(comparison.drivers) == 8
    assert comparison.n == 2613
    assert comparison.n_complete == 1087
    table = comparison.complete_case()
    assert table[["share", "complete_share"]].notna().all(axis=None)
    assert (table["complete_n"] == 1087).all()
    assert (table["n"] > table["complete_n"]).all()
    assert "would have lost 1\xa0526 of 2\xa0613 (58\xa0%)." in comparison.lost()
    missed = comparison.not_met().set_index("driver")
    assert missed.loc["Q7WALKWAY", "conf_high"] < 0
