"""Tests of `cxdrivers.importance.sampled`: the exact shares, and an error that can be believed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.importance import sampled
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.sampled import sampled_shares
from cxdrivers.importance.walk import walked_shares
from tests.importance.strategies import Data, data_sets


@pytest.mark.parametrize("drivers", [12, 20])
@pytest.mark.parametrize("adjust", [0, 1])
def test_the_exact_shares_lie_within_four_standard_errors(drivers: int, adjust: int):
    covariance, groups = _covariance(drivers), _singles(drivers)
    found = sampled_shares(covariance, groups, n=600, adjust=adjust, seed=3)
    exact = walked_shares(covariance, groups, n=600, adjust=adjust)
    assert (np.abs(found.shares - exact) < 4 * found.std_errors).all()
    assert found.std_errors.max() <= 2e-4
    assert found.std_errors.min() > 0


@pytest.mark.parametrize(("level", "distance"), [(0.68, 1.0), (0.95, 2.0)])
def test_standard_errors_are_as_large_as_the_errors_made(level: float, distance: float):
    """400 seeds and 8 drivers: a share of them as large as of Student's t with 39 degrees."""
    covariance, groups = _covariance(8), _singles(8)
    exact = walked_shares(covariance, groups)
    errors = []
    for seed in range(400):
        found = sampled_shares(covariance, groups, permutations=640, std_error=0, seed=seed)
        errors.append((found.shares - exact) / found.std_errors)
    covered = (np.abs(errors) < distance).mean(axis=0)
    assert covered == pytest.approx(np.full(8, level), abs=0.06)
    assert covered.mean() == pytest.approx(level, abs=0.025)


@given(data_sets(), st.integers(0, 2), st.integers(0, 9))
def test_shares_add_up_exactly(data: Data, adjust: int, seed: int):
    """Also for drivers of several columns and with controls."""
    n, controls, groups = len(data.outcome), data.groups[0], data.groups[1:]
    if not groups:
        controls, groups = (), data.groups
    found = sampled_shares(
        data.covariance, groups, always=controls, n=n, adjust=adjust, permutations=400, seed=seed
    )
    exact = walked_shares(data.covariance, groups, always=controls, n=n, adjust=adjust)
    assert found.shares.sum() == pytest.approx(exact.sum(), abs=1e-10)
    if len(groups) <= 2:
        np.testing.assert_allclose(found.shares, exact, atol=1e-10)


def test_drivers_of_several_columns_and_controls_have_the_exact_shares():
    covariance = _covariance(16)
    groups = [(4, 0, 9), (1,), (2, 3), (5,), (6,), (7, 8), (), (10,), (11,), (12,)]
    wanted = {"always": (13, 14), "n": 600.0, "adjust": 2}
    found = sampled_shares(covariance, groups, **wanted, std_error=1e-4)
    exact = walked_shares(covariance, groups, **wanted)
    assert (np.abs(found.shares - exact) < 4 * found.std_errors + 1e-12).all()
    assert found.shares[6] == pytest.approx(0, abs=1e-15)


def test_columns_that_follow_from_others_add_nothing():
    covariance = _covariance(6)
    mixing = np.eye(8, 7)
    mixing[6], mixing[7, 6] = [1, -2, 0.5, 0, 0, 0, 0], 1.0
    tied = mixing @ covariance @ mixing.T
    found = sampled_shares(tied, _singles(7), std_error=1e-5)
    exact = walked_shares(tied, _singles(7))
    assert (np.abs(found.shares - exact) < 4 * found.std_errors).all()


def test_a_hundred_drivers_that_are_exchangeable_share_equally():
    """Constant correlations: every order gives the same, and R² is known in closed form."""
    drivers, between, with_outcome = 100, 0.3, 0.4
    matrix = np.full((drivers + 1, drivers + 1), between)
    matrix[-1, :] = matrix[:, -1] = with_outcome
    np.fill_diagonal(matrix, 1)
    found = sampled_shares(matrix, _singles(drivers), permutations=4000)
    fit = with_outcome**2 * drivers / (1 + (drivers - 1) * between)
    np.testing.assert_allclose(found.shares, fit / drivers, atol=1e-12)


