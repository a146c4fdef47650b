"""Tests of `cxdrivers.errors`."""

from __future__ import annotations

import copy
import pickle

import pytest

import cxdrivers as cx
from cxdrivers.errors import nearest
from tests.samples import answers


def test_an_error_is_a_value_error_with_an_english_message():
    error = cx.FitError("level_unknown", level=95)
    assert isinstance(error, ValueError)
    assert isinstance(error, cx.CxError)
    assert str(error) == "level is 95. It must lie between 0 and 1, for example 0.95."


def test_an_error_can_be_said_in_dutch():
    error = cx.FitError("level_unknown", level=95)
    assert error.say("nl") == "level is 95. Het moet tussen 0 en 1 liggen, bijvoorbeeld 0.95."


@pytest.mark.parametrize("through", [lambda e: pickle.loads(pickle.dumps(e)), copy.deepcopy])  # noqa: S301
@pytest.mark.parametrize("kind", [cx.CxError, cx.SurveyError, cx.FitError])
def test_an_error_travels_between_processes_whole(kind, through):
    near = nearest("satisfacton", ["satisfaction"])
    error = kind("outcome_not_named", outcome="satisfacton", near=near, names=["satisfaction"])
    again = through(error)
    assert type(again) is kind
    assert str(again) == str(error)
    assert again.say("nl") == error.say("nl")


def test_an_error_that_was_raised_travels_as_well():
    with pytest.raises(cx.SurveyError) as caught:
        cx.Survey.from_frame(answers(), outcome="satisfacton", drivers=["empathy"])
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  (made here)
    assert again.say("nl") == caught.value.say("nl")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("satisfacton", "satisfaction"),
        ("Satisfaction ", "satisfaction"),
        ("EMPATY", "Empathy"),
        ("waittime", "wait_time"),
    ],
)
def test_the_nearest_name_is_offered_as_it_is_spelt(name: str, found: str):
    offered = nearest(name, ["satisfaction", "Empathy", "wait_time", 7])
    assert offered != ""
    assert offered.say() == f" Did you mean '{found}'?"
    assert offered.say("nl") == f" Bedoelde u '{found}'?"


@pytest.mark.parametrize("name", ["Q17", "", "weight"])
def test_nothing_is_offered_when_no_name_is_close(name: str):
    assert nearest(name, ["satisfaction", "empathy"]) == ""


def test_nothing_is_offered_from_nothing():
    assert nearest("empathy", []) == ""
