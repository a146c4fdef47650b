"""Tests of `answers.advice.shape_classes`: what each class needs, and how often it is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.answers.advice.shape_classes import CLASSES, classes_of, verdict_of
from cxdrivers.answers.advice.shape_slopes import CONTRASTS
from cxdrivers.answers.advice.shapes import driver_shapes
from cxdrivers.simulation.world import SLOPES, World

Z = st.floats(-9, 9)


def class_of(*statistics: float, asymmetry: float = -0.5, level: float = 0.95) -> str:
    found = classes_of(np.array([statistics]), np.array([asymmetry]), level)
    return CLASSES[int(found[0])]


@pytest.mark.parametrize(
    ("statistics", "expected"),
    [
        ((4.0, 0.3, 2.0, 1.0, -3.0), "dissatisfier"),
        ((2.0, 0.3, 2.0, 1.0, -3.0), "undecided"),
        ((4.0, 0.3, 1.0, 0.5, -3.0), "undecided"),
        ((9.0, 2.5, 4.0, 2.0, -5.0), "dissatisfier"),
        ((9.0, 4.0, 4.0, 0.2, -5.0), "hybrid"),
        ((3.0, 0.3, 1.7, 0.4, -3.0), "undecided"),
        ((0.3, 4.0, -2.0, -3.0, 1.0), "undecided"),
        ((5.0, 5.0, 0.0, -2.0, -2.0), "hybrid"),
        ((1.0, 1.0, 0.0, -0.5, -0.5), "undecided"),
    ],
)
def test_a_class_needs_all_of_its_evidence(statistics, expected):
    assert class_of(*statistics) == expected


def test_a_dissatisfier_needs_penalties_that_outweigh_rewards():
    evidence = (4.0, 0.3, 2.0, 1.0, -3.0)
    assert class_of(*evidence, asymmetry=0.1) == "undecided"
    assert class_of(*evidence, asymmetry=np.nan) == "undecided"


@given(statistics=st.tuples(Z, Z, Z, Z, Z), asymmetry=st.floats(-1, 1))
def test_a_delighter_is_the_mirror_of_a_dissatisfier(statistics, asymmetry):
    below, above, bend, half, other = statistics
    here = class_of(below, above, bend, half, other, asymmetry=asymmetry)
    there = class_of(above, below, -bend, other, half, asymmetry=-asymmetry)
    swapped = {"dissatisfier": "delighter", "delighter": "dissatisfier"}
    assert there == swapped.get(here, here)


@given(statistics=st.lists(st.tuples(Z, Z, Z, Z, Z), min_size=1, max_size=9))
def test_the_other_drivers_do_not_change_the_class_of_a_driver(statistics):
    together = classes_of(np.array(statistics), np.full(len(statistics), -0.5), 0.95)
    assert [CLASSES[place] for place in together] == [class_of(*own) for own in statistics]


@given(
    statistics=st.tuples(Z, Z, Z, Z, Z),
    asymmetry=st.floats(-1, 1),
    levels=st.tuples(st.floats(0.5, 0.99), st.floats(0.5, 0.99)),
)
def test_who_is_a_dissatisfier_at_a_high_level_is_one_at_a_lower(statistics, asymmetry, levels):
    if class_of(*statistics, asymmetry=asymmetry, level=max(levels)) == "dissatisfier":
        at_lower = class_of(*statistics, asymmetry=asymmetry, level=min(levels))
        assert at_lower == "dissatisfier"


@pytest.mark.parametrize("correlation", [-0.5, -0.3, 0.0])
def test_a_straight_driver_is_hardly_ever_a_dissatisfier_however_steep_it_is(correlation):
    """The penalties and rewards say so of every sample here, which is the worst case."""
    draws, steepness = 20_000, np.arange(0, 10, 0.5)
    spread = np.array([[1, correlation], [correlation, 1]])
    away = np.random.default_rng(4).multivariate_normal([0, 0], spread, size=draws)
    errors = np.sqrt(np.einsum("ci,ij,cj->c", CONTRASTS, spread, CONTRASTS))
    pairs = away[:, np.newaxis] + steepness[:, np.newaxis]
    asymmetry = np.full((draws, len(steepness)), -0.5)
    found = classes_of(pairs @ CONTRASTS.T / errors, asymmetry, 0.95)
    wrong = (found == CLASSES.index("dissatisfier")).mean(axis=0)
    assert wrong.max() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / draws)
    assert wrong.max() > 0.02


def test_settings_that_disagree_leave_a_driver_undecided():
    assert verdict_of(np.array([[1, 2, 0], [1, 3, 1]])).tolist() == [1, 0, 0]


def called(world: World, samples: int, *, start: int, n: int = 1500) -> np.ndarray:
    """Return which drivers are called dissatisfiers, shape ``(samples, drivers)``."""
    found = []
    for seed in range(start, start + samples):
        survey = cx.simulate_survey(n, world=world, seed=seed).survey
        table = driver_shapes(survey, n_boot=0).tidy()
        found.append(table.loc[table["setting"] == 1, "verdict"].eq("dissatisfier"))
    return np.array(found)


WHOLE = {"dont_know": 0.0, "blank": 0.0}
EMPATHY, WAITING = 1, 4


@pytest.mark.slow
@pytest.mark.parametrize(("slope", "share", "samples"), [(0.35, 0.73, 60), (0.5, 0.9, 60)])
def test_a_hinge_is_found_and_a_straight_driver_is_not_in_surveys_of_1500(slope, share, samples):
    """`tests.studies.dissatisfiers` finds 77 % at a slope of 0.35 and 94 % at 0.5, of 250 each."""
    found = called(World(slopes={**SLOPES, "wait_time": slope}, **WHOLE), samples, start=100)
    right = (found[:, WAITING] & ~found[:, EMPATHY]).mean()
    assert right >= share - 2 * np.sqrt(share * (1 - share) / samples)


@pytest.mark.slow
def test_where_all_drivers_are_straight_each_is_a_dissatisfier_in_hardly_one_survey_of_twenty():
    """`tests.studies.dissatisfiers` finds the worst driver in 5 %, some driver in 11 % of 250."""
    world = World(wait_knot=4.0, grade_level=8.93, **WHOLE)
    samples = 100
    wrong = called(world, samples, start=100).mean(axis=0)
    assert (wrong <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / samples)).all()
