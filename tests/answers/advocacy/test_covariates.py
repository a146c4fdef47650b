"""Tests of `answers.advocacy.covariates`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.advocacy.advocacy_rows import TEXT_LENGTH, advocacy_rows
from cxdrivers.answers.advocacy.covariates import covariates_of
from cxdrivers.errors import FitError
from tests.answers.advocacy.scored_surveys import DRIVERS, scored, scored_survey


@pytest.fixture
def frame() -> pd.DataFrame:
    return scored(120)


def test_what_is_held_equal_are_drivers_text_length_and_what_was_asked(frame):
    rows = advocacy_rows(scored_survey(frame, verbatim="text"))
    found = covariates_of(rows, always=["place"])
    assert found.names == (*DRIVERS, TEXT_LENGTH, "place")
    assert found.groups == ((0,), (1,), (2,), (3, 4))
    (filled,) = found.fillings
    np.testing.assert_array_equal(filled[:, :2], frame[[*DRIVERS]])
    np.testing.assert_allclose(filled[:, 2], rows.text_lengths)
    assert set(np.unique(filled[:, 3:])) == {0, 1}
    without = covariates_of(rows, text_length=False)
    assert without.names == DRIVERS


def test_blanks_of_drivers_are_filled_in_several_times_and_known_answers_stay(frame):
    frame.loc[::10, "empathy"] = np.nan
    found = covariates_of(advocacy_rows(scored_survey(frame)), seed=4)
    assert len(found.fillings) == 10
    first, second = found.fillings[:2]
    known = frame["empathy"].notna().to_numpy()
    np.testing.assert_allclose(first[known], frame.loc[known, [*DRIVERS]])
    assert (first[~known, 1] != second[~known, 1]).all()
    again = covariates_of(advocacy_rows(scored_survey(frame)), seed=4)
    np.testing.assert_array_equal(first, again.fillings[0])


def test_rows_with_a_blank_control_are_left_out_of_every_column_alike(frame):
    frame.loc[:9, "place"] = None
    found = covariates_of(advocacy_rows(scored_survey(frame)), always=["place"])
    assert len(found.fillings[0]) == len(found.rows.score) == 110
    np.testing.assert_array_equal(found.rows.mention, frame["named"][10:])


def test_a_column_of_small_groups_is_refused_with_their_number(frame):
    frame["site"] = [f"s{row % 30}" for row in range(120)]
    with pytest.raises(FitError) as caught:
        covariates_of(advocacy_rows(scored_survey(frame)), always=["place", "site"])
    assert str(caught.value) == (
        "Column 'site' divides the 120 customers that can be used into 30 groups, fewer than 5 "
        "customers each on average, so it cannot be held equal. Leave it out of always, or give a "
        "column with fewer groups, such as regions in the place of sites."
    )
    assert caught.value.say("nl").startswith(
        "Kolom 'site' verdeelt de 120 bruikbare klanten in 30 groepen, gemiddeld minder dan 5"
    )
    frame["site"] = [f"s{row % 24}" for row in range(120)]
    found = covariates_of(advocacy_rows(scored_survey(frame)), always=["site"])
    assert len(found.groups[-1]) == 23


def test_numbers_and_few_rows_are_no_small_groups(frame):
    few = frame.head(8).assign(age=range(8), member=[0, 1] * 4)
    found = covariates_of(advocacy_rows(scored_survey(few)), always=["age", "member"])
    assert found.names[-2:] == ("age", "member")


def test_the_callers_data_are_not_changed(frame):
    before = frame.copy()
    survey = scored_survey(frame, verbatim="text")
    covariates_of(advocacy_rows(survey), always=["place"])
    pd.testing.assert_frame_equal(survey.frame, before)
