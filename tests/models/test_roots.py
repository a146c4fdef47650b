"""Tests of `cxdrivers.models.roots`: beside SciPy's search, one function at a time."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from cxdrivers.models.roots import crossings

TARGETS = np.array([1e-6, 0.3, 2.0, 40.0, 9000.0])


def test_it_finds_what_a_search_for_one_function_finds():
    found = crossings(lambda x: np.expm1(x) - TARGETS, np.zeros(5), np.full(5, 20.0))
    twin = [brentq(lambda x, y=y: np.expm1(x) - y, 0, 20, xtol=1e-14) for y in TARGETS]
    np.testing.assert_allclose(found, twin, atol=1e-9)


def test_it_finds_crossings_of_falling_functions_with_a_flat_part():
    found = crossings(lambda x: TARGETS**0.1 - x**9, np.zeros(5), np.full(5, 50.0))
    np.testing.assert_allclose(found, TARGETS ** (1 / 90), rtol=1e-9)


def test_without_a_crossing_it_gives_the_end_nearer_to_zero():
    found = crossings(lambda x: x + np.array([1.0, -9.0]), np.zeros(2), np.full(2, 5.0))
    np.testing.assert_array_equal(found, [0.0, 5.0])


def test_a_crossing_at_an_end_is_found():
    found = crossings(lambda x: x - np.array([0.0, 5.0]), np.zeros(2), np.full(2, 5.0))
    np.testing.assert_allclose(found, [0.0, 5.0], atol=1e-9)


def test_a_function_without_a_value_has_no_say_in_the_others():
    told = np.array([1.0, np.nan])
    found = crossings(lambda x: x**2 - 4 * told, np.zeros(2), np.full(2, 9.0))
    assert abs(found[0] - 2) < 1e-9
