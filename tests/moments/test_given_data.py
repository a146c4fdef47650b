"""Tests of `cxdrivers.moments.given_data`: what takes moments, and what the rest says of them."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isclass, signature
from typing import Any

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.moments.given_data import (
    OF_COVARIANCES,
    OF_PARTS,
    refuse_moments,
    survey_in,
    survey_or_groups,
)
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import moments_by_code
from tests.samples import answers, survey_of

SURVEY = survey_of(answers(n=120), scale=(1, 15))
PARTS = moments_by_code(SURVEY, np.zeros(120, dtype=np.intp), [""], by="")
MOMENTS = PARTS.moments(0)
MORE = {"changes": {"empathy": 0.1}, "folder": "nowhere", "deck": "nowhere.pptx"}


def _of_surveys() -> list[str]:
    """Return the public functions whose first argument may be a survey."""
    found = []
    for name in cx.__all__:
        public = getattr(cx, name)
        if not isclass(public):
            [first, *_] = [*signature(public).parameters.values(), None]
            if first is not None and "Survey" in str(first.annotation).split(" | "):
                found.append(name)
    return found


def _asked(name: str, data: object) -> Any:
    function: Callable[..., Any] = getattr(cx, name)
    needed = [
        each for each in signature(function).parameters.values() if each.default is each.empty
    ]
    return function(data, *(MORE[each.name] for each in needed[1:]))


REFUSING = [name for name in _of_surveys() if name not in OF_PARTS]


def test_most_answers_are_asked_of_respondents():
    assert len(REFUSING) > 10
    assert {"fit_satisfaction", "write_report", "driver_shapes", "agent_link"} <= set(REFUSING)


@pytest.mark.parametrize("name", REFUSING)
@pytest.mark.parametrize(("data", "takers"), [(PARTS, OF_PARTS), (MOMENTS, OF_COVARIANCES)])
def test_an_answer_that_needs_rows_says_so_of_moments(
    name: str, data: GroupedMoments | cx.Moments, takers: tuple[str, ...]
):
    with pytest.raises(FitError) as error:
        _asked(name, data)
    named = ", ".join(f"'{taker}'" for taker in takers)
    assert str(error.value) == (
        "This is asked of each respondent's answers, and these are moments: sums in which no "
        "respondent can be told apart. Give the survey itself; what moments can be given to is "
        f"{named}."
    )
    assert error.value.say("nl").startswith("Dit gaat over de antwoorden van elke respondent")


@pytest.mark.parametrize("name", [name for name in OF_PARTS if "." not in name])
def test_what_is_said_to_take_moments_takes_them(name: str):
    data = PARTS
    if name == "compare_groups":
        data = moments_by_code(SURVEY, np.arange(120) % 2, ["a", "b"], by="half")
    assert type(_asked(name, data)).__name__ in cx.__all__


@pytest.mark.parametrize("name", OF_COVARIANCES)
def test_means_and_covariances_are_enough_for_weights(name: str):
    assert type(_asked(name, MOMENTS)).__name__ in cx.__all__


@pytest.mark.parametrize("name", [name for name in OF_PARTS[2:] if "." not in name])
def test_means_and_covariances_alone_have_no_parts_and_it_is_said(name: str):
    with pytest.raises(FitError) as error:
        _asked(name, MOMENTS)
    assert str(error.value) == (
        "These moments are means and covariances alone, and this needs sums of groups in random "
        "parts, or the rows. Give the survey itself; what such moments can be given to is "
        "'driver_weights', 'compare_methods'."
    )
    assert "alleen gemiddelden en covarianties" in error.value.say("nl")


def test_a_survey_passes_and_anything_else_is_refused():
    assert survey_in(SURVEY) is SURVEY
    assert survey_or_groups(SURVEY) is SURVEY
    assert survey_or_groups(PARTS) is PARTS
    refuse_moments(SURVEY)
    with pytest.raises(FitError, match=r"This needs a survey, not a DataFrame\. Make a survey"):
        survey_in(answers(n=9))
    with pytest.raises(FitError, match=r"This needs a survey or moments, not a DataFrame\."):
        survey_or_groups(answers(n=9))


def test_controls_are_no_part_of_moments():
    with pytest.raises(FitError, match="'always' needs the rows of a survey, and these are mom"):
        cx.compare_methods(PARTS, always=["team"])
    with pytest.raises(FitError, match="'always' needs the rows of a survey, and these are mom"):
        cx.compare_methods(MOMENTS, always=["team"])
