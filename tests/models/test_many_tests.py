"""Tests of `cxdrivers.models.many_tests`: beside statsmodels, with blanks and in rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from cxdrivers.models.many_tests import benjamini_hochberg, holm_adjusted

chances = st.lists(st.one_of(st.floats(0, 1), st.just(np.nan)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("kernel", "method"), [(holm_adjusted, "holm"), (benjamini_hochberg, "fdr_bh")]
)
@given(chances)
def test_it_adjusts_as_statsmodels_does_and_skips_blanks(kernel, method, p_values):
    given_values = np.array(p_values)
    found = kernel(given_values)
    told = np.isfinite(given_values)
    np.testing.assert_array_equal(np.isfinite(found), told)
    if told.any():
        twin = multipletests(given_values[told], method=method)[1]
        np.testing.assert_allclose(found[told], twin, rtol=1e-12, atol=1e-300)


def test_four_p_values_worked_out_by_hand():
    p_values = np.array([0.01, 0.04, 0.03, 0.005])
    np.testing.assert_allclose(holm_adjusted(p_values), [0.03, 0.06, 0.06, 0.02])
    np.testing.assert_allclose(benjamini_hochberg(p_values), [0.02, 0.04, 0.04, 0.02])


@pytest.mark.parametrize("kernel", [holm_adjusted, benjamini_hochberg])
def test_each_row_is_a_family_of_its_own(kernel):
    p_values = np.random.default_rng(3).uniform(size=(2, 3, 6)) ** 3
    p_values[0, 1, 2:5] = np.nan
    before = p_values.copy()
    found = kernel(p_values)
    for place in np.ndindex(2, 3):
        np.testing.assert_array_equal(found[place], kernel(p_values[place]))
    np.testing.assert_array_equal(p_values, before)


@pytest.mark.parametrize("kernel", [holm_adjusted, benjamini_hochberg])
def test_a_family_without_tests_stays_blank(kernel):
    assert np.isnan(kernel(np.full((2, 3), np.nan))).all()
    assert kernel(np.empty((2, 0))).shape == (2, 0)


@given(chances)
def test_no_p_value_becomes_smaller_and_false_discoveries_are_the_milder_rule(p_values):
    given_values = np.array(p_values)
    told = np.isfinite(given_values)
    mild, strict = benjamini_hochberg(given_values)[told], holm_adjusted(given_values)[told]
    assert (given_values[told] <= mild * (1 + 1e-12)).all()
    assert (mild <= strict * (1 + 1e-12)).all()
    assert (strict <= 1).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_a_driver_differs_when_holm_rejects_it_step_by_step(p_values):
    adjusted = holm_adjusted(np.array(p_values))
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    for alpha in (0.01, 0.05, 0.2):
        rejected = set()
        for step, place in enumerate(order):
            if p_values[place] * (len(p_values) - step) >= alpha:
                break
            rejected.add(place)
        assert {place for place in order if adjusted[place] < alpha} == rejected
