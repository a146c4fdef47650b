"""Tests of the likelihood kernels on data that are rare, separated, short or oddly scaled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdrivers.importance.lattice import FloatArray
from tests.importance.graded_strategies import Graded, survey_of


def same_as_one_fit_after_another(
    data: Graded, masses: FloatArray, *, tolerance: float = 1e-6
) -> None:
    for found, mass in zip(data.values(masses), masses, strict=True):
        if len(np.unique(data.outcome[mass > 0])) > 1:
            np.testing.assert_allclose(found, data.twin(mass), rtol=0, atol=tolerance)
        else:
            assert np.isnan(found).all()


@pytest.mark.parametrize("share", [0.5, 0.05, 0.01, 0.002])
def test_a_top_box_may_be_rare(share: float):
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(600, 2))
    liking = columns @ [1.0, 0.5] + rng.logistic(size=600)
    data = Graded(columns, (liking > np.quantile(liking, 1 - share)).astype(float), [(0,), (1,)])
    same_as_one_fit_after_another(data, data.resampled(12, seed=1))


@pytest.mark.parametrize("grade", [0, 2, 4])
def test_a_grade_may_occur_once(grade: int):
    data = survey_of(5)
    others = data.outcome[data.outcome != grade]
    outcome = np.append(np.resize(others, 89), grade)
    once = replace(data, outcome=outcome)
    same_as_one_fit_after_another(once, once.resampled(12, seed=2))


@pytest.mark.parametrize("grades", [2, 5])
def test_weights_may_span_several_magnitudes(grades: int):
    rng = np.random.default_rng(3)
    data = replace(survey_of(grades), weights=np.exp(2.5 * rng.normal(size=90)))
    same_as_one_fit_after_another(data, data.resampled(12, seed=3))


@pytest.mark.parametrize("index", ["mcfadden", "nagelkerke", "estrella", "tjur"])
@pytest.mark.parametrize("margin", [1.0, 1e-2, 1e-4])
def test_a_driver_that_tells_two_grades_apart_explains_everything(index: str, margin: float):
    rng = np.random.default_rng(4)
    outcome = np.repeat([0.0, 1.0], 30)
    columns = np.column_stack([(1 + margin) * outcome + rng.uniform(size=60), rng.normal(size=60)])
    data = Graded(columns, outcome, [(0,), (1,)])
    masses = np.vstack([np.ones(60), data.resampled(5, seed=4)])
    values = data.lattice.values(masses, index=index)
    np.testing.assert_allclose(values[:, [1, 3]], 1, rtol=0, atol=1e-5)
    assert (values[:, [0, 2]] < 0.9).all()


@pytest.mark.parametrize("margin", [1.0, 0.1, 1e-4])
def test_a_driver_that_tells_more_grades_apart_explains_everything(margin: float):
    rng = np.random.default_rng(5)
    outcome = np.repeat(np.arange(4.0), 20)
    columns = np.column_stack([(1 + margin) * outcome + rng.uniform(size=80), rng.normal(size=80)])
    data = Graded(columns, outcome, [(0,), (1,)])
    absent = np.vstack([outcome != grade for grade in range(4)])
    masses = np.vstack([np.ones(80), absent.astype(float), data.resampled(5, seed=5)])
    np.testing.assert_allclose(data.values(masses)[:, [1, 3]], 1, rtol=0, atol=1e-5)


@pytest.mark.parametrize("grades", [2, 5])
def test_a_category_may_have_one_grade_only(grades: int):
    data = survey_of(grades)
    category = np.arange(90) % 9 == 0
    outcome = np.where(category, grades - 1, data.outcome)
    columns = np.column_stack([data.columns, category])
    quasi = Graded(columns, outcome, [(0, 1, 2), (3,)])
    same_as_one_fit_after_another(quasi, quasi.resampled(12, seed=6))


@pytest.mark.parametrize("index", ["mcfadden", "tjur"])
def test_a_rating_may_tell_apart_all_but_one_of_its_values(index: str):
    rng = np.random.default_rng(7)
    ratings = rng.integers(1, 11, size=(250, 2)).astype(float)
    outcome = (ratings[:, 0] > 8).astype(float)
    mixed = ratings[:, 0] == 8
    outcome[mixed] = np.arange(mixed.sum()) % 2
    data = Graded(ratings, outcome, [(0,), (1,)])
    masses = np.vstack([np.ones(250), data.resampled(5, seed=7)])
    values = data.lattice.values(masses, index=index)
    assert (values[:, 1] > 0.7).all()
    assert (values[:, 3] >= values[:, 1] - 1e-6).all()
    if index == "mcfadden":
        same_as_one_fit_after_another(data, masses)


@pytest.mark.parametrize("category", [0, 1, 2])
def test_a_category_may_be_absent_from_a_resample(category: int):
    data = survey_of(4)
    categories = np.arange(90) % 3
    dummies = categories[:, np.newaxis] == np.arange(1, 3)
    grouped = Graded(np.column_stack([data.columns, dummies]), data.outcome, [(0, 1, 2), (3, 4)])
    same_as_one_fit_after_another(grouped, grouped.resampled(4, seed=8) * (categories != category))


@pytest.mark.parametrize("grades", [2, 5])
def test_columns_may_be_on_wild_scales(grades: int):
    data = survey_of(grades)
    units, starts = np.array([1.0, 1e-6, 1e6]), np.array([1e6, 0.0, -1e9])
    wild = replace(data, columns=data.columns * units + starts)
    masses = data.resampled(5, seed=9)
    np.testing.assert_allclose(wild.values(masses), data.values(masses), rtol=0, atol=1e-6)


@pytest.mark.parametrize("outlier", [1e4, 1e6, 1e7, 1e8])
def test_one_answer_may_be_a_code_that_nobody_took_out(outlier: float):
    data = survey_of(2)
    columns = data.columns.copy()
    columns[0, 0] = outlier
    values = replace(data, columns=columns).values().reshape(4, 2)
    assert (values[:, 1] >= values[:, 0] - 1e-6).all()
    assert (values <= 1).all()


@pytest.mark.parametrize("grades", [2, 5])
def test_twenty_respondents_may_have_seven_columns(grades: int):
    rng = np.random.default_rng(10)
    for seed in range(5):
        columns = rng.normal(size=(20, 7))
        liking = columns[:, 0] + rng.logistic(size=20)
        outcome = np.searchsorted(np.sort(liking)[:: 20 // grades][1:grades], liking)
        data = Graded(columns, outcome.astype(float), [tuple(range(7))])
        same_as_one_fit_after_another(data, data.resampled(10, seed=seed), tolerance=1e-5)


def test_an_outcome_may_have_28_values():
    rng = np.random.default_rng(11)
    columns = rng.normal(size=(250, 2))
    liking = columns @ [1.0, 0.5] + rng.logistic(size=250)
    data = Graded(columns, np.searchsorted(np.linspace(-4, 4, 27), liking).astype(float), [(0, 1)])
    assert data.lattice.rows.levels == 28
    same_as_one_fit_after_another(data, data.resampled(4, seed=11))


@pytest.mark.parametrize("grades", [2, 5])
def test_everybody_twice_says_no_more_than_everybody_once(grades: int):
    data = survey_of(grades)
    twice = Graded(np.tile(data.columns, (2, 1)), np.tile(data.outcome, 2), data.groups)
    np.testing.assert_allclose(twice.values(), data.values(), rtol=0, atol=1e-7)


@pytest.mark.parametrize("apart", [1e-4, 1e-6, 1e-8])
def test_drivers_may_be_nearly_the_same(apart: float):
    data = survey_of(4)
    nearly = data.columns[:, 0] + apart * data.columns[:, 1]
    alike = replace(
        data, columns=np.column_stack([data.columns[:, 0], nearly]), groups=[(0,), (1,)]
    )
    values = alike.values(data.resampled(3, seed=12))
    assert (values[:, 3] >= values[:, 1] - 1e-6).all()
    np.testing.assert_allclose(values[:, 2], values[:, 1], atol=1e-2)


@pytest.mark.parametrize("grades", [2, 5])
def test_respondents_of_weight_0_are_not_there(grades: int):
    data = survey_of(grades)
    weights = np.where(np.arange(90) % 3 == 0, 0.0, 1.0)
    fewer = Graded(data.columns[weights > 0], data.outcome[weights > 0], data.groups)
    found = replace(data, weights=weights).values()
    np.testing.assert_allclose(found, fewer.values(), rtol=0, atol=1e-6)


@pytest.mark.parametrize("grade", range(4))
def test_a_grade_that_only_respondents_of_weight_0_gave_is_not_there(grade: int):
    data = survey_of(4)
    weights = (data.outcome != grade).astype(float)
    fewer = Graded(data.columns[weights > 0], data.outcome[weights > 0], data.groups)
    found = replace(data, weights=weights).values()
    np.testing.assert_allclose(found, fewer.values(), rtol=0, atol=1e-6)


@pytest.mark.parametrize("only", range(4))
def test_a_resample_of_one_grade_is_nan_and_its_neighbours_are_numbers(only: int):
    data = survey_of(4)
    masses = np.vstack([np.ones(90), (data.outcome == only).astype(float), np.ones(90)])
    values = data.values(masses)
    assert np.isnan(values[1]).all()
    np.testing.assert_allclose(values[[0, 2]], data.values(np.ones((2, 90))), atol=1e-12)
