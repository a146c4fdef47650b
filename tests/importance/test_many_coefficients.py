"""Tests of `cxdrivers.importance.many_coefficients`: beside the slow way, one regression each."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.importance.average_coefficients import full_coefficients
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.many_coefficients import many_coefficients


def covariances(count: int = 40, columns: int = 5, *, seed: int = 1) -> FloatArray:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(count, 60, columns)) @ rng.normal(size=(columns, columns))
    rows *= 10.0 ** rng.integers(-4, 5, columns)
    return np.array([np.cov(one, rowvar=False, bias=True) for one in rows])


def test_they_are_the_coefficients_of_one_regression_each():
    matrices = covariances()
    expected = full_coefficients(matrices, range(4))
    np.testing.assert_allclose(many_coefficients(matrices), expected, rtol=1e-9)


@pytest.mark.parametrize("noise", [1e-2, 1e-3, 1e-4], ids=str)
def test_also_of_drivers_that_are_nearly_the_same(noise: float):
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(80, 4))
    rows[:, 1] = rows[:, 0] + noise * rng.normal(size=80)
    matrix = np.cov(rows, rowvar=False, bias=True)[np.newaxis]
    centred = rows - rows.mean(axis=0)
    expected = np.linalg.lstsq(centred[:, :3], centred[:, 3], rcond=None)[0]
    np.testing.assert_allclose(many_coefficients(matrix)[0], expected, rtol=1e-7)


def test_what_can_be_computed_from_others_or_never_varies_has_none():
    matrices = covariances(3)
    tied = np.eye(5)
    tied[2] = [1, 2, 0, 0, 0]
    matrices[1] = tied @ matrices[1] @ tied.T
    matrices[2, 3] = matrices[2, :, 3] = 0.0
    found = many_coefficients(matrices)
    np.testing.assert_array_equal(
        np.isnan(found), [[False] * 4, [True, True, True, False], [False, False, False, True]]
    )
    np.testing.assert_allclose(found, full_coefficients(matrices, range(4)), rtol=1e-9)


def test_the_matrices_are_not_changed():
    matrices = covariances(2)
    before = matrices.copy()
    many_coefficients(matrices)
    np.testing.assert_array_equal(matrices, before)
