"""Tests of `cxdrivers.models.top_box`: R, statsmodels, and what is done where they stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.special import expit
from statsmodels.genmod.families import Binomial

import cxdrivers as cx
from cxdrivers.errors import FitError
from cxdrivers.models.firth import fit_firth
from cxdrivers.models.top_box import fit_top_box
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.grades import top_box_of
from tests.samples import answers, survey_of

RATINGS = ["reliability", "empathy", "customer_focus"]


def design_with(frame: pd.DataFrame, threshold: float = 7.0, **fields: Any) -> Design:
    always = fields.pop("always", ())
    return top_box_of(design_of(survey_of(frame, **fields), always=always), threshold)


def test_coefficients_errors_and_likelihoods_are_those_of_r(
    shared_file: Callable[[str], Path], reference: Callable[[str], dict[str, Any]]
):
    facts = reference("i_mobi_logit_sat8")
    expected, outcome, threshold = facts["glm"], facts["outcome"], facts["threshold"]
    frame = pd.read_csv(shared_file("data/mobi_composites.csv"))
    survey = cx.Survey.from_frame(frame, outcome=outcome, drivers=facts["drivers"])
    model = cx.fit_satisfaction(survey, kind="top_box", threshold=threshold)
    terms, log_odds = model.fit.terms, model.fit.log_odds
    np.testing.assert_allclose(terms.estimate, expected["coef"], rtol=1e-9)
    np.testing.assert_allclose(terms.std_error, expected["se"], rtol=1e-8)
    [constant] = model.thresholds().to_dict("records")
    assert constant["term"] == "<8|8"
    assert -constant["estimate"] == pytest.approx(expected["intercept"], rel=1e-9)
    assert constant["std_error"] == pytest.approx(expected["intercept_se"], rel=1e-8)
    assert log_odds.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-8)
    assert log_odds.null_log_likelihood == pytest.approx(expected["log_likelihood_null"], abs=1e-8)
    assert model.fit.r_squared == pytest.approx(expected["pseudo_r2"]["mcfadden"], abs=1e-10)
    assert model.fit.share == pytest.approx(103 / 250)
    assert model.fit.errors == "model"
    assert model.fit.firth is None


def test_weighted_errors_are_the_sandwich_written_out():
    frame = answers(n=400).assign(w=np.random.default_rng(2).uniform(0.2, 3, 400))
    fit = fit_top_box(design_with(frame, weight="w"), 0.9)
    x = np.column_stack([np.ones(400), frame[RATINGS]])
    y = (frame["satisfaction"] >= 7).to_numpy(float)
    direct = sm.GLM(y, x, family=Binomial(), freq_weights=frame["w"]).fit(tol=1e-14)
    missed = frame["w"].to_numpy() * (y - direct.fittedvalues)
    pulls = x * missed[:, np.newaxis] @ direct.normalized_cov_params
    errors = np.sqrt(np.diag(pulls.T @ pulls) * 400 / 399)[1:]
    np.testing.assert_allclose(fit.terms.estimate, direct.params[1:], rtol=1e-8)
    np.testing.assert_allclose(fit.terms.std_error, errors, rtol=1e-7)
    reach = stats.norm.ppf(0.95) * errors
    np.testing.assert_allclose(fit.terms.conf_low, direct.params[1:] - reach, rtol=1e-6)
    assert (fit.errors, fit.freedom) == ("robust", np.inf)
    assert fit.share == pytest.approx(np.average(y, weights=frame["w"]))


def test_clustered_intervals_have_the_t_distribution_of_the_clusters():
    frame = answers(n=400).assign(team=np.arange(400) // 20)
    fit = fit_top_box(design_with(frame, cluster="team"), 0.95)
    x = np.column_stack([np.ones(400), frame[RATINGS]])
    direct = sm.GLM(frame["satisfaction"] >= 7, x, family=Binomial()).fit(
        tol=1e-14, cov_type="cluster", cov_kwds={"groups": frame["team"].to_numpy()}
    )
    errors = direct.bse[1:] / np.sqrt(399 / 396)
    np.testing.assert_allclose(fit.terms.std_error, errors, rtol=1e-7)
    reach = stats.t.ppf(0.975, 19) * errors
    np.testing.assert_allclose(fit.terms.conf_high, direct.params[1:] + reach, rtol=1e-6)
    assert (fit.errors, fit.freedom) == ("cluster", 19)


def test_the_own_test_of_a_pair_is_that_of_both_columns():
    frame = answers(n=400)
    frame.loc[:99, "empathy"] = -1
    design = design_with(frame, not_applicable=[-1])
    fit = fit_top_box(design, 0.95)
    direct = sm.GLM(design.outcome, sm.add_constant(design.columns), family=Binomial()).fit(
        tol=1e-14
    )
    joint = direct.wald_test(np.eye(5)[[2, 3]], scalar=True).pvalue
    assert fit.terms.own_p_value[1] == pytest.approx(float(joint), rel=1e-6)
    np.testing.assert_allclose(fit.terms.own_p_value[[0, 2]], direct.pvalues[[1, 4]], rtol=1e-6)


def test_effects_are_those_of_statsmodels():
    frame = answers(n=400).assign(customer_focus=np.arange(400) % 2)
    fit = fit_top_box(design_with(frame), 0.95)
    y = (frame["satisfaction"] >= 7).astype(float)
    direct = sm.Logit(y, sm.add_constant(frame[RATINGS])).fit(disp=0, tol=1e-13)
    margins = direct.get_margeff(dummy=True)
    np.testing.assert_allclose(fit.effects.effect, margins.margeff, rtol=1e-8)
    np.testing.assert_allclose(fit.effects.low, margins.conf_int()[:, 0], rtol=1e-7)
    np.testing.assert_allclose(fit.effects.high, margins.conf_int()[:, 1], rtol=1e-7)


def test_two_marks_that_are_tied_leave_the_ratings_their_effects():
    frame = answers(n=400)
    frame.loc[:99, ["reliability", "empathy"]] = -1
    design = design_with(frame, not_applicable=[-1])
    fit = fit_top_box(design, 0.95)
    marks = [term == "not_applicable" for term in design.terms]
    np.testing.assert_array_equal(np.isnan(fit.terms.estimate), marks)
    np.testing.assert_array_equal(np.isnan(fit.effects.low), marks)
    x = sm.add_constant(np.delete(design.columns, 3, axis=1))
    direct = sm.GLM(design.outcome, x, family=Binomial()).fit(tol=1e-14)
    np.testing.assert_allclose(fit.terms.estimate[[0, 2, 4]], direct.params[[1, 3, 4]], rtol=1e-8)


def test_a_mark_that_is_confined_to_one_cluster_gets_no_error():
    frame = answers(n=300).assign(team=np.arange(300) // 30)
    frame.loc[30:49, "empathy"] = -1
    fit = fit_top_box(design_with(frame, not_applicable=[-1], cluster="team"), 0.95)
    np.testing.assert_array_equal(np.isnan(fit.terms.std_error), [False, False, True, False])
    assert np.isfinite(fit.terms.estimate).all()
    assert np.isfinite(fit.terms.own_p_value).all()


def test_drivers_that_are_tied_together_exactly_are_refused():
    frame = answers(n=100)
    frame["customer_focus"] = frame["reliability"] + frame["empathy"]
    with pytest.raises(FitError, match=r"are tied together exactly"):
        fit_top_box(design_with(frame), 0.95)


def separated_frame(n: int = 200) -> pd.DataFrame:
    """Return answers in which all to whom empathy did not apply give a high grade."""
    frame = answers(n=n)
    frame.loc[:7, "empathy"] = -1
    frame.loc[:7, "satisfaction"] = 9.0
    return frame


def test_a_driver_that_separates_brings_in_firth_and_is_named():
    fit = fit_top_box(design_with(separated_frame(), not_applicable=[-1]), 0.95)
    assert fit.firth is not None
    assert fit.firth.separated == ("empathy",)
    mark = 2
    assert 0 < fit.terms.estimate[mark] < 8
    assert fit.terms.conf_low[mark] > 0
    below = fit.terms.estimate[mark] - fit.terms.conf_low[mark]
    assert fit.terms.conf_high[mark] - fit.terms.estimate[mark] > 1.2 * below


def test_a_control_that_separates_is_named_too():
    frame = answers(n=200).assign(channel=["web"] * 10 + ["phone"] * 190)
    frame.loc[:9, "satisfaction"] = 9.0
    fit = fit_top_box(design_with(frame, always=["channel"]), 0.95)
    assert fit.firth is not None
    assert fit.firth.separated == ("channel",)


def test_drivers_that_explain_everything_have_finite_log_odds():
    frame = answers((0.5, 0.3, 0.1), n=60, noise=0.0)
    fit = fit_top_box(design_with(frame), 0.95)
    assert fit.firth is not None
    assert fit.firth.separated
    assert np.abs(fit.terms.estimate).max() < 20
    assert np.isfinite(fit.terms.conf_high).all()
    assert 0.5 < fit.r_squared < 1


def test_few_at_the_threshold_bring_in_firth_from_ten_a_column():
    rng = np.random.default_rng(4)
    ratings = rng.normal(size=(500, 3)) + 7
    for reached, rare in ((29, True), (30, False), (470, False), (471, True)):
        grade = np.where(rng.permutation(500) < reached, 8.0, 6.0)
        frame = pd.DataFrame(ratings, columns=RATINGS).assign(satisfaction=grade)
        firth = fit_top_box(design_with(frame), 0.95).firth
        assert (firth is not None) == rare
        if firth is not None:
            assert (firth.separated, firth.events, firth.columns) == ((), 29, 3)


def test_with_firth_the_terms_are_penalised_and_the_chances_level():
    frame = answers(n=60)
    design = design_with(frame, threshold=8.5)
    fit = fit_top_box(design, 0.95)
    np.testing.assert_allclose(
        fit.terms.estimate, fit_firth(design.columns, design.outcome).slopes, rtol=1e-8
    )
    chances = expit(design.columns @ fit.terms.estimate - fit.log_odds.thresholds[0])
    assert chances.mean() == pytest.approx(design.outcome.mean(), abs=1e-9)
    assert fit.profiled


@pytest.mark.parametrize("kind", ["robust", "cluster"])
def test_with_firth_weights_and_clusters_never_make_a_separated_term_certain(kind: str):
    """Those who are set apart have no scatter, which a sandwich alone would take for certainty."""
    rng = np.random.default_rng(3)
    frame = separated_frame().assign(w=rng.uniform(0.8, 1.2, 200), team=np.arange(200) % 25)
    plain = fit_top_box(design_with(frame, not_applicable=[-1]), 0.95)
    fields = {"weight": "w"} if kind == "robust" else {"cluster": "team"}
    fit = fit_top_box(design_with(frame, not_applicable=[-1], **fields), 0.95)
    assert (fit.errors, fit.profiled) == (kind, False)
    assert (fit.terms.std_error > 0.9 * plain.terms.std_error).all()
    assert np.isfinite(fit.terms.own_p_value).all()


def test_a_top_box_that_nothing_varies_with_still_has_its_share():
    frame = answers((0.5,)).assign(reliability=7.0)
    fit = fit_top_box(design_with(frame), 0.95)
    assert fit.share == pytest.approx((frame["satisfaction"] >= 7).mean())
    assert fit.r_squared == pytest.approx(0, abs=1e-12)
    assert np.isnan(fit.terms.own_p_value).all()
