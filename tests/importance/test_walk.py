"""Tests of `cxdrivers.importance.walk`: the same numbers as the lattice held whole."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.importance import walk
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.importance.walk import walked_shares
from tests.importance.strategies import Data, data_sets
from tests.twins import average_over_all_orders, fits_of_all_subsets


@given(data_sets(), st.integers(0, 2), st.integers(0, 5))
def test_the_walk_gives_the_shares_of_the_whole_lattice(data: Data, adjust: int, abreast: int):
    """However many drivers are taken side by side: none, some or all."""
    n = len(data.outcome)
    whole = linear_shares(data.covariance, data.groups, n=n, adjust=adjust)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "SIDE_BY_SIDE", abreast)
        walked = walked_shares(data.covariance, data.groups, n=n, adjust=adjust)
    np.testing.assert_allclose(walked, whole, atol=1e-12)


@pytest.mark.parametrize("drivers", [1, 12, 13, 14, 18])
@pytest.mark.parametrize("adjust", [0, 1])
def test_many_drivers_have_the_shares_of_the_whole_lattice(drivers: int, adjust: int):
    covariance = _covariance(drivers + 1)
    groups = [(driver,) for driver in range(drivers)]
    whole = linear_shares(covariance, groups, n=400, adjust=adjust)
    walked = walked_shares(covariance, groups, n=400, adjust=adjust)
    np.testing.assert_allclose(walked, whole, atol=1e-12)


def test_drivers_of_several_columns_are_walked_as_one_wherever_they_stand():
    groups = [(3, 0), (1,), (2,), (), *[(column,) for column in range(4, 14)], (14, 15, 16), (17,)]
    covariance = _covariance(20)
    whole = linear_shares(covariance, groups, n=400, adjust=2)
    walked = walked_shares(covariance, groups, n=400, adjust=2)
    np.testing.assert_allclose(walked, whole, atol=1e-12)


@given(data_sets(), st.integers(0, 1), st.integers(0, 3))
def test_controls_are_in_every_regression(data: Data, adjust: int, abreast: int):
    """The slow twin fits them all: controls are one driver more, in before any other."""
    controls, groups, n = data.groups[0], data.groups[1:], len(data.outcome)
    fits = fits_of_all_subsets(data.columns, data.outcome, data.groups, data.weights)
    values = {}
    for subset, fit in fits.items():
        if 0 in subset:
            columns = sum(len(data.groups[driver]) for driver in subset)
            unexplained = (1 - fit) * ((n - 1) / (n - 1 - columns)) ** adjust
            values[frozenset(driver - 1 for driver in subset - {0})] = 1 - unexplained
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "SIDE_BY_SIDE", abreast)
        walked = walked_shares(data.covariance, groups, always=controls, n=n, adjust=adjust)
    np.testing.assert_allclose(walked, average_over_all_orders(values, len(groups)), atol=1e-9)


@pytest.mark.parametrize("adjust", [0, 2])
def test_controls_are_those_of_the_whole_lattice(adjust: int):
    covariance, groups = _covariance(19), [(driver,) for driver in range(16)]
    wanted = {"always": (17, 16), "n": 400.0, "adjust": adjust}
    whole = linear_shares(covariance, groups, **wanted)
    np.testing.assert_allclose(walked_shares(covariance, groups, **wanted), whole, atol=1e-12)


def test_columns_that_follow_from_others_add_nothing():
    covariance = _covariance(16)
    mixing = np.eye(17, 16)
    mixing[15, :3], mixing[16, 15] = [1.0, -2.0, 0.5], 1.0
    mixing[15, 15] = 0.0
    tied = mixing @ covariance @ mixing.T
    groups = [(driver,) for driver in range(16)]
    walked = walked_shares(tied, groups)
    np.testing.assert_allclose(walked, linear_shares(tied, groups), atol=1e-10)
    everything = walked_shares(covariance, groups[:15]).sum()
    assert walked.sum() == pytest.approx(everything, abs=1e-10)


def test_a_driver_that_never_varies_earns_nothing():
    covariance = _covariance(16)
    covariance[14] = covariance[:, 14] = 0
    shares = walked_shares(covariance, [(driver,) for driver in range(15)])
    assert shares[14] == pytest.approx(0, abs=1e-15)
    assert (shares[:14] > 0).all()


def test_an_outcome_that_never_varies_has_no_shares():
    covariance = np.stack([_covariance(4)] * 2)
    covariance[1, 3] = covariance[1, :, 3] = 0
    shares = walked_shares(covariance, [(0,), (1,), (2,)])
    assert np.isfinite(shares[0]).all()
    assert np.isnan(shares[1]).all()


def test_leading_axes_give_the_same_as_one_matrix_at_a_time():
    matrices = np.stack([_covariance(5, seed=seed) for seed in range(6)]).reshape(2, 3, 5, 5)
    groups = [(0, 3), (1,), (2,)]
    shares = walked_shares(matrices, groups, n=90, adjust=1)
    assert shares.shape == (2, 3, 3)
    for place in np.ndindex(2, 3):
        one = walked_shares(matrices[place], groups, n=90, adjust=1)
        np.testing.assert_array_equal(shares[place], one)


def test_no_more_respondents_than_columns_cannot_be_adjusted():
    with pytest.raises(FitError, match="8 usable rows are too few for 7 columns"):
        walked_shares(_covariance(8), [(driver,) for driver in range(7)], n=8, adjust=1)


def test_less_memory_is_needed_than_one_number_for_every_subset():
    tracemalloc.start()
    walked_shares(_covariance(23), [(driver,) for driver in range(22)], progress=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**22


def test_a_bar_appears_when_it_takes_long_and_goes_again(monkeypatch, capsys):
    monkeypatch.setattr(walk, "PROGRESS_AFTER", 0.0)
    groups = [(driver,) for driver in range(15)]
    walked_shares(_covariance(16), groups)
    assert "/4 [" in capsys.readouterr().err
    walked_shares(_covariance(16), groups, progress=False)
    assert not capsys.readouterr().err


def _covariance(columns: int, seed: int = 1) -> FloatArray:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(400, columns)) + rng.normal(size=(400, 1))
    covariance: FloatArray = np.cov(rows, rowvar=False)
    return covariance
