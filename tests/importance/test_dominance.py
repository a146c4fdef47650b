"""Tests of `cxdrivers.importance.dominance`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.dominance import (
    complete_dominance,
    completely_dominates,
    conditional_dominance,
    conditionally_dominates,
    generally_dominates,
)
from cxdrivers.importance.lattice import r_squared_values
from cxdrivers.importance.shapley import shapley
from tests.importance.definitions import added, all_subsets, fits_beside
from tests.importance.strategies import data_with_controls
from tests.twins import Subset

STATEMENTS = [completely_dominates, conditionally_dominates, generally_dominates]


def _game(drivers: int, seed: int) -> tuple[np.ndarray, dict[Subset, float]]:
    """Return values of all subsets, some of them equal, as an array and by subset."""
    values = np.round(np.random.default_rng(seed).uniform(size=2**drivers), 1)
    by_subset = {
        subset: float(values[sum(1 << driver for driver in subset)])
        for subset in all_subsets(drivers)
    }
    return values, by_subset


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_conditional_dominance_is_the_mean_addition_to_subsets_of_a_size(drivers: int, seed: int):
    values, by_subset = _game(drivers, seed)
    found = conditional_dominance(values)
    assert found.shape == (drivers, drivers)
    for driver in range(drivers):
        others = [subset for subset in by_subset if driver not in subset]
        for size in range(drivers):
            gains = [added(by_subset, driver, subset) for subset in others if len(subset) == size]
            assert found[driver, size] == pytest.approx(np.mean(gains), abs=1e-12)


@given(st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_conditional_dominance_averages_to_general_dominance(drivers: int, seed: int):
    values = np.random.default_rng(seed).normal(size=(3, 2**drivers))
    np.testing.assert_allclose(
        conditional_dominance(values).mean(axis=-1), shapley(values), atol=1e-12
    )


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_complete_dominance_counts_the_subsets_to_which_one_adds_more(drivers: int, seed: int):
    values, by_subset = _game(drivers, seed)
    shares, dominates = complete_dominance(values), completely_dominates(values)
    assert np.isnan(np.diag(shares)).all()
    assert not np.diag(dominates).any()
    for j in range(drivers):
        for k in set(range(drivers)) - {j}:
            without = [subset for subset in by_subset if not subset & {j, k}]
            more = [
                round(added(by_subset, j, subset) - added(by_subset, k, subset), 6) > 0
                for subset in without
            ]
            assert shares[j, k] == pytest.approx(np.mean(more), abs=1e-15)
            assert dominates[j, k] == all(more)


@given(data_with_controls())
def test_with_controls_additions_are_to_subsets_that_hold_them(drawn):
    data, groups, always = drawn
    values = r_squared_values(data.covariance, groups, always=always)
    fits = fits_beside(data, groups, always)
    found = conditional_dominance(values)
    for driver in range(len(groups)):
        first = added(fits, driver, frozenset())
        last = added(fits, driver, frozenset(range(len(groups))) - {driver})
        assert found[driver, 0] == pytest.approx(first, abs=1e-9)
        assert found[driver, -1] == pytest.approx(last, abs=1e-9)


@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_each_kind_of_dominance_implies_the_next(drivers: int, seed: int):
    rng = np.random.default_rng(seed)
    sizes = np.sort(rng.uniform(size=drivers))
    values = np.array(
        [sum(sizes[j] for j in range(drivers) if number >> j & 1) for number in range(2**drivers)]
    )
    values += rng.uniform(0, 0.1, size=values.shape)
    complete, conditional, general = (statement(values) for statement in STATEMENTS)
    assert complete.any()
    assert not (complete & ~conditional).any()
    assert not (conditional & ~general).any()
    assert not (general & general.T).any()


def test_two_drivers_that_only_rounding_tells_apart_do_not_dominate_each_other():
    matrix = np.full((5, 5), 0.3)
    matrix[-1, :-1] = matrix[:-1, -1] = 0.4
    np.fill_diagonal(matrix, 1)
    matrix[0, -1] = matrix[-1, 0] = 0.4 + 1e-15
    values = r_squared_values(matrix, [(0,), (1,), (2,), (3,)])
    assert (complete_dominance(values)[~np.eye(4, dtype=bool)] == 0).all()
    for statement in STATEMENTS:
        assert not statement(values).any()


def test_one_driver_dominates_nobody():
    values = np.array([0.0, 0.4])
    np.testing.assert_array_equal(conditional_dominance(values), [[0.4]])
    for statement in STATEMENTS:
        np.testing.assert_array_equal(statement(values), [[False]])


def test_leading_axes_give_the_same_as_one_game_at_a_time():
    values = np.random.default_rng(1).uniform(size=(2, 3, 16))
    for kernel in (conditional_dominance, complete_dominance, *STATEMENTS):
        together = kernel(values)
        assert together.shape == (2, 3, 4, 4)
        for place in np.ndindex(2, 3):
            np.testing.assert_array_equal(together[place], kernel(values[place]))


def test_values_that_are_not_there_give_no_share_and_no_dominance():
    values = np.array([[0.0, 0.25, 0.16, 0.32], [np.nan] * 4])
    assert np.isnan(complete_dominance(values)[1]).all()
    assert complete_dominance(values)[0, 0, 1] == 1
    for statement in STATEMENTS:
        assert statement(values)[0, 0, 1]
        assert not statement(values)[1].any()
