"""Tests of `cxdrivers.moments.imputation`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.imputation import filling_count, imputed_designs
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.sums import FloatArray
from tests.samples import answers, survey_of


def blank_design(n: int = 300, share: float = 0.3, **fields: object) -> Design:
    frame = answers(n=n)
    rng = np.random.default_rng(9)
    for driver in ("reliability", "empathy"):
        frame.loc[rng.random(n) < share, driver] = np.nan
    teams = {name: np.arange(n) // 10 for name in fields.values()}
    return design_of(survey_of(frame.assign(**teams), **fields), blanks=True)


@pytest.fixture(scope="module")
def design() -> Design:
    return blank_design()


def columns_of(design: Design, *, m: int = 20, seed: int = 7) -> FloatArray:
    return np.stack([filled.columns for filled in imputed_designs(design, m=m, seed=seed)])


def test_there_are_as_many_as_were_asked_for_and_none_has_a_blank(design: Design):
    filled = columns_of(design, m=7)
    assert filled.shape == (7, *design.columns.shape)
    assert np.isfinite(filled).all()


def test_what_was_answered_stays_as_it_is(design: Design):
    seen = ~np.isnan(design.columns)
    for columns in columns_of(design):
        np.testing.assert_allclose(columns[seen], design.columns[seen], rtol=1e-13)


def test_the_grade_and_the_rest_of_the_design_stay_as_they_are(design: Design):
    [filled] = imputed_designs(design, m=1, seed=7)
    assert filled.outcome is design.outcome
    assert filled.base is design.base
    assert not filled.has_blanks


def test_what_is_filled_in_differs_from_time_to_time(design: Design):
    blank = np.isnan(design.columns)
    spread = columns_of(design).std(axis=0)
    assert (spread[blank] > 0.3).all()
    assert spread[~blank].max() < 1e-12


def test_the_same_seed_fills_in_the_same_bytes(design: Design):
    assert columns_of(design).tobytes() == columns_of(design).tobytes()
    assert columns_of(design).tobytes() != columns_of(design, seed=8).tobytes()


def test_the_design_of_the_caller_keeps_its_blanks(design: Design):
    before = design.columns.copy()
    columns_of(design)
    np.testing.assert_array_equal(design.columns, before)


@pytest.mark.parametrize(("blank", "count"), [(1, 5), (15, 5), (36, 12), (200, 20)])
def test_blanks_are_filled_in_once_for_every_per_cent_of_the_rows_with_any(blank: int, count: int):
    frame = answers(n=300)
    frame.loc[: blank - 1, "empathy"] = np.nan
    assert filling_count(design_of(survey_of(frame), blanks=True)) == count


def test_on_average_the_covariances_are_the_likeliest():
    design = blank_design(3000)
    found = [
        moments_of(replace(design, columns=columns)).covariance for columns in columns_of(design)
    ]
    np.testing.assert_allclose(np.mean(found, axis=0), moments_of(design).covariance, atol=0.03)


def test_chance_is_put_back_so_that_filled_answers_vary_as_much_as_given_ones():
    design = blank_design(3000, 0.5)
    blank = np.isnan(design.columns[:, 0])
    filled = columns_of(design, m=5)[:, blank, 0]
    assert filled.std() == pytest.approx(np.nanstd(design.columns[:, 0]), rel=0.05)


def test_unhappy_people_who_skip_a_question_are_filled_in_lower():
    frame = answers((0.9, 0.3, 0.1), n=4000)
    truth = frame["reliability"].mean()
    frame.loc[frame["satisfaction"] < 6.5, "reliability"] = np.nan
    assert frame["reliability"].mean() > truth + 0.2
    filled = columns_of(design_of(survey_of(frame), blanks=True))[:, :, 0]
    assert filled.mean() == pytest.approx(truth, abs=0.05)


def test_means_and_covariances_are_drawn_again_and_not_held_for_certain():
    """The mean of what is filled in differs by more than the chance of so many draws."""
    design = blank_design(120, 0.5)
    blank = np.isnan(design.columns[:, 0])
    held = columns_of(design, m=300)[:, blank, 0].mean(axis=1)
    covariance = moments_of(design).covariance
    others = covariance[1:, 1:]
    left = covariance[0, 0] - covariance[0, 1:] @ np.linalg.solve(others, covariance[1:, 0])
    assert held.var() > 1.4 * left / blank.sum()


def test_whole_clusters_are_drawn_where_there_are_clusters():
    """With a cluster's answers alike, what clusters are drawn decides what is filled in."""
    rng = np.random.default_rng(4)
    level = np.repeat(rng.normal(0, 2, 12), 25)
    frame = answers(n=300)
    frame["reliability"] += level
    frame.loc[rng.random(300) < 0.5, "reliability"] = np.nan
    survey = survey_of(frame.assign(team=np.arange(300) // 25), cluster="team")
    design = design_of(survey, blanks=True)
    alone = replace(design, cluster=None)
    blank = np.isnan(design.columns[:, 0])
    spread, narrow = (columns_of(one)[:, blank, 0].mean(axis=1).std() for one in (design, alone))
    assert spread > 1.5 * narrow


def test_a_design_with_weights_of_replicates_draws_respondents():
    frame = answers(n=100).assign(w=1.0)
    frame.loc[:29, "empathy"] = np.nan
    for place in range(4):
        frame[f"w{place}"] = np.where(np.arange(100) % 4 == place, 0.5, 1.5)
    names = [f"w{place}" for place in range(4)]
    design = design_of(survey_of(frame, weight="w", replicate_weights=names), blanks=True)
    plain = replace(design, replicate_weights=None)
    np.testing.assert_array_equal(columns_of(design), columns_of(plain))


def test_a_mark_that_a_driver_did_not_apply_is_never_filled_in():
    frame = answers(n=300)
    frame.loc[:99, "empathy"] = -1
    frame.loc[150:199, "empathy"] = np.nan
    design = design_of(survey_of(frame, not_applicable=[-1]), blanks=True)
    filled = columns_of(design)
    marks = filled[:, :, design.terms.index("not_applicable")]
    np.testing.assert_allclose(
        marks, np.tile(np.repeat([1.0, 0.0], [100, 200]), (20, 1)), atol=1e-12
    )
    np.testing.assert_allclose(filled[:, :100, 1], 0, atol=1e-12)


def test_a_control_is_never_filled_in_and_helps_to_fill_in():
    frame = answers(n=400)
    frame["minutes"] = frame["reliability"] + np.random.default_rng(2).normal(0, 0.1, 400)
    truth = frame["reliability"].to_numpy().copy()
    frame.loc[:99, "reliability"] = np.nan
    design = design_of(survey_of(frame), always=["minutes"], blanks=True)
    filled = columns_of(design)
    gaps = pd.Series(filled[:, :100, 0].mean(axis=0) - truth[:100])
    assert gaps.abs().mean() < 0.15
    np.testing.assert_allclose(filled[0, :, 3], frame["minutes"], rtol=1e-13)
