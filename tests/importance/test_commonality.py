"""Tests of `cxdrivers.importance.commonality`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.commonality import commonality_coefficients
from cxdrivers.importance.lattice import r_squared_values
from cxdrivers.importance.linear_shares import own_shares
from tests.importance.definitions import fits_beside
from tests.importance.strategies import data_with_controls
from tests.twins import fit_of


def test_three_drivers_have_the_seven_formulas_of_the_textbook():
    """Mood's formulas, written out; R²(ijk) stands for the fit of those drivers."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(60, 3)) + rng.normal(size=(60, 1))
    y = x @ [0.5, 0.3, -0.2] + rng.normal(size=60)
    covariance = np.cov(np.column_stack([x, y]), rowvar=False)

    def fit(*columns: int) -> float:
        return fit_of(x[:, list(columns)], y)

    expected = {
        0b001: fit(0, 1, 2) - fit(1, 2),
        0b010: fit(0, 1, 2) - fit(0, 2),
        0b100: fit(0, 1, 2) - fit(0, 1),
        0b011: fit(0, 2) + fit(1, 2) - fit(2) - fit(0, 1, 2),
        0b101: fit(0, 1) + fit(1, 2) - fit(1) - fit(0, 1, 2),
        0b110: fit(0, 1) + fit(0, 2) - fit(0) - fit(0, 1, 2),
        0b111: fit(0) + fit(1) + fit(2) - fit(0, 1) - fit(0, 2) - fit(1, 2) + fit(0, 1, 2),
    }
    found = commonality_coefficients(r_squared_values(covariance, [(0,), (1,), (2,)]))
    assert found[0] == 0
    for number, value in expected.items():
        assert found[number] == pytest.approx(value, abs=1e-12)


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_every_value_is_the_sum_of_the_coefficients_that_overlap_with_it(drivers: int, seed: int):
    values = np.random.default_rng(seed).normal(size=2**drivers)
    found = commonality_coefficients(values)
    for number in range(2**drivers):
        overlap = [other for other in range(2**drivers) if other & number]
        assert values[number] - values[0] == pytest.approx(found[overlap].sum(), abs=1e-10)


@given(data_with_controls())
def test_coefficients_add_up_to_what_the_drivers_add_to_the_controls(drawn):
    data, groups, always = drawn
    found = commonality_coefficients(r_squared_values(data.covariance, groups, always=always))
    fits = fits_beside(data, groups, always)
    everything = fits[frozenset(range(len(groups)))]
    assert found.sum() == pytest.approx(everything - fits[frozenset()], abs=1e-9)


@given(data_with_controls())
def test_what_is_unique_is_what_the_fit_loses_without_the_driver(drawn):
    data, groups, always = drawn
    found = commonality_coefficients(r_squared_values(data.covariance, groups, always=always))
    unique = [found[1 << driver] for driver in range(len(groups))]
    np.testing.assert_allclose(
        unique, own_shares(data.covariance, groups, always=always), atol=1e-9
    )


def test_leading_axes_give_the_same_as_one_game_at_a_time():
    rng = np.random.default_rng(1)
    values = np.moveaxis(rng.uniform(size=(16, 2, 3)), 0, -1)
    kept = values.copy()
    together = commonality_coefficients(values)
    for place in np.ndindex(2, 3):
        one = commonality_coefficients(values[place])
        np.testing.assert_allclose(together[place], one, atol=1e-15)
    np.testing.assert_array_equal(values, kept)
