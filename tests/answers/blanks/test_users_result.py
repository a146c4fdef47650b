"""Tests of `answers.blanks.users_result`: the tables and sentences of a comparison of users."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.blanks.users import compare_users
from cxdrivers.answers.blanks.users_result import UsersComparison
from tests.answers.blanks.partial_surveys import AWAY, partial, partial_grades, partial_survey
from tests.answers.blanks.test_users_absence import routed
from tests.samples import OUTCOME


@pytest.fixture(scope="module")
def comparison() -> UsersComparison:
    return compare_users(partial_survey(partial()), n_boot=100, seed=7)


def test_a_reader_sees_shares_ranks_users_and_what_not_having_met_it_goes_with(comparison):
    table = comparison.table("nl")
    assert list(table.columns) == [
        "driver",
        "aandeel onder iedereen (95\xa0%)",
        "rang onder iedereen",
        "aandeel onder gebruikers (95\xa0%)",
        "rang onder gebruikers",
        "gebruikers",
        "niet meegemaakt: verschil (95\xa0%)",
    ]
    estimate = comparison.not_met()["estimate"].iloc[0]
    assert table.iloc[0, 0] == "Klantfocus"
    assert table.iloc[0, -1].startswith(f"{estimate:.2f} [".replace(".", ","))
    assert "(" in table.iloc[0, 1]


def test_the_shares_of_users_and_of_everybody_are_said_with_both_bases(comparison):
    met = int(comparison.tidy()["base"].iloc[1])
    said = comparison.summary()
    assert "1 driver did not apply to everybody." in said
    assert (
        f"Customer focus applied to {met} of 500 respondents ({met / 5:.0f}\xa0%): its share"
        in said
    )
    assert "1 driver was niet voor iedereen van toepassing." in comparison.summary("nl")
    assert "onder iedereen" in comparison.summary("nl")


def test_who_did_not_meet_a_driver_and_grades_higher_is_said_with_the_interval(comparison):
    row = comparison.not_met().iloc[0]
    size = f"{row['estimate']:.2f} [{row['conf_low']:.2f}, {row['conf_high']:.2f}]"
    assert (
        f"Customers to whom Customer focus did not apply score {size} higher on satisfaction than "
        "those who met it and found it average, the other drivers being equal."
    ) in comparison.summary()
    assert "Klanten voor wie Klantfocus niet van toepassing was, scoren 0," in (
        comparison.summary("nl")
    )


def test_who_grades_lower_is_said_with_a_size_and_not_with_a_minus():
    frame = partial()
    frame[OUTCOME] -= 1.5 * (frame["customer_focus"] == AWAY)
    comparison = compare_users(partial_survey(frame), n_boot=0)
    row = comparison.not_met().iloc[0]
    size = f"{-row['estimate']:.2f} [{-row['conf_high']:.2f}, {-row['conf_low']:.2f}]"
    assert f"did not apply score {size} lower on satisfaction than those who met it" in (
        comparison.summary()
    )
    assert "lager op tevredenheid dan wie er wel mee te maken had" in comparison.summary("nl")


def test_chances_are_said_in_percentage_points():
    survey = partial_grades(800)
    comparison = compare_users(survey, kind="top_box", n_boot=0)
    row = comparison.not_met().iloc[0]
    size = (
        f"{100 * row['estimate']:.1f} [{100 * row['conf_low']:.1f}, {100 * row['conf_high']:.1f}]"
    )
    assert (
        "Customers to whom Wait time did not apply give satisfaction 8 or higher more often than "
        f"those who met it and found it average: by {size} percentage points, the other drivers"
    ) in comparison.summary()
    assert "geven tevredenheid vaker een 8 of hoger dan" in comparison.summary("nl")
    assert comparison.table().columns[-1] == "not met: percentage points (95\xa0%)"
    assert comparison.table().iloc[0, -1] == size


def test_chances_that_are_smaller_are_said_to_be_less_often():
    survey = partial_grades(800)
    frame = survey.frame
    lower = np.maximum(frame[OUTCOME] - 3 * (frame["wait_time"] == AWAY), 1)
    comparison = compare_users(
        cx.Survey(frame.assign(**{OUTCOME: lower}), survey.codebook), kind="top_box", n_boot=0
    )
    assert "8 or higher less often than those who met it" in comparison.summary()
    assert "minder vaak een 8 of hoger dan" in comparison.summary("nl")


def test_no_difference_is_said_to_be_not_shown():
    frame = partial()
    frame[OUTCOME] -= 0.6 * (frame["customer_focus"] == AWAY)
    comparison = compare_users(partial_survey(frame), n_boot=0)
    assert "For Customer focus no difference is shown between those to whom" in comparison.summary()
    assert "Voor Klantfocus is geen verschil aangetoond" in comparison.summary("nl")


def test_drivers_of_one_route_are_named_together():
    said = compare_users(partial_survey(routed()), n_boot=0)
    n = int(said.not_met()["n"].iloc[0])
    assert (
        f"Customer focus and Customer knowledge did not apply to the same {n} respondents, so only "
        "what that goes with together can be told."
    ) in said.summary()
    assert "to whom Customer focus and Customer knowledge did not apply score" in said.summary()
    assert f"Klantfocus en Klantkennis waren voor dezelfde {n} respondenten" in said.summary("nl")
    assert len(said.not_met()) == 2


def test_marks_that_follow_from_others_are_said_to_be_untold():
    comparison = compare_users(partial_survey(routed(flipped=True)), n_boot=0)
    assert (
        "For Customer focus and Customer knowledge it cannot be told what not having met them goes "
        "with: to whom they did not apply follows from other drivers or controls"
    ) in comparison.summary()
    assert "Voor Klantfocus en Klantkennis is niet te zeggen waar" in comparison.summary("nl")
    assert comparison.table().iloc[:, -1].tolist() == ["–", "–"]


def test_complete_cases_stand_beside_all_rows_with_the_weights_of_a_survey_of_them(comparison):
    frame = partial()
    complete = frame[frame["customer_focus"] != AWAY]
    alone = cx.driver_weights(
        partial_survey(complete), n_boot=100, seed=7, missing="listwise"
    ).tidy()
    table = comparison.complete_case()
    assert list(table.columns) == [
        "driver", "share", "share_low", "share_high", "rank", "n",
        "complete_share", "complete_share_low", "complete_share_high",
        "complete_rank", "complete_n",
    ]  # fmt: skip
    np.testing.assert_allclose(table["complete_share_low"], alone["share_low"])
    assert (table["complete_n"] == len(complete)).all()
    shown = comparison.complete_table("nl")
    assert shown.columns[4] == "aandeel, volledige respondenten (95\xa0%)"
    assert shown["n, alle"].tolist() == ["500", "500", str(len(complete))]


def test_what_complete_cases_would_have_lost_is_said_with_its_numbers(comparison):
    n = comparison.n_complete
    lost = comparison.lost()
    assert (
        f"Keeping only the {n} respondents to whom every driver applied and who answered them all "
        f"would have lost {500 - n} of 500 ({(500 - n) / 5:.0f}\xa0%). The intervals of the shares "
        "would have been 1."
    ) in lost
    assert "times as wide. The share of" in lost
    assert f"zou {500 - n} van de 500" in comparison.lost("nl")
    assert "keer zo breed zijn. Het aandeel van" in comparison.lost("nl")


def test_blanks_are_lost_with_complete_cases_too():
    frame = partial()
    frame.loc[:59, "empathy"] = np.nan
    n = compare_users(partial_survey(frame), n_boot=0).n_complete
    assert n == ((frame["customer_focus"] != AWAY) & frame["empathy"].notna()).sum()


def test_too_few_complete_cases_are_said_and_everybody_keeps_their_weights():
    comparison = compare_users(partial_survey(partial(part=0.9)), n_boot=0)
    assert f"Those have no weights. {comparison.n_complete} respondents can be used there" in (
        comparison.lost()
    )
    assert "Daarvoor zijn er geen gewichten." in comparison.lost("nl")
    table = comparison.complete_case()
    assert table["share"].notna().all()
    assert table["complete_share"].isna().all()
    assert (table["complete_n"] == comparison.n_complete).all()
    assert comparison.complete_table()["rank, complete"].tolist() == ["–"] * 3


def test_the_line_under_the_table_says_what_the_numbers_are(comparison):
    assert comparison.footer().endswith(
        "500 respondents, 100 resamples of respondents for everybody and 100 for each group of "
        "users, seed 7, 95\xa0% intervals."
    )
    assert "het gemiddeld vond" in comparison.footer("nl")
    without = compare_users(partial_survey(partial()), n_boot=0)
    assert without.footer().endswith("95\xa0% intervals. 500 respondents, no resamples.")
    assert without.footer("nl").endswith("500 respondenten, geen hertrekkingen.")


def test_a_notebook_shows_the_table_and_its_line(comparison):
    assert "share among users" in repr(comparison)
    assert comparison.footer() in repr(comparison)
    assert "<table" in comparison._repr_html_()
    assert comparison.summary().endswith("they do not show causes.")


def test_a_view_can_be_changed_without_changing_the_result(comparison):
    for view in (comparison.not_met, comparison.tidy, comparison.complete_case):
        changed = view()
        changed.iloc[:, 1] = changed.iloc[0, 1]
        changed.iloc[:, -1] = 0
        assert not (view().iloc[:, -1] == 0).all()


def test_several_users_are_named_and_the_table_has_all():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(7, 1, (600, 5)), columns=[f"x{place}" for place in range(5)])
    grade = frame.sum(axis=1) + rng.normal(size=600)
    frame = frame.mask(rng.random(frame.shape) < 0.2, AWAY).assign(grade=grade)
    survey = cx.Survey.from_frame(frame, outcome="grade", not_applicable=[AWAY])
    comparison = compare_users(survey, n_boot=0)
    assert "5 drivers did not apply to everybody." in comparison.summary()
    assert comparison.summary().count("its share is") == 3
    assert len(comparison.table()) == 5
    shares = comparison.tidy().query("among == 'users'")["share"].sort_values(ascending=False)
    assert comparison.table()["driver"].iloc[0] == f"x{shares.index[0] // 2}"
