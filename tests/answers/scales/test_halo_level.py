"""Tests of `answers.scales.halo_level`: the general level, and what is said beyond it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.answers.scales.halo_level import levels_beside, shares_beside_level, standardised
from tests.samples import OUTCOME, answers, survey_of


def test_a_level_is_the_mean_of_the_other_drivers_items_in_their_own_spread():
    frame = answers((0.5, 0.3, 0.1)).assign(reliability=lambda frame: 10 * frame["reliability"])
    frame.loc[:9, "empathy"] = np.nan
    found = levels_beside(survey_of(frame))
    drivers = frame.drop(columns=OUTCOME)
    standard = (drivers - drivers.mean()) / drivers.std(ddof=0)
    for place, driver in enumerate(drivers):
        expected = standard.drop(columns=driver).mean(axis=1)
        np.testing.assert_allclose(found[:, place], expected, atol=1e-12)


def test_who_answered_nothing_else_is_average_and_categories_have_no_level():
    frame = answers((0.5, 0.3)).assign(channel=pd.Categorical(np.resize(["chat", "phone"], 300)))
    frame.loc[0, "empathy"] = np.nan
    survey = cx.Survey.from_frame(
        frame, outcome=OUTCOME, drivers=["reliability", "empathy", "channel"]
    )
    levels = levels_beside(survey)
    assert levels[0, 0] == 0
    np.testing.assert_allclose(levels[1:, 2], (levels[1:, 0] + levels[1:, 1]) / 2)


def test_what_does_not_vary_has_no_place_in_a_level():
    assert np.isnan(standardised(np.full((5, 1), 7.0))).all()


def test_a_share_is_what_statsmodels_says_a_driver_adds():
    frame = answers((0.5, 0.3, 0.1), correlation=0.6)
    drivers = frame.drop(columns=OUTCOME)
    survey = survey_of(frame)
    levels = levels_beside(survey)
    matrix = np.cov(np.column_stack([drivers, levels, frame[OUTCOME]]), rowvar=False)
    groups = ((0,), (1,), (2,))
    found = shares_beside_level(matrix, n=None, adjust=0, groups=groups, levels=(3, 4, 5))
    for place, driver in enumerate(drivers):
        fits = [
            sm.OLS(frame[OUTCOME], sm.add_constant(np.column_stack(columns))).fit().rsquared
            for columns in ([levels[:, place]], [levels[:, place], drivers[driver]])
        ]
        assert found[place] == pytest.approx(fits[1] - fits[0])


@given(st.lists(st.floats(-0.5, 0.5), min_size=2, max_size=5))
def test_without_anything_in_common_a_driver_adds_what_it_adds_alone(slopes: list[float]):
    """Then there is no halo to hold constant, and nothing changes."""
    p = len(slopes)
    outcome = np.array(slopes)
    levels = (np.ones((p, p)) - np.eye(p)) / (p - 1)
    columns = np.column_stack([np.eye(p), levels])
    joint = np.zeros((2 * p + 1, 2 * p + 1))
    joint[:-1, :-1] = columns.T @ columns
    joint[-1, :-1] = joint[:-1, -1] = outcome @ columns
    joint[-1, -1] = 2.0
    found = shares_beside_level(
        joint,
        n=None,
        adjust=0,
        groups=[(place,) for place in range(p)],
        levels=tuple(range(p, 2 * p)),
    )
    np.testing.assert_allclose(found, outcome**2 / 2, atol=1e-9)


def test_a_driver_without_columns_adds_nothing_and_resamples_are_a_leading_axis():
    matrix = np.array(
        [[1, 0.5, 0.4, 0.3], [0.5, 1, 0.4, 0.3], [0.4, 0.4, 1, 0.2], [0.3, 0.3, 0.2, 1]]
    )
    found = shares_beside_level(
        np.stack([matrix, matrix]), n=100, adjust=1, groups=((0,), ()), levels=(1, 2)
    )
    assert found.shape == (2, 2)
    assert (found[:, 1] == 0).all()
    assert found[0, 0] == found[1, 0] != 0
