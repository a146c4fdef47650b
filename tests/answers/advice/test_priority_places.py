"""Quadrants and headroom are counted as by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.answers.advice.priority_places import (
    QUADRANTS,
    Lines,
    chance_of,
    lines_at_means,
    quadrant_of,
    quantities,
)


@given(seed=st.integers(0, 10_000))
def test_quadrants_and_their_chances_are_those_of_a_plain_loop(seed: int):
    rng = np.random.default_rng(seed)
    performance, share = rng.uniform(40, 100, (30, 4)), rng.uniform(0, 0.5, (30, 4))
    lines = lines_at_means(performance, share)
    found = quadrant_of(performance, share, lines)
    counted = np.zeros(4)
    for row in range(30):
        middle, equal = performance[row].mean(), share[row].mean()
        for place in range(4):
            counts, below = share[row, place] >= equal, performance[row, place] < middle
            name = (("enough", "later"), ("keep_up", "fix_first"))[int(counts)][int(below)]
            assert QUADRANTS[found[row, place]] == name
            counted[place] += name == "fix_first"
    chances = chance_of(0, found, np.ones(30, dtype=bool))
    np.testing.assert_allclose(chances, counted / 30)


def test_at_its_target_a_driver_is_not_below_and_at_an_equal_share_it_counts():
    lines = Lines(np.array([50.0]), np.array([0.5]))
    assert QUADRANTS[quadrant_of(np.array([50.0]), np.array([0.5]), lines)[0]] == "keep_up"


def test_only_resamples_that_tell_make_chances_and_none_make_none():
    found = np.array([[0], [0], [3]])
    assert chance_of(0, found, np.array([True, False, True]))[0] == 0.5
    assert np.isnan(chance_of(0, found, np.zeros(3, dtype=bool))[0])


@given(
    mean=st.floats(1, 10),
    target=st.floats(1, 10),
    slope=st.floats(-1, 1),
    met=st.floats(0.01, 1),
)
def test_there_is_no_headroom_beyond_the_target_and_more_the_further_below(
    mean: float, target: float, slope: float, met: float
):
    draws = np.array([[mean], [slope], [met]])
    found = quantities(draws, np.array([0.3]), np.array([[1.0], [10.0], [target]]))
    assert found["gain"][0] == met * (slope * max(target - mean, 0))
    assert 0 <= found["performance"][0] <= 100
    assert found["share_room"][0] == 0.3 * 100 * max(target - mean, 0) / 9
