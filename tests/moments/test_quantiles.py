"""Tests of `cxdrivers.moments.quantiles`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxdrivers.moments.quantiles import Quantiles, linear_quantiles, normal_quantiles

BOTH = pytest.mark.parametrize("quantiles", [linear_quantiles, normal_quantiles])


def normal_quantile(numbers: np.ndarray, probability: float) -> float:
    """Read one quantile as equation 5.8 of Davison & Hinkley says, step by step."""
    ordered, count = np.sort(numbers), len(numbers)
    rank = (count + 1) * probability
    if rank <= 1:
        return ordered[0]
    if rank >= count:
        return ordered[-1]
    below = int(np.floor(rank))
    low, here, high = stats.norm.ppf([below / (count + 1), probability, (below + 1) / (count + 1)])
    share = (here - low) / (high - low)
    return ordered[below - 1] + share * (ordered[below] - ordered[below - 1])


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=30), st.floats(0, 1))
def test_the_line_is_that_of_numpy(numbers: list[float], probability: float):
    found = linear_quantiles(np.array(numbers), np.array(probability))
    assert found == pytest.approx(np.quantile(numbers, probability), abs=1e-12)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=30), st.floats(0, 1))
def test_the_line_on_the_normal_scale_is_that_of_the_book(numbers: list[float], probability: float):
    found = normal_quantiles(np.array(numbers), np.array(probability))
    assert found == pytest.approx(normal_quantile(np.array(numbers), probability), abs=1e-9)


@BOTH
def test_every_column_is_read_at_its_own_probability(quantiles: Quantiles):
    numbers = np.random.default_rng(1).normal(size=(99, 2, 3))
    probabilities = np.linspace(0.1, 0.9, 6).reshape(2, 3)
    found = quantiles(numbers, probabilities)
    for place in np.ndindex(2, 3):
        assert found[place] == quantiles(numbers[:, *place], probabilities[place])


@BOTH
def test_what_is_not_told_is_left_out(quantiles: Quantiles):
    numbers = np.random.default_rng(2).normal(size=40)
    holed = np.insert(numbers, [3, 17, 40], np.nan)
    assert quantiles(holed, np.array(0.9)) == quantiles(numbers, np.array(0.9))


@BOTH
def test_a_column_of_which_nothing_is_told_has_no_quantile(quantiles: Quantiles):
    assert np.isnan(quantiles(np.full(5, np.nan), np.array(0.5)))


@BOTH
@pytest.mark.parametrize(("probability", "end"), [(0.0, 1.0), (1.0, 9.0)])
def test_the_outermost_numbers_are_the_ends(quantiles: Quantiles, probability: float, end: float):
    assert quantiles(np.array([4.0, 1.0, 9.0]), np.array(probability)) == end
