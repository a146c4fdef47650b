"""Tests of `cxdrivers.importance.ascent`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import logit
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from cxdrivers.errors import FitError
from cxdrivers.importance import ascent
from cxdrivers.importance.ascent import EXACT, NEAR, Peak, peak_of
from cxdrivers.importance.cumulative import cumulative_rows, height_at
from cxdrivers.importance.lattice import FloatArray
from tests.likelihood_twins import highest

N = 60


def drawn(grades: int, *, seed: int, n: int = N) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return two columns, and grades that go with them, each of which occurs."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(n, 2))
    order = np.argsort(columns @ [1.0, 0.5] + rng.logistic(size=n))
    outcome = np.empty(n, dtype=np.intp)
    outcome[order] = np.sort(np.arange(n) % grades)
    return columns, outcome


def climbed(
    columns: FloatArray, grades: NDArray[np.intp], masses: FloatArray, *, near: float = NEAR
) -> Peak:
    """Climb from where the whole sample would be without columns."""
    rows = cumulative_rows(columns, grades)
    shares = np.cumsum(np.bincount(grades))[:-1] / len(grades)
    start = np.concatenate([logit(shares), np.zeros(columns.shape[1])])
    return peak_of(rows, start, masses[:, rows.source], _counted(grades, masses), near=near)


def resamples(times: int, *, seed: int, n: int = N) -> FloatArray:
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=times).astype(float)


def _counted(grades: NDArray[np.intp], masses: FloatArray) -> FloatArray:
    return masses @ (grades[:, np.newaxis] == np.arange(grades.max() + 1))


def test_the_top_of_two_grades_is_where_logistic_regression_has_it():
    columns, grades = drawn(2, seed=1)
    found = climbed(columns, grades, np.ones((1, N)), near=EXACT)
    fitted = Logit(grades, np.column_stack([-np.ones(N), columns])).fit(disp=False)
    np.testing.assert_allclose(found.parameters[0], fitted.params, atol=1e-6)
    assert found.value[0] == pytest.approx(fitted.llf, abs=1e-10)


def test_the_top_of_more_grades_is_where_proportional_odds_have_it():
    columns, grades = drawn(4, seed=2)
    found = climbed(columns, grades, np.ones((1, N)), near=EXACT)
    model = OrderedModel(grades, columns, distr="logit")
    start = np.concatenate(
        [found.parameters[0, 3:], found.parameters[0, :1], np.log(np.diff(found.parameters[0, :3]))]
    )
    fitted = model.fit(start_params=start + 0.1, method="bfgs", gtol=1e-9, disp=False)
    np.testing.assert_allclose(fitted.params, start, atol=1e-5)
    assert found.value[0] == pytest.approx(fitted.llf, abs=1e-9)


@given(st.integers(2, 10), st.integers(0, 2**32 - 1))
def test_every_resample_reaches_its_own_top(grades: int, seed: int):
    columns, outcome = drawn(grades, seed=seed)
    masses = resamples(3, seed=seed)
    expected = [highest(columns, outcome, mass) for mass in masses]
    np.testing.assert_allclose(climbed(columns, outcome, masses).value, expected, atol=1e-5)


@given(st.integers(2, 10), st.integers(0, 2**32 - 1))
def test_at_the_top_nothing_slopes(grades: int, seed: int):
    """Of the sample itself, in which all grades occur."""
    columns, outcome = drawn(grades, seed=seed)
    found = climbed(columns, outcome, np.ones((1, N)), near=EXACT)
    rows = cumulative_rows(columns, outcome)
    everybody = np.ones((1, len(rows.source)))
    counted = np.bincount(outcome)[np.newaxis].astype(float)
    height = height_at(rows, found.parameters, everybody, counted, curved=False)
    np.testing.assert_allclose(height.gradient, 0, atol=1e-6)
    np.testing.assert_allclose(height.value, found.value, rtol=1e-12)


@pytest.mark.parametrize("grades", [2, 5])
def test_a_coarser_climb_ends_at_nearly_the_same_height(grades: int):
    columns, outcome = drawn(grades, seed=3)
    masses = resamples(200, seed=3)
    coarse, exact = (climbed(columns, outcome, masses, near=near).value for near in (NEAR, EXACT))
    np.testing.assert_allclose(coarse, exact, rtol=0, atol=1e-6 * N)


@pytest.mark.parametrize("grades", [2, 5])
def test_it_does_not_matter_where_a_climb_starts(grades: int):
    columns, outcome = drawn(grades, seed=4)
    rows, masses = cumulative_rows(columns, outcome), resamples(5, seed=4)
    spread = np.linspace(-4, 1, grades - 1)
    starts = [
        np.concatenate([spread, [0.0, 0.0]]),
        np.concatenate([3 * spread, [2.0, -2.0]]),
        np.concatenate([spread / 9, [-5.0, 5.0]]),
    ]
    counted = _counted(outcome, masses)
    mass = masses[:, rows.source]
    found = [peak_of(rows, start, mass, counted, near=EXACT).value for start in starts]
    np.testing.assert_allclose(found[1:], np.broadcast_to(found[0], (2, 5)), rtol=1e-10)


def test_the_resamples_beside_it_do_not_matter_to_a_resample():
    columns, outcome = drawn(5, seed=5)
    masses = resamples(20, seed=5)
    together = climbed(columns, outcome, masses, near=EXACT).value
    alone = [climbed(columns, outcome, mass[np.newaxis], near=EXACT).value[0] for mass in masses]
    np.testing.assert_allclose(together, alone, rtol=1e-12)


@pytest.mark.parametrize(
    "missing", [(0,), (4,), (2,), (1, 2, 3), (0, 1), (3, 4), (0, 4), (0, 2), (1, 3)]
)
def test_grades_that_are_not_drawn_are_as_if_they_did_not_exist(missing: tuple[int, ...]):
    columns, outcome = drawn(5, seed=6)
    masses = resamples(3, seed=6) * ~np.isin(outcome, missing)
    expected = [highest(columns, outcome, mass) for mass in masses]
    np.testing.assert_allclose(climbed(columns, outcome, masses).value, expected, atol=1e-6)


def test_thresholds_around_grades_that_are_not_drawn_lie_together():
    columns, outcome = drawn(5, seed=7)
    masses = resamples(3, seed=7) * ~np.isin(outcome, (1, 2))
    thresholds = climbed(columns, outcome, masses).parameters[:, :4]
    np.testing.assert_allclose(thresholds[:, :2], thresholds[:, 1:3], rtol=1e-12)


@pytest.mark.parametrize("only", range(4))
def test_where_only_one_grade_is_drawn_nothing_is_left_to_explain(only: int):
    columns, outcome = drawn(4, seed=8)
    masses = np.vstack([np.ones(N), resamples(1, seed=8) * (outcome == only)])
    assert climbed(columns, outcome, masses).value[1] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("grades", [2, 3, 6])
@pytest.mark.parametrize("margin", [1.0, 0.1, 1e-3])
def test_grades_that_a_column_tells_apart_have_a_likelihood_of_1(grades: int, margin: float):
    rng = np.random.default_rng(9)
    outcome = np.repeat(np.arange(grades), 12)
    column = (1 + margin) * outcome + rng.uniform(0, 1, 12 * grades)
    columns = (column - column.mean())[:, np.newaxis] / column.std()
    found = climbed(columns, outcome, np.ones((1, 12 * grades)))
    assert found.value[0] == pytest.approx(0, abs=1e-5 * len(outcome))
    assert found.value[0] <= 0


@pytest.mark.parametrize("missing", [0, 1, 3])
def test_they_have_it_also_where_a_grade_is_not_drawn(missing: int):
    rng = np.random.default_rng(10)
    outcome = np.repeat(np.arange(4), 12)
    column = np.sort(rng.normal(size=48))
    column[outcome == missing] = rng.normal(size=12)
    masses = (outcome != missing).astype(float)[np.newaxis]
    found = climbed(column[:, np.newaxis], outcome, masses)
    assert found.value[0] == pytest.approx(0, abs=1e-5 * 36)


@pytest.mark.parametrize("grades", [2, 3])
@pytest.mark.parametrize("near", [NEAR, EXACT])
def test_a_column_that_tells_apart_all_but_one_of_its_values_leaves_what_is_mixed_there(
    grades: int, near: float
):
    """Below 8 only the lowest grade, above 8 only the highest: all that is left is at 8."""
    column = np.repeat(np.arange(1.0, 11.0), 10)
    outcome = np.where(column > 8, grades - 1, 0)
    outcome[76:80] = 1
    columns = (column - column.mean())[:, np.newaxis] / column.std()
    found = climbed(columns, outcome, np.ones((1, 100)), near=near)
    assert found.value[0] == pytest.approx(6 * np.log(0.6) + 4 * np.log(0.4), abs=1e-5)


@pytest.mark.parametrize("apart", [1e-2, 1e-3, 1e-4, 1e-5, 0.0])
@pytest.mark.parametrize("grades", [2, 4])
def test_columns_that_are_nearly_the_same_have_a_top(grades: int, apart: float):
    columns, outcome = drawn(grades, seed=11)
    nearly = columns[:, 0] + apart * columns[:, 1]
    found = climbed(np.column_stack([columns[:, 0], nearly]), outcome, np.ones((1, N)), near=EXACT)
    one, both = (highest(columns[:, :width], outcome, np.ones(N)) for width in (1, 2))
    assert one - 1e-6 <= found.value[0] <= both + 1e-6


def test_columns_that_are_exactly_tied_add_nothing():
    columns, outcome = drawn(4, seed=12)
    tied = np.column_stack([columns, columns @ [2.0, -3.0], columns[:, 0]])
    masses = resamples(5, seed=12)
    expected = climbed(columns, outcome, masses).value
    np.testing.assert_allclose(climbed(tied, outcome, masses).value, expected, atol=1e-6)


def test_the_caller_keeps_the_masses_and_the_start_as_they_were():
    columns, outcome = drawn(4, seed=13)
    rows, masses = cumulative_rows(columns, outcome), resamples(5, seed=13)
    start, mass, counted = np.arange(5.0), masses[:, rows.source], _counted(outcome, masses)
    before = [given.copy() for given in (start, mass, counted)]
    peak_of(rows, start, mass, counted)
    for given_now, given_before in zip((start, mass, counted), before, strict=True):
        np.testing.assert_array_equal(given_now, given_before)


def test_a_climb_that_does_not_end_says_so(monkeypatch):
    columns, outcome = drawn(4, seed=14)
    monkeypatch.setattr(ascent, "MOST_STEPS", 1)
    with pytest.raises(FitError, match="of 3 resamples did not reach its top in 1 steps"):
        climbed(columns, outcome, resamples(3, seed=14), near=EXACT)
