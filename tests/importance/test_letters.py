"""Tests of `cxdrivers.importance.letters`."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.letters import common_letters


@given(st.integers(1, 7), st.integers(0, 2**31))
def test_two_drivers_share_a_letter_exactly_when_they_cannot_be_told_apart(drivers: int, seed: int):
    upper = np.triu(np.random.default_rng(seed).random((drivers, drivers)) < 0.5, 1)
    apart = upper | upper.T
    letters = common_letters(apart)
    for one in range(drivers):
        for other in range(drivers):
            assert bool(set(letters[one]) & set(letters[other])) == (not apart[one, other])


def test_all_apart_have_a_letter_each_in_their_order():
    assert common_letters(~np.eye(3, dtype=bool)) == ["a", "b", "c"]


def test_none_apart_share_one_letter():
    assert common_letters(np.zeros((4, 4), dtype=bool)) == ["a"] * 4


def test_more_groups_than_letters_go_on_with_a_mark():
    letters = common_letters(~np.eye(28, dtype=bool))
    assert letters[25:] == ["z", "a'", "b'"]
