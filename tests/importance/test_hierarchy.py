"""Tests of `cxdrivers.importance.hierarchy`."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.hierarchy import hierarchical_shapley
from cxdrivers.importance.shapley import shapley


def by_all_orders(values: np.ndarray, needs: list[tuple[int, ...]]) -> np.ndarray:
    """Average over every order that keeps the hierarchy, one by one."""
    drivers, total, orders = len(needs), np.zeros(len(needs)), 0
    for order in permutations(range(drivers)):
        if any(order.index(other) > order.index(j) for j in range(drivers) for other in needs[j]):
            continue
        orders += 1
        subset = 0
        for driver in order:
            total[driver] += values[subset | 1 << driver] - values[subset]
            subset |= 1 << driver
    return total / orders


@given(st.integers(0, 2**31))
def test_it_is_the_average_over_the_orders_that_keep_the_hierarchy(seed: int):
    values = np.random.default_rng(seed).random(2**5)
    needs = [(), (), (0, 1), (), (1, 3)]
    np.testing.assert_allclose(
        hierarchical_shapley(values, needs), by_all_orders(values, needs), atol=1e-12
    )


@given(st.integers(1, 6), st.integers(0, 2**31))
def test_without_a_hierarchy_it_is_shapley(drivers: int, seed: int):
    values = np.random.default_rng(seed).random((3, 2**drivers))
    np.testing.assert_allclose(
        hierarchical_shapley(values, [()] * drivers), shapley(values), atol=1e-12
    )


def test_a_driver_that_needs_all_others_gets_what_it_adds_last():
    values = np.random.default_rng(1).random(8)
    shares = hierarchical_shapley(values, [(), (), (0, 1)])
    assert shares[2] == pytest.approx(values[7] - values[3])
    assert shares.sum() == pytest.approx(values[7] - values[0])
