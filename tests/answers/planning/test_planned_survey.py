"""Tests of `answers.planning.planned_survey`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.answers.planning.planned_survey import (
    PlannedSurvey,
    shares_of_slopes,
    slopes_apart,
)
from tests.twins import average_over_all_orders, fits_of_covariance


def test_drivers_that_are_only_counted_fall_in_share_from_the_first_to_the_last():
    plan = PlannedSurvey(drivers=5)
    assert plan.names == ("driver_1", "driver_2", "driver_3", "driver_4", "driver_5")
    assert (np.diff(plan.shares) < 0).all()
    assert plan.shares.sum() == pytest.approx(1)


def test_shares_are_those_of_the_covariance_that_is_planned():
    plan = PlannedSurvey(drivers=4, correlation=0.4, r_squared=0.6)
    weights = average_over_all_orders(fits_of_covariance(plan.covariance, 4), 4)
    assert weights.sum() == pytest.approx(0.6)
    np.testing.assert_allclose(weights / 0.6, plan.shares, atol=1e-12)
    np.testing.assert_allclose(plan.covariance[0, 1:4], 0.4)


@given(
    st.lists(st.integers(min_value=3, max_value=10), min_size=2, max_size=6),
    st.sampled_from([0.0, 0.2, 0.4]),
)
def test_expected_shares_are_met_in_any_unit(shares: list[int], correlation: float):
    drivers = {f"x{place}": share for place, share in enumerate(shares)}
    plan = PlannedSurvey(drivers=drivers, correlation=correlation)
    np.testing.assert_allclose(plan.shares, np.array(shares) / sum(shares), atol=0.002)


def test_a_share_of_nothing_can_be_planned_without_correlation_only():
    shares = {"a": 0.7, "b": 0.3, "c": 0.0}
    np.testing.assert_allclose(
        PlannedSurvey(drivers=shares, correlation=0.0).shares[2], 0, atol=1e-9
    )
    with pytest.raises(
        cx.FitError,
        match=r"^'c' was given a share of 0, but with a correlation of 0\.5 between drivers its "
        r"share is 0\.\d+ even if it has no effect of its own\. Give it a share of at least that",
    ):
        PlannedSurvey(drivers=shares, correlation=0.5)


@pytest.mark.parametrize("gap", [0.02, 0.1, 0.4])
def test_the_first_driver_is_raised_until_it_leads_by_what_is_asked(gap: float):
    shares = shares_of_slopes(slopes_apart(PlannedSurvey().slopes, 0.3, gap), 0.3)
    assert shares[0] - shares[1] == pytest.approx(gap, abs=1e-6)


def test_a_lead_that_correlated_drivers_cannot_have_is_refused():
    with pytest.raises(
        cx.FitError,
        match=r"tell_apart is 0\.9, but with a correlation of 0\.9 the shares of the first two "
        r"drivers differ by at most 0\.\d+\. Give a smaller difference",
    ):
        slopes_apart(PlannedSurvey(correlation=0.9).slopes, 0.9, 0.9)


@pytest.mark.parametrize("drivers", [1, 13, 2.5, {"a": 1.0}])
def test_too_few_or_too_many_drivers_are_refused(drivers: int):
    with pytest.raises(cx.FitError, match=r"it must have a whole number from 2 to 12\. Put"):
        PlannedSurvey(drivers=drivers)


@pytest.mark.parametrize("shares", [{"a": -1, "b": 2}, {"a": 0, "b": 0}, {"a": np.nan, "b": 1}])
def test_shares_that_are_none_are_refused(shares: dict[str, float]):
    with pytest.raises(cx.FitError, match="Shares must be numbers of at least 0, not all of them"):
        PlannedSurvey(drivers=shares)


@pytest.mark.parametrize("wrong", [{"correlation": 1.0}, {"r_squared": 0.0}, {"top_box": 1.0}])
def test_what_cannot_be_expected_is_refused(wrong: dict[str, float]):
    [name] = wrong
    with pytest.raises(cx.FitError, match=rf"^{name} is .*, and it must lie from .* Give a number"):
        PlannedSurvey(**wrong)


@pytest.mark.parametrize("teams", [(1, 0.1), (10, 1.0), (2.5, 0.1)])
def test_teams_that_cannot_be_are_refused(teams: tuple[int, float]):
    with pytest.raises(cx.FitError, match=r"Give the respondents in a team, .* teams=\(10, 0\.1\)"):
        PlannedSurvey(teams=teams)
