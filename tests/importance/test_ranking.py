"""Tests of `cxdrivers.importance.ranking`."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.ranking import chance_of_rank, rank_interval, ranks

# Driver 0 is first in 97 of 100 resamples and last in 3; drivers 1 and 2 change places evenly.
REPLICATES = np.array(
    [[0.5, 0.3, 0.2]] * 49 + [[0.5, 0.2, 0.3]] * 48 + [[0.1, 0.5, 0.4]] + [[0.1, 0.4, 0.5]] * 2
)


def test_the_largest_share_has_rank_1():
    np.testing.assert_array_equal(
        ranks(np.array([[0.1, 0.5, 0.4], [0.3, 0.2, 0.1]])), [[3, 1, 2], [1, 2, 3]]
    )


def test_equal_shares_share_the_best_rank():
    np.testing.assert_array_equal(ranks(np.array([0.3, 0.3, 0.1])), [1, 1, 3])


def test_the_interval_holds_the_middle_of_the_ranks():
    low, high = rank_interval(REPLICATES, 0.9)
    np.testing.assert_array_equal(low, [1, 2, 2])
    np.testing.assert_array_equal(high, [1, 3, 3])


def test_a_wider_interval_holds_rarer_ranks_too():
    low, high = rank_interval(REPLICATES, 0.95)
    np.testing.assert_array_equal(low, [1, 2, 2])
    np.testing.assert_array_equal(high, [3, 3, 3])


def test_the_chance_of_a_rank_is_the_part_of_the_resamples():
    np.testing.assert_allclose(chance_of_rank(REPLICATES, 1), [0.97, 0.01, 0.02])
    np.testing.assert_allclose(chance_of_rank(REPLICATES, 2), [0.97, 0.52, 0.51])
    np.testing.assert_array_equal(chance_of_rank(REPLICATES, 3), [1, 1, 1])
