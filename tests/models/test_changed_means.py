"""Tests of `cxdrivers.models.changed_means`: weighted least squares of statsmodels, row by row."""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm

from cxdrivers.models.changed_means import changed_means


def sample(n: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(n, 3)) * [1, 10, 0.1] + [7, 50, 0]
    outcome = 30 + columns @ [1.0, 0.2, -3.0] + rng.normal(size=n)
    return columns, outcome, rng.uniform(0.2, 3, (4, n))


def test_means_are_the_predictions_of_statsmodels_on_the_changed_rows():
    columns, outcome, masses = sample()
    changed = np.column_stack([np.minimum(columns[:, 0] + 1, 8), columns[:, 1:]])
    found = changed_means(columns, outcome, [columns, changed], masses)
    for mass, means in zip(masses, found, strict=True):
        fit = sm.WLS(outcome, sm.add_constant(columns), weights=mass).fit()
        for world, mean in zip((columns, changed), means, strict=True):
            predicted = fit.predict(sm.add_constant(world))
            np.testing.assert_allclose(mean, np.average(predicted, weights=mass), rtol=1e-10)


def test_with_the_columns_as_they_are_it_is_the_mean_itself():
    columns, outcome, masses = sample()
    found = changed_means(columns, outcome, [columns], masses)
    slow = [np.average(outcome, weights=mass) for mass in masses]
    np.testing.assert_allclose(found[:, 0], slow, rtol=1e-12)


def test_a_column_that_does_not_vary_in_a_resample_goes_with_nothing_there():
    columns, outcome, _ = sample()
    columns[:, 2] = np.arange(120) == 0
    masses = np.ones((1, 120))
    masses[0, 0] = 0
    changed = columns + np.array([0, 0, 1])
    found = changed_means(columns, outcome, [columns, changed], masses)
    np.testing.assert_allclose(found[0, 1], found[0, 0], rtol=1e-10)
