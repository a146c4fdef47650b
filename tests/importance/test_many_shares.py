"""Tests of `cxdrivers.importance.many_shares`: beside the measures, one matrix at a time."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import FitError
from cxdrivers.importance.hierarchy import hierarchical_shares
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.many_shares import many_shares
from cxdrivers.importance.metrics import METRICS, metric

GROUPS = [(0,), (1, 2), (3,)]
SINGLES = [(0,), (1,), (2,), (3,)]
N = np.array([20.0, 35.5, 400.0])


def covariances(columns: int = 5, *, seed: int = 1) -> FloatArray:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(len(N), 60, columns)) + rng.normal(size=(len(N), 60, 1))
    return np.array([np.cov(one, rowvar=False, bias=True) for one in rows])


@pytest.mark.parametrize("method", ["lmg", "first", "last"])
@pytest.mark.parametrize("groups", [GROUPS, SINGLES])
def test_each_matrix_is_adjusted_for_its_own_respondents(method: str, groups: list):
    found = many_shares(covariances(), groups, n=N, method=method)
    for place, matrix in enumerate(covariances()):
        one = metric(method).shares(matrix, groups, n=N[place], adjust=1)
        np.testing.assert_allclose(found[place], one, atol=1e-13)


@pytest.mark.parametrize("method", METRICS)
def test_without_adjustment_every_measure_is_its_own(method: str):
    found = many_shares(covariances(), SINGLES, n=N, method=method, adjusted=False)
    for place, matrix in enumerate(covariances()):
        one = metric(method).shares(matrix, SINGLES)
        np.testing.assert_allclose(found[place], one, atol=1e-13)


def test_a_driver_that_never_varies_somewhere_earns_nothing_and_costs_the_others_nothing():
    matrices = covariances()
    matrices[1, 3] = matrices[1, :, 3] = 0.0
    found = many_shares(matrices, GROUPS, n=N)
    without = np.delete(np.delete(matrices[1], 3, axis=0), 3, axis=1)
    expected = metric("lmg").shares(without, GROUPS[:2], n=N[1], adjust=1)
    np.testing.assert_allclose(found[1], [*expected, 0.0], atol=1e-13)
    np.testing.assert_allclose(found[[0, 2]], many_shares(covariances(), GROUPS, n=N)[[0, 2]])


def test_too_few_respondents_and_an_outcome_that_never_varies_tell_nothing():
    matrices = covariances()
    matrices[2, -1] = matrices[2, :, -1] = 0.0
    found = many_shares(matrices, GROUPS, n=np.array([5.0, 6.0, 100.0]))
    np.testing.assert_array_equal(np.isnan(found), [[True] * 3, [False] * 3, [True] * 3])


def test_an_interaction_comes_after_its_drivers():
    needs = [(), (), (0, 1), ()]
    found = many_shares(covariances(), SINGLES, n=N, needs=needs)
    for place, matrix in enumerate(covariances()):
        one = hierarchical_shares(matrix, SINGLES, needs, n=N[place], adjust=1)
        np.testing.assert_allclose(found[place], one, atol=1e-13)


def test_many_drivers_are_walked_one_matrix_at_a_time():
    matrices, groups = covariances(16), [(place,) for place in range(15)]
    found = many_shares(matrices, groups, n=N)
    one = metric("lmg").shares(matrices[1], groups, n=N[1], adjust=1)
    np.testing.assert_allclose(found[1], one, atol=1e-12)


def test_a_measure_without_a_formula_for_its_noise_is_refused():
    with pytest.raises(FitError, match="johnson"):
        many_shares(covariances(), SINGLES, n=N, method="johnson")
