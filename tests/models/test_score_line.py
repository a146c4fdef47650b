"""Tests of `cxdrivers.models.score_line`, against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import expit

from cxdrivers.models.score_line import fit_score_line, has_line, line_test

SCORES = np.arange(1.0, 11)
SIZES = np.array([3.0, 5, 10, 20, 40, 60, 80, 70, 50, 40])
YES = np.array([0.0, 1, 1, 2, 4, 9, 12, 14, 12, 16])


def glm() -> sm.GLM:
    counts = np.column_stack([YES, SIZES - YES])
    return sm.GLM(counts, sm.add_constant(SCORES), family=sm.families.Binomial()).fit()


def test_the_line_is_the_logit_of_statsmodels():
    line, twin = fit_score_line(SCORES, YES / SIZES, SIZES), glm()
    np.testing.assert_allclose([line.intercept, line.slope], twin.params, rtol=1e-6)
    np.testing.assert_allclose(line.covariance, twin.cov_params(), rtol=1e-5)


def test_what_the_line_expects_has_the_interval_of_the_prediction():
    found = fit_score_line(SCORES, YES / SIZES, SIZES).expected(10.0, 0.9)
    twin = glm().get_prediction([[1, 10.0]]).summary_frame(alpha=0.1)
    np.testing.assert_allclose(
        found, twin[["mean", "mean_ci_lower", "mean_ci_upper"]].to_numpy()[0], rtol=1e-5
    )


def test_the_test_is_the_deviance_that_the_line_leaves():
    found = line_test(SCORES, YES / SIZES, SIZES)
    assert found.statistic == pytest.approx(glm().deviance, rel=1e-6)
    assert found.freedom == 8
    assert found.odds_ratio == pytest.approx(np.exp(glm().params[1]), rel=1e-6)


def test_half_as_many_respondents_leave_half_the_deviance():
    whole, half = (line_test(SCORES, YES / SIZES, SIZES / part) for part in (1, 2))
    assert half.statistic == pytest.approx(whole.statistic / 2, rel=1e-6)
    assert half.p_value > whole.p_value


def test_shares_on_a_line_leave_nothing_and_a_jump_leaves_much():
    straight = expit(-4 + 0.3 * SCORES)
    assert line_test(SCORES, straight, SIZES).statistic == pytest.approx(0, abs=1e-6)
    jump = straight.copy()
    jump[-1] = 0.9
    assert line_test(SCORES, jump, SIZES).p_value < 0.001


@pytest.mark.parametrize(
    ("shares", "there"),
    [
        ([0.0, 0.0, 1.0, 1.0], False),
        ([0.0, 0.5, 1.0, 1.0], False),
        ([0.0, 0.0, 0.0, 0.0], False),
        ([1.0, 1.0, 1.0, 1.0], False),
        ([0.0, 0.5, 0.5, 1.0], True),
        ([1.0, 0.0, 1.0, 0.0], True),
        ([1.0, 1.0, 0.0, 0.0], False),
    ],
)
def test_there_is_a_line_only_where_yes_and_no_overlap(shares, there):
    assert has_line(np.arange(4.0), np.array(shares)) is there
