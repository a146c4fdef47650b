"""Tests of `cxdrivers.importance.metrics`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.importance.metrics import METRICS, check_metric, metric, undefined_because
from tests.importance.definitions import columns_of
from tests.importance.strategies import Data, data_sets, data_with_controls
from tests.twins import fit_of

ALL = ["lmg", "first", "last", "betasq", "pratt", "johnson", "car"]
MATRIX = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
SINGLES = [(0,), (1,)]


def _that(ability: str, *, can: bool = True) -> list[str]:
    return [name for name, found in METRICS.items() if getattr(found, ability) is can]


def test_the_measures_are_those_of_the_field():
    assert list(METRICS) == ALL
    assert [found.name for found in METRICS.values()] == ALL


def test_only_what_is_made_of_coefficients_or_subsets_takes_groups_and_controls():
    assert _that("takes_groups") == ["lmg", "first", "last", "betasq", "pratt"]
    assert _that("takes_controls") == ["lmg", "first", "last", "betasq", "pratt"]
    assert _that("adjustable") == ["lmg", "first", "last"]


@pytest.mark.parametrize("name", ALL)
@given(data=data_sets(most_columns=1))
def test_a_measure_adds_up_to_the_fit_when_it_says_so(name: str, data: Data):
    fit = fit_of(data.columns, data.outcome, data.weights)
    shares = metric(name).shares(data.covariance, data.groups)
    assert shares.shape == (len(data.groups),)
    if metric(name).adds_up:
        assert shares.sum() == pytest.approx(fit, abs=1e-8)


@pytest.mark.parametrize("name", _that("adds_up", can=False))
def test_a_measure_that_does_not_say_so_does_not(name: str):
    assert abs(metric(name).shares(MATRIX, SINGLES).sum() - 0.31868132) > 0.05


@pytest.mark.parametrize("name", sorted({*_that("takes_controls")} & {*_that("adds_up")}))
@given(drawn=data_with_controls())
def test_with_controls_it_adds_up_to_what_the_drivers_add(name: str, drawn):
    data, groups, always = drawn
    everything = fit_of(data.columns[:, [*always, *columns_of(groups)]], data.outcome, data.weights)
    controls = fit_of(data.columns[:, list(always)], data.outcome, data.weights)
    shares = metric(name).shares(data.covariance, groups, always=always)
    assert shares.sum() == pytest.approx(everything - controls, abs=1e-8)


@pytest.mark.parametrize("name", ALL)
@given(st.floats(-0.15, 0.9), st.floats(-0.3, 0.3), st.integers(2, 5))
def test_exchangeable_drivers_are_equal(name: str, between: float, with_outcome: float, drivers):
    matrix = np.full((drivers + 1, drivers + 1), between)
    matrix[-1, :] = matrix[:, -1] = with_outcome
    np.fill_diagonal(matrix, 1)
    shares = metric(name).shares(matrix, [(driver,) for driver in range(drivers)])
    np.testing.assert_allclose(shares, shares[0], atol=1e-9)


@pytest.mark.parametrize("name", ALL)
def test_drivers_that_are_not_related_have_their_squared_correlations(name: str):
    matrix = np.eye(4)
    matrix[-1, :3] = matrix[:3, -1] = [0.6, 0.3, 0.0]
    shares = metric(name).shares(matrix, [(0,), (1,), (2,)])
    assert shares == pytest.approx([0.36, 0.09, 0.0], abs=1e-12)


@pytest.mark.parametrize("name", _that("adjustable"))
def test_noise_is_taken_out_of_what_is_made_of_subsets(name: str):
    plain = metric(name).shares(MATRIX, SINGLES)
    once = metric(name).shares(MATRIX, SINGLES, n=40, adjust=1)
    twice = metric(name).shares(MATRIX, SINGLES, n=40, adjust=2)
    assert (twice < once).all()
    assert (once < plain).all()


@pytest.mark.parametrize("name", _that("takes_groups", can=False))
def test_a_driver_of_several_columns_is_refused_by_name(name: str):
    groups, drivers = [(0, 1), (2,), (3, 4)], ["ivr_menu", "empathy", "channel"]
    with pytest.raises(FitError) as caught:
        check_metric(name, groups, drivers=drivers)
    assert str(caught.value) == (
        f"Method '{name}' is only defined for drivers of one column, and these have more, as a "
        "category and an answer “not applicable” do: 'ivr_menu', 'channel'. Choose one of 'lmg', "
        "'first', 'last', 'betasq', 'pratt', which are defined for those too."
    )
    assert caught.value.say("nl").startswith(
        f"Methode '{name}' is alleen gedefinieerd voor drivers van één kolom"
    )
    with pytest.raises(FitError, match=r"do: '0', '2'\."):
        metric(name).shares(np.eye(6), groups)


@pytest.mark.parametrize("name", _that("takes_controls", can=False))
def test_controls_are_refused_by_name(name: str):
    with pytest.raises(FitError) as caught:
        check_metric(name, SINGLES, [2], controls=["handling_time"])
    assert str(caught.value) == (
        f"Method '{name}' is not defined with controls, and these are always in: 'handling_time'. "
        "Choose one of 'lmg', 'first', 'last', 'betasq', 'pratt', which are defined with controls."
    )
    assert "controlevariabelen" in caught.value.say("nl")
    with pytest.raises(FitError, match=r"always in: '1'\."):
        metric(name).shares(MATRIX, [(0,)], always=[1])


@pytest.mark.parametrize("name", _that("adjustable", can=False))
def test_noise_is_not_taken_out_where_there_is_no_formula(name: str):
    with pytest.raises(FitError) as caught:
        metric(name).shares(MATRIX, SINGLES, n=100, adjust=1)
    assert str(caught.value) == (
        f"Method '{name}' is not made of the fits of subsets, so there is no formula that takes "
        "the noise out of it. Use adjusted=False for its classic numbers, or choose one of 'lmg', "
        "'first', 'last'."
    )
    assert "geen formule die de ruis eruit haalt" in caught.value.say("nl")


@pytest.mark.parametrize("name", ALL)
def test_a_measure_is_defined_exactly_when_no_reason_is_given(name: str):
    asked = {"groups": [(0, 1)], "always": [2], "adjust": 1}
    can = [metric(name).takes_groups, metric(name).takes_controls, metric(name).adjustable]
    single = {"groups": [(0,)], "always": (), "adjust": 0}
    for (key, value), able in zip(asked.items(), can, strict=True):
        reason = undefined_because(name, **{**single, key: value})
        assert (reason is None) is able
    assert undefined_because(name, **single) is None


def test_a_name_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(
        FitError, match=r"method is 'jonson'. Did you mean 'johnson'\? It can be 'lmg'"
    ):
        metric("jonson")
    with pytest.raises(FitError, match="method is 'pmvd'"):
        undefined_because("pmvd", SINGLES)
