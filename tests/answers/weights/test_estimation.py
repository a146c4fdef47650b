"""Tests of `answers.weights.estimation`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights import estimation
from cxdrivers.answers.weights.estimation import resampled_shares
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments import resampling
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.resampling import resampled_covariances
from tests.samples import answers, lmg, survey_of


@pytest.fixture
def design() -> Design:
    frame = answers(n=100)
    frame.loc[:29, "empathy"] = -1
    return design_of(survey_of(frame, not_applicable=[-1]))


@pytest.mark.parametrize("adjust", [0, 2])
def test_every_resample_gets_the_shares_of_its_own_covariance(design: Design, adjust: int):
    shares = resampled_shares(design, lmg(design), n=100, adjust=adjust, n_boot=25, seed=4)
    [covariances] = resampled_covariances(design, n_boot=25, seed=4)
    for share, covariance in zip(shares, covariances, strict=True):
        one = linear_shares(covariance, design.groups, n=100, adjust=adjust)
        np.testing.assert_allclose(share, one, atol=1e-13)


def test_parts_join_up(design: Design, monkeypatch):
    whole = resampled_shares(design, lmg(design), n=100, adjust=0, n_boot=23, seed=4)
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 100 * 7)
    monkeypatch.setattr(estimation, "WORK_BETWEEN_LOOKS", 2**3 * 3)
    parts = resampled_shares(design, lmg(design), n=100, adjust=0, n_boot=23, seed=4)
    np.testing.assert_allclose(parts, whole, atol=1e-13)


def test_no_resamples_have_the_shape_of_none(design: Design):
    assert resampled_shares(design, lmg(design), n=100, adjust=0, n_boot=0, seed=4).shape == (0, 3)


def test_work_that_is_done_before_the_bar_is_due_says_nothing(design: Design, monkeypatch, capsys):
    monkeypatch.setattr(estimation, "PROGRESS_AFTER", 1e9)
    resampled_shares(design, lmg(design), n=100, adjust=0, n_boot=10, seed=4)
    assert capsys.readouterr() == ("", "")


def test_long_work_shows_how_far_it_is(design: Design, monkeypatch, capsys):
    monkeypatch.setattr(estimation, "PROGRESS_AFTER", 0.0)
    resampled_shares(design, lmg(design), n=100, adjust=0, n_boot=10, seed=4)
    assert "/10" in capsys.readouterr().err


def test_more_drivers_than_can_be_walked_are_sampled_and_the_footer_says_how_well():
    frame = answers(tuple([0.3] * 4 + [0.0] * 3), n=200)
    extra = np.random.default_rng(2).normal(size=(200, 28))
    names = [f"x{place}" for place in range(28)]
    frame = frame.join(pd.DataFrame(extra, columns=names))
    drivers = [*frame.columns.drop("satisfaction")]
    survey = cx.Survey.from_frame(frame, outcome="satisfaction", drivers=drivers)
    weights = cx.driver_weights(survey, n_boot=0)
    assert weights.r_squared == pytest.approx(weights.model.fit.r_squared_adjusted, abs=1e-9)
    assert weights.tidy().sort_values("rank")["driver"].iloc[0] in drivers[:4]
    assert "sampled from all orders, standard error at most 0.0" in weights.footer()
    assert "standaardfout hooguit 0,0" in weights.footer("nl")


def test_a_column_that_a_resample_leaves_without_spread_adds_nothing_there():
    """The one respondent who differs is missing from about a third of the resamples."""
    frame = answers((0.5, 0.3), n=60)
    frame["empathy"] = 7.0
    frame.loc[0, "empathy"] = 3.0
    design = design_of(survey_of(frame))
    shares = resampled_shares(design, lmg(design), n=60, adjust=0, n_boot=300, seed=4)
    flat = shares[:, 1] == 0
    assert 0.25 < flat.mean() < 0.5
    assert np.isfinite(shares).all()
