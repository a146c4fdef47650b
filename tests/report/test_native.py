"""Tests of `report.native`: charts by their numbers."""

from __future__ import annotations

import pytest

from cxdrivers.report.native import Series


def test_an_interval_reaches_from_the_value_to_its_ends():
    below, above = Series("a", (0.3, None), (0.2, None), (0.45, None)).reaches()
    assert below == (pytest.approx(0.1), None)
    assert above == (pytest.approx(0.15), None)


def test_an_interval_that_begins_above_its_value_is_not_drawn_below_it():
    below, above = Series("a", (0.30,), (0.31,), (0.35,)).reaches()
    assert below == (0.0,)
    assert above == (pytest.approx(0.05),)


def test_without_intervals_nothing_reaches_anywhere():
    assert Series("a", (1.0, 2.0)).reaches() == ((None, None), (None, None))
