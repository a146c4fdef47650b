"""Tests of `cxdrivers.importance.shapley`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.shapley import shapley
from tests.twins import average_over_all_orders


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_shares_are_the_average_over_all_orders_of_entry(drivers: int, seed: int):
    values = np.random.default_rng(seed).normal(size=2**drivers)
    by_subset = {
        frozenset(driver for driver in range(drivers) if number >> driver & 1): value
        for number, value in enumerate(values)
    }
    np.testing.assert_allclose(
        shapley(values), average_over_all_orders(by_subset, drivers), atol=1e-12
    )


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_shares_add_up_to_all_minus_none(drivers: int, seed: int):
    values = np.random.default_rng(seed).normal(size=(3, 2**drivers))
    np.testing.assert_allclose(
        shapley(values).sum(axis=-1), values[:, -1] - values[:, 0], atol=1e-12
    )


def test_leading_axes_give_the_same_as_one_game_at_a_time():
    values = np.random.default_rng(1).normal(size=(2, 3, 16))
    shares = shapley(values)
    assert shares.shape == (2, 3, 4)
    for place in np.ndindex(2, 3):
        np.testing.assert_allclose(shares[place], shapley(values[place]), atol=1e-14)


def test_a_driver_that_never_changes_the_value_gets_nothing():
    without = np.array([0.0, 0.2, 0.3, 0.4])
    assert shapley(np.concatenate([without, without])) == pytest.approx([0.15, 0.25, 0.0])


def test_two_drivers_that_only_work_together_share_alike():
    assert shapley(np.array([0.0, 0.0, 0.0, 1.0])) == pytest.approx([0.5, 0.5])
