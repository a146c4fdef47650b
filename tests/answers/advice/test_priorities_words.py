"""Priorities are told in plain sentences and tables, in both languages."""

from __future__ import annotations

import pytest

from cxdrivers.answers.advice import priorities_words
from cxdrivers.answers.advice.priorities import priorities
from cxdrivers.answers.advice.priorities_result import Priorities
from tests.answers.advice.priority_surveys import priority_frame, priority_survey

PERCENT = "\xa0%"


@pytest.fixture(scope="module")
def found() -> Priorities:
    return priorities(priority_survey(priority_frame()), n_boot=60)


def test_the_headline_says_what_a_mean_at_the_target_goes_with(found):
    row = found.tidy().iloc[0]
    assert found.headline() == (
        f"Reliability has the most headroom: a mean of 8 instead of {row['mean']:.1f} goes with "
        f"{row['estimate']:.2f} [{row['conf_low']:.2f}, {row['conf_high']:.2f}] more for "
        "satisfaction, the other drivers being equal."
    )
    assert found.headline("nl").startswith("Betrouwbaarheid heeft de meeste winstruimte: een ge")


def test_the_summary_names_what_comes_first_what_is_open_and_whose_quadrant_differs(found):
    chance = f"{100 * found.tidy()['p_fix_first'].iloc[1]:.0f}{PERCENT}"
    said = found.sentences()
    assert (
        "To be fixed first, since they count and lie below their targets: Reliability and Empathy."
        in said
    )
    assert (
        f"That is not settled for Empathy ({chance}): in brackets the part of the resamples that "
        "say so." in said
    )
    assert (
        "Empathy depends on the lines: 'fix first' at the targets, 'keep up' at the means of the "
        "drivers." in said
    )
    assert said[-1].endswith("they do not show what a change would bring.")
    assert "‘vasthouden’ bij de gemiddelden" in found.summary("nl")
    assert found.summary("nl").endswith("tonen zij niet aan.")


def test_the_table_has_the_order_the_quadrants_and_the_numbers_with_their_intervals(found):
    table = found.table()
    assert table["driver"].tolist() == ["Reliability", "Empathy", "Wait time"]
    assert table["quadrant"].tolist() == ["fix first", "fix first", "enough"]
    assert table["fix first in"].iloc[0] == f"100{PERCENT}"
    assert table["target, 0–100 (on the scale)"].tolist() == ["78 (8)", "78 (8)", "78 (8)"]
    assert f"performance, 0–100 (95{PERCENT})" in table
    assert f"headroom among users (95{PERCENT})" not in table
    assert f"winstruimte (95{PERCENT})" in found.table("nl")


def test_the_footer_names_targets_on_every_scale_and_how_it_was_resampled():
    survey = priority_survey(priority_frame(), {"wait_time": {"scale": (0.0, 20.0)}})
    shown = priorities(survey, target={"empathy": 9}, n_boot=20, seed=3).footer()
    assert shown.startswith(
        "Targets: 8 on a scale from 1 to 10, 9 on a scale from 1 to 10 and 15.6 on a scale from 0 "
        f"to 20; a driver counts from a share of 33{PERCENT} on."
    )
    assert shown.endswith(
        f"240 respondents, 20 resamples of respondents, seed 3, 95{PERCENT} intervals."
    )


def test_a_target_stands_on_the_scale_of_performance_and_once_where_both_are_one():
    survey = priority_survey(priority_frame(), {"wait_time": {"scale": (0.0, 100.0)}})
    table = priorities(survey, target={"wait_time": 85, "empathy": 7}, n_boot=0).table("nl")
    shown = dict(zip(table["driver"], table["doel, 0–100 (op de schaal)"], strict=True))
    assert shown == {"Betrouwbaarheid": "78 (8)", "Empathie": "67 (7)", "Wachttijd": "85"}


def test_without_resamples_no_interval_and_no_chance_is_shown():
    found = priorities(priority_survey(priority_frame()), n_boot=0)
    assert found.table()["fix first in"].tolist() == ["–", "–", "–"]
    assert found.table()["order"].tolist() == ["1", "2", "3"]
    assert found.footer().endswith("240 respondents, no resamples.")
    assert "[" not in found.headline()
    assert "settled" not in found.summary()
    assert "interval" not in found.summary()


def test_headroom_among_users_is_said_and_has_a_column_where_not_everybody_met_a_driver():
    found = priorities(priority_survey(priority_frame(away=0.4)), n_boot=20)
    [said] = [line for line in found.sentences() if "applies to" in line]
    met = found.tidy().set_index("driver").loc["empathy", "met"]
    assert said.startswith(f"Empathy applies to {100 * met:.0f}{PERCENT} of the respondents")
    assert f"headroom among users (95{PERCENT})" in found.table()
    assert "is van toepassing voor" in found.summary("nl")


def test_many_drivers_that_not_everybody_met_do_not_fill_the_page(monkeypatch):
    monkeypatch.setattr(priorities_words, "MOST_PARTIAL", 0)
    found = priorities(priority_survey(priority_frame(away=0.4)), n_boot=0)
    assert "applies to" not in found.summary()
    assert "For 1 more driver that did not apply to everybody this stands in" in found.summary()
    assert "Voor nog 1 driver die niet voor iedereen van toepassing was" in found.summary("nl")


def test_when_every_driver_is_at_its_target_there_is_no_headroom():
    found = priorities(priority_survey(priority_frame()), target=1, n_boot=20)
    assert found.headline().startswith("No driver has headroom: each is at its target")
    assert "No driver both counts and lies below its target." in found.summary()
    assert "To be kept up, since they count and are at their targets:" in found.summary()
    assert "Geen enkele driver heeft winstruimte" in found.headline("nl")


def test_a_mean_close_to_its_target_does_not_look_the_same_as_it():
    survey = priority_survey(priority_frame())
    mean = survey.scores["reliability"].mean()
    low = {"empathy": 1, "wait_time": 1, "reliability": float(mean) + 0.004}
    said = priorities(survey, target=low, n_boot=0).headline()
    assert f"a mean of {mean + 0.004:.2f} instead of {mean:.2f} goes with" in said


def test_a_driver_first_by_weight_alone_is_said_to_show_no_gain_of_its_own(found):
    table = found.tidy()
    weak = table.assign(conf_low=table["conf_low"] - 1)
    again = Priorities(
        weak, found.weights, found.lines, found.scales, found.left_out, found.stated_importance
    )
    assert (
        "Reliability and Empathy lie there by their weights, but the intervals of their headroom "
        "reach zero." in again.sentences()
    )


def test_a_driver_outside_may_belong_there_too(found):
    table = found.tidy().assign(p_fix_first=[1.0, 0.95, 0.3])
    again = Priorities(
        table, found.weights, found.lines, found.scales, found.left_out, found.stated_importance
    )
    assert (
        f"Wait time (30{PERCENT}) may belong there too: in brackets the part of the resamples that "
        "say so." in again.sentences()
    )


def test_a_notebook_and_a_terminal_show_the_table_and_the_footer(found):
    assert repr(found).endswith(found.footer())
    assert "<table" in found._repr_html_()
    assert found.n == 240


def test_a_target_with_a_decimal_stands_once_where_both_scales_are_one():
    survey = priority_survey(priority_frame(), {"wait_time": {"scale": (0, 100)}})
    table = priorities(survey, target={"wait_time": 72.5}, n_boot=0).table("nl")
    assert "72,5" in set(table["doel, 0–100 (op de schaal)"])