def test_it_stops_at_the_standard_error_that_was_asked_for():
    covariance, groups = _covariance(12), _singles(12)
    rough = sampled_shares(covariance, groups, std_error=5e-4)
    fine = sampled_shares(covariance, groups, std_error=1e-4)
    assert rough.permutations < fine.permutations < 50_000
    assert rough.std_errors.max() <= 5e-4
    assert fine.std_errors.max() <= 1e-4


def test_it_stops_at_the_number_of_orders_and_says_how_many_it_walked():
    found = sampled_shares(_covariance(12), _singles(12), permutations=1000, std_error=0)
    assert found.permutations == 984


def test_every_driver_has_every_place_as_often():
    orders = sampled._rotated(np.random.default_rng(1), 5, 7)
    assert orders.shape == (5, 70)
    for place in orders:
        np.testing.assert_array_equal(np.bincount(place), 14)
    for order in orders.T:
        assert sorted(order) == [0, 1, 2, 3, 4]
    family = orders[:, 3::7]
    np.testing.assert_array_equal(family[:, 0], np.roll(family[:, 2], 2))
    np.testing.assert_array_equal(family[::-1, 4], family[:, 9])


def test_the_same_seed_gives_the_same_shares_and_another_gives_others():
    covariance, groups = _covariance(9), _singles(9)
    first, again, other = (sampled_shares(covariance, groups, seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(first.shares, again.shares)
    np.testing.assert_array_equal(first.std_errors, again.std_errors)
    assert (first.shares != other.shares).all()


def test_the_mean_and_its_error_do_not_depend_on_the_parts():
    values = np.random.default_rng(2).normal(5, 2, size=(3, 50))
    spread = sampled._Spread(3)
    for part in np.split(values, [1, 20, 41], axis=1):
        spread.add(part)
    np.testing.assert_allclose(spread.mean, values.mean(axis=1), rtol=1e-13)
    errors = values.std(axis=1, ddof=1) / np.sqrt(50)
    np.testing.assert_allclose(spread.std_errors(), errors, rtol=1e-12)


def test_an_outcome_that_never_varies_has_no_shares():
    covariance = _covariance(3)
    covariance[3] = covariance[:, 3] = 0
    assert np.isnan(sampled_shares(covariance, _singles(3)).shares).all()


def test_too_few_orders_to_know_the_error_are_refused():
    with pytest.raises(FitError, match=r"is 100\. With fewer than 240 orders") as caught:
        sampled_shares(_covariance(6), _singles(6), permutations=100)
    assert "minder dan 240 volgordes" in caught.value.say("nl")


def test_no_more_respondents_than_columns_cannot_be_adjusted():
    with pytest.raises(FitError, match="8 usable rows are too few for 7 columns"):
        sampled_shares(_covariance(7), _singles(7), n=8, adjust=1)


def test_a_bar_appears_when_it_takes_long(monkeypatch, capsys):
    monkeypatch.setattr(sampled, "PROGRESS_AFTER", 0.0)
    sampled_shares(_covariance(5), _singles(5), permutations=1000)
    assert "/1000 [" in capsys.readouterr().err


def _singles(drivers: int) -> list[tuple[int, ...]]:
    return [(driver,) for driver in range(drivers)]


def _covariance(drivers: int) -> FloatArray:
    rng = np.random.default_rng(drivers)
    columns = rng.normal(size=(600, drivers)) + 0.8 * rng.normal(size=(600, 1))
    outcome = columns @ np.linspace(0.4, 0, drivers) + 2 * rng.normal(size=600)
    covariance: FloatArray = np.cov(np.column_stack([columns, outcome]), rowvar=False)
    return covariance
