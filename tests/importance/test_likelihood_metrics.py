"""Tests of `cxdrivers.importance.likelihood_metrics`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import FitError
from cxdrivers.importance.likelihood_metrics import (
    LIKELIHOOD_METRICS,
    check_likelihood_metric,
    likelihood_metric,
)

VALUES = np.array([0.1, 0.3, 0.2, 0.5])
SINGLES = [(0,), (1,)]


@pytest.mark.parametrize(
    ("name", "shares"),
    [("lmg", [0.25, 0.15]), ("tjur", [0.25, 0.15]), ("first", [0.2, 0.1]), ("last", [0.3, 0.2])],
)
def test_a_measure_shares_what_its_rule_says(name: str, shares: list[float]):
    np.testing.assert_allclose(likelihood_metric(name).shares(VALUES), shares)
    np.testing.assert_allclose(likelihood_metric(name).shares(VALUES[np.newaxis])[0], shares)


def test_an_interaction_enters_after_its_drivers():
    shares = likelihood_metric("lmg").shares(VALUES, [(), (0,)])
    np.testing.assert_allclose(shares, [0.2, 0.2])


@pytest.mark.parametrize("name", list(LIKELIHOOD_METRICS))
def test_shares_add_up_when_the_measure_says_so(name: str):
    measure = likelihood_metric(name)
    adds_up = np.isclose(measure.shares(VALUES).sum(), 0.4)
    assert adds_up == measure.adds_up


def test_an_unknown_method_is_refused_with_those_there_are():
    with pytest.raises(FitError, match=r"method is 'nagelkerk'.*nagelkerke"):
        likelihood_metric("nagelkerk")


@pytest.mark.parametrize("name", ["tjur", "johnson"])
def test_what_is_defined_for_two_grades_is_refused_for_more(name: str):
    check_likelihood_metric(name, SINGLES, grades=2, drivers=("a", "b"))
    with pytest.raises(FitError, match=f"{name} is defined for two grades only"):
        check_likelihood_metric(name, SINGLES, grades=3, drivers=("a", "b"))


def test_relative_weights_are_refused_for_columns_and_controls_that_they_are_not_defined_for():
    with pytest.raises(FitError, match=r"'johnson'.*a"):
        check_likelihood_metric("johnson", [(0, 1), (2,)], grades=2, drivers=("a", "b"))
    with pytest.raises(FitError, match=r"'johnson'.*sector"):
        check_likelihood_metric(
            "johnson", SINGLES, grades=2, drivers=("a", "b"), controls=["sector"]
        )


def test_only_shapley_shares_are_defined_with_interactions():
    check_likelihood_metric("tjur", SINGLES, grades=2, needs=[(), (0,)], drivers=("a", "b"))
    with pytest.raises(FitError, match="first is not defined with interactions"):
        check_likelihood_metric("first", SINGLES, grades=2, needs=[(), (0,)], drivers=("a", "b"))
