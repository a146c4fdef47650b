"""Tests of `cxdrivers.importance.logistic_weights`."""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from cxdrivers.importance.graded_rows import graded_rows
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.logistic_weights import logistic_relative_weights

SINGLES = [(0,), (1,), (2,)]


def test_the_relative_weights_of_r_are_reproduced(reference, shared_file):
    facts = reference("i_mobi_logit_sat8")
    frame = pd.read_csv(shared_file("data/mobi_composites.csv"))
    names = facts["drivers"]
    rows = graded_rows(frame[names].to_numpy(float), (frame["Satisfaction"] >= 8).to_numpy(float))
    weights = logistic_relative_weights(rows, [(place,) for place in range(6)], rows.masses)
    np.testing.assert_allclose(weights, facts["rwa_logit"]["raw"], atol=1e-10)


def test_resamples_give_what_the_formula_gives_one_by_one():
    columns, outcome, rng = _answers()
    rows = graded_rows(columns, outcome)
    masses = rng.multinomial(len(outcome), np.full(len(outcome), 1 / len(outcome)), size=4)
    found = logistic_relative_weights(rows, SINGLES, masses.astype(float))
    for weights, counts in zip(found, masses, strict=True):
        drawn = np.repeat(np.arange(len(outcome)), counts)
        np.testing.assert_allclose(weights, _by_formula(columns[drawn], outcome[drawn]), atol=1e-8)


def test_a_driver_that_never_varies_weighs_nothing_and_units_do_not_matter():
    columns, outcome, _ = _answers()
    rows, stretched = graded_rows(columns, outcome), graded_rows(100 * columns + 7, outcome)
    groups = [(0,), (), (1,), (2,)]
    weights = logistic_relative_weights(rows, groups, rows.masses)
    assert weights[1] == 0
    np.testing.assert_allclose(
        logistic_relative_weights(stretched, groups, rows.masses), weights, atol=1e-10
    )


def test_a_resample_with_one_grade_has_no_weights():
    columns, outcome, _ = _answers()
    rows = graded_rows(columns, outcome)
    everybody = np.stack([outcome, np.ones_like(outcome)])
    found = logistic_relative_weights(rows, SINGLES, everybody)
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1]).all()


def _answers() -> tuple[FloatArray, FloatArray, np.random.Generator]:
    rng = np.random.default_rng(5)
    columns = rng.normal(size=(300, 3)) + rng.normal(size=(300, 1))
    outcome = columns @ [0.8, 0.4, 0.1] + rng.logistic(size=300) > 0
    return columns, outcome.astype(float), rng


def _by_formula(columns: FloatArray, outcome: FloatArray) -> FloatArray:
    """Return the weights by singular value decomposition, with a regression on Z itself."""
    standard = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    left, _, right = np.linalg.svd(standard, full_matrices=False)
    orthogonal = left @ right * np.sqrt(len(outcome))
    between = standard.T @ orthogonal / len(outcome)
    fit = GLM(outcome, np.column_stack([np.ones(len(outcome)), orthogonal]), Binomial()).fit(
        tol=1e-14
    )
    chance = fit.fittedvalues
    squared = np.corrcoef(outcome, chance)[0, 1] ** 2
    slopes = fit.params[1:] * np.sqrt(squared) / np.log(chance / (1 - chance)).std()
    weights: FloatArray = between**2 @ slopes**2
    return weights
