"""Tests of `answers.advocacy.advocacy_rows`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.advocacy.advocacy_rows import advocacy_rows
from cxdrivers.errors import FitError, SurveyError
from cxdrivers.moments.schemes import CLUSTERS, scheme_masses, scheme_of
from tests.answers.advocacy.scored_surveys import SCORE, scored, scored_survey


@pytest.fixture
def frame() -> pd.DataFrame:
    return scored(120)


def test_who_has_no_score_or_no_weight_is_left_out_and_counted(frame):
    frame.loc[:2, SCORE] = np.nan
    frame.loc[2:5, "weight"] = 0
    rows = advocacy_rows(scored_survey(frame, weight="weight"))
    assert rows.lost == 6
    np.testing.assert_array_equal(rows.score, frame[SCORE][6:])
    np.testing.assert_array_equal(rows.mention, frame["named"][6:])
    np.testing.assert_array_equal(rows.recommended, frame["did"][6:])
    np.testing.assert_array_equal(rows.masses, frame["weight"][6:])


def test_the_top_box_follows_from_the_scale_or_is_asked_for(frame):
    assert advocacy_rows(scored_survey(frame)).threshold == 8
    rows = advocacy_rows(scored_survey(frame), threshold=9)
    np.testing.assert_array_equal(rows.top, frame[SCORE] >= 9)


def test_rows_without_weights_count_once_and_columns_that_are_not_there_are_none(frame):
    rows = advocacy_rows(scored_survey(frame, recommended=None))
    assert rows.masses.tolist() == [1] * 120
    assert rows.recommended is None
    assert rows.would_recommend is None
    assert rows.text_lengths is None


def test_an_intention_is_read_beside_the_deed(frame):
    rows = advocacy_rows(scored_survey(frame, would_recommend="wish"))
    np.testing.assert_array_equal(rows.would_recommend, frame["wish"] >= 9)


def test_no_text_is_read_when_mentions_are_not_asked_for(frame):
    rows = advocacy_rows(scored_survey(frame, verbatim="text"), with_mentions=False)
    assert rows.mention is None
    assert rows.source is None


def test_some_of_the_rows_are_the_same_rows(frame):
    rows = advocacy_rows(scored_survey(frame, weight="weight", cluster="team"))
    part = rows.among(frame["named"].to_numpy() == 1)
    np.testing.assert_array_equal(part.score, frame.loc[frame["named"] == 1, SCORE])
    assert set(part.mention) == {1}
    assert len(part.rows.cluster) == len(part.masses) == int(frame["named"].sum())


def test_rows_are_drawn_again_as_they_were_sampled(frame):
    rows = advocacy_rows(scored_survey(frame, weight="weight", cluster="team")).rows
    assert scheme_of(rows) == CLUSTERS
    (masses,) = scheme_masses(rows, n_boot=3, seed=1)
    times = (masses / frame["weight"].to_numpy()).round()
    of_team = pd.DataFrame(times.T).groupby(frame["team"].to_numpy()).nunique()
    assert (of_team == 1).all().all()


def test_the_length_of_a_text_is_counted_in_words_and_nothing_has_none(frame):
    frame["text"] = pd.Series(["een twee drie", None, "  "], dtype=object).reindex(frame.index)
    lengths = advocacy_rows(scored_survey(frame, verbatim="text")).text_lengths
    np.testing.assert_allclose(lengths[:3], [np.log(4), np.nan, np.nan])


def test_the_callers_data_are_not_changed(frame):
    before = frame.copy()
    survey = scored_survey(frame, verbatim="text")
    advocacy_rows(survey)
    pd.testing.assert_frame_equal(survey.frame, before)


def test_a_table_is_no_survey(frame):
    with pytest.raises(FitError, match="not a DataFrame"):
        advocacy_rows(frame)


def test_nobody_with_a_score_is_said(frame):
    with pytest.raises((FitError, SurveyError)) as caught:
        advocacy_rows(scored_survey(frame.assign(grade=np.nan)))
    assert str(caught.value).startswith("None of the 120 respondents has a score in 'grade'")
    assert caught.value.say("nl").startswith("Geen van de 120 respondenten heeft een cijfer in")
