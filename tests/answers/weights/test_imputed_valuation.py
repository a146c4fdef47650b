"""Tests of `answers.weights.imputed_valuation`."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.weights.estimation import resampled_shares
from cxdrivers.answers.weights.imputed_valuation import ImputedValuation
from cxdrivers.answers.weights.likelihood_valuation import likelihood_valuation
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.grades import top_box_of
from cxdrivers.moments.imputation import imputed_designs
from tests.samples import answers, lmg, survey_of


@pytest.fixture(scope="module")
def design() -> Design:
    frame = answers(n=120)
    frame.loc[:39, "empathy"] = np.nan
    return design_of(survey_of(frame), blanks=True)


@pytest.fixture(scope="module")
def valuation(design: Design) -> ImputedValuation:
    designs = tuple(imputed_designs(design, m=4, seed=3))
    return ImputedValuation(tuple(map(lmg, designs)), designs)


@pytest.fixture(scope="module")
def graded(design: Design) -> ImputedValuation:
    filled = imputed_designs(design, m=3, seed=3)
    designs = tuple(top_box_of(one, 7, "satisfaction") for one in filled)
    valuations = tuple(likelihood_valuation(one, "lmg") for one in designs)
    return ImputedValuation(valuations, designs)


@pytest.mark.parametrize("adjust", [0, 1])
def test_the_shares_of_the_sample_are_averages_over_the_data_sets(valuation, adjust: int):
    found = valuation.shares(valuation.sample, n=120, adjust=adjust)
    each = [one.shares(one.sample, n=120, adjust=adjust) for one in valuation.valuations]
    np.testing.assert_allclose(found, np.mean(each, axis=0))
    together = valuation.together(n=120, adjust=adjust)
    assert found.sum() == pytest.approx(together)


def test_own_effects_and_subsets_are_averages_too(valuation: ImputedValuation):
    own = [one.own() for one in valuation.valuations]
    np.testing.assert_allclose(valuation.own(), np.mean(own, axis=0))
    values = [one.values(one.sample) for one in valuation.valuations]
    np.testing.assert_allclose(valuation.values(valuation.sample), np.mean(values, axis=0))


def test_resamples_are_divided_among_the_data_sets(valuation, design: Design):
    parts = list(valuation.replicates(design, None, n_boot=10, seed=1))
    owners = np.concatenate([part[:, 0] for part in parts])
    assert [int((owners == place).sum()) for place in range(4)] == [2, 3, 2, 3]


@pytest.mark.parametrize("n_boot", [0, 1, 3, 4, 11])
def test_there_are_as_many_resamples_as_were_asked_for(valuation, design: Design, n_boot: int):
    shares = resampled_shares(design, valuation, n=120, adjust=0, n_boot=n_boot, seed=1)
    assert shares.shape == (n_boot, 3)
    assert np.isfinite(shares).all()


def test_a_resample_has_the_shares_of_the_data_set_it_was_drawn_from(valuation, design: Design):
    for part in valuation.replicates(design, None, n_boot=8, seed=1):
        place = int(part[0, 0])
        own = valuation.valuations[place]
        shape = own.sample.shape
        for row in part:
            expected = own.shares(row[1:].reshape(1, *shape), n=120, adjust=0)[0]
            found = valuation.shares(row[np.newaxis], n=120, adjust=0)[0]
            np.testing.assert_allclose(found, expected, atol=1e-14)


def test_no_two_data_sets_draw_the_same_resamples(graded: ImputedValuation, design: Design):
    parts = list(graded.replicates(design, None, n_boot=9, seed=1))
    drawn = [part[:, 1:] for part in parts]
    assert not np.array_equal(drawn[0], drawn[1])
    assert all(np.all(part.sum(axis=1) == 120) for part in drawn)


def test_a_likelihood_is_averaged_and_resampled_alike(graded: ImputedValuation, design: Design):
    each = [one.shares(one.sample, n=None, adjust=0) for one in graded.valuations]
    np.testing.assert_allclose(
        graded.shares(graded.sample, n=None, adjust=0), np.mean(each, axis=0)
    )
    shares = resampled_shares(design, graded, n=120, adjust=0, n_boot=7, seed=1)
    assert shares.shape == (7, 3)


def test_the_same_seed_gives_the_same_bytes(valuation: ImputedValuation, design: Design):
    once, again, other = (
        resampled_shares(design, valuation, n=120, adjust=0, n_boot=9, seed=seed)
        for seed in (1, 1, 2)
    )
    assert once.tobytes() == again.tobytes()
    assert once.tobytes() != other.tobytes()


def test_what_is_shared_is_what_the_data_sets_share(valuation, graded: ImputedValuation):
    assert (valuation.index, graded.index) == ("r_squared", "mcfadden")
    assert valuation.adds_up
    assert valuation.adjustable


def test_data_sets_differ_so_that_resamples_of_all_vary_more_than_those_of_one():
    frame = answers(n=400)
    frame.loc[np.random.default_rng(3).random(400) < 0.6, "empathy"] = np.nan
    design = design_of(survey_of(frame), blanks=True)
    designs = tuple(imputed_designs(design, m=20, seed=3))
    every = ImputedValuation(tuple(map(lmg, designs)), designs)
    spread = resampled_shares(design, every, n=400, adjust=0, n_boot=400, seed=1)[:, 1].std()
    one = resampled_shares(designs[0], lmg(designs[0]), n=400, adjust=0, n_boot=400, seed=1)
    assert spread > 1.15 * one[:, 1].std()


def test_replicate_weights_are_refused_with_what_to_do_instead():
    frame = answers(n=100).assign(w=1.0)
    frame.loc[:29, "empathy"] = np.nan
    for place in range(4):
        frame[f"w{place}"] = np.where(np.arange(100) % 4 == place, 0.5, 1.5)
    names = [f"w{place}" for place in range(4)]
    survey = survey_of(frame, weight="w", replicate_weights=names)
    with pytest.raises(cx.FitError) as caught:
        cx.driver_weights(survey, missing="imputation", n_boot=10)
    assert 'Use missing="listwise", or kind="linear" with missing="em".' in str(caught.value)
    assert "niet te verdelen over gegevens waarin" in caught.value.say("nl")
    assert cx.driver_weights(survey, missing="em").replicates.shape == (4, 3)
