"""Tests of `cxdrivers.survey.base`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.survey.base import Base, base_of, effective_n
from tests.samples import survey_of


@pytest.fixture
def base() -> Base:
    """Rows 0, 1 sound, 2 no grade, 3 no voice, 4, 7 blank, 5 both, 6 and 8 did not apply."""
    nan = np.nan
    frame = pd.DataFrame(
        {
            "reliability": [7, 8, 9, 7, 8, nan, 7, nan, 6],
            "empathy": [7, 8, 9, 7, nan, 8, 99, nan, 99],
            "satisfaction": [7, 8, nan, 7, 8, nan, 9, 8, 6],
            "w": [1, 1, 1, 0, 1, 1, 1, 1, 1],
        }
    )
    return base_of(survey_of(frame, not_applicable=[99], weight="w"))


def test_a_row_is_used_with_an_outcome_a_weight_and_an_answer_everywhere(base: Base):
    np.testing.assert_array_equal(np.flatnonzero(base.used), [0, 1, 6, 8])
    assert (base.rows, base.n) == (9, 4)


def test_a_driver_that_did_not_apply_is_an_answer(base: Base):
    assert base.used[6]
    assert not base.no_score["empathy"][6]


def test_every_reason_is_kept_apart(base: Base):
    np.testing.assert_array_equal(np.flatnonzero(base.no_outcome), [2, 5])
    np.testing.assert_array_equal(np.flatnonzero(base.no_weight), [3])
    np.testing.assert_array_equal(np.flatnonzero(base.no_score["reliability"]), [5, 7])
    np.testing.assert_array_equal(np.flatnonzero(base.no_score["empathy"]), [4, 7])
    np.testing.assert_array_equal(np.flatnonzero(base.any_blank), [4, 5, 7])


def test_rows_lost_to_a_blank_are_those_that_would_have_counted(base: Base):
    assert base.lost == 2


def test_a_survey_without_a_weight_has_a_voice_in_every_row():
    frame = pd.DataFrame({"empathy": [1.0, 2.0], "satisfaction": [1.0, 2.0]})
    base = base_of(survey_of(frame))
    assert not base.no_weight.any()
    assert base.n == 2


def _alone(**columns: list[float]) -> list[int]:
    rows = len(next(iter(columns.values())))
    frame = pd.DataFrame(columns).assign(satisfaction=np.arange(rows) % 3 + 5.0)
    return np.flatnonzero(base_of(survey_of(frame, not_applicable=[99])).alone).tolist()


def test_the_only_one_to_whom_a_driver_did_not_apply_is_left_out():
    assert _alone(empathy=[7, 99, 8, 9, 6], wait_time=[7, 6, 5, 4, 3]) == [1]


def test_the_only_one_to_whom_a_driver_did_apply_is_left_out():
    assert _alone(empathy=[99, 99, 8, 99, 99], wait_time=[7, 6, 5, 4, 3]) == [2]


def test_two_of_a_kind_are_not_alone():
    assert _alone(empathy=[7, 99, 8, 99, 6], wait_time=[7, 6, 5, 4, 3]) == []


def test_leaving_one_out_may_leave_another_alone():
    assert _alone(empathy=[7, 99, 8, 99, 6, 7], wait_time=[7, 99, 5, 4, 3, 7]) == [1, 3]


def test_a_row_that_is_not_used_anyway_keeps_nobody_company():
    frame = pd.DataFrame({"empathy": [99.0, 99.0, 7.0, 8.0], "satisfaction": [np.nan, 6, 7, 8]})
    base = base_of(survey_of(frame, not_applicable=[99]))
    np.testing.assert_array_equal(base.alone, [False, True, False, False])
    assert base.n == 2


def test_the_effective_n_is_that_of_kish():
    assert effective_n(np.array([1.0, 1.0, 1.0, 1.0])) == 4
    assert effective_n(np.array([3.0, 1.0, 1.0, 1.0])) == pytest.approx(3.0)
