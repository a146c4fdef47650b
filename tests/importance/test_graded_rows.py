"""Tests of `cxdrivers.importance.graded_rows`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.importance.graded_rows import graded_rows

COLUMNS = np.array([[1.0, 7.0], [2.0, 9.0], [4.0, 8.0], [9.0, 8.0]])
OUTCOME = np.array([8.0, 3.0, 10.0, 3.0])


def test_columns_have_mean_0_and_standard_deviation_1():
    rows = graded_rows(COLUMNS, OUTCOME)
    np.testing.assert_allclose(rows.columns.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(rows.columns.std(axis=0), 1, atol=1e-15)


def test_with_weights_they_are_the_weighted_ones():
    weights = np.array([1.0, 2.0, 3.0, 1.0])
    rows = graded_rows(COLUMNS, OUTCOME, weights)
    repeated = np.repeat(COLUMNS, weights.astype(int), axis=0)
    np.testing.assert_allclose(rows.centres, repeated.mean(axis=0), atol=1e-14)
    np.testing.assert_allclose(rows.scales, repeated.std(axis=0), atol=1e-14)


def test_what_was_taken_off_and_divided_by_gives_the_columns_back():
    rows = graded_rows(COLUMNS, OUTCOME, np.array([1.0, 2.0, 3.0, 1.0]))
    np.testing.assert_allclose(rows.columns * rows.scales + rows.centres, COLUMNS, atol=1e-14)


def test_grades_number_the_values_that_occur_in_their_order():
    rows = graded_rows(COLUMNS, OUTCOME)
    np.testing.assert_array_equal(rows.grades, [1, 0, 2, 0])
    assert rows.levels == 3


@pytest.mark.parametrize("unit", [1.0, 40.0])
def test_weights_are_brought_to_1_on_average(unit: float):
    weights = unit * np.array([1.0, 2.0, 3.0, 2.0])
    np.testing.assert_allclose(
        graded_rows(COLUMNS, OUTCOME, weights).masses, [0.5, 1, 1.5, 1], atol=1e-15
    )


def test_without_weights_everybody_counts_once():
    np.testing.assert_array_equal(graded_rows(COLUMNS, OUTCOME).masses, np.ones(4))


def test_the_masses_of_grades_are_sums_over_the_respondents_who_gave_them():
    rows = graded_rows(COLUMNS, OUTCOME)
    masses = np.array([[1.0, 1.0, 1.0, 1.0], [2.0, 0.5, 0.0, 1.0]])
    np.testing.assert_array_equal(rows.grade_masses(masses), [[2, 1, 1], [1.5, 2, 0]])


def test_a_column_that_never_varies_becomes_0():
    rows = graded_rows(np.column_stack([np.full(4, 7.0), COLUMNS]), OUTCOME)
    np.testing.assert_array_equal(rows.columns[:, 0], 0)
    assert rows.scales[0] == 1


def test_rows_may_have_no_columns():
    rows = graded_rows(np.empty((4, 0)), OUTCOME, np.array([1.0, 2.0, 3.0, 2.0]))
    assert rows.columns.shape == (4, 0)
    assert rows.centres.shape == rows.scales.shape == (0,)


def test_the_caller_keeps_the_data_as_they_were():
    columns, outcome, weights = COLUMNS.copy(), OUTCOME.copy(), np.array([1.0, 2.0, 3.0, 2.0])
    graded_rows(columns, outcome, weights)
    np.testing.assert_array_equal(columns, COLUMNS)
    np.testing.assert_array_equal(outcome, OUTCOME)
    np.testing.assert_array_equal(weights, [1, 2, 3, 2])
