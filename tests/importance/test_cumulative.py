"""Tests of `cxdrivers.importance.cumulative`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit
from statsmodels.discrete.discrete_model import Logit

from cxdrivers.importance.cumulative import (
    CumulativeRows,
    Height,
    chance_of_top,
    cumulative_rows,
    height_at,
    height_nearby,
    missed_by_grade,
    row_scores,
)
from cxdrivers.importance.lattice import FloatArray

STEP = 1e-5


@dataclass(frozen=True, eq=False)
class Sample:
    """Respondents with grades, resamples of them, and a place for each resample."""

    columns: FloatArray
    grades: NDArray[np.intp]
    masses: FloatArray
    places: FloatArray

    @property
    def rows(self) -> CumulativeRows:
        """The rows of plain logistic regression."""
        return cumulative_rows(self.columns, self.grades)

    @property
    def mass(self) -> FloatArray:
        """How often each of those rows counts."""
        return self.masses[:, self.rows.source]

    @property
    def grade_masses(self) -> FloatArray:
        """How often each grade counts."""
        indicators = self.grades[:, np.newaxis] == np.arange(self.grades.max() + 1)
        return self.masses @ indicators

    def height(self, places: FloatArray, *, curved: bool = True) -> Height:
        """Return how high the log-likelihoods are, with all grades counted."""
        return height_at(self.rows, places, self.mass, self.grade_masses, curved=curved)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Draw 0 to 3 columns, 2 to 10 grades, and 4 resamples."""
    grades, width = draw(st.integers(2, 10)), draw(st.integers(0, 3))
    return sample_of(grades, width, seed=draw(st.integers(0, 2**32 - 1)))


def sample_of(grades: int, width: int, *, seed: int, n: int = 40) -> Sample:
    rng = np.random.default_rng(seed)
    outcome = np.concatenate([np.arange(grades), rng.integers(0, grades, n - grades)])
    thresholds = np.cumsum(rng.uniform(0.2, 1.5, size=(4, grades - 1)), axis=1) - 2
    places = np.hstack([thresholds, rng.normal(size=(4, width))])
    masses = rng.multinomial(n, np.full(n, 1 / n), size=4) * rng.uniform(0.2, 5, size=n)
    return Sample(rng.normal(size=(n, width)), outcome, masses, places)


def textbook(sample: Sample, place: FloatArray, masses: FloatArray) -> float:
    """Return the log-likelihood as a sum over respondents of the log chance of their grade."""
    count = int(sample.grades.max())
    edges = np.concatenate([[-np.inf], place[:count], [np.inf]])
    above = expit(edges[sample.grades + 1] - sample.columns @ place[count:])
    below = expit(edges[sample.grades] - sample.columns @ place[count:])
    return float(masses @ np.log(above - below))


@given(samples())
def test_the_height_is_the_log_likelihood_of_the_textbook(sample: Sample):
    expected = [textbook(sample, *pair) for pair in zip(sample.places, sample.masses, strict=True)]
    np.testing.assert_allclose(sample.height(sample.places).value, expected, rtol=1e-11)


@given(samples())
def test_the_gradient_is_the_slope_of_the_height(sample: Sample):
    found = sample.height(sample.places).gradient
    for place, step in enumerate(STEP * np.eye(sample.places.shape[1])):
        up, down = (sample.height(sample.places + sign * step).value for sign in (1, -1))
        np.testing.assert_allclose(found[:, place], (up - down) / (2 * STEP), rtol=0, atol=1e-5)


@given(samples())
def test_the_curvature_is_minus_the_slope_of_the_gradient(sample: Sample):
    found = sample.height(sample.places).curvature
    assert found is not None
    for place, step in enumerate(STEP * np.eye(sample.places.shape[1])):
        up, down = (sample.height(sample.places + sign * step).gradient for sign in (1, -1))
        slope = (down - up) / (2 * STEP)
        np.testing.assert_allclose(found[:, :, place], slope, rtol=1e-5, atol=1e-4)


@given(samples())
def test_without_curvature_the_height_and_the_gradient_are_the_same(sample: Sample):
    flat, curved = (sample.height(sample.places, curved=curved) for curved in (False, True))
    assert flat.curvature is None
    np.testing.assert_array_equal(flat.value, curved.value)
    np.testing.assert_array_equal(flat.gradient, curved.gradient)


