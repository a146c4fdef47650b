"""Tests of `cxdrivers.models.linear`: the formulas written out, and statsmodels run directly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from cxdrivers.errors import FitError
from cxdrivers.models.linear import fit_linear
from cxdrivers.moments.design import design_of
from tests.samples import answers, survey_of


@pytest.fixture
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(6)
    table = answers(n=240)
    louder = 1 + 0.5 * np.abs(table["empathy"] - 7)
    team = np.arange(240) // 12
    table["satisfaction"] += louder * rng.normal(size=240) + rng.normal(size=20)[team]
    return table.assign(w=rng.uniform(0.3, 3, 240), team=team)


def test_standard_errors_are_hc3_written_out(frame: pd.DataFrame):
    fit = fit_linear(design_of(survey_of(frame)), 0.9)
    x = np.column_stack([np.ones(240), frame[["reliability", "empathy", "customer_focus"]]])
    y = frame["satisfaction"].to_numpy()
    bread = np.linalg.inv(x.T @ x)
    slopes = bread @ x.T @ y
    leverage = np.einsum("ni,ij,nj->n", x, bread, x)
    scaled = (y - x @ slopes) / (1 - leverage)
    errors = np.sqrt(np.diag(bread @ (x.T * scaled**2) @ x @ bread))
    reach = stats.t.ppf(0.95, 240 - 4) * errors
    np.testing.assert_allclose(fit.terms.estimate, slopes[1:], rtol=1e-9)
    np.testing.assert_allclose(fit.terms.std_error, errors[1:], rtol=1e-9)
    np.testing.assert_allclose(fit.terms.conf_low, (slopes - reach)[1:], rtol=1e-7)
    np.testing.assert_allclose(fit.terms.conf_high, (slopes + reach)[1:], rtol=1e-7)
    np.testing.assert_allclose(fit.terms.own_p_value, fit.terms.p_value, rtol=1e-7)
    assert fit.errors == "HC3"


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("clustered", [False, True])
def test_every_number_is_that_of_statsmodels(frame: pd.DataFrame, weighted: bool, clustered: bool):
    fields = ({"weight": "w"} if weighted else {}) | ({"cluster": "team"} if clustered else {})
    fit = fit_linear(design_of(survey_of(frame, **fields)), 0.95)
    x = sm.add_constant(frame[["reliability", "empathy", "customer_focus"]])
    model = sm.WLS(frame["satisfaction"], x, weights=frame["w"] if weighted else 1.0)
    if clustered:
        kinds = {"groups": frame["team"].to_numpy()}
        direct = model.fit(cov_type="cluster", cov_kwds=kinds, use_t=True)
    else:
        direct = model.fit(cov_type="HC3", use_t=True)
    np.testing.assert_allclose(fit.terms.estimate, direct.params.iloc[1:], rtol=1e-9)
    np.testing.assert_allclose(fit.terms.std_error, direct.bse.iloc[1:], rtol=1e-9)
    np.testing.assert_allclose(fit.terms.p_value, direct.pvalues.iloc[1:], rtol=1e-6)
    np.testing.assert_allclose(fit.terms.conf_low, direct.conf_int().iloc[1:, 0], rtol=1e-7)
    assert fit.r_squared == pytest.approx(direct.rsquared, abs=1e-12)
    assert fit.r_squared_adjusted == pytest.approx(direct.rsquared_adj, abs=1e-12)
    assert fit.errors == ("cluster" if clustered else "HC3")


def test_clustered_errors_are_wider_when_drivers_and_noise_share_clusters():
    rng = np.random.default_rng(7)
    team = np.arange(600) // 20
    frame = answers(n=600)
    frame["reliability"] += 2 * rng.normal(size=30)[team]
    frame["satisfaction"] += 2 * rng.normal(size=30)[team]
    naive = fit_linear(design_of(survey_of(frame)), 0.95)
    clustered = fit_linear(design_of(survey_of(frame.assign(team=team), cluster="team")), 0.95)
    assert clustered.terms.std_error[0] > 1.5 * naive.terms.std_error[0]


def test_the_effect_of_a_pair_is_the_slope_among_those_to_whom_it_applies():
    """Alone in the model, the rated are fitted by a line of their own and the others by a level."""
    frame = answers((0.5,), n=200)
    frame.loc[:79, "reliability"] = -1
    frame.loc[:79, "satisfaction"] -= 3
    fit = fit_linear(design_of(survey_of(frame, not_applicable=[-1])), 0.95)
    rated = frame.loc[80:]
    slope, _ = np.polyfit(rated["reliability"], rated["satisfaction"], 1)
    away = frame.loc[:79, "satisfaction"].mean() - rated["satisfaction"].mean()
    assert fit.terms.estimate == pytest.approx([slope, away], rel=1e-9)


def test_the_own_test_of_a_pair_is_the_joint_test_of_both_columns(frame: pd.DataFrame):
    frame.loc[:59, "empathy"] = -1
    survey = survey_of(frame, not_applicable=[-1])
    fit = fit_linear(design_of(survey), 0.95)
    rated = (frame["empathy"] != -1).astype(float)
    x = pd.DataFrame(
        {
            "const": 1.0,
            "reliability": frame["reliability"],
            "rating": rated * frame["empathy"],
            "away": 1 - rated,
            "customer_focus": frame["customer_focus"],
        }
    )
    direct = sm.OLS(frame["satisfaction"], x).fit(cov_type="HC3", use_t=True)
    joint = direct.f_test("rating = 0, away = 0").pvalue
    assert fit.terms.own_p_value[1] == pytest.approx(float(joint), rel=1e-6)


def test_a_driver_that_never_varies_has_no_term_and_the_others_keep_theirs():
    frame = answers(n=100)
    without = fit_linear(design_of(survey_of(frame.drop(columns="empathy"))), 0.95)
    fit = fit_linear(design_of(survey_of(frame.assign(empathy=7.1))), 0.95)
    np.testing.assert_array_equal(np.isnan(fit.terms.own_p_value), [False, True, False])
    np.testing.assert_array_equal(np.isnan(fit.vif), [False, True, False])
    np.testing.assert_allclose(fit.terms.estimate, without.terms.estimate, rtol=1e-12)
    np.testing.assert_allclose(fit.terms.std_error, without.terms.std_error, rtol=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_one_respondent_to_whom_a_driver_did_not_apply_gets_no_made_up_error(seed: int):
    """A row with a column of its own is fitted exactly: HC3 divides rounding by rounding there."""
    frame = answers(n=100, seed=seed)
    without = fit_linear(design_of(survey_of(frame.loc[1:])), 0.95)
    frame.loc[0, "empathy"] = -1
    fit = fit_linear(design_of(survey_of(frame, not_applicable=[-1])), 0.95)
    ratings = [0, 1, 3]
    np.testing.assert_allclose(fit.terms.estimate[ratings], without.terms.estimate, rtol=1e-9)
    np.testing.assert_allclose(fit.terms.std_error[ratings], without.terms.std_error, rtol=1e-9)
    np.testing.assert_allclose(fit.terms.own_p_value, without.terms.own_p_value, rtol=1e-7)
    assert np.isnan(fit.terms.std_error[2])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("away", [0, 40])
def test_one_respondent_with_another_rating_than_all_others_gets_no_made_up_error(
    seed: int, away: int
):
    """That row too is fitted exactly; what is told of the other drivers does not depend on it."""
    frame = answers(n=100, seed=seed)
    frame["empathy"] = [3.0] + [7.0] * (99 - away) + [-1.0] * away
    without = design_of(survey_of(frame.loc[1:], not_applicable=[-1]))
    design = design_of(survey_of(frame, not_applicable=[-1]))
    expected, fit = (fit_linear(laid_out, 0.95) for laid_out in (without, design))
    for driver in (0, 2):
        [here], [there] = design.groups[driver], without.groups[driver]
        error = fit.terms.std_error[here]
        assert error == pytest.approx(expected.terms.std_error[there], rel=1e-6)
    rated = [column for column in design.groups[1] if design.terms[column] == "rating"]
    assert np.isnan(fit.terms.std_error[rated]).all()


def test_a_mark_that_is_confined_to_one_cluster_gets_no_error():
    frame = answers(n=100).assign(team=np.arange(100) // 10)
    frame.loc[30:34, "empathy"] = -1
    fit = fit_linear(design_of(survey_of(frame, not_applicable=[-1], cluster="team")), 0.95)
    np.testing.assert_array_equal(np.isnan(fit.terms.std_error), [False, False, True, False])
    assert np.isfinite(fit.terms.estimate).all()
    assert np.isfinite(fit.terms.own_p_value).all()


def test_drivers_that_are_tied_together_exactly_are_refused_by_name():
    frame = answers(n=100, slopes=(0.5, 0.3, 0.1, 0.1))
    frame["customer_knowledge"] = frame["reliability"] - 2 * frame["empathy"] + 3
    message = (
        r"The drivers 'reliability', 'empathy', 'customer_knowledge' are tied together exactly"
        r".* Leave one out, or put them together as items of one driver\."
    )
    with pytest.raises(FitError, match=message):
        fit_linear(design_of(survey_of(frame)), 0.95)


def test_two_drivers_that_did_not_apply_to_the_same_respondents_can_both_be_weighed():
    """A route in the questionnaire skips several questions at once: that is no tie of ratings."""
    frame = answers(n=200)
    frame.loc[:59, ["reliability", "empathy"]] = -1
    fit = fit_linear(design_of(survey_of(frame, not_applicable=[-1])), 0.95)
    x = np.column_stack(
        [
            np.ones(200),
            *(
                (frame[name] - frame.loc[60:, name].mean()).where(frame.index >= 60, 0.0)
                for name in ("reliability", "empathy")
            ),
            frame.index < 60,
            frame["customer_focus"],
        ]
    )
    slopes = np.linalg.lstsq(x, frame["satisfaction"], rcond=None)[0]
    assert fit.r_squared == pytest.approx(1 - _spread(frame["satisfaction"] - x @ slopes, frame))


def _spread(residuals: pd.Series, frame: pd.DataFrame) -> float:
    return float(residuals.var() / frame["satisfaction"].var())
