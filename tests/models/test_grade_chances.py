"""Tests of `cxdrivers.models.grade_chances`: loops, refits, statsmodels, and laws of chances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.models.grade_chances import (
    fit_grade_model,
    grade_chances,
    mean_chances,
)


def sample(n: int = 250, grades: int = 5, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(n, 3)) * [1.0, 3.0, 0.2] + [7.0, -2.0, 0.0]
    latent = (columns - columns.mean(axis=0)) @ [0.9, 0.2, 3.0] + rng.logistic(size=n)
    return columns, np.digitize(latent, np.linspace(-2, 2, grades - 1)).astype(float)


def resamples(n: int, count: int, seed: int = 2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.array([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(count)], float)


def test_chances_are_those_of_the_definition_one_respondent_at_a_time():
    columns, outcome = sample(n=40)
    model = fit_grade_model(columns, outcome)
    parameters = model.parameters(resamples(40, 3))
    found = grade_chances(columns + 0.3, parameters)
    for resample in range(3):
        thresholds, slopes = parameters[resample, :4], parameters[resample, 4:]
        for who in range(40):
            below = [expit(cut - (columns[who] + 0.3) @ slopes) for cut in thresholds]
            slow = [high - low for low, high in zip([0, *below], [*below, 1], strict=True)]
            np.testing.assert_allclose(found[resample, :, who], slow, atol=1e-12)


def test_the_mean_of_chances_is_weighted_as_the_resample_is():
    columns, outcome = sample()
    masses = resamples(250, 4) * np.random.default_rng(3).uniform(0.5, 2, 250)
    parameters = fit_grade_model(columns, outcome).parameters(masses)
    chances = grade_chances(columns, parameters)
    slow = [
        np.average(one, axis=1, weights=mass) for one, mass in zip(chances, masses, strict=True)
    ]
    np.testing.assert_allclose(mean_chances(columns, parameters, masses), slow, atol=1e-12)


def test_every_resample_is_the_fit_of_its_own_rows():
    columns, outcome = sample()
    masses = resamples(250, 6)
    found = fit_grade_model(columns, outcome).parameters(masses)
    for one, counts in zip(found, masses.astype(int), strict=True):
        alone = fit_cumulative(np.repeat(columns, counts, axis=0), np.repeat(outcome, counts))
        np.testing.assert_allclose(one, np.append(alone.thresholds, alone.slopes), atol=1e-6)


def test_the_sample_among_its_resamples_gives_the_ordered_model_of_statsmodels():
    columns, outcome = sample()
    centred, moved = columns - columns.mean(axis=0), np.array([0.5, 0.0, 0.1])
    model = OrderedModel(outcome, centred, distr="logit")
    direct = model.fit(method="bfgs", disp=0, maxiter=500, gtol=1e-9)
    slow = model.predict(direct.params, exog=centred + moved).mean(axis=0)
    parameters = fit_grade_model(columns, outcome).parameters(np.ones((1, 250)))
    found = mean_chances(columns + moved, parameters, np.ones((1, 250)))
    np.testing.assert_allclose(found[0], slow, atol=1e-6)


def test_a_grade_that_a_resample_has_not_got_has_no_chance_there():
    columns, outcome = sample()
    masses = np.ones((3, 250))
    masses[0, outcome == 0] = masses[1, outcome == 2] = masses[2, outcome == 4] = 0
    found = mean_chances(columns, fit_grade_model(columns, outcome).parameters(masses), masses)
    np.testing.assert_allclose([found[0, 0], found[1, 2], found[2, 4]], 0, atol=1e-12)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    kept = outcome != 2
    alone = fit_grade_model(columns[kept], outcome[kept])
    direct = mean_chances(columns[kept], alone.parameters(masses[1:2, kept]), masses[1:2, kept])
    np.testing.assert_allclose(found[1, [0, 1, 3, 4]], direct[0], atol=1e-8)


def test_two_grades_are_logistic_regression():
    columns, outcome = sample(grades=2)
    fit = fit_cumulative(columns, outcome)
    masses = np.ones((1, 250))
    found = mean_chances(columns, fit_grade_model(columns, outcome).parameters(masses), masses)
    slow = expit(columns @ fit.slopes - fit.thresholds[0]).mean()
    np.testing.assert_allclose(found[0], [1 - slow, slow], atol=1e-9)
    assert found[0, 1] == pytest.approx(outcome.mean())


def test_whole_weights_are_repeated_rows():
    columns, outcome = sample()
    counts = np.random.default_rng(4).integers(1, 4, 250)
    weighted = fit_grade_model(columns, outcome, counts.astype(float))
    repeated = fit_grade_model(np.repeat(columns, counts, axis=0), np.repeat(outcome, counts))
    rows = int(counts.sum())
    np.testing.assert_allclose(
        weighted.parameters(counts[np.newaxis].astype(float)),
        repeated.parameters(np.ones((1, rows))),
        atol=1e-8,
    )


@given(st.integers(0, 2**32 - 1), st.integers(2, 7), st.floats(-3, 3))
def test_chances_are_a_distribution_whatever_is_changed(seed: int, grades: int, shift: float):
    rng = np.random.default_rng(seed)
    thresholds = np.sort(rng.normal(size=(2, grades - 1)) * 3, axis=1)
    parameters = np.hstack([thresholds, rng.normal(size=(2, 2))])
    chances = grade_chances(rng.normal(size=(20, 2)) + shift, parameters)
    assert chances.shape == (2, grades, 20)
    assert (chances >= 0).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1)


@given(st.integers(0, 2**32 - 1), st.floats(0, 5))
def test_what_goes_with_higher_grades_raises_the_mean_when_it_rises(seed: int, shift: float):
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(20, 2))
    parameters = np.array([[-1.0, 0.0, 1.5, 0.7, -0.4]])
    masses, grades = rng.uniform(0.1, 1, (1, 20)), np.arange(4)
    means = [
        mean_chances(columns + np.array([more, 0.0]), parameters, masses)[0] @ grades
        for more in (0, shift)
    ]
    assert means[1] >= means[0] - 1e-12