@given(st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_two_grades_are_logistic_regression(width: int, seed: int):
    sample = sample_of(2, width, seed=seed)
    everybody = Sample(sample.columns, sample.grades, np.ones((1, 40)), sample.places[:1])
    height = everybody.height(everybody.places)
    model = Logit(sample.grades, np.column_stack([-np.ones(40), sample.columns]))
    place = sample.places[0]
    np.testing.assert_allclose(height.value[0], model.loglike(place), rtol=1e-12)
    np.testing.assert_allclose(height.gradient[0], model.score(place), atol=1e-11)
    assert height.curvature is not None
    np.testing.assert_allclose(height.curvature[0], -model.hessian(place), atol=1e-11)


@given(samples())
def test_where_resamples_share_a_place_products_give_the_same_height_and_gradient(sample: Sample):
    shared = np.broadcast_to(sample.places[0], sample.places.shape)
    one_by_one = sample.height(shared)
    products = height_nearby(sample.rows, sample.places[0], sample.mass, sample.grade_masses)
    np.testing.assert_allclose(products.value, one_by_one.value, rtol=1e-12)
    np.testing.assert_allclose(products.gradient, one_by_one.gradient, atol=1e-10)


@given(samples())
def test_products_curve_a_gap_as_its_grade_is_drawn_on_average(sample: Sample):
    """Of resamples in which every grade is drawn: they are all that products are used for."""
    sample = replace(sample, masses=sample.masses + 0.1)
    products = height_nearby(sample.rows, sample.places[0], sample.mass, sample.grade_masses)
    average = np.broadcast_to(sample.grade_masses.mean(axis=0), sample.grade_masses.shape)
    shared = np.broadcast_to(sample.places[0], sample.places.shape)
    expected = height_at(sample.rows, shared, sample.mass, average, curved=True)
    assert products.curvature is not None
    assert expected.curvature is not None
    np.testing.assert_allclose(products.curvature, expected.curvature, atol=1e-9)


@given(samples())
def test_the_scores_of_respondents_add_up_to_the_gradient(sample: Sample):
    scores = row_scores(sample.rows, sample.places[0], sample.grades)
    shared = np.broadcast_to(sample.places[0], sample.places.shape)
    gradient = sample.height(shared).gradient
    np.testing.assert_allclose(sample.masses @ scores, gradient, atol=1e-10)


@given(samples())
def test_a_respondent_at_an_end_of_the_scale_is_one_row_and_any_other_two(sample: Sample):
    inside = (sample.grades > 0) & (sample.grades < sample.grades.max())
    found = np.bincount(sample.rows.source, minlength=len(sample.grades))
    np.testing.assert_array_equal(found, 1 + inside)
    np.testing.assert_array_equal(sample.rows.columns, sample.columns[sample.rows.source])


def test_thousands_of_respondents_are_laid_out_in_parts_that_join_up():
    sample = sample_of(3, 2, seed=1, n=2000)
    sizes = [part.rows.stop - part.rows.start for part in sample.rows.parts]
    assert sum(sizes) == len(sample.rows.source)
    assert max(sizes) <= 256
    expected = [textbook(sample, *pair) for pair in zip(sample.places, sample.masses, strict=True)]
    np.testing.assert_allclose(sample.height(sample.places).value, expected, rtol=1e-11)


def test_some_of_the_columns_give_the_rows_of_those_columns():
    sample = sample_of(4, 3, seed=2)
    some = sample.rows.of_columns([2, 0])
    place = np.delete(sample.places, sample.rows.thresholds + 1, axis=1)
    place[:, -2:] = place[:, [-1, -2]]
    found = height_at(some, place, sample.mass, sample.grade_masses, curved=True)
    without = sample.places.copy()
    without[:, sample.rows.thresholds + 1] = 0
    np.testing.assert_allclose(found.value, sample.height(without).value, rtol=1e-12)


def test_a_grade_that_is_not_drawn_leaves_the_gap_around_it_alone():
    sample = sample_of(4, 1, seed=3)
    masses = sample.masses * (sample.grades != 2)
    places = sample.places.copy()
    places[:, 2] = places[:, 1]
    drawn = Sample(sample.columns, sample.grades, masses, places)
    others = np.flatnonzero(sample.grades != 2)
    joined = Sample(
        sample.columns[others],
        np.minimum(sample.grades[others], 2),
        masses[:, others],
        np.delete(places, 2, axis=1),
    )
    expected = joined.height(joined.places).value
    np.testing.assert_allclose(drawn.height(places).value, expected, rtol=1e-12)


def test_thresholds_that_cross_around_a_grade_that_occurs_are_infinitely_low():
    sample = sample_of(4, 1, seed=4)
    crossed = sample.places.copy()
    crossed[1, :3] = crossed[1, [1, 0, 2]]
    found = sample.height(crossed)
    np.testing.assert_array_equal(np.isneginf(found.value), [False, True, False, False])
    assert np.isfinite(found.gradient).all()


@pytest.mark.parametrize("grades", [2, 3, 10])
@pytest.mark.parametrize("size", [1e2, 1e3, 1e6])
def test_places_far_away_are_low_but_numbers(grades: int, size: float):
    sample = sample_of(grades, 2, seed=5)
    found = sample.height(size * sample.places)
    assert np.isfinite(found.value).all()
    assert np.isfinite(found.gradient).all()
    assert np.isfinite(found.curvature).all()
    scores = row_scores(sample.rows, size * sample.places[0], sample.grades)
    assert np.isfinite(scores).all()


def test_the_chance_of_the_top_is_one_minus_that_below_the_threshold():
    sample = sample_of(2, 3, seed=6)
    expected = [1 - expit(place[0] - sample.columns @ place[1:]) for place in sample.places]
    np.testing.assert_allclose(chance_of_top(sample.columns, sample.places), expected, atol=1e-15)
    far_away = chance_of_top(np.array([[1.0], [-1.0]]), np.array([[0.0, 1e6]]))
    np.testing.assert_allclose(far_away, [[1, 0]], atol=1e-15)


def test_what_is_missed_is_the_mean_chance_of_the_other_grade():
    sample = sample_of(2, 2, seed=7)
    chance = chance_of_top(sample.columns, sample.places)
    low, high = sample.masses * (sample.grades == 0), sample.masses * (sample.grades == 1)
    expected = np.column_stack(
        [
            (low * chance).sum(axis=1) / low.sum(axis=1),
            (high * (1 - chance)).sum(axis=1) / high.sum(axis=1),
        ]
    )
    found = missed_by_grade(sample.rows, sample.places, sample.mass)
    np.testing.assert_allclose(found, expected, atol=1e-14)


def test_what_is_missed_of_a_grade_that_is_not_drawn_is_nan():
    sample = sample_of(2, 2, seed=8)
    mass = (sample.masses * (sample.grades == 1))[:, sample.rows.source]
    found = missed_by_grade(sample.rows, sample.places, mass)
    assert np.isnan(found[:, 0]).all()
    assert np.isfinite(found[:, 1]).all()
