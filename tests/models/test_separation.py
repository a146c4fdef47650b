"""Tests of `cxdrivers.models.separation`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from cxdrivers.models.separation import separating_direction, separating_groups

NAMED = (("a", (0,)), ("b", (1,)))


def overlapping(n: int = 80) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(n, 2))
    return columns, (rng.random(n) < expit(columns @ [1.0, 0.5])).astype(float)


def test_answers_that_overlap_are_not_separated():
    columns, outcome = overlapping()
    assert separating_direction(columns, outcome) is None
    assert separating_groups(columns, outcome, NAMED) == ()


def test_a_column_that_sets_all_apart_is_named():
    columns, _ = overlapping()
    outcome = (columns[:, 1] > 0.2).astype(float)
    assert separating_groups(columns, outcome, NAMED) == ("b",)


def test_a_category_in_which_all_reach_the_threshold_is_named():
    """Quasi-complete separation: the others overlap, and still there is no estimate."""
    columns, outcome = overlapping()
    chosen = np.arange(80) < 6
    outcome[chosen] = 1
    both = np.column_stack([columns[:, 0], chosen])
    assert separating_groups(both, outcome, NAMED) == ("b",)
    direction = separating_direction(both, outcome)
    np.testing.assert_allclose(direction, [0, 1], atol=1e-9)


def test_columns_that_set_apart_only_together_are_all_named():
    columns, _ = overlapping()
    outcome = (columns.sum(axis=1) > 0).astype(float)
    assert separating_groups(columns, outcome, NAMED) == ("a", "b")


def test_one_respondent_on_the_wrong_side_is_enough_to_overlap():
    columns = np.arange(20.0)[:, np.newaxis]
    outcome = (columns[:, 0] >= 10).astype(float)
    assert separating_direction(columns, outcome) is not None
    outcome[3] = 1
    assert separating_direction(columns, outcome) is None


def test_touching_at_one_value_is_separation_still():
    columns = np.array([1.0, 2, 3, 3, 4, 5])[:, np.newaxis]
    assert separating_direction(columns, np.array([0.0, 0, 0, 1, 1, 1])) is not None


def test_grades_are_separated_only_when_every_threshold_is():
    """An ordinal model shares its slope: one threshold that overlaps keeps it finite."""
    columns = np.arange(30.0)[:, np.newaxis]
    grades = columns[:, 0] // 10
    assert separating_direction(columns, grades) is not None
    grades[8], grades[12] = 1, 0
    assert separating_direction(columns, grades) is None


def test_a_mark_of_the_lowest_grade_separates_and_one_of_a_middle_grade_does_not():
    rng = np.random.default_rng(2)
    grades = rng.integers(1, 6, 60).astype(float)
    columns = np.column_stack([rng.normal(size=60), np.arange(60) == 0])
    for grade, found in ((1, ("b",)), (3, ()), (5, ("b",))):
        grades[0] = grade
        assert separating_groups(columns, grades, NAMED) == found


def test_without_columns_nothing_separates():
    assert separating_direction(np.empty((4, 0)), np.array([0.0, 1, 0, 1])) is None


@given(st.integers(0, 2**32 - 1), st.floats(-6, 6), st.booleans())
def test_units_do_not_matter(seed: int, power: float, separated: bool):
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(40, 2))
    outcome = (columns[:, 0] > 0).astype(float)
    if not separated:
        order = np.argsort(columns[:, 0])
        outcome[order[:2]], outcome[order[-2:]] = 1, 0
        columns[order[:2], 1], columns[order[-2:], 1] = [-3, 3], [-3, 3]
    scaled = columns * [10.0**power, 1.0] + [7.0, -3.0]
    assert (separating_direction(columns, outcome) is not None) == separated
    assert (separating_direction(scaled, outcome) is not None) == separated


@pytest.mark.parametrize("grades", [2, 5])
def test_an_answer_comes_for_many_respondents_too(grades: int):
    rng = np.random.default_rng(3)
    columns = np.round(rng.normal(size=(4000, 4)))
    outcome = np.clip(np.round(columns.sum(axis=1) / 2 + rng.normal(size=4000)), 0, grades - 1)
    assert separating_direction(columns, outcome) is None
