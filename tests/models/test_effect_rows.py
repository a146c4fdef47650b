"""Tests of `cxdrivers.models.effect_rows`: beside plain loops over blocks."""

from __future__ import annotations

import numpy as np

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.effect_rows import EffectRows, effect_rows

BLOCKS = np.array([0, 0, 0, 1, 1, 2])


def some_rows() -> tuple[EffectRows, FloatArray, FloatArray]:
    rng = np.random.default_rng(6)
    estimates, variances = rng.normal(5, 1, (2, 6)), rng.uniform(0.1, 2, (2, 6))
    estimates[0, 1] = variances[0, 5] = np.nan
    variances[1, 3] = 0.0
    return effect_rows(estimates, variances, BLOCKS, np.full((2, 6), 9.0)), estimates, variances


def test_means_of_blocks_weigh_groups_by_their_precision():
    rows, estimates, variances = some_rows()
    _, totals, means = rows.weighted(np.array([[0.0, 0.0], [0.3, 2.0]]))
    for place, tau_squared in ((0, 0.0), (1, 2.0)):
        for block in range(3):
            inside = (block == BLOCKS) & (variances[1] > 0)
            weights = 1 / (variances[1, inside] + tau_squared)
            np.testing.assert_allclose(totals[place, 1, block], weights.sum())
            twin = np.average(estimates[1, inside], weights=weights)
            np.testing.assert_allclose(means[place, 1, block] + rows.centres[1, block], twin)


def test_groups_without_a_number_have_no_weight_and_no_residual():
    rows, _, _ = some_rows()
    weights, _, means = rows.weighted(np.zeros((1, 2)))
    gone = [[False, True, False, False, False, True], [False, False, False, True, False, False]]
    np.testing.assert_array_equal(weights[0] == 0, gone)
    assert (rows.residuals(means)[0][np.array(gone)] == 0).all()
    np.testing.assert_array_equal(rows.count, [4, 5])
    np.testing.assert_array_equal(rows.freedom, [2, 2])
    np.testing.assert_array_equal(np.isnan(rows.centres), [[False, False, True], [False] * 3])


def test_the_typical_variance_of_equal_ones_is_that_one_and_lies_among_others():
    equal = effect_rows(np.zeros((1, 6)), np.full((1, 6), 0.7), BLOCKS, np.full((1, 6), np.inf))
    np.testing.assert_allclose(equal.typical, 0.7)
    rows, _, variances = some_rows()
    assert variances[1, variances[1] > 0].min() < rows.typical[1] < variances[1].max()
