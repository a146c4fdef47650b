"""Tests of `cxdrivers.survey.advocacy_columns`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.errors import SurveyError
from cxdrivers.survey.advocacy_columns import column_of, verbatims, would_recommend, yes_or_no


def survey_of(values: list[object], field: str) -> cx.Survey:
    frame = pd.DataFrame({"grade": range(len(values)), "fast": range(len(values)), "asked": values})
    return cx.Survey.from_frame(frame, outcome="grade", drivers=["fast"], **{field: "asked"})


def test_a_column_that_the_codebook_does_not_name_is_asked_for():
    survey = survey_of([1, 0, 1], "mention")
    assert column_of(survey, "mention") == "asked"
    with pytest.raises(SurveyError) as caught:
        column_of(survey, "verbatim")
    assert str(caught.value) == (
        "The codebook of 'data frame' names no column for verbatim. "
        'Add verbatim = "..." under [columns] in the codebook, with the column that holds it.'
    )
    assert caught.value.say("nl").startswith("Het codeboek van 'data frame' noemt geen kolom voor")


def test_words_are_text_and_a_customer_who_wrote_nothing_has_none():
    texts = verbatims(survey_of(["Dank!", " ", None, np.nan, 7], "verbatim"))
    assert texts.tolist() == ["Dank!", None, None, None, "7"]


@pytest.mark.parametrize(
    "values", [[1, 0, None], ["ja", "nee", None], ["Yes", "no", ""], [True, False, None]]
)
def test_yes_and_no_are_read_in_words_and_in_numbers(values):
    found = yes_or_no(survey_of(values, "recommended"), "recommended")
    np.testing.assert_array_equal(found, [1, 0, np.nan])


def test_anything_but_yes_and_no_is_named():
    with pytest.raises(SurveyError) as caught:
        yes_or_no(survey_of([1, 0, 7, 9], "recommended"), "recommended")
    assert "(recommended)" in str(caught.value)
    assert "in 2 rows it holds something else (for example '7', '9')" in str(caught.value)
    assert "in 2 rijen staat iets anders (bijvoorbeeld '7', '9')" in caught.value.say("nl")


def test_an_intention_is_yes_or_no_or_a_nine_or_ten():
    asked = survey_of([0, 8, 8.9, 9, 10, None], "would_recommend")
    np.testing.assert_array_equal(would_recommend(asked), [0, 0, 0, 1, 1, np.nan])
    words = survey_of(["ja", "nee", None], "would_recommend")
    np.testing.assert_array_equal(would_recommend(words), [1, 0, np.nan])


@pytest.mark.parametrize("values", [[9, 10, 99], [-1, 5, 9], [9, 10, np.inf]])
def test_an_intention_beyond_ten_is_a_code_that_was_left_in(values):
    with pytest.raises(SurveyError) as caught:
        would_recommend(survey_of(values, "would_recommend"))
    assert "'asked' (would_recommend) runs from" in str(caught.value)
    assert "loopt van" in caught.value.say("nl")
