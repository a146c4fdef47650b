"""Tests of `cxdrivers.survey.filled_in_checks`: answers that nobody gave."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.survey.filled_in_checks import constant_blocks, filled_means
from tests.samples import survey_of
from tests.survey.sick_surveys import sound


def _whole() -> pd.DataFrame:
    return sound().round()


def test_halves_are_grades_and_unrounded_answers_are_no_filled_means():
    halves = _whole().assign(empathy=lambda frame: frame["empathy"].mask(frame.index % 9 < 1, 7.5))
    assert [*filled_means(survey_of(halves))] == []
    assert [*filled_means(survey_of(sound()))] == []
    some = _whole().assign(empathy=lambda frame: frame["empathy"].mask(frame.index < 4, 7.13))
    assert [*filled_means(survey_of(some))] == []


def test_columns_that_were_filled_in_together_make_one_finding():
    frame = sound()
    frame.loc[50:89, ["empathy", "reliability"]] = 7.0
    [found] = constant_blocks(survey_of(frame))
    assert (found.column, found.rows) == ("", 40)
    assert found.facts["columns"] == ["reliability", "empathy"]


@pytest.mark.parametrize("by", [["empathy"], ["satisfaction"], ["satisfaction", "empathy"]])
@pytest.mark.parametrize("ascending", [True, False])
def test_a_sorted_file_was_not_filled_in(by: list[str], *, ascending: bool):
    frame = _whole().sort_values(by, ascending=ascending, kind="stable", ignore_index=True)
    assert [*constant_blocks(survey_of(frame))] == []


def test_an_answer_that_nearly_everybody_gives_may_go_on_for_long():
    rng = np.random.default_rng(6)
    frame = _whole().assign(empathy=np.where(rng.random(300) < 0.95, 10.0, 7.0))
    runs = frame["empathy"].ne(frame["empathy"].shift()).cumsum()
    assert runs.value_counts().max() > 40
    assert [*constant_blocks(survey_of(frame))] == []


def test_blanks_inside_a_block_do_not_hide_it():
    frame = sound()
    frame.loc[100:139, "empathy"] = 7.0
    frame.loc[120:122, "empathy"] = np.nan
    [found] = constant_blocks(survey_of(frame))
    assert (found.facts["first"], found.facts["last"]) == (101, 140)
