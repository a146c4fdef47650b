"""Tests of `cxdrivers.importance.likelihood_lattice` on data as surveys give them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.likelihood_lattice import null_log_likelihood
from cxdrivers.importance.pseudo_r_squared import INDICES
from tests.importance.graded_strategies import Graded, graded, survey_of
from tests.likelihood_twins import (
    heights_of_all_subsets,
    highest,
    highest_of_none,
    tjur_of_all_subsets,
)


@given(graded(), st.integers(0, 1000))
def test_every_value_is_that_of_one_fit_on_that_subset_of_that_resample(data: Graded, seed: int):
    masses = np.vstack([data.lattice.rows.masses, data.resampled(2, seed=seed)])
    for found, mass in zip(data.values(masses), masses, strict=True):
        if len(np.unique(data.outcome[mass > 0])) > 1:
            np.testing.assert_allclose(found, data.twin(mass), rtol=0, atol=1e-6)
        else:
            assert np.isnan(found).all()


@given(graded(most_grades=4))
def test_the_log_likelihoods_are_those_of_one_fit_on_each_subset(data: Graded):
    masses = data.lattice.rows.masses
    expected = heights_of_all_subsets(data.columns, data.outcome, data.groups, masses, data.always)
    found = data.lattice.log_likelihoods(masses)
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-7)


@given(graded(most_grades=2), st.integers(0, 1000))
def test_tjur_s_index_is_the_difference_of_mean_chances_of_a_fit(data: Graded, seed: int):
    masses = data.resampled(2, seed=seed)
    found = data.lattice.values(masses, index="tjur")
    for one, mass in zip(found, masses, strict=True):
        if len(np.unique(data.outcome[mass > 0])) > 1:
            expected = tjur_of_all_subsets(
                data.columns, data.outcome, data.groups, mass, data.always
            )
            np.testing.assert_allclose(one, expected, rtol=0, atol=1e-5)
        else:
            assert np.isnan(one).all()


@given(graded(), st.integers(0, 1000))
def test_respondents_who_count_three_times_are_three_respondents(data: Graded, seed: int):
    counts = np.random.default_rng(seed).integers(0, 4, len(data.outcome))
    counts[:2] = 1
    repeated = Graded(
        np.repeat(data.columns, counts, axis=0),
        np.repeat(data.outcome, counts),
        data.groups,
        data.always,
    )
    found = replace(data, weights=None).values(counts.astype(float))
    np.testing.assert_allclose(found, repeated.values(), rtol=0, atol=1e-6)


@given(graded(), st.sampled_from([1e-6, 0.1, 7.0, 1e6]))
def test_the_unit_of_the_masses_does_not_matter(data: Graded, unit: float):
    masses = data.resampled(2, seed=1)
    np.testing.assert_allclose(data.values(unit * masses), data.values(masses), atol=1e-9)


@given(graded(), st.sampled_from([1e-6, 3.0, 1e6]), st.sampled_from([-1e6, 0.0, 40.0]))
def test_where_a_column_starts_and_its_unit_do_not_matter(data: Graded, unit: float, start: float):
    masses = data.resampled(2, seed=2)
    columns = data.columns.copy()
    columns[:, 0] = -unit * (columns[:, 0] + start)
    moved = replace(data, columns=columns)
    np.testing.assert_allclose(moved.values(masses), data.values(masses), rtol=0, atol=1e-6)


@given(graded())
def test_the_order_of_drivers_and_of_respondents_does_not_matter(data: Graded):
    turned = Graded(
        data.columns[::-1],
        data.outcome[::-1],
        data.groups[::-1],
        data.always[::-1],
        None if data.weights is None else data.weights[::-1],
    )
    drivers = len(data.groups)
    mirrored = [
        sum(1 << drivers - 1 - driver for driver in range(drivers) if number >> driver & 1)
        for number in range(2**drivers)
    ]
    np.testing.assert_allclose(turned.values()[mirrored], data.values(), rtol=0, atol=1e-7)


@given(graded())
def test_turning_the_grades_round_keeps_the_values(data: Graded):
    masses = data.resampled(2, seed=3)
    turned = replace(data, outcome=-data.outcome)
    np.testing.assert_allclose(turned.values(masses), data.values(masses), rtol=0, atol=1e-6)


@given(graded(), st.integers(0, 1000))
def test_a_value_never_falls_when_a_driver_joins(data: Graded, seed: int):
    values = data.values(data.resampled(3, seed=seed))
    for driver in range(len(data.groups)):
        split = values.reshape(3, -1, 2, 2**driver)
        added = split[:, :, 1] - split[:, :, 0]
        assert (added[~np.isnan(added)] >= -1e-6).all()


@pytest.mark.parametrize("index", INDICES)
def test_what_the_grades_are_called_does_not_matter(index: str):
    data = survey_of(4)
    renamed = replace(data, outcome=np.array([1.0, 6.0, 7.0, 10.0])[data.outcome.astype(int)])
    found = renamed.lattice.values(np.ones(90), index=index)
    np.testing.assert_array_equal(found, data.lattice.values(np.ones(90), index=index))


@pytest.mark.parametrize("index", [*INDICES, "tjur"])
def test_nothing_is_explained_by_no_driver(index: str):
    data = survey_of(2)
    values = data.lattice.values(data.resampled(20, seed=4), index=index)
    np.testing.assert_allclose(values[:, 0], 0, atol=1e-6)


@pytest.mark.parametrize("leading", [(), (1,), (3,), (2, 3)])
@pytest.mark.parametrize("index", ["mcfadden", "tjur"])
def test_leading_axes_give_the_same_as_one_resample_at_a_time(leading: tuple[int, ...], index: str):
    data = survey_of(2)
    lattice, masses = data.lattice, data.resampled(6, seed=5)[: int(np.prod(leading))]
    values = lattice.values(masses.reshape(*leading, 90), index=index)
    assert values.shape == (*leading, 8)
    one_by_one = [lattice.values(mass, index=index) for mass in masses]
    np.testing.assert_allclose(values.reshape(-1, 8), one_by_one, rtol=0, atol=1e-9)


def test_hundreds_of_resamples_are_climbed_in_parts_that_join_up():
    data = survey_of(3, n=50, width=1)
    lattice, masses = data.lattice, data.resampled(600, seed=6)
    values, heights = lattice.values(masses), lattice.log_likelihoods(masses)
    for place in (0, 255, 256, 511, 512, 599):
        np.testing.assert_allclose(values[place], lattice.values(masses[place]), atol=1e-6)
        np.testing.assert_allclose(
            heights[place], lattice.log_likelihoods(masses[place]), atol=1e-6 * 50
        )


@pytest.mark.parametrize("index", ["mcfadden", "tjur"])
def test_every_fit_that_is_finished_is_told(index: str):
    data = survey_of(2)
    told: list[int] = []
    data.lattice.values(data.resampled(300, seed=7), index=index, tick=told.append)
    assert sum(told) == 300 * 8
    assert len(told) == 16


def test_adjusting_takes_noise_out_for_every_column_and_threshold():
    data = Graded(survey_of(4, width=4).columns, survey_of(4).outcome, [(0, 1), (2,)], (3,))
    heights = data.lattice.log_likelihoods(np.ones(90))
    parameters = np.array([4, 6, 5, 7])
    nothing = highest_of_none(data.outcome, np.ones(90))
    expected = 1 - (heights - parameters / 2) / (nothing - 3 / 2)
    found = data.lattice.values(np.ones(90), n=90, adjust=1)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_the_place_of_a_subset_says_which_columns_are_in_it():
    data = Graded(survey_of(3).columns, survey_of(3).outcome, [(1,), (0, 2)], ())
    assert data.lattice.subsets == [[], [1], [0, 2], [1, 0, 2]]
    controlled = replace(data, groups=[(0,)], always=(2,))
    assert controlled.lattice.subsets == [[2], [2, 0]]


@pytest.mark.parametrize("grades", [2, 5])
def test_without_drivers_there_is_the_one_value_of_the_controls(grades: int):
    data = replace(survey_of(grades), groups=[])
    np.testing.assert_allclose(data.values(), [0], atol=1e-9)
    controlled = replace(data, always=(0, 1))
    expected = controlled.twin(np.ones(90))
    np.testing.assert_allclose(controlled.values(), expected, atol=1e-6)


@pytest.mark.parametrize("grades", [2, 5])
def test_a_driver_without_columns_adds_nothing(grades: int):
    data = replace(survey_of(grades), groups=[(0,), (), (1, 2)])
    values = data.values(data.resampled(3, seed=8)).reshape(3, 2, 2, 2)
    np.testing.assert_allclose(values[:, :, 1], values[:, :, 0], atol=1e-9)


@pytest.mark.parametrize("grades", [2, 5])
@pytest.mark.parametrize("constant", [0.0, 0.1, 1e6 / 3])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_column_that_never_varies_adds_nothing(grades: int, constant: float, weighted: bool):
    data = survey_of(grades)
    columns = np.column_stack([np.full(90, constant), data.columns])
    weights = np.random.default_rng(9).uniform(0.2, 5, 90) if weighted else None
    extended = Graded(columns, data.outcome, [(0,), (1,), (2, 3)], (), weights)
    values = extended.values(extended.resampled(3, seed=9)).reshape(3, 4, 2)
    np.testing.assert_allclose(values[:, :, 1], values[:, :, 0], atol=1e-6)


@pytest.mark.parametrize("grades", [2, 5])
def test_a_column_that_the_others_give_adds_nothing(grades: int):
    data = survey_of(grades)
    columns = np.column_stack([data.columns, data.columns @ [2.0, -3.0, 1.0], data.columns[:, 0]])
    tied = replace(data, columns=columns, groups=[(0,), (1, 2), (3,), (4,)])
    values = tied.values(tied.resampled(3, seed=10)).reshape(3, 2, 2, 2, 2)
    all_three = values[:, 0, 0, 1, 1]
    np.testing.assert_allclose(values[:, 0, 1, 1, 1], all_three, atol=1e-6)
    np.testing.assert_allclose(values[:, 1, 1, 1, 1], all_three, atol=1e-6)
    np.testing.assert_allclose(values[:, 1, 0, 0, 1], values[:, 0, 0, 0, 1], atol=1e-6)


def test_a_driver_that_is_also_a_control_adds_nothing():
    data = replace(survey_of(4), groups=[(0,), (1,)], always=(0,))
    values = data.values()
    np.testing.assert_allclose(values[[1, 3]], values[[0, 2]], atol=1e-6)


def test_drivers_with_the_same_answers_have_the_same_values():
    data = survey_of(4)
    twice = replace(data, columns=data.columns[:, [0, 0, 1]])
    values = twice.values(data.resampled(3, seed=11))
    np.testing.assert_array_equal(values[:, [0b001, 0b101]], values[:, [0b010, 0b110]])


def test_nothing_is_known_by_how_often_each_grade_occurs():
    counted = np.array([[3.0, 2.0, 5.0], [0.0, 4.0, 4.0], [0.0, 9.0, 0.0]])
    expected = [
        3 * np.log(0.3) + 2 * np.log(0.2) + 5 * np.log(0.5),
        8 * np.log(0.5),
        0.0,
    ]
    np.testing.assert_allclose(null_log_likelihood(counted), expected, atol=1e-14)


def test_it_is_the_height_of_the_subset_of_no_driver():
    data = survey_of(5)
    heights = data.lattice.log_likelihoods(np.ones(90))
    assert heights[0] == pytest.approx(highest(data.columns[:, :0], data.outcome, np.ones(90)))
