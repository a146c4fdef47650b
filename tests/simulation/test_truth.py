"""What is true of a simulated survey."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from cxdrivers.errors import CxError
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.simulation.truth import Truth
from cxdrivers.simulation.world import SPREAD, World


def shapley_by_hand(covariance):
    """Average every driver's increment over all orders of entry, subset by subset."""
    drivers = len(covariance) - 1

    def fit(members):
        chosen = list(members)
        with_outcome = covariance[chosen, -1]
        inside = covariance[np.ix_(chosen, chosen)]
        return with_outcome @ np.linalg.solve(inside, with_outcome) / covariance[-1, -1]

    shares = np.zeros(drivers)
    orders = list(permutations(range(drivers)))
    for order in orders:
        for place, driver in enumerate(order):
            before = fit(order[:place]) if place else 0.0
            shares[driver] += fit(order[: place + 1]) - before
    return shares / len(orders)


def test_the_weights_of_a_normal_world_are_the_average_over_all_orders():
    world = World(answers="normal", slopes={"a": 0.5, "b": 0.3, "c": 0.0, "d": -0.1}, halo=0.4)
    truth = Truth(world)
    weights = truth.weights()
    assert weights["driver"].tolist() == ["a", "b", "c", "d"]
    np.testing.assert_allclose(weights["estimate"], shapley_by_hand(truth.covariance))
    assert weights["share"].sum() == pytest.approx(1)


def test_a_driver_that_does_nothing_weighs_nothing_without_a_halo_and_something_with_one():
    slopes = {"a": 0.5, "null": 0.0}
    for halo, low, high in ((0.0, -1e-12, 1e-12), (0.5, 0.02, 0.2)):
        weights = Truth(World(answers="normal", slopes=slopes, halo=halo)).weights()
        assert low < weights["estimate"].iloc[1] < high


def test_the_weights_of_a_world_of_grades_put_reliability_and_empathy_first():
    weights = Truth(World()).weights(population=50_000).set_index("driver")["estimate"]
    assert weights.sort_values(ascending=False).index[:2].tolist() == ["reliability", "empathy"]
    assert 0.5 < weights.sum() < 0.65
    middling = weights[["customer_focus", "customer_knowledge"]]
    small = weights[["wait_time", "accessibility", "ivr_menu"]]
    assert small.max() < middling.min()


def test_the_weights_of_a_population_hardly_depend_on_its_size():
    truth = Truth(World())
    large, small = (truth.weights(population=size)["estimate"] for size in (200_000, 50_000))
    np.testing.assert_allclose(large, small, atol=0.006)


def test_focus_weighs_more_where_its_slope_is_larger():
    truth = Truth(World())
    slopes = truth.slopes.query("driver == 'customer_focus'").set_index("organisation")["slope"]
    weights = {
        name: truth.weights(organisation=name, population=60_000)["share"].iloc[2]
        for name in slopes.index
    }
    assert max(weights, key=weights.get) == slopes.idxmax()
    assert min(weights, key=weights.get) == slopes.idxmin()


def test_an_organisation_without_a_menu_gives_the_menu_no_weight():
    weights = Truth(World()).weights(organisation="Verzekeraar", population=20_000)
    assert weights["estimate"].iloc[-1] == pytest.approx(0, abs=1e-12)


def test_the_slopes_of_every_organisation_are_told():
    slopes = Truth(World()).slopes
    assert slopes.columns.tolist() == ["organisation", "driver", "slope"]
    spread = slopes.groupby("driver")["slope"].std()
    assert spread[spread > 1e-12].to_dict() == pytest.approx(dict(SPREAD))


def test_a_normal_world_has_one_row_of_slopes_a_driver():
    assert len(Truth(World(answers="normal")).slopes) == 7


def test_what_a_world_does_not_have_is_refused_with_the_way_out():
    with pytest.raises(CxError, match=r"Only a world with answers='normal' .* Use weights\(\)"):
        _ = simulate_survey(5).truth.covariance
    with pytest.raises(CxError, match="has no grades, mentions or recommendations"):
        _ = Truth(World(answers="normal")).mention_by_grade
    with pytest.raises(CxError, match=r"'Energy' is no organisation .* Did you mean 'Energie'"):
        Truth(World()).weights(organisation="Energy")
