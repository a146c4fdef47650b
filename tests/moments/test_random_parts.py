"""Tests of `cxdrivers.moments.random_parts`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.moments.random_parts import part_count, random_parts

GROUP = np.repeat(np.arange(4), [40, 7, 100, 1])


@pytest.mark.parametrize(
    ("groups", "drivers", "parts"),
    [(1, 7, 200), (1250, 7, 200), (10_000, 7, 25), (1_000_000, 7, 20), (4, 20, 64), (4, 25, 20)],
)
def test_there_are_fewer_parts_where_more_is_to_be_computed_but_never_few(groups, drivers, parts):
    assert part_count(groups, drivers) == parts


@given(st.integers(0, 1000), st.integers(2, 60))
def test_the_parts_of_a_group_differ_by_one_row_at_most(seed: int, count: int):
    found = random_parts(GROUP, 4, count=count, seed=seed)
    assert found.count == count
    for group, size in enumerate([40, 7, 100, 1]):
        sizes = np.bincount(found.part[group == GROUP], minlength=count)
        assert sizes.sum() == size
        assert np.ptp(sizes) <= 1


@given(st.integers(0, 1000))
def test_groups_taken_together_have_balanced_parts_as_well(seed: int):
    sizes = np.bincount(random_parts(GROUP, 4, count=20, seed=seed).part, minlength=20)
    assert np.ptp(sizes) <= 1


def test_there_are_no_more_parts_than_rows_in_the_largest_group():
    found = random_parts(GROUP, 4, count=200, seed=1)
    assert found.count == 100
    assert len(np.unique(found.part[GROUP == 2])) == 100


def test_a_seed_gives_the_same_parts_and_another_seed_others():
    one, again, other = (random_parts(GROUP, 4, count=9, seed=seed).part for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def test_which_part_a_row_is_in_does_not_follow_from_its_place_in_the_file():
    group = np.zeros(10_000, dtype=np.intp)
    part = random_parts(group, 1, count=10, seed=5).part
    assert abs(np.corrcoef(part, np.arange(10_000))[0, 1]) < 0.04


def test_clusters_stay_whole():
    cluster = np.arange(len(GROUP)) // 3 + 100 * GROUP
    found = random_parts(GROUP, 4, count=10, seed=1, cluster=cluster)
    inside = GROUP < 3
    pairs = np.unique(np.column_stack([cluster, found.part])[inside], axis=0)
    assert len(pairs) == len(np.unique(cluster[inside]))
    assert not found.shared_clusters
    np.testing.assert_array_equal(found.whole_clusters, [True, True, True, False])


def test_a_group_that_is_one_cluster_is_cut_into_respondents():
    found = random_parts(GROUP, 4, count=20, seed=1, cluster=GROUP)
    assert not found.whole_clusters.any()
    np.testing.assert_array_equal(np.bincount(found.part[GROUP == 0], minlength=20), np.full(20, 2))


def test_a_cluster_in_several_groups_is_in_the_same_part_of_all():
    group = np.tile([0, 1], 60)
    cluster = np.repeat(np.arange(30), 4)
    found = random_parts(group, 2, count=10, seed=1, cluster=cluster)
    assert found.shared_clusters
    assert found.whole_clusters.all()
    for one in range(30):
        assert len(np.unique(found.part[cluster == one])) == 1
    np.testing.assert_array_equal(np.bincount(found.part), np.full(10, 12))
