"""Tests of `cxdrivers.importance.sweep`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import FitError
from cxdrivers.importance.sweep import growth_by_columns, swept


def test_what_is_left_is_the_schur_complement_in_every_branch():
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(3, 20, 5))
    matrices = np.einsum("bni,bnj->bij", rows, rows)
    left = swept([matrices[:, row, row:].T for row in range(5)], 1e-10)
    for branch, matrix in enumerate(matrices):
        expected = np.linalg.inv(np.linalg.inv(matrix)[1:, 1:])
        for row in range(4):
            np.testing.assert_allclose(left[row][:, branch], expected[row, row:], rtol=1e-10)


def test_a_column_with_no_variance_left_leaves_its_branch_as_it_was():
    block = [np.array([[2.0, 1e-14], [1.0, 1e-15]]), np.array([[3.0, 3.0]])]
    np.testing.assert_array_equal(swept(block, 1e-10)[0], [[2.5, 3.0]])
    np.testing.assert_array_equal(swept(block, np.array([3.0, 0.0]))[0], [[3.0, 3.0]])


def test_it_writes_into_the_room_that_it_is_given():
    block = [np.array([[2.0], [1.0]]), np.array([[3.0]])]
    room = [np.empty((1, 1))]
    assert swept(block, 1e-10, room)[0] is room[0]
    assert room[0] == block[1] - 0.5


def test_adjusting_raises_what_is_unexplained_by_the_degrees_of_freedom():
    np.testing.assert_array_equal(growth_by_columns(2, n=None, adjust=1), [1, 1, 1])
    np.testing.assert_array_equal(growth_by_columns(2, n=11, adjust=0), [1, 1, 1])
    once = growth_by_columns(2, n=11, adjust=1)
    np.testing.assert_allclose(once, [1, 10 / 9, 10 / 8])
    np.testing.assert_allclose(growth_by_columns(2, n=11, adjust=2), once**2)


def test_adjusting_needs_more_respondents_than_columns():
    with pytest.raises(FitError, match="3 usable rows are too few for 2 columns"):
        growth_by_columns(2, n=3, adjust=1)
