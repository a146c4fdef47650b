"""The shares of failures are Shapley's, and the set grows as long as its value rises."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.key_failures import (
    failure_shares,
    failure_values,
    grown_set,
    reach_of,
)
from cxdrivers.importance.shapley import shapley

Drawn = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def surveys(draw: st.DrawFn) -> Drawn:
    """Draw failures of a few drivers, who is dissatisfied, and three resamples."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, drivers = draw(st.integers(2, 40)), draw(st.integers(1, 5))
    failed = rng.random((n, drivers)) < draw(st.floats(0, 1))
    low = rng.random(n) < 0.5
    low[:2] = True, False
    return failed, low, rng.integers(1, 4, size=(3, n)).astype(float)


@given(drawn=surveys())
def test_shares_are_those_of_shapley_over_the_values_of_all_subsets(drawn: Drawn):
    np.testing.assert_allclose(failure_shares(*drawn), shapley(failure_values(*drawn)), atol=1e-12)


@given(drawn=surveys())
def test_shares_add_up_to_the_value_of_all_drivers(drawn: Drawn):
    failed, low, masses = drawn
    any_failure = reach_of(failed.any(axis=1, keepdims=True).astype(float), low, masses)
    np.testing.assert_allclose(
        failure_shares(*drawn).sum(axis=-1), any_failure.value[:, 0], atol=1e-12
    )


@given(drawn=surveys())
def test_the_value_of_a_subset_is_counted_by_hand(drawn: Drawn):
    failed, low, masses = drawn
    values = failure_values(*drawn)
    for subset in range(values.shape[1]):
        members = [j for j in range(failed.shape[1]) if subset >> j & 1]
        for replicate, counts in enumerate(masses):
            inside = {True: 0.0, False: 0.0}
            total = {True: 0.0, False: 0.0}
            for row, group in enumerate(low.tolist()):
                total[group] += counts[row]
                inside[group] += counts[row] * any(failed[row, j] for j in members)
            expected = inside[True] / total[True] - inside[False] / total[False]
            assert abs(values[replicate, subset] - expected) < 1e-12


@given(drawn=surveys())
def test_the_set_grows_until_a_driver_adds_nothing(drawn: Drawn):
    failed, low, masses = drawn
    order = np.argsort(-failure_shares(failed, low, masses[0]), kind="stable").tolist()
    size, reach = grown_set(failed, low, masses[0], order)
    values = failure_values(failed, low, masses[0])
    best, expected = 0.0, 0
    for step in range(1, len(order) + 1):
        value = values[sum(1 << j for j in order[:step])]
        assert abs(reach.value[step - 1] - value) < 1e-12
        if value <= best + 1e-12:
            break
        best, expected = value, step
    assert size == expected


def test_a_resample_without_dissatisfied_has_no_shares():
    failed = np.array([[True], [False]])
    found = failure_shares(failed, np.array([True, False]), np.array([[0.0, 2.0], [1.0, 1.0]]))
    assert np.isnan(found[0, 0])
    assert found[1, 0] == 1
