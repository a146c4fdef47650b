"""The classic weights against R's relaimpo; `tests/reference/README.md` has the recipe."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import cxdrivers as cx
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.design import design_of
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.sums import moments_from_sums, row_products

SMALL = ["a_mobi_composites", "c_swiss", "d_mobi_weighted", "g_univer"]
ROWS = {
    "a_mobi_composites": ("data/mobi_composites.csv", {}),
    "c_swiss": ("data/swiss.csv", {}),
    "d_mobi_weighted": ("data/mobi_composites.csv", {"weight": "w"}),
    "g_univer": ("data/CUB_univer.csv", {}),
}


@pytest.mark.parametrize("name", [*SMALL, "t_SQ_p22"])
def test_a_correlation_matrix_gives_the_weights_of_relaimpo(name: str, reference):
    facts = reference(name)
    weights = cx.driver_weights(_moments(facts), adjusted=False)
    table = weights.tidy()
    assert table["driver"].tolist() == facts["drivers"]
    np.testing.assert_allclose(table["estimate"], facts["lmg"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(table["own"], facts["last"], rtol=0, atol=1e-10)
    assert weights.r_squared == pytest.approx(facts["r_squared"], abs=1e-10)


@pytest.mark.parametrize("name", [*SMALL, "t_SQ_p22"])
def test_the_order_of_the_matrix_does_not_matter(name: str, reference):
    facts = reference(name)
    names = [*facts["drivers"], facts["outcome"]]
    turned = names[::-1]
    matrix = pd.DataFrame(facts["correlation"], index=names, columns=names).loc[turned, turned]
    moments = cx.Moments.from_covariance(matrix, outcome=facts["outcome"], n=facts["n"])
    shares = cx.driver_weights(moments, adjusted=False).tidy()["estimate"]
    np.testing.assert_allclose(shares[::-1], facts["lmg"], rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", ["a_mobi_composites", "c_swiss", "g_univer"])
def test_a_correlation_matrix_gives_the_t_test_of_lm(name: str, reference):
    facts = reference(name)
    table = cx.driver_weights(_moments(facts), adjusted=False, level=0.9).tidy()
    lm = {key: np.array(value) for key, value in facts["lm"].items()}
    reach = stats.t.ppf(0.95, facts["n"] - len(table) - 1)
    error = (table["effect_high"] - table["effect_low"]) / 2 / reach
    np.testing.assert_allclose(table["effect"], lm["beta_std"], rtol=1e-9)
    np.testing.assert_allclose(error / table["effect"], lm["se"] / lm["coef"], rtol=1e-9)
    np.testing.assert_allclose(table["own_p_value"], lm["p"], rtol=1e-8, atol=1e-40)


@pytest.mark.parametrize("name", ["a_mobi_composites", "c_swiss", "g_univer"])
def test_the_adjusted_weights_add_up_to_the_adjusted_r_squared_of_lm(name: str, reference):
    facts = reference(name)
    weights = cx.driver_weights(_moments(facts))
    assert weights.r_squared == pytest.approx(facts["lm"]["adj_r2"], abs=1e-10)


@pytest.mark.parametrize("name", SMALL)
def test_the_rows_give_the_weights_of_relaimpo(name: str, reference, shared_file):
    facts = reference(name)
    file, fields = ROWS[name]
    frame = pd.read_csv(shared_file(file))
    survey = cx.Survey.from_frame(
        frame, outcome=facts["outcome"], drivers=facts["drivers"], **fields
    )
    table = cx.driver_weights(survey, adjusted=False, n_boot=0).tidy()
    np.testing.assert_allclose(table["estimate"], facts["lmg"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(table["own"], facts["last"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(table["effect"], facts["lm"]["coef"], rtol=1e-9)
    assert table["n"].tolist() == [facts["n"]] * len(table)


@pytest.mark.parametrize("name", ["a_mobi_composites", "c_swiss", "g_univer"])
def test_the_rows_give_the_vif_and_through_their_moments_the_errors_of_lm(
    name: str, reference, shared_file
):
    facts = reference(name)
    frame = pd.read_csv(shared_file(ROWS[name][0]))
    survey = cx.Survey.from_frame(frame, outcome=facts["outcome"], drivers=facts["drivers"])
    moments = moments_of(design_of(survey), facts["outcome"])
    table = cx.driver_weights(moments, adjusted=False).tidy()
    reach = stats.t.ppf(0.975, facts["n"] - len(table) - 1)
    error = (table["effect_high"] - table["effect_low"]) / 2 / reach
    np.testing.assert_allclose(table["effect"], facts["lm"]["coef"], rtol=1e-8)
    np.testing.assert_allclose(error, facts["lm"]["se"], rtol=1e-8)
    np.testing.assert_allclose(table["own_p_value"], facts["lm"]["p"], rtol=1e-7, atol=1e-40)
    vif = cx.fit_satisfaction(survey).tidy()["vif"]
    np.testing.assert_allclose(vif, facts["lm"]["vif"], rtol=1e-9)


def test_the_resamples_of_boot_relimp_give_its_replicates(reference, shared_file):
    facts = reference("a_mobi_composites")
    drawn = np.loadtxt(shared_file("reference/m_boot_indices_mobi_B499.csv"), delimiter=",")
    expected = np.loadtxt(
        shared_file("reference/m_boot_lmg_replicates_mobi_B499.csv"), delimiter=","
    )
    rows = pd.read_csv(shared_file("data/mobi_composites.csv"))
    values = rows[[*facts["drivers"], facts["outcome"]]].to_numpy()
    counts = np.stack([np.bincount(row, minlength=250) for row in drawn.astype(int) - 1])
    sums = counts @ row_products(values - values.mean(axis=0))
    shares = linear_shares(moments_from_sums(sums)[1], [(driver,) for driver in range(6)])
    assert shares.shape == (499, 6)
    np.testing.assert_allclose(shares, expected, rtol=0, atol=1e-10)


def _moments(facts: dict) -> cx.Moments:
    names = [*facts["drivers"], facts["outcome"]]
    return cx.Moments.from_covariance(
        facts["correlation"], names=names, outcome=facts["outcome"], n=facts["n"]
    )
