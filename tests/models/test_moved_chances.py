"""Tests of `cxdrivers.models.moved_chances`: each move written out as changed columns."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from cxdrivers.models.grade_chances import mean_chances
from cxdrivers.models.moved_chances import Moves, moved_chances, paired_chances_below

N, STEPS = 40, 3


@pytest.fixture(scope="module")
def columns() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(N, 4))


@pytest.fixture(scope="module")
def parameters() -> np.ndarray:
    return np.array([[-1.0, 0.2, 1.5, 0.8, -0.3, 0.4, 0.1], [-0.8, 0.1, 1.2, 0.5, 0.2, 0.3, 0.9]])


@pytest.fixture(scope="module")
def masses() -> np.ndarray:
    return np.random.default_rng(2).integers(0, 4, (2, N)).astype(float)


@pytest.fixture(scope="module")
def moves() -> list[Moves]:
    rng = np.random.default_rng(3)
    places = (np.array([0]), np.array([1, 2]), np.array([3]))
    return [Moves(one, rng.normal(size=(STEPS, N, len(one)))) for one in places]


def after(columns: np.ndarray, *steps: tuple[Moves, int]) -> np.ndarray:
    """Return the columns after these steps, written out."""
    changed = columns.copy()
    for one, step in steps:
        changed[:, one.places] += one.shifts[step]
    return changed


def test_each_step_alone_is_what_changed_columns_give(columns, parameters, masses, moves):
    found = moved_chances(columns, parameters, masses, moves)
    worlds = [columns, *(after(columns, (one, step)) for one in moves for step in range(STEPS))]
    slow = np.stack([mean_chances(world, parameters, masses) for world in worlds], axis=1)
    np.testing.assert_allclose(found, slow, atol=1e-14)


def test_two_steps_are_what_changed_columns_give(columns, parameters, masses, moves):
    extra = Moves(np.array([3]), np.random.default_rng(4).normal(size=(STEPS**2, N, 1)))
    together = {(0, 2): extra}
    found = paired_chances_below(columns, parameters[0], masses[0], moves, together)
    for place, pair in enumerate(combinations(range(3), 2)):
        for one, other in np.ndindex(STEPS, STEPS):
            steps = [(moves[pair[0]], one), (moves[pair[1]], other)]
            if pair in together:
                steps.append((extra, one * STEPS + other))
            world = after(columns, *steps)
            slow = mean_chances(world, parameters[:1], masses[:1])[0]
            np.testing.assert_allclose(found[place, one, other], slow.cumsum()[:-1], atol=1e-14)


def test_what_is_sure_stays_a_number(columns, parameters, masses):
    far = [Moves(np.array([0]), np.full((1, N, 1), 1e6))]
    found = moved_chances(columns, parameters, masses, far)
    np.testing.assert_allclose(found[:, 1], [[0, 0, 0, 1], [0, 0, 0, 1]], atol=1e-12)
