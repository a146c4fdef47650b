"""Tests of `answers.advice.scenario_groups`: what groups of customers keep, and what they hide."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from cxdrivers.answers.advice.scenario_groups import CustomerGroups, customer_groups, log_odds


def groups_of(n: int, *, seed: int = 0, absent: int = 0) -> CustomerGroups:
    rng = np.random.default_rng(seed)
    mass = (np.arange(n) >= absent).astype(float)
    return customer_groups(
        rng.normal(size=n), rng.uniform(size=(n, 2, 3)), np.array([-1.0, 1.0]), mass
    )


@settings(max_examples=30)
@given(n=st.integers(12, 700), seed=st.integers(0, 99))
def test_every_group_has_ten_customers_or_more_and_together_they_are_all(n: int, seed: int):
    groups = groups_of(n, seed=seed)
    assert (groups.shares * n > 9.999).all()
    assert len(groups.felt) > min(128, n // 10) / 4
    np.testing.assert_allclose(groups.shares.sum(), 1, rtol=1e-6)


def test_averages_are_kept():
    rng = np.random.default_rng(1)
    felt, moves, mass = rng.normal(size=300), rng.normal(size=(300, 2, 2)), rng.uniform(size=300)
    groups = customer_groups(felt, moves, np.zeros(1), mass)
    np.testing.assert_allclose(groups.shares @ groups.felt, np.average(felt, weights=mass), 1e-5)
    np.testing.assert_allclose(
        np.tensordot(groups.shares, groups.moves, 1), np.average(moves, axis=0, weights=mass), 1e-4
    )


def test_who_does_not_count_is_in_no_group():
    groups = groups_of(60, absent=30)
    assert len(groups.felt) == 2
    assert np.isfinite(groups.felt).all()


def test_at_most_128_groups_are_kept_of_many_customers():
    assert len(groups_of(5000).felt) == 128


def test_log_odds_are_those_of_the_average_chance():
    groups = groups_of(80)
    felt = groups.felt + groups.moves[:, 0, 2] + groups.moves[:, 1, 0]
    chance = groups.shares @ expit(np.array([-1.0, 1.0]) - felt[:, np.newaxis])
    np.testing.assert_allclose(groups.log_odds({0: 2, 1: 0}), np.log(chance / (1 - chance)))
    assert np.isfinite(log_odds(np.array([0.0, 1.0]))).all()
