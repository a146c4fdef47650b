"""Tests of `cxdrivers.moments.product_sums`."""

from __future__ import annotations

import numpy as np

from cxdrivers.moments import product_sums as module
from cxdrivers.moments.product_sums import Doubt, product_sums
from cxdrivers.moments.sums import row_products

RNG = np.random.default_rng(1)
VALUES, PLACE = RNG.normal(size=(50, 3)), RNG.integers(0, 7, 50)
WEIGHTS = RNG.uniform(0.5, 2, 50)
DOUBT = Doubt(RNG.integers(0, 4, 50), RNG.normal(size=(4, 6)))


def by_hand(places: int) -> np.ndarray:
    products = row_products(VALUES)
    products[:, 4:] += DOUBT.products[DOUBT.kind]
    return np.array([WEIGHTS[p == PLACE] @ products[p == PLACE] for p in range(places)])


def test_they_are_the_sums_of_the_rows_at_each_place_and_nothing_where_nobody_is():
    found = product_sums(VALUES, PLACE, 9, weights=WEIGHTS, doubt=DOUBT)
    np.testing.assert_allclose(found, by_hand(9), atol=1e-13)
    assert not found[7:].any()


def test_without_weights_every_row_counts_once():
    ones = product_sums(VALUES, PLACE, 7, weights=np.ones(50))
    np.testing.assert_array_equal(product_sums(VALUES, PLACE, 7), ones)
    np.testing.assert_array_equal(ones[:, 0], np.bincount(PLACE))


def test_rows_that_are_taken_in_turns_add_up_to_the_same(monkeypatch):
    whole = product_sums(VALUES, PLACE, 7, weights=WEIGHTS, doubt=DOUBT)
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 4)
    found = product_sums(VALUES, PLACE, 7, weights=WEIGHTS, doubt=DOUBT)
    np.testing.assert_allclose(found, whole, atol=1e-13)
