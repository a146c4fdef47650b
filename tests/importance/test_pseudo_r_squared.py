"""Tests of `cxdrivers.importance.pseudo_r_squared`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.graded_rows import graded_rows
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice
from cxdrivers.importance.pseudo_r_squared import INDICES, pseudo_r_squared

HEIGHTS = np.array([-100.0, -90.0, -95.0, -80.0])
NOTHING = np.array(-100.0)
N = np.array(160.0)


def test_mcfadden_is_the_part_of_the_log_likelihood_that_is_made_good():
    np.testing.assert_allclose(pseudo_r_squared(HEIGHTS, NOTHING, N), [0, 0.1, 0.05, 0.2])


def test_cox_and_snell_is_one_minus_a_power_of_the_ratio_of_likelihoods():
    expected = [1 - (np.exp(-100) / np.exp(height)) ** (2 / 160) for height in HEIGHTS]
    found = pseudo_r_squared(HEIGHTS, NOTHING, N, index="cox_snell")
    np.testing.assert_allclose(found, expected, atol=1e-14)


def test_nagelkerke_is_cox_and_snell_as_a_part_of_its_maximum():
    most = 1 - np.exp(-100) ** (2 / 160)
    found = pseudo_r_squared(HEIGHTS, NOTHING, N, index="nagelkerke")
    cox_snell = pseudo_r_squared(HEIGHTS, NOTHING, N, index="cox_snell")
    np.testing.assert_allclose(found, cox_snell / most, atol=1e-14)


def test_estrella_is_the_formula_of_the_paper():
    expected = [1 - (height / -100) ** (-2 / 160 * -100) for height in HEIGHTS]
    found = pseudo_r_squared(HEIGHTS, NOTHING, N, index="estrella")
    np.testing.assert_allclose(found, expected, atol=1e-14)


@pytest.mark.parametrize("index", ["mcfadden", "nagelkerke", "estrella"])
def test_these_are_0_where_nothing_is_explained_and_1_where_everything_is(index: str):
    found = pseudo_r_squared(np.array([-100.0, 0.0]), NOTHING, N, index=index)
    np.testing.assert_allclose(found, [0, 1], atol=1e-15)


@given(
    st.floats(-1e4, -1e-2),
    st.lists(st.floats(0, 1), min_size=2, max_size=5),
    st.floats(1, 1e4),
    st.sampled_from(sorted(INDICES)),
)
def test_a_higher_likelihood_never_explains_less(
    nothing: float, parts: list[float], n: float, index: str
):
    heights = nothing * (1 - np.sort(parts))
    values = pseudo_r_squared(heights, np.array(nothing), np.array(n), index=index)
    assert (np.diff(values) >= -1e-12).all()
    assert ((values >= -1e-12) & (values <= 1 + 1e-12)).all()


@pytest.mark.parametrize("index", INDICES)
def test_each_resample_has_its_own_log_likelihoods_and_respondents(index: str):
    heights = np.stack([HEIGHTS, HEIGHTS / 2, HEIGHTS - 5])
    nothing, n = np.array([-100.0, -55.0, -110.0]), np.array([160.0, 90.0, 200.0])
    values = pseudo_r_squared(heights, nothing, n, index=index)
    for resample in range(3):
        one = pseudo_r_squared(heights[resample], nothing[resample], n[resample], index=index)
        np.testing.assert_allclose(values[resample], one, atol=1e-15)


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("adjust", [0, 1])
def test_an_outcome_that_does_not_vary_is_nan_and_its_neighbours_are_numbers(
    index: str, adjust: int
):
    heights = np.array([[-10.0, -8.0], [0.0, 0.0]])
    values = pseudo_r_squared(
        heights,
        np.array([-10.0, 0.0]),
        np.array([20.0, 20.0]),
        index=index,
        sizes=np.array([0, 1]),
        n=20,
        adjust=adjust,
    )
    assert np.isfinite(values[0]).all()
    assert np.isnan(values[1]).all()


def test_adjusting_takes_half_a_unit_off_for_every_parameter_of_both_models():
    sizes = np.array([0, 1, 2, 3])
    values = pseudo_r_squared(HEIGHTS, NOTHING, N, sizes=sizes, thresholds=4, n=160, adjust=1)
    np.testing.assert_allclose(values, 1 - (HEIGHTS - (4 + sizes) / 2) / (-100 - 2), atol=1e-15)


def test_adjusting_twice_takes_it_off_twice():
    sizes = np.array([0, 1, 2, 3])
    values = pseudo_r_squared(HEIGHTS, NOTHING, N, sizes=sizes, n=160, adjust=2)
    np.testing.assert_allclose(values, 1 - (HEIGHTS - 1 - sizes) / (-100 - 1), atol=1e-15)


def test_where_weights_tell_less_than_their_number_more_is_taken_off():
    sizes = np.array([0, 1, 2, 3])
    values = pseudo_r_squared(HEIGHTS, NOTHING, N, sizes=sizes, n=80, adjust=1)
    twice = pseudo_r_squared(HEIGHTS, NOTHING, N, sizes=sizes, n=160, adjust=2)
    np.testing.assert_allclose(values, twice, atol=1e-15)


@pytest.mark.parametrize("grades", [2, 5])
def test_drivers_that_say_nothing_explain_nothing_on_average_once_adjusted(grades: int):
    """Samples of 80 in which the outcome has nothing to do with three drivers."""
    rng = np.random.default_rng(11)
    plain, adjusted = np.empty((2, 200))
    for sample in range(200):
        rows = graded_rows(rng.normal(size=(80, 3)), rng.integers(0, grades, 80).astype(float))
        lattice = LikelihoodLattice(rows, [(0, 1, 2)])
        plain[sample] = lattice.values(rows.masses)[1]
        adjusted[sample] = lattice.values(rows.masses, n=80, adjust=1)[1]
    error = adjusted.std(ddof=1) / np.sqrt(200)
    assert abs(adjusted.mean()) < 3 * error
    assert plain.mean() > 8 * error
