"""Tests of `answers.advocacy.mention_flags`: who mentions an employee, and who says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.advocacy.mention_flags import FOUND, GIVEN, OWN_COLUMN, mention_flags
from cxdrivers.errors import FitError
from cxdrivers.mentions.detector import find_mentions
from tests.answers.advocacy.scored_surveys import scored, scored_survey

TEXTS = ["De medewerker aan de telefoon hielp mij goed.", "Te duur.", None, "   "]


@pytest.fixture
def texts() -> pd.DataFrame:
    return scored(4).assign(text=TEXTS)


def test_a_column_of_the_survey_goes_before_its_texts(texts):
    survey = scored_survey(texts.assign(named=["ja", "nee", None, "ja"]), verbatim="text")
    flags, source = mention_flags(survey, None)
    np.testing.assert_array_equal(flags, [1, 0, np.nan, 1])
    assert source == OWN_COLUMN


def test_without_a_column_the_texts_are_read_and_who_wrote_nothing_is_not_known(texts):
    flags, source = mention_flags(scored_survey(texts, mention=None, verbatim="text"), None)
    np.testing.assert_array_equal(flags, [1, 0, np.nan, np.nan])
    assert source == FOUND


def test_what_was_found_before_is_taken_as_it_is(texts):
    survey = scored_survey(texts, verbatim="text")
    flags, source = mention_flags(survey, find_mentions(TEXTS))
    np.testing.assert_array_equal(flags, [1, 0, np.nan, np.nan])
    assert source == FOUND


@pytest.mark.parametrize(
    "given", [[1, 0, None, 1], [True, False, None, True], pd.Series([1, 0, pd.NA, 1], dtype="Int8")]
)
def test_mentions_may_be_given_as_numbers_or_yes_and_no(texts, given):
    flags, source = mention_flags(scored_survey(texts), given)
    np.testing.assert_array_equal(flags, [1, 0, np.nan, 1])
    assert source == GIVEN


def test_a_survey_without_texts_or_mentions_has_none(texts):
    assert mention_flags(scored_survey(texts, mention=None), None) == (None, None)


def test_mentions_that_do_not_fit_the_rows_are_refused(texts):
    with pytest.raises(FitError) as caught:
        mention_flags(scored_survey(texts), [1, 0])
    assert str(caught.value).startswith("There are 2 mentions for 4 respondents.")
    assert caught.value.say("nl").startswith("Er zijn 2 vermeldingen voor 4 respondenten.")


@pytest.mark.parametrize("given", [[1, 0, 2, 1], ["ja", "nee", "ja", "ja"]])
def test_mentions_that_are_no_flags_are_refused(texts, given):
    with pytest.raises(FitError) as caught:
        mention_flags(scored_survey(texts), given)
    assert "must be 1, 0 or empty" in str(caught.value)
    assert "1, 0 of leeg" in caught.value.say("nl")
