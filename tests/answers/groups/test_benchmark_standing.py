"""The numbers of a place among clients, beside slow twins and a truth that is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from cxdrivers.answers.groups.benchmark_clients import BenchmarkClient, Field
from cxdrivers.answers.groups.benchmark_standing import (
    Standing,
    chance_of_another,
    part_below,
    standing_of,
    standing_tables,
)
from cxdrivers.models.random_effects import random_effects
from cxdrivers.moments.sums import FloatArray

LEVEL = 0.95


def client(weight: float, std_error: float, name: str = "x", n: int = 100) -> BenchmarkClient:
    """Return a client with one driver, whose weight, effect and mean tell the same."""
    both = np.array([weight]), np.array([std_error**2])
    score = np.array([50 + 100 * weight] * 2), np.array([(100 * std_error) ** 2] * 2)
    return BenchmarkClient(
        name=name,
        n=n,
        n_effective=float(n),
        degrees=40,
        rated=np.array([n]),
        mean=score[0],
        mean_variance=score[1],
        covariance=np.eye(2),
        weight=both[0],
        weight_variance=both[1],
        effect=both[0],
        effect_variance=both[1],
    )


def field_of(weights: list[float], std_error: float = 0.02) -> Field:
    return Field(tuple(client(weight, std_error, f"c{weight}") for weight in weights))


FIELD = field_of([0.05, 0.08, 0.1, 0.12, 0.13, 0.15, 0.18, 0.2])


def test_where_estimates_are_exact_the_part_below_is_counted():
    exact = field_of([0.05, 0.1, 0.15, 0.2], std_error=1e-7)
    spread = random_effects(exact.estimates("weight"), exact.variances("weight"), level=LEVEL)
    for value, expected in ((0.0, 0.0), (0.07, 0.25), (0.12, 0.5), (0.17, 0.75), (0.3, 1.0)):
        assert part_below(np.array([value]), spread, LEVEL) == pytest.approx(expected, abs=1e-6)


def test_the_part_below_rises_with_the_value_and_stays_between_0_and_1():
    spread = random_effects(FIELD.estimates("weight"), FIELD.variances("weight"), level=LEVEL)
    parts = [part_below(np.array([value]), spread, LEVEL)[0] for value in np.linspace(-1, 1, 41)]
    assert (np.diff(parts) >= 0).all()
    assert parts[0] == pytest.approx(0)
    assert parts[-1] == pytest.approx(1)


def test_a_client_without_the_number_does_not_count():
    estimates = np.array([[0.05, 0.1, 0.15, np.nan]])
    spread = random_effects(estimates, np.full((1, 4), 1e-12), level=LEVEL)
    assert part_below(np.array([0.12]), spread, LEVEL) == pytest.approx(2 / 3)
    nothing = replace(spread, shrunk=np.full((1, 4), np.nan))
    assert np.isnan(part_below(np.array([0.12]), nothing, LEVEL)[0])


def test_noise_of_the_field_does_not_bring_a_good_client_nearer_to_the_middle():
    """Counting estimates would: they lie further apart than the truth."""
    rng = np.random.default_rng(3)
    truth = rng.normal(70, 3, size=(20, 60))
    noise = 4.0
    estimates = truth + noise * rng.normal(size=truth.shape)
    spread = random_effects(estimates, np.full(truth.shape, noise**2), level=LEVEL)
    value = np.full(20, 75.0)
    true_part = (truth < 75).mean()
    assert part_below(value, spread, LEVEL).mean() == pytest.approx(true_part, abs=0.03)
    assert (estimates < 75).mean() < true_part - 0.08


def test_a_client_s_own_interval_has_its_own_variance():
    found = standing_of(client(0.3, 0.05), FIELD, "weight", 0.9)
    reach = stats.t.ppf(0.95, 40) * 0.05
    assert found.low == pytest.approx(0.3 - reach)
    assert found.high == pytest.approx(0.3 + reach)


def test_an_exact_client_stands_out_where_it_lies_outside_the_range_for_one_more():
    inside = standing_of(client(0.12, 1e-9), FIELD, "weight", LEVEL)
    edge = float(inside.field.prediction_high[0])
    middle = float(inside.field.mean[0])
    symmetric = replace(
        inside.field,
        prediction_low=np.array([2 * middle - edge]),
        prediction_high=np.array([edge]),
    )

    def chance(weight: float, variance: float) -> float:
        standing = replace(inside, estimate=np.array([weight]), field=symmetric)
        return float(chance_of_another(standing, np.array([variance]), 40, LEVEL)[0])

    assert chance(edge + 1e-6, 0.0) < 0.05 < chance(edge - 1e-6, 0.0)
    assert chance(edge + 1e-6, 0.1**2) > 0.05
    assert chance(middle, 0.0) == pytest.approx(1)


def test_few_degrees_of_freedom_make_a_noisy_client_stand_out_less():
    standing = standing_of(client(0.4, 0.1), FIELD, "weight", LEVEL)
    few, many = (
        float(chance_of_another(standing, np.array([0.1**2]), degrees, LEVEL)[0])
        for degrees in (4, 400)
    )
    assert few > 1.3 * many


def test_of_clients_that_are_like_the_field_few_stand_out():
    """Type I of the question whether a client is one of the field, at 5 %."""
    rng = np.random.default_rng(8)
    found = []
    for _ in range(150):
        truth = rng.normal(0.15, 0.04, size=9)
        estimates = truth + 0.02 * rng.normal(size=9)
        clients = [
            client(float(weight), 0.02 * float(np.sqrt(rng.chisquare(40) / 40)), f"c{place}")
            for place, weight in enumerate(estimates)
        ]
        standing = standing_of(clients[0], Field(tuple(clients[1:])), "weight", LEVEL)
        found.append(chance_of_another(standing, clients[0].weight_variance, 40, LEVEL)[0] < 0.05)
    assert 0.0 < np.mean(found) < 0.09


def shrinking(standing: Standing) -> FloatArray:
    return (standing.estimate - standing.shrunk) / (standing.estimate - standing.field.mean)


def test_a_noisy_client_is_drawn_further_than_an_exact_one():
    parts = [
        float(shrinking(standing_of(client(0.3, error), FIELD, "effect", LEVEL))[0])
        for error in (0.001, 0.02, 0.1)
    ]
    assert parts == sorted(parts)
    assert parts[0] < 0.05
    assert parts[-1] > 0.5


def test_a_weight_is_drawn_by_how_many_customers_it_is_of():
    """Its own variance follows it, so luck would decide how far it is drawn."""
    parts = [
        float(shrinking(standing_of(client(0.3, 0.2 / n**0.5, n=n), FIELD, "weight", LEVEL))[0])
        for n in (40_000, 400, 40)
    ]
    assert parts == sorted(parts)
    assert parts[0] < 0.01
    assert parts[-1] > 0.1


def test_a_driver_that_nobody_rated_enough_has_no_place_and_the_field_stands():
    unknown = replace(
        client(0.1, 0.02),
        **{
            name: np.full_like(values, np.nan)
            for name, values in vars(client(0.1, 0.02)).items()
            if name in ("weight", "weight_variance", "effect", "effect_variance")
        },
        mean=np.array([np.nan, 60.0]),
        mean_variance=np.array([np.nan, 4.0]),
        rated=np.array([9]),
    )
    table, overall = standing_tables(unknown, FIELD, ("a",), "grade", LEVEL)
    row = table.iloc[0]
    own = ["mean", "percentile", "estimate", "conf_low", "shrunk", "effect", "p_value"]
    assert row[own].isna().all()
    assert not row["stands_out"]
    assert np.isfinite(
        row[["field_estimate", "prediction_low", "field_effect"]].astype(float)
    ).all()
    assert np.isfinite(overall["percentile"].iloc[0])


def test_a_driver_that_too_few_of_the_field_rated_has_no_range():
    nowhere = Field(
        tuple(
            replace(member, weight=np.array([np.nan]), weight_variance=np.array([np.nan]))
            for member in FIELD.clients
        )
    )
    table, _ = standing_tables(client(0.3, 0.02), nowhere, ("a",), "grade", LEVEL)
    row = table.iloc[0]
    assert row["clients"] == 0
    assert np.isnan(row["prediction_low"])
    assert np.isnan(row["p_value"])
    assert not row["stands_out"]
    assert row["shrunk"] == pytest.approx(row["estimate"])
