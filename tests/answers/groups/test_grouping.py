"""Tests of `answers.groups.grouping`: who is in which group, in which order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.groups.grouping import (
    Grouping,
    columns_of,
    grouping_of,
    nested_grouping,
    spellings,
)
from cxdrivers.errors import FitError, SurveyError
from cxdrivers.survey.survey import Survey
from tests.samples import OUTCOME, answers, survey_of


def _grouping(values: list[object] | pd.Categorical) -> Grouping:
    frame = answers(n=len(values)).assign(group=values)
    return grouping_of(survey_of(frame), "group")


def test_without_a_column_the_first_segment_is_taken_else_the_wave():
    frame = answers(n=60).assign(client="a", region="b", year=2025)
    assert columns_of(survey_of(frame, segments=["client", "region"], wave="year"), None) == (
        "client",
    )
    assert columns_of(survey_of(frame, wave="year"), None) == ("year",)


def test_without_a_column_segment_or_wave_it_says_what_the_survey_has():
    with pytest.raises(
        FitError, match=r"no by is given, and the codebook names no segment and no "
    ):
        columns_of(survey_of(answers(n=60)), None)


def test_a_misspelt_column_is_refused_with_the_nearest():
    survey = survey_of(answers(n=60).assign(organisation="a"))
    with pytest.raises(FitError, match=r"no column 'organistion' to .* mean 'organisation'\?"):
        columns_of(survey, "organistion")


@pytest.mark.parametrize("column", ["reliability", OUTCOME])
def test_an_answer_cannot_tell_groups_apart(column: str):
    with pytest.raises(FitError, match=f"'{column}' cannot divide respondents into groups, since"):
        columns_of(survey_of(answers(n=60)), column)


def test_a_column_cannot_lie_within_itself():
    survey = survey_of(answers(n=60).assign(team="a"))
    with pytest.raises(FitError, match=r"'team' is given for the outer and for the inner groups"):
        columns_of(survey, ("team", "team"))


def test_groups_have_one_column_or_two():
    with pytest.raises(FitError, match=r"by names 3 columns: .*Give one column, or two"):
        columns_of(survey_of(answers(n=60).assign(a=1, b=1, c=1)), ("a", "b", "c"))


@pytest.mark.parametrize("by", [[], (), ""])
def test_an_empty_list_of_columns_is_none_given(by: Sequence[str]):
    survey = survey_of(answers(n=60).assign(a=1), segments=["a"])
    assert columns_of(survey, by) == ("a",)


def test_what_is_no_name_of_a_column_is_refused():
    with pytest.raises(FitError, match="There is no column '3' to tell groups apart"):
        columns_of(survey_of(answers(n=60).assign(a=1)), 3)


def test_a_column_that_is_there_twice_is_refused():
    frame = answers(n=60).assign(a=1, b=2)
    frame.columns = [*frame.columns[:-1], "a"]
    survey = Survey.from_frame(frame, outcome=OUTCOME, drivers=["reliability", "empathy"])
    with pytest.raises(SurveyError, match="'a'"):
        columns_of(survey, "a")


def test_numbers_come_by_size_and_without_decimals():
    found = _grouping([10.0, 2.0, np.nan, 1.0, 10.0] * 12)
    assert found.labels == ("1", "2", "10")
    assert found.codes[:5].tolist() == [2, 1, -1, 0, 2]
    assert (found.n.tolist(), found.unplaced) == ([12, 12, 24], 12)


def test_texts_come_as_a_person_would_sort_them():
    assert _grouping(["2025-10", "2025-2", "2024-12"] * 20).labels == (
        "2024-12", "2025-2", "2025-10",
    )  # fmt: skip


def test_categories_keep_their_order():
    values = pd.Categorical(["mrt", "jan", "feb"] * 20, categories=["jan", "feb", "mrt", "apr"])
    assert _grouping(values).labels == ("jan", "feb", "mrt")


def test_days_are_called_by_their_date():
    values = pd.to_datetime(["2025-03-01", "2024-11-01"] * 30).tolist()
    assert _grouping(values).labels == ("2024-11-01", "2025-03-01")


@pytest.mark.parametrize("blank", [None, np.nan, "", "  ", pd.NA])
def test_a_blank_is_no_group(blank: object):
    found = _grouping(["a", blank, "b"] * 20)
    assert (found.labels, found.unplaced) == (("a", "b"), 20)


def test_a_number_and_a_text_that_look_the_same_stay_two_groups():
    assert sorted(_grouping([1, "1"] * 30).labels) == ["'1'", "1"]


def test_two_spellings_are_found_and_not_merged():
    labels = ("Energie", "energie ", "Télécom", "telecom", "Tele  com", "Tele Com", "Bank")
    assert spellings(labels) == [(0, 1), (2, 3), (4, 5)]
    assert len(_grouping([*labels] * 10).labels) == len(labels)


def test_the_same_team_in_two_organisations_is_two_teams():
    outer = Grouping("org", ("A", "B"), np.array([0, 0, 1, 1, -1, 1]))
    inner = Grouping("team", ("1", "2"), np.array([0, 1, 0, 0, 1, -1]))
    found = nested_grouping(outer, inner)
    assert found.labels == ("A · 1", "A · 2", "B · 1")
    assert found.codes.tolist() == [0, 1, 2, 2, -1, -1]
    assert (found.within, found.repeated, found.by) == ((0, 0, 1), ("1",), "team")


def test_teams_with_names_of_their_own_keep_them():
    outer = Grouping("org", ("A", "B"), np.array([0, 1, 1]))
    inner = Grouping("team", ("x", "y", "z"), np.array([2, 0, 1]))
    found = nested_grouping(outer, inner)
    assert (found.labels, found.within, found.repeated) == (("z", "x", "y"), (0, 1, 1), ())
