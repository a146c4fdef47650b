"""Tests of `cxdrivers.models.part_slopes`: beside loops over groups and parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdrivers.importance.many_coefficients import many_coefficients
from cxdrivers.models.part_slopes import freed_part, slope_covariances, slopes_without
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.random_parts import random_parts
from cxdrivers.moments.sums import FloatArray, moments_from_sums
from tests.moments.group_twins import grouped_frame, grouped_survey
from tests.samples import OUTCOME

FRAME = grouped_frame()
LABELS = list(FRAME["region"].unique())


@pytest.fixture(scope="module")
def grouped() -> GroupedMoments:
    return grouped_moments(grouped_survey(FRAME), "region", parts=10, seed=4)


def slopes_of_rows(rows: np.ndarray) -> FloatArray:
    """Return weighted least-squares slopes of some rows of the frame."""
    some = FRAME[rows]
    root = np.sqrt(some["w"].to_numpy())[:, np.newaxis]
    columns = np.column_stack([np.ones(len(some)), some.iloc[:, :3]])
    return np.linalg.lstsq(columns * root, some[OUTCOME].to_numpy() * root[:, 0])[0][1:]


def test_slopes_without_a_part_are_those_of_the_other_rows(grouped: GroupedMoments):
    group = FRAME["region"].map(grouped.labels.index).to_numpy()
    part = random_parts(group, 3, count=10, seed=4).part
    found = slopes_without(grouped)
    for place in range(3):
        for out in range(10):
            expected = slopes_of_rows((group == place) & (part != out))
            np.testing.assert_allclose(found[place, out], expected, atol=1e-9)


def test_covariances_are_those_of_a_loop_over_parts(grouped: GroupedMoments):
    found = slope_covariances(grouped)
    for place in range(3):
        without = [
            np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1])
            for matrix in moments_from_sums(grouped.sums_without()[place])[1]
        ]
        expected = np.cov(without, rowvar=False, ddof=0) * 9
        expected *= freed_part(grouped)[place]
        np.testing.assert_allclose(found[place], expected, atol=1e-12)


def test_a_part_that_is_not_too_much_falls_with_columns_and_rises_with_respondents(
    grouped: GroupedMoments,
):
    left = grouped.n_effective * 0.9
    np.testing.assert_allclose(freed_part(grouped), 1 - 3 / left)
    few = replace(grouped, squares=grouped.squares * 1000)
    assert np.isnan(freed_part(few)).all()


def test_a_column_that_varies_in_one_part_only_has_no_error_and_the_others_keep_theirs():
    frame = FRAME.copy()
    lone = frame.index[frame["region"] == "north"][0]
    frame.loc[frame["region"] == "north", frame.columns[2]] = 7.0
    frame.loc[lone, frame.columns[2]] = 5.0
    found = slope_covariances(grouped_moments(grouped_survey(frame), "region", parts=10))
    place = list(frame["region"].unique())
    covariance = found[sorted(place).index("north")]
    np.testing.assert_array_equal(np.isnan(np.diag(covariance)), [False, False, True])


def test_columns_that_are_nearly_tied_have_the_slopes_of_the_safer_way(grouped: GroupedMoments):
    tied = grouped.sums.copy()
    for part in range(tied.shape[1]):
        matrix = np.zeros((4, 4))
        matrix[np.triu_indices(4)] = tied[0, part, 5:]
        matrix = matrix + np.triu(matrix, 1).T
        change = np.eye(4)
        change[1] = [1.0, 1e-6, 0.0, 0.0]
        tied[0, part, 1:5] = change @ tied[0, part, 1:5]
        tied[0, part, 5:] = (change @ matrix @ change.T)[np.triu_indices(4)]
    near = replace(grouped, sums=tied)
    covariance = moments_from_sums(near.sums_without()[0])[1]
    np.testing.assert_array_equal(slopes_without(near)[0], many_coefficients(covariance))


def test_a_group_of_one_part_has_no_errors(grouped: GroupedMoments):
    one = replace(
        grouped,
        sums=grouped.sums.sum(axis=1, keepdims=True),
        squares=grouped.squares.sum(axis=1, keepdims=True),
    )
    assert np.isnan(slope_covariances(one)).all()
