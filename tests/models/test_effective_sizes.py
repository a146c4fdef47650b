"""Tests of `cxdrivers.models.effective_sizes`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.models.effective_sizes import effective_sizes

TEAMS, SIZE = 400, 5


def teams(likeness: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return answers of teams of five, of which each pair agrees by so much more than chance."""
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(TEAMS), SIZE)
    common = rng.random(TEAMS) < 0.4
    copies = rng.random(len(cluster)) < np.sqrt(likeness)
    own = rng.random(len(cluster)) < 0.4
    return np.where(copies, common[cluster], own).astype(float), cluster


def twin(outcome, group, masses, cluster, groups):
    """Return the same by looking at every pair of rows."""
    n = len(outcome)
    of_group = [np.flatnonzero(group == place) for place in range(groups)]
    share = np.array([np.average(outcome[who], weights=masses[who]) for who in of_group])
    kish = np.array([masses[who].sum() ** 2 / (masses[who] ** 2).sum() for who in of_group])
    spread = share * (1 - share)
    found = expected = 0.0
    pairs = [
        (i, j)
        for i in range(n)
        for j in range(n)
        if i != j and group[i] == group[j] and cluster[i] == cluster[j]
    ]
    for i, j in pairs:
        home = group[i]
        product = (outcome[i] - share[home]) * (outcome[j] - share[home])
        found += masses[i] * masses[j] * (product + spread[home] / (kish[home] - 1))
        expected += masses[i] * masses[j] * spread[home]
    likeness = np.clip(found / expected, 0, 1)
    sums = np.array([(masses[who] ** 2).sum() for who in of_group])
    for i, j in pairs:
        sums[group[i]] += likeness * masses[i] * masses[j]
    return np.array([masses[who].sum() ** 2 for who in of_group]) / sums


def test_rows_that_count_once_are_as_many_as_they_are():
    group = np.array([0, 0, 2, 2, 2])
    found = effective_sizes(np.array([0.0, 1, 1, 0, 1]), group, np.ones(5), groups=3)
    assert found.tolist() == [2, 0, 3]


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=30))
def test_unequal_weights_make_fewer_of_them_as_kish_says(weights):
    masses = np.array(weights)
    outcome, group = np.zeros(len(masses)), np.zeros(len(masses), np.intp)
    (found,) = effective_sizes(outcome, group, masses, groups=1)
    assert found == pytest.approx(masses.sum() ** 2 / (masses**2).sum())
    assert 0 < found <= len(masses) + 1e-9


def test_every_pair_of_rows_gives_the_same_answer():
    rng = np.random.default_rng(5)
    cluster, group = rng.integers(0, 12, 60), rng.integers(0, 3, 60)
    outcome = (rng.random(60) < 0.2 + 0.5 * (cluster % 2)).astype(float)
    masses = rng.uniform(0.5, 2, 60)
    np.testing.assert_allclose(
        effective_sizes(outcome, group, masses, cluster, groups=3),
        twin(outcome, group, masses, cluster, 3),
    )


def test_clusters_of_one_mind_count_as_one_answer_each():
    cluster = np.repeat(np.arange(6), 4)
    outcome = (cluster % 2).astype(float)
    group = np.zeros(24, np.intp)
    assert effective_sizes(outcome, group, np.ones(24), cluster, groups=1)[0] == pytest.approx(6)


@pytest.mark.parametrize("likeness", [0.0, 0.3])
def test_the_likeness_of_clusters_is_found_and_makes_as_many_fewer_as_it_should(likeness):
    outcome, cluster = teams(likeness)
    group = np.zeros(len(outcome), np.intp)
    found = effective_sizes(outcome, group, np.ones(len(outcome)), cluster, groups=1)[0]
    truth = len(outcome) / (1 + likeness * (SIZE - 1))
    assert found == pytest.approx(truth, rel=0.12)


def test_answers_that_are_all_the_same_have_no_likeness_to_take_off():
    cluster, group = np.repeat([0, 1], 5), np.zeros(10, np.intp)
    assert effective_sizes(np.ones(10), group, np.ones(10), cluster, groups=1)[0] == 10
