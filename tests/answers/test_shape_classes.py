"""Tests of `cxdrivers.answers.shape_classes`: what each class needs, and how often it is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.answers.shape_classes import CLASSES, classes_of, verdict_of
from cxdrivers.answers.shapes import driver_shapes
from cxdrivers.simulation.world import SLOPES, World

Z = st.floats(-9, 9)


def class_of(*statistics: float, asymmetry: float = -0.5) -> str:
    found = classes_of(np.array([statistics]), np.array([asymmetry]), 0.95)
    return CLASSES[int(found[0])]


@pytest.mark.parametrize(
    ("statistics", "expected"),
    [
        ((4.0, 0.3, 2.0, 1.0, -3.0), "dissatisfier"),
        ((2.0, 0.3, 2.0, 1.0, -3.0), "undecided"),
        ((4.0, 0.3, 1.0, 0.5, -3.0), "undecided"),
        ((9.0, 2.5, 4.0, 2.0, -5.0), "dissatisfier"),
        ((9.0, 2.5, 4.0, 1.0, -5.0), "hybrid"),
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


def test_more_drivers_need_more_evidence():
    statistics = np.array([[2.7, 0.3, 2.0, 1.0, -3.0]])
    alone = classes_of(statistics, np.array([-0.5]), 0.95)
    many = classes_of(np.repeat(statistics, 9, axis=0), np.full(9, -0.5), 0.95)
    assert CLASSES[alone[0]] == "dissatisfier"
    assert {CLASSES[place] for place in many} == {"undecided"}


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
@pytest.mark.parametrize(("slope", "share", "samples"), [(0.35, 0.5, 50), (0.7, 0.9, 50)])
def test_a_hinge_is_found_and_a_straight_driver_is_not_in_surveys_of_1500(slope, share, samples):
    """The usual hinge, of 0.35, is found in six surveys of ten; one twice as steep in 95 %."""
    found = called(World(slopes={**SLOPES, "wait_time": slope}, **WHOLE), samples, start=100)
    assert (found[:, WAITING] & ~found[:, EMPATHY]).mean() >= share
    assert not found[:, EMPATHY].any()


@pytest.mark.slow
def test_where_all_drivers_are_straight_hardly_one_survey_in_twenty_has_a_dissatisfier():
    world = World(wait_knot=4.0, grade_level=8.93, **WHOLE)
    samples = 150
    wrong = called(world, samples, start=100).any(axis=1).mean()
    assert wrong <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / samples)
