"""Tests of `cxdrivers.survey.base`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.survey.base import Base, effective_n
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
    return survey_of(frame, not_applicable=[99], weight="w").base


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
    base = survey_of(frame).base
    assert not base.no_weight.any()
    assert base.n == 2


def test_the_effective_n_is_that_of_kish():
    assert effective_n(np.array([1.0, 1.0, 1.0, 1.0])) == 4
    assert effective_n(np.array([3.0, 1.0, 1.0, 1.0])) == pytest.approx(3.0)


def test_where_blanks_are_estimated_one_answer_is_enough(base: Base):
    kept = replace(base, keeps_blanks=True)
    np.testing.assert_array_equal(np.flatnonzero(kept.used), [0, 1, 4, 6, 8])
    np.testing.assert_array_equal(np.flatnonzero(kept.all_blank), [7])
    assert kept.lost == 1


def test_blanks_that_are_estimated_are_counted_in_the_rows_that_are_used(base: Base):
    assert replace(base, keeps_blanks=True).estimated == {"reliability": 0, "empathy": 1}
    assert base.estimated == {"reliability": 0, "empathy": 0}


def test_not_applicable_is_an_answer_beside_a_blank():
    frame = pd.DataFrame(
        {"reliability": [np.nan, 8, 9], "empathy": [99, 8, np.nan], "satisfaction": [7, 8, 9]}
    )
    base = replace(survey_of(frame, not_applicable=[99]).base, keeps_blanks=True)
    assert base.used.all()
    assert base.estimated == {"reliability": 1, "empathy": 1}
