"""Tests of `cxdrivers.models.proportions`, against statsmodels and by laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from cxdrivers.models.proportions import (
    difference_interval,
    difference_p_value,
    newcombe_interval,
    odds_ratio,
    risk_ratio,
    wilson_interval,
)

TABLES = [(36, 100, 14, 100), (3, 7, 1, 9), (40, 41, 12, 300), (250, 700, 210, 900)]
counts = st.tuples(st.integers(1, 500), st.floats(0, 1)).map(
    lambda drawn: (round(drawn[0] * drawn[1]), drawn[0])
)


def shares(table: tuple[int, int, int, int]) -> tuple[np.ndarray, ...]:
    yes, n, other, other_n = (np.array(float(number)) for number in table)
    return yes / n, n, other / other_n, other_n


@given(counts, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_of_a_proportion_is_the_score_interval_of_statsmodels(count, level):
    yes, n = count
    twin = proportion_confint(yes, n, alpha=1 - level, method="wilson")
    np.testing.assert_allclose(
        wilson_interval(np.array(yes / n), np.array(float(n)), level), twin, atol=1e-12
    )


@given(counts)
def test_an_interval_holds_its_proportion_and_stays_a_proportion(count):
    yes, n = count
    low, high = wilson_interval(np.array(yes / n), np.array(float(n)), 0.95)
    assert 0 <= low <= yes / n <= high <= 1
    assert high - low > 0


def test_many_proportions_have_their_intervals_at_once_and_nobody_has_none():
    low, high = wilson_interval(np.array([[0.2, 0.5], [1.0, np.nan]]), np.array([10, 0.0]), 0.9)
    assert low.shape == (2, 2)
    np.testing.assert_array_equal(np.isnan(low), [[False, True], [False, True]])
    assert high[1, 0] == 1


@pytest.mark.parametrize("table", TABLES)
def test_the_interval_of_a_difference_is_newcombes(table):
    twin = confint_proportions_2indep(*table, compare="diff", method="newcomb")
    np.testing.assert_allclose(newcombe_interval(*shares(table), 0.95), twin, atol=1e-10)


@given(counts, counts)
def test_a_difference_turned_round_has_its_interval_turned_round(first, second):
    one, other = first[0] / first[1], second[0] / second[1]
    there = newcombe_interval(one, float(first[1]), other, float(second[1]), 0.95)
    back = newcombe_interval(other, float(second[1]), one, float(first[1]), 0.95)
    np.testing.assert_allclose(there, [-back[1], -back[0]], atol=1e-12)
    assert there[0] - 1e-12 <= one - other <= there[1] + 1e-12
    assert -1 - 1e-9 <= there[0] <= there[1] <= 1 + 1e-9


def test_symmetric_intervals_combine_like_standard_errors():
    low, high = difference_interval(
        (np.array(5.0), np.array(2.0), np.array(8.0)), (np.array(1.0), np.array(-3.0), np.array(5))
    )
    assert (float(low), float(high)) == (-1, 9)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("kernel", "compare", "method"),
    [(risk_ratio, "ratio", "log"), (odds_ratio, "odds-ratio", "logit")],
)
def test_ratios_have_the_intervals_of_their_logarithms(table, kernel, compare, method):
    found = kernel(*shares(table), 0.95)
    twin = confint_proportions_2indep(
        *table, compare=compare, method=method, correction=False, alpha=0.05
    )
    np.testing.assert_allclose((found.low, found.high), twin, rtol=1e-9)
    assert not found.mended


def test_an_empty_cell_gets_half_a_respondent_and_so_do_the_others():
    found = odds_ratio(np.array(0.0), np.array(10.0), np.array(0.25), np.array(20.0), 0.95)
    assert found.mended
    assert found.estimate == pytest.approx((0.5 / 10.5) / (5.5 / 15.5))
    ratio = risk_ratio(np.array(0.0), np.array(10.0), np.array(0.25), np.array(20.0), 0.95)
    assert ratio.mended
    assert ratio.estimate == pytest.approx((0.5 / 11) / (5.5 / 21))
    assert 0 < ratio.low < ratio.estimate < ratio.high < np.inf


def test_a_ratio_of_chances_needs_no_mending_where_everybody_is_in_one_of_them():
    one = np.array(1.0), np.array(10.0), np.array(0.25), np.array(20.0)
    assert not risk_ratio(*one, 0.95).mended
    assert risk_ratio(*one, 0.95).estimate == 4
    assert odds_ratio(*one, 0.95).mended


@given(
    n=st.tuples(st.integers(2, 60), st.integers(2, 60)),
    parts=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_test_of_a_difference_is_pearsons_with_one_respondent_less(n, parts):
    yes = [round(part * size) for part, size in zip(parts, n, strict=True)]
    table = np.array([[count, size - count] for count, size in zip(yes, n, strict=True)])
    found = difference_p_value(
        np.array(yes[0] / n[0]), np.array(n[0]), np.array(yes[1] / n[1]), np.array(n[1])
    )
    if (table.sum(axis=0) == 0).any():
        assert found == 1
    else:
        pearson = chi2_contingency(table, correction=False).statistic
        assert found == pytest.approx(chi2.sf(pearson * (sum(n) - 1) / sum(n), 1))


def test_where_an_n_is_not_known_there_is_no_p_value():
    found = difference_p_value(np.array([0.4, 0.4]), np.array([50.0, np.nan]), 0.2, 50.0)
    assert np.isfinite(found).tolist() == [True, False]
