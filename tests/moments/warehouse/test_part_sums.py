"""Parts add up to the totals, and spread as parts of all rows would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.moments.product_sums import product_sums
from cxdrivers.moments.sums import moments_from_sums
from cxdrivers.moments.warehouse.part_sums import raised_parts


def sums_of(values, part, count, weights=None):
    masses = np.ones(len(values)) if weights is None else weights
    squares = np.bincount(part, weights=masses**2, minlength=count)
    return np.column_stack([squares, product_sums(values, part, count, weights=masses)])


def raised(values, told, part, count, weights=None):
    """Return the sums of the parts of one group of which some rows are told."""
    masses = np.ones(len(values)) if weights is None else weights
    totals = sums_of(values, np.zeros(len(values), dtype=int), 1, masses)
    parts = sums_of(values[told], part[told], count, masses[told])[np.newaxis]
    raised_parts(
        totals,
        parts,
        cut=np.array([count]),
        sampled=np.array([not told.all()]),
        told=np.array([True]),
        squares=0,
        masses=1,
    )
    return totals[0], parts[0]


@given(st.integers(0, 1000), st.integers(2, 20), st.booleans())
def test_parts_add_up_to_the_totals_and_weigh_something(seed, count, weighted):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(600, 2))
    weights = 10 ** rng.uniform(-3.5, 3.5, 600) if weighted else None
    told = rng.random(600) < 0.3
    totals, parts = raised(values, told, rng.integers(0, count, 600), count, weights)
    np.testing.assert_allclose(parts.sum(axis=0), totals, rtol=1e-9, atol=1e-9 * totals[0])
    assert (parts[:, 1] > -1e-9 * totals[1]).all()


def test_parts_that_hold_all_rows_stay_as_they_are():
    rng = np.random.default_rng(1)
    values, part = rng.normal(size=(90, 2)), rng.integers(0, 3, 90)
    parts = raised(values, np.ones(90, dtype=bool), part, 3)[1]
    np.testing.assert_array_equal(parts, sums_of(values, part, 3))


def test_a_group_without_parts_is_one():
    totals, parts = np.array([[1.0, 2.0]]), np.zeros((1, 4, 2))
    nothing = np.zeros(1, dtype=bool)
    raised_parts(
        totals, parts, cut=np.array([4]), sampled=nothing, told=nothing, squares=0, masses=1
    )
    assert parts.tolist() == [[[1.0, 2.0], [0, 0], [0, 0], [0, 0]]]


@pytest.mark.parametrize("weighted", [False, True])
def test_one_row_in_ten_says_as_much_about_the_spread_of_a_covariance_as_all(weighted):
    """The jackknife's standard error is the same, but for what chance does to it."""
    rng = np.random.default_rng(5)
    count, found = 100, []
    for share in (1.0, 0.1):
        errors = []
        for _ in range(8):
            common = rng.normal(size=40_000)
            values = np.column_stack([common, common + rng.normal(size=40_000)])
            weights = rng.uniform(0.5, 4, 40_000) if weighted else None
            told = rng.random(40_000) < share
            totals, parts = raised(values, told, rng.integers(0, count, 40_000), count, weights)
            left = moments_from_sums(totals[1:] - parts[:, 1:])[1][:, 0, 1]
            errors.append((count - 1) / count * ((left - left.mean()) ** 2).sum())
        found.append(np.sqrt(np.mean(errors)))
    assert found[1] == pytest.approx(found[0], rel=0.1)
