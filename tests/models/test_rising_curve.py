"""Tests of `cxdrivers.models.rising_curve`."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.models.rising_curve import rising_shares

points = st.lists(st.tuples(st.floats(0, 1), st.floats(0.5, 50)), min_size=1, max_size=11)


def twin(shares: np.ndarray, masses: np.ndarray) -> np.ndarray:
    """Return the curve by its formula: at each place the largest of the smallest means."""
    size = len(shares)

    def mean(first: int, last: int) -> float:
        return float(np.average(shares[first : last + 1], weights=masses[first : last + 1]))

    return np.array(
        [
            max(min(mean(first, last) for last in range(at, size)) for first in range(at + 1))
            for at in range(size)
        ]
    )


@given(points)
def test_the_curve_is_the_largest_of_the_smallest_means(drawn):
    shares, masses = (np.array(values) for values in zip(*drawn, strict=True))
    np.testing.assert_allclose(rising_shares(shares, masses), twin(shares, masses), atol=1e-9)


@given(points)
def test_the_curve_never_falls_and_keeps_the_mean_of_all(drawn):
    shares, masses = (np.array(values) for values in zip(*drawn, strict=True))
    curve = rising_shares(shares, masses)
    assert (np.diff(curve) >= -1e-12).all()
    assert np.isclose(np.average(curve, weights=masses), np.average(shares, weights=masses))


def test_a_score_that_nobody_gave_has_no_value_and_does_not_break_the_curve():
    shares = np.array([[0.3, np.nan, 0.1], [np.nan, np.nan, np.nan]])
    curve = rising_shares(shares, np.array([[10.0, 0, 10], [0, 0, 0]]))
    np.testing.assert_allclose(curve[0], [0.2, np.nan, 0.2])
    assert np.isnan(curve[1]).all()
