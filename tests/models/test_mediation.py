"""Tests of `cxdrivers.models.mediation`: against loops, against shares, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.models.mediation import Mediation, mediation_model
from tests.models.chain_twins import chain, customers, resamples


def numbers(found: Mediation, place: int = 0) -> dict[str, float]:
    named = {f"m{a}": found.top[place, a] for a in (0, 1)}
    named |= {f"y{a}{s}": found.recommended[place, a, s] for a in (0, 1) for s in (0, 1)}
    named |= {name: getattr(found, name)[place] for name in ("direct", "indirect", "total")}
    return named | {"below": found.by_top[place, 0], "above": found.by_top[place, 1]}


@pytest.mark.parametrize("weighted", [False, True])
def test_sample_and_resamples_are_what_a_loop_over_customers_says(weighted: bool):
    mention, top, told, covariates = customers()
    weights = np.random.default_rng(5).uniform(0.5, 2, len(mention)) if weighted else np.ones(150)
    model = mediation_model(mention, top, told, covariates, weights)
    masses = np.vstack([weights, resamples(150, 6) * weights])
    found = model.at(masses)
    assert not found.penalised.any()
    for place, mass in enumerate(masses):
        twin = chain(mention, top, told, covariates, mass)
        assert numbers(found, place) == pytest.approx(twin, abs=1e-8)


def test_where_nobody_in_a_cell_recommended_it_is_what_a_loop_says_with_answers_at_the_rate():
    mention, top, told, covariates = customers()
    told[(mention == 0) & (top == 0)] = 0
    model = mediation_model(mention, top, told, covariates, np.ones(150))
    assert model.penalised
    assert not model.top.penalised
    masses = np.vstack([np.ones(150), resamples(150, 3)])
    found = model.at(masses)
    assert found.penalised.all()
    for place, mass in enumerate(masses):
        twin = chain(mention, top, told, covariates, mass, rates=(None, told.mean()))
        assert numbers(found, place) == pytest.approx(twin, abs=1e-8)


def test_a_resample_without_one_of_the_four_groups_is_penalised_and_the_others_are_not():
    mention, top, told, covariates = customers()
    model = mediation_model(mention, top, told, covariates, np.ones(150))
    masses = np.ones((2, 150))
    masses[0, (mention == 0) & (top == 0)] = 0
    found = model.at(masses)
    assert found.penalised.tolist() == [True, False]
    rates = (top.mean(), told.mean())
    twin = chain(mention, top, told, covariates, masses[0], rates=rates)
    assert numbers(found) == pytest.approx(twin, abs=1e-8)


def test_without_covariates_chances_are_shares_of_customers():
    mention, top, told, _ = customers()
    model = mediation_model(mention, top, told, np.empty((150, 0)), np.ones(150))
    found = model.at(np.ones((1, 150)))
    for a in (0, 1):
        assert found.top[0, a] == pytest.approx(top[mention == a].mean())
        for s in (0, 1):
            group = (mention == a) & (top == s)
            assert found.recommended[0, a, s] == pytest.approx(told[group].mean())
        assert found.crossed[0, a, a] == pytest.approx(told[mention == a].mean())
    assert found.total[0] == pytest.approx(told[mention == 1].mean() - told[mention == 0].mean())


@given(st.integers(0, 10_000))
def test_direct_and_indirect_add_up_to_the_total_exactly(seed: int):
    sample = customers(120, seed=seed)
    found = mediation_model(*sample, np.ones(120)).at(resamples(120, 3, seed=seed))
    np.testing.assert_array_equal(found.direct + found.indirect, found.total)
    both_ends = found.crossed[:, 1, 1] - found.crossed[:, 0, 0]
    np.testing.assert_allclose(found.total, both_ends, atol=1e-15)
    assert (found.crossed >= 0).all()
    assert (found.crossed <= 1).all()


@given(st.integers(0, 10_000))
def test_units_order_and_copies_of_covariates_change_nothing(seed: int):
    mention, top, told, covariates = customers(120, seed=seed)
    other = np.column_stack([5 - 20 * covariates[:, ::-1], covariates.sum(axis=1), np.ones(120)])
    masses = resamples(120, 2, seed=seed)
    one, two = (
        mediation_model(mention, top, told, each, np.ones(120)).at(masses)
        for each in (covariates, other)
    )
    np.testing.assert_allclose(one.crossed, two.crossed, atol=1e-8)


def test_a_weight_of_two_is_a_customer_twice():
    sample = customers()
    weights = np.random.default_rng(3).integers(1, 4, 150)
    repeated = [np.repeat(each, weights, axis=0) for each in sample]
    masses = weights.astype(float)
    one = mediation_model(*sample, masses).at(masses[np.newaxis])
    ones = np.ones(weights.sum())
    two = mediation_model(*repeated, ones).at(ones[np.newaxis])
    np.testing.assert_allclose(one.crossed, two.crossed, atol=1e-10)


def test_blocks_of_resamples_are_fitted_as_if_each_were_alone(monkeypatch: pytest.MonkeyPatch):
    model, masses = mediation_model(*customers(), np.ones(150)), resamples(150, 7)
    whole = model.at(masses)
    monkeypatch.setattr("cxdrivers.models.mediation.AT_ONCE", 300)
    np.testing.assert_allclose(model.at(masses).crossed, whole.crossed, atol=1e-12)


def test_a_mention_that_follows_from_what_is_held_equal_is_refused():
    mention, top, told, covariates = customers()
    with pytest.raises(
        FitError, match=r"^Whether the 150 customers mention .* the 4 columns that are held equal"
    ):
        mediation_model(mention, top, told, np.column_stack([covariates, mention]), np.ones(150))
