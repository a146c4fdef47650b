"""Tests of `answers.weights.dominance`."""

from __future__ import annotations

import pytest

import cxdrivers as cx
from cxdrivers.importance.lattice import r_squared_values
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def weights() -> cx.DriverWeights:
    return cx.driver_weights(survey_of(answers((0.8, 0.3, 0.02), n=500)), n_boot=200, seed=2)


def test_complete_dominance_is_counted_over_the_subsets_of_the_others(weights: cx.DriverWeights):
    values = r_squared_values(weights.moments.covariance, weights.moments.groups)
    table = weights.dominance().set_index(["driver", "other"])["complete"]
    without = (0b000, 0b100)
    larger = [values[subset | 0b001] > values[subset | 0b010] for subset in without]
    assert table["reliability", "empathy"] == sum(larger) / 2


def test_general_dominance_is_the_order_of_the_weights(weights: cx.DriverWeights):
    classic = cx.driver_weights(weights.moments, adjusted=False)
    size = dict(zip(classic.drivers, classic.estimate, strict=True))
    for row in weights.dominance().itertuples():
        assert row.general == (size[row.driver] > size[row.other])


def test_each_form_is_weaker_than_the_one_before_it(weights: cx.DriverWeights):
    table = weights.dominance()
    assert (table["complete_again"] <= table["conditional_again"]).all()
    assert (table["conditional_again"] <= table["general_again"]).all()
    first = table[(table["driver"] == "reliability") & (table["other"] == "customer_focus")]
    assert first["complete_again"].item() == 1


def test_without_rows_nothing_is_resampled(weights: cx.DriverWeights):
    table = cx.driver_weights(weights.moments).dominance()
    assert list(table.columns) == ["driver", "other", "complete", "conditional", "general"]


def test_too_many_drivers_are_refused():
    matrix = [[float(row == column) for column in range(16)] for row in range(16)]
    names = [f"x{place}" for place in range(16)]
    moments = cx.Moments.from_covariance(matrix, names=names, outcome="x15", n=500)
    with pytest.raises(cx.FitError, match=r"15 are more than the 14 that can be looked at"):
        cx.driver_weights(moments).dominance()
