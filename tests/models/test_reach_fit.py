"""Tests of `cxdrivers.models.reach_fit`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.models.reach_fit import fit_shrunken, fit_within_reach
from tests.models.graded import grades
from tests.samples import OUTCOME

FRAME = grades()
COLUMNS = FRAME.drop(columns=OUTCOME).to_numpy()
OUTCOMES = FRAME[OUTCOME].to_numpy()


def test_answers_that_are_not_separated_are_fitted_as_they_are():
    weights = np.random.default_rng(2).uniform(0.2, 2, len(FRAME))
    fit = fit_within_reach(COLUMNS, OUTCOMES, weights)
    direct = fit_cumulative(COLUMNS, OUTCOMES, weights)
    np.testing.assert_array_equal(fit.slopes, direct.slopes)
    np.testing.assert_array_equal(fit.thresholds, direct.thresholds)
    assert not fit.shrunken


def test_log_odds_are_those_of_reaching_the_threshold_or_the_next_grade_that_occurs():
    fit = fit_within_reach(COLUMNS, OUTCOMES)
    chances = expit(fit.log_odds(COLUMNS, 4.0))
    assert chances.mean() == pytest.approx((OUTCOMES >= 4).mean(), abs=0.02)
    np.testing.assert_array_equal(fit.log_odds(COLUMNS, 3.5), fit.log_odds(COLUMNS, 4.0))


def test_a_constant_column_and_a_tied_one_change_no_prediction():
    more = np.column_stack([COLUMNS, np.full(len(FRAME), 0.1), COLUMNS @ [1.0, 2.0, 0.0]])
    plain, odd = fit_within_reach(COLUMNS, OUTCOMES), fit_within_reach(more, OUTCOMES)
    np.testing.assert_allclose(odd.log_odds(more, 3), plain.log_odds(COLUMNS, 3), atol=1e-8)
    assert odd.slopes[3] == 0


def test_without_columns_that_vary_everybody_has_the_overall_chance():
    fit = fit_within_reach(np.ones((len(FRAME), 2)), OUTCOMES)
    chances = expit(fit.log_odds(np.ones((3, 2)), 4.0))
    np.testing.assert_allclose(chances, (OUTCOMES >= 4).mean(), rtol=1e-9)


@pytest.mark.parametrize("cuts", [(0.0,), (-1.0, 0.0, 1.0)])
def test_separated_grades_give_slopes_within_reach_and_the_right_shares(cuts: tuple[float, ...]):
    rng = np.random.default_rng(0)
    columns = rng.normal(size=(200, 2))
    outcome = np.digitize(columns[:, 0], cuts).astype(float)
    fit = fit_within_reach(columns, outcome)
    chances = expit(fit.log_odds(columns, 1.0))
    assert fit.shrunken
    assert 20 * abs(fit.slopes[1]) < fit.slopes[0] < 20
    assert chances.mean() == pytest.approx((outcome >= 1).mean(), abs=0.01)


def test_a_mark_that_few_have_is_not_taken_for_certain():
    reached = (OUTCOMES >= 4).astype(float)
    mark = np.zeros(len(FRAME))
    mark[np.flatnonzero(reached)[:2]] = 1
    columns = np.column_stack([COLUMNS, mark])
    fit = fit_within_reach(columns, reached)
    plain = fit_within_reach(COLUMNS, reached)
    assert fit.shrunken
    assert 0 < fit.slopes[3] < 10
    np.testing.assert_allclose(fit.slopes[:3], plain.slopes, rtol=0.1)


def test_invented_respondents_answer_as_all_do_together():
    """Without an effect to find, shrinking changes nothing; with one, it makes it smaller."""
    columns = np.repeat([[0.0], [1.0]], 40, axis=0)
    level = np.tile([0.0, 0.0, 0.0, 1.0], 20)
    flat = fit_shrunken(columns, level)
    assert flat.slopes[0] == pytest.approx(0, abs=1e-9)
    assert expit(-flat.thresholds[0]) == pytest.approx(0.25)
    certain = fit_shrunken(columns, columns[:, 0])
    shares = (40 + 0.5 * 0.5) / (40 + 0.5)
    assert expit(certain.slopes[0] - certain.thresholds[0]) == pytest.approx(shares)
