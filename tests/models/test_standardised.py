"""Tests of `cxdrivers.models.standardised`."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.models.standardised import standardised


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_columns_have_mean_zero_and_spread_one_and_span_what_was_given(seed: int, count: int):
    rng = np.random.default_rng(seed)
    given_columns = 7 + rng.normal(size=(40, count)) * rng.uniform(0.1, 30, count)
    found = standardised(given_columns)
    np.testing.assert_allclose(found.columns.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(found.columns.std(axis=0), 1)
    np.testing.assert_allclose(found.columns * found.scale, given_columns - given_columns.mean(0))
    assert found.kept.tolist() == list(range(count))


def test_what_never_varies_and_what_follows_from_others_is_left_out():
    rng = np.random.default_rng(1)
    one, two = rng.normal(size=(2, 30))
    columns = np.column_stack([np.full(30, 7.0), one, two, one - 3 * two, one])
    assert standardised(columns).kept.tolist() == [1, 2]


def test_no_columns_stay_no_columns():
    assert standardised(np.empty((5, 0))).columns.shape == (5, 0)
    assert standardised(np.ones((5, 2))).columns.shape == (5, 0)
