"""Tests of `answers.advice.scenario_changes`: what can be asked, and what is said otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.advice.scenario_changes import Move, costs_of, scenarios_of
from cxdrivers.codebook.codebook import Codebook, Question
from tests.answers.advice.scenario_surveys import DRIVERS, OUTCOME, scenario_frame, scenario_survey


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    return scenario_survey(scenario_frame(60))


def refusal(changes: Any, survey: cx.Survey) -> cx.FitError:
    with pytest.raises(cx.FitError) as caught:
        scenarios_of(changes, survey.codebook.drivers)
    return caught.value


def test_one_scenario_needs_no_name(survey):
    [one] = scenarios_of({"empathy": 0.5, "wait_time": ("at_least", 7)}, survey.codebook.drivers)
    assert one.moves == (Move("empathy", "shift", 0.5), Move("wait_time", "at_least", 7.0))
    assert (one.name, one.named) == ("empathy + wait_time", False)


def test_several_scenarios_keep_their_names_and_order(survey):
    found = scenarios_of(
        {"b": {"empathy": -1}, "a": {"wait_time": ["at_most", 3]}}, survey.codebook.drivers
    )
    assert [(one.name, one.named) for one in found] == [("b", True), ("a", True)]
    assert found[0].moves == (Move("empathy", "shift", -1.0),)
    assert found[1].moves == (Move("wait_time", "at_most", 3.0),)


def test_numbers_of_numpy_are_numbers(survey):
    [one] = scenarios_of(
        {"empathy": np.float32(0.5), "wait_time": np.int64(1)}, survey.codebook.drivers
    )
    assert [move.size for move in one.moves] == [0.5, 1.0]


def test_a_move_says_how_far_each_rating_is_to_go():
    values = np.array([2.0, 7.0, 9.0])
    np.testing.assert_array_equal(Move("x", "shift", -1).wanted(values), [-1, -1, -1])
    np.testing.assert_array_equal(Move("x", "at_least", 7).wanted(values), [5, 0, 0])
    np.testing.assert_array_equal(Move("x", "at_most", 7).wanted(values), [0, 0, -2])


@pytest.mark.parametrize("nothing", [{}, None, 0.5, [("empathy", 0.5)]])
def test_no_changes_are_refused_with_an_example(nothing, survey):
    error = refusal(nothing, survey)
    assert str(error) == (
        "No changes were given. Name at least one driver with what it is to be, for example "
        "what_if(survey, {\"empathy\": 0.5}); the drivers are 'reliability', 'empathy', "
        "'wait_time'."
    )
    assert error.say("nl").startswith("Er zijn geen veranderingen gegeven. Noem minstens één")


def test_a_scenario_without_changes_is_refused_by_name(survey):
    error = refusal({"plan": {"empathy": 1}, "nothing": {}}, survey)
    assert str(error).startswith("The scenario 'nothing' changes nothing. Name at least one driver")
    assert "Het scenario 'nothing' verandert niets." in error.say("nl")


def test_scenarios_of_the_same_name_are_refused(survey):
    error = refusal({1: {"empathy": 1}, "1": {"empathy": 2}}, survey)
    assert str(error) == "More than one scenario is called '1'. Give each a name of its own."
    assert error.say("nl") == "Meer dan één scenario heet '1'. Geef elk een eigen naam."


def test_named_scenarios_and_bare_drivers_do_not_mix(survey):
    error = refusal({"plan": {"empathy": 1}, "wait_time": 1}, survey)
    assert str(error).startswith(
        "Some of the changes are scenarios with a name and others are not: 'wait_time'. Give either"
    )
    assert "andere niet: 'wait_time'" in error.say("nl")


def test_a_misspelt_driver_gets_the_nearest(survey):
    error = refusal({"plan": {"emphaty": 1}}, survey)
    assert str(error) == (
        "The change is of 'emphaty', which is no driver. Did you mean 'empathy'? The drivers are "
        "'reliability', 'empathy', 'wait_time'."
    )
    assert "Bedoelde u 'empathy'?" in error.say("nl")


def test_the_outcome_is_no_driver(survey):
    assert "'satisfaction', which is no driver." in str(refusal({OUTCOME: 1}, survey))


def test_a_factor_has_no_points_to_move_by():
    frame = scenario_frame(60).assign(channel=["chat", "phone", "mail"] * 20)
    drivers = tuple(Question(key, (key,), scale=(1, 10)) for key in DRIVERS)
    factor = Question("channel", ("channel",), kind="factor")
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    error = refusal({"channel": 1}, cx.Survey(frame, Codebook(outcome, (*drivers, factor))))
    assert str(error).startswith("'channel' is a factor: its categories have no order")
    assert error.say("nl").startswith("'channel' is een factor")


def test_an_interaction_follows_from_its_drivers():
    drivers = tuple(Question(key, (key,), scale=(1, 10)) for key in DRIVERS)
    both = Question("both", interaction=("reliability", "empathy"))
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    survey = cx.Survey(scenario_frame(60), Codebook(outcome, (*drivers, both)))
    error = refusal({"both": 1}, survey)
    assert str(error) == (
        "'both' is an interaction and follows from its drivers 'reliability', 'empathy'. Change "
        "one of those; the interaction goes with it."
    )
    assert "de interactie gaat dan mee" in error.say("nl")


def test_a_change_of_nothing_moves_nobody(survey):
    error = refusal({"empathy": 0}, survey)
    assert str(error).startswith(
        "The change of 'empathy' is 0, which moves nobody. Give the points"
    )
    assert "dan schuift niemand op" in error.say("nl")


@pytest.mark.parametrize(
    "change", [True, "more", float("nan"), ("at_leats", 7), ("at_least",), ("at_least", "7"), None]
)
def test_what_is_no_change_is_told_what_can_be(change, survey):
    error = refusal({"empathy": change}, survey)
    assert str(error) == (
        f"The change of 'empathy' is {change!r}. It can be a number of points such as 0.5, or "
        '("at_least", 7) or ("at_most", 3).'
    )
    assert error.say("nl").startswith("De verandering van 'empathy' is ")


def test_a_bound_beyond_the_scale_is_refused(survey):
    error = refusal({"empathy": ("at_least", 70)}, survey)
    assert str(error) == (
        "'empathy' is to be 70, but its scale runs from 1 to 10. Choose a value on that scale."
    )
    assert "maar de schaal loopt van 1 tot 10" in error.say("nl")


def test_without_a_scale_any_bound_may_be_tried():
    survey = scenario_survey(scenario_frame(60), scale=None)
    assert (
        scenarios_of({"empathy": ("at_least", 70)}, survey.codebook.drivers)[0].moves[0].size == 70
    )


def test_costs_are_by_name_and_one_number_will_do_for_one_scenario(survey):
    one = scenarios_of({"empathy": 1}, survey.codebook.drivers)
    two = scenarios_of({"a": {"empathy": 1}, "b": {"empathy": 2}}, survey.codebook.drivers)
    assert costs_of(None, one) == {}
    assert costs_of(5, one) == {"empathy": 5.0}
    assert costs_of({"b": 3.5}, two) == {"b": 3.5}


@pytest.mark.parametrize("costs", [5.0, {}])
def test_costs_that_belong_to_nothing_in_particular_are_refused(costs, survey):
    two = scenarios_of({"a": {"empathy": 1}, "b": {"empathy": 2}}, survey.codebook.drivers)
    with pytest.raises(cx.FitError) as caught:
        costs_of(costs, two)
    assert str(caught.value) == (
        "It is not clear which scenario the costs belong to. Give one cost by the name of each "
        "scenario: 'a', 'b'."
    )
    assert "bij welk scenario de kosten horen" in caught.value.say("nl")


def test_costs_of_a_misspelt_scenario_get_the_nearest(survey):
    plans = scenarios_of(
        {"training": {"empathy": 1}, "hiring": {"wait_time": 1}}, survey.codebook.drivers
    )
    with pytest.raises(cx.FitError) as caught:
        costs_of({"trainig": 5}, plans)
    assert str(caught.value).startswith(
        "There is a cost for 'trainig', which is no scenario. Did you mean 'training'?"
    )
    assert "Bedoelde u 'training'?" in caught.value.say("nl")


@pytest.mark.parametrize("cost", [0, -5, float("inf"), "5", True, None])
def test_a_cost_is_a_number_above_zero(cost, survey):
    with pytest.raises(cx.FitError) as caught:
        costs_of({"a": cost}, scenarios_of({"a": {"empathy": 1}}, survey.codebook.drivers))
    assert str(caught.value).startswith(f"The cost of 'a' is {cost}. It must be a number above 0;")
    assert "moet een getal boven 0 zijn" in caught.value.say("nl")
