"""Between which probabilities a text is left in doubt."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions.doubt import doubt_band

ROWS = st.lists(
    st.tuples(st.integers(0, 100), st.booleans(), st.integers(1, 5)), min_size=1, max_size=40
)


@given(ROWS, st.sampled_from([0.8, 0.9, 0.95]))
def test_outside_the_band_as_many_are_right_as_was_asked_for(rows, goal: float):
    percents, truths, counts = map(np.array, zip(*rows, strict=True))
    probabilities, truth, masses = percents / 100, truths.astype(bool), counts.astype(float)
    low, high = doubt_band(probabilities, truth, goal=goal, masses=masses)
    assert 0 <= low <= 0.5 <= high
    below, above = probabilities < low, probabilities >= high
    assert masses[below & ~truth].sum() >= goal * masses[below].sum()
    assert masses[above & truth].sum() >= goal * masses[above].sum()


def test_a_perfect_model_leaves_nothing_in_doubt():
    assert doubt_band(np.array([0.1, 0.9]), np.array([False, True]), goal=0.95) == (0.5, 0.5)


def test_a_model_that_is_always_wrong_leaves_everything_in_doubt():
    low, high = doubt_band(np.array([0.1, 0.9]), np.array([True, False]), goal=0.95)
    assert low == 0
    assert high > 1


def test_texts_count_by_how_many_they_stand_for():
    probabilities, truth = np.array([0.7, 0.8, 0.9]), np.array([False, True, True])
    assert doubt_band(probabilities, truth, goal=0.9)[1] == 0.71
    masses = np.array([0.1, 5.0, 5.0])
    assert doubt_band(probabilities, truth, goal=0.9, masses=masses)[1] == 0.5
