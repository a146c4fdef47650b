"""Tests of `cxdrivers.models.pooling`: Rubin's rules beside statsmodels, formulas and chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.imputation.bayes_mi import MI
from statsmodels.regression.linear_model import OLS

import cxdrivers as cx
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.linear import fit_linear
from cxdrivers.models.pooling import pooled, pooled_linear, pooled_terms
from cxdrivers.models.terms import TermEstimates
from cxdrivers.models.top_box import fit_top_box
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.grades import top_box_of
from cxdrivers.moments.imputation import filling_count, imputed_designs
from tests.samples import answers, survey_of

POSITIVE = st.floats(0.05, 5)


def blank_design(n: int = 200) -> Design:
    frame = answers(n=n)
    frame.loc[:59, "empathy"] = np.nan
    frame.loc[40:99, "reliability"] = np.nan
    return design_of(survey_of(frame), blanks=True)


class Filled:
    """What statsmodels wants of an imputer: data that change at every update."""

    def __init__(self, designs: list[Design]) -> None:
        self.waiting = iter(designs)
        self.data = designs[0]

    def update(self) -> None:
        self.data = next(self.waiting)


def terms_of(estimates: FloatArray, errors: FloatArray, p_values: FloatArray) -> TermEstimates:
    nothing = np.full_like(estimates, np.nan)
    return TermEstimates(estimates, errors, nothing, nothing, nothing, nothing, p_values)


def test_it_pools_as_statsmodels_does():
    designs = list(imputed_designs(blank_design(), m=10, seed=3))
    imputer = MI(
        Filled(designs), OLS, burn=0, nrep=10, skip=0,
        model_args_fn=lambda data: (
            data.outcome, np.column_stack([np.ones(len(data.outcome)), data.columns])
        ),
    )  # fmt: skip
    other = imputer.fit(results_cb=lambda fit: fit)
    estimates = np.stack([fit.params for fit in other.results])
    errors = np.stack([fit.bse for fit in other.results])
    estimate, std_error, _ = pooled(estimates, errors)
    np.testing.assert_allclose(estimate, other.params, rtol=1e-12)
    np.testing.assert_allclose(std_error, other.bse, rtol=1e-12)


def test_five_data_sets_worked_out_by_hand():
    """Estimates 10 12 11 13 9 with variance 4: T = 4 + 1.2 · 2.5 = 7, λ = 3/7."""
    estimates = np.array([10.0, 12, 11, 13, 9])[:, np.newaxis]
    estimate, std_error, freedom = pooled(estimates, np.full((5, 1), 2.0))
    assert estimate[0] == 11
    assert std_error[0] == pytest.approx(np.sqrt(7))
    assert freedom[0] == pytest.approx(4 * (7 / 3) ** 2)


def test_the_degrees_of_freedom_are_those_of_barnard_and_rubin():
    estimates = np.array([10.0, 12, 11, 13, 9])[:, np.newaxis]
    _, _, freedom = pooled(estimates, np.full((5, 1), 2.0), 30)
    old, seen = 4 * (7 / 3) ** 2, 31 / 33 * 30 * (1 - 3 / 7)
    assert freedom[0] == pytest.approx(old * seen / (old + seen))


def test_without_differences_between_data_sets_nearly_all_degrees_of_freedom_stay():
    estimate, std_error, freedom = pooled(np.full((20, 2), 3.0), np.full((20, 2), 0.5), 100)
    np.testing.assert_array_equal(estimate, 3)
    np.testing.assert_allclose(std_error, 0.5)
    np.testing.assert_allclose(freedom, 100 * 101 / 103)
    assert np.isinf(pooled(np.full((20, 1), 3.0), np.full((20, 1), 0.5))[2]).all()


def test_what_cannot_be_told_stays_untold():
    estimate, std_error, _ = pooled(np.full((5, 1), np.nan), np.full((5, 1), np.nan), 50)
    assert np.isnan(estimate).all()
    assert np.isnan(std_error).all()


@given(
    st.lists(st.tuples(st.floats(-9, 9), POSITIVE), min_size=2, max_size=12),
    st.sampled_from([5.0, 40.0, 1000.0, np.inf]),
)
def test_pooling_adds_doubt_and_takes_freedom(fits: list[tuple[float, float]], freedom: float):
    estimates, errors = np.array(fits).T[:, :, np.newaxis]
    _, std_error, degrees = pooled(estimates, errors, freedom)
    assert std_error[0] ** 2 >= (errors**2).mean() * (1 - 1e-12)
    assert 0 < degrees[0] <= freedom
    assert degrees[0] <= pooled(estimates, errors)[2][0]


def test_one_fit_many_times_is_that_fit():
    design = design_of(survey_of(answers()))
    fit = fit_linear(design, 0.95)
    found = pooled_linear([fit] * 20, design.groups, 0.95)
    for name, values in fit.terms.numbers.items():
        np.testing.assert_allclose(found.terms.numbers[name], values, rtol=2e-2, atol=1e-12)
    np.testing.assert_allclose(found.terms.estimate, fit.terms.estimate, rtol=1e-13)
    assert found.r_squared == pytest.approx(fit.r_squared)
    np.testing.assert_allclose(found.vif, fit.vif)


def test_an_interval_is_the_estimate_with_t_times_its_error():
    estimates = np.array([[0.2, 0.5], [0.4, 0.5], [0.3, 0.8]])
    fits = [terms_of(row, np.array([0.1, 0.2]), np.full(2, 0.5)) for row in estimates]
    found = pooled_terms(fits, ((0,), (1,)), level=0.9, freedom=60)
    middle, error, freedom = pooled(estimates, np.tile([0.1, 0.2], (3, 1)), 60)
    reach = stats.t.ppf(0.95, freedom) * error
    np.testing.assert_allclose(found.conf_low, middle - reach)
    np.testing.assert_allclose(found.conf_high, middle + reach)
    np.testing.assert_allclose(found.p_value, 2 * stats.t.sf(middle / error, freedom))
    np.testing.assert_array_equal(found.own_p_value, found.p_value)


def test_the_joint_test_of_several_columns_is_that_of_li_and_others():
    p_values = np.array([0.01, 0.04, 0.02, 0.2])
    fits = [terms_of(np.zeros(2), np.ones(2), np.array([p])) for p in p_values]
    [found] = pooled_terms(fits, ((0, 1),), level=0.95, freedom=np.inf).own_p_value
    squares = stats.chi2.isf(p_values, 2)
    roots = np.sqrt(squares)
    more = 1.25 * ((roots - roots.mean()) ** 2).sum() / 3
    statistic = (squares.mean() / 2 - 5 / 3 * more) / (1 + more)
    freedom = 2 ** (-3 / 4) * 3 * (1 + 1 / more) ** 2
    assert found == pytest.approx(stats.f.sf(statistic, 2, freedom))


def test_the_joint_test_errs_about_as_often_as_it_says():
    """Drawn without any effect: two columns, a third of the information missing."""
    rng = np.random.default_rng(5)
    surveys, m = 2000, 20
    within, between = 2 / 3, 1 / 3
    middle = rng.normal(0, np.sqrt(within + between), (1, surveys, 2))
    drawn = middle + rng.normal(0, np.sqrt(between), (m, surveys, 2))
    p_values = stats.chi2.sf((drawn**2).sum(axis=2) / within, 2)
    fits = [terms_of(np.zeros(2), np.ones(2), row) for row in p_values]
    found = pooled_terms(fits, ((0, 1),) * surveys, level=0.95, freedom=np.inf).own_p_value
    assert 0.02 < (found < 0.05).mean() < 0.08
    assert 0.3 < (found < 0.5).mean() < 0.65


def test_a_joint_test_that_is_the_same_in_every_data_set_stays_what_it_is():
    fits = [terms_of(np.zeros(2), np.ones(2), np.array([0.03]))] * 20
    [found] = pooled_terms(fits, ((0, 1),), level=0.95, freedom=np.inf).own_p_value
    assert found == pytest.approx(0.03, rel=1e-6)


def test_an_effect_beyond_doubt_in_every_data_set_is_beyond_doubt():
    fits = [terms_of(np.zeros(2), np.ones(2), np.array([0.0]))] * 20
    [found] = pooled_terms(fits, ((0, 1),), level=0.95, freedom=np.inf).own_p_value
    assert found < 1e-6


def test_a_driver_without_a_column_has_no_test():
    fits = [terms_of(np.array([0.3]), np.array([0.1]), np.array([0.01, np.nan]))] * 5
    own = pooled_terms(fits, ((0,), ()), level=0.95, freedom=50).own_p_value
    assert np.isfinite(own[0])
    assert np.isnan(own[1])


def test_the_fit_of_a_survey_with_blanks_pools_the_fits_of_what_was_filled_in():
    frame = answers()
    frame.loc[:99, "empathy"] = np.nan
    survey = survey_of(frame)
    model = cx.fit_satisfaction(survey, seed=4)
    design = design_of(survey, blanks=True)
    designs = list(imputed_designs(design, m=filling_count(design), seed=4))
    fits = [fit_linear(design, 0.95).terms for design in designs]
    errors = np.stack([fit.std_error for fit in fits])
    middle, error, freedom = pooled(np.stack([fit.estimate for fit in fits]), errors, 300 - 4)
    table = model.tidy()
    np.testing.assert_allclose(table["estimate"], middle)
    np.testing.assert_allclose(table["std_error"], error)
    reach = stats.t.ppf(0.975, freedom) * error
    np.testing.assert_allclose(table["conf_high"] - table["conf_low"], 2 * reach)
    assert table["n"].tolist() == [300, 200, 300]


def test_effects_on_a_chance_are_pooled_too():
    frame = answers(n=250)
    frame.loc[:79, "empathy"] = np.nan
    survey = survey_of(frame)
    model = cx.fit_satisfaction(survey, kind="top_box", threshold=7, seed=4)
    design = design_of(survey, blanks=True)
    designs = imputed_designs(design, m=filling_count(design), seed=4)
    fits = [fit_top_box(top_box_of(one, 7, "satisfaction"), 0.95) for one in designs]
    reach = stats.norm.ppf(0.975)
    middle, error, freedom = pooled(
        np.stack([fit.effects.effect for fit in fits]),
        np.stack([(fit.effects.high - fit.effects.effect) / reach for fit in fits]),
    )
    table = model.tidy()
    np.testing.assert_allclose(table["effect"], middle)
    wide = stats.t.ppf(0.975, freedom) * error
    np.testing.assert_allclose(table["effect_high"], middle + wide)
    np.testing.assert_allclose(table["estimate"], np.mean([f.terms.estimate for f in fits], axis=0))


def test_thresholds_of_grades_are_as_unsure_as_the_blanks_make_them():
    frame = answers(n=250).round()
    whole = cx.fit_satisfaction(survey_of(frame), kind="ordinal", threshold=8)
    frame.loc[:124, "reliability"] = np.nan
    pooled_model = cx.fit_satisfaction(survey_of(frame), kind="ordinal", threshold=8)
    table, of_all = pooled_model.thresholds(), whole.thresholds()
    assert table["term"].tolist() == of_all["term"].tolist()
    assert np.isfinite(table["std_error"]).all()
    middle = len(table) // 2
    assert table.loc[middle, "std_error"] > of_all.loc[middle, "std_error"]


def test_pooling_leaves_the_fits_as_they_were():
    design = design_of(survey_of(answers()))
    fit = fit_linear(design, 0.95)
    before = replace(fit.terms, estimate=fit.terms.estimate.copy())
    pooled_linear([fit, fit], design.groups, 0.95)
    np.testing.assert_array_equal(fit.terms.estimate, before.estimate)
