"""The answers to the items: whole grades, codes and blanks."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.simulation.ratings import ITEMS
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.simulation.world import LEVELS, World


@pytest.fixture(scope="module")
def simulated():
    return simulate_survey(40_000, world=World(agents=5000), seed=5)


def test_every_driver_has_two_to_four_items_of_whole_grades_and_declared_codes(simulated):
    for driver, items in ITEMS.items():
        assert 2 <= len(items) <= 4
        codes = {98, 99} if driver == "ivr_menu" else {98}
        for item in items:
            given = set(simulated.frame[item].dropna())
            assert codes | set(range(3, 11)) <= given <= codes | set(range(1, 11))


def test_items_answer_around_the_level_of_their_driver_and_hang_together(simulated):
    table = simulated.survey.tidy().set_index("driver")
    for driver, level in LEVELS.items():
        assert table.loc[driver, "mean"] == pytest.approx(level, abs=0.12)
        assert 0.75 < table.loc[driver, "alpha"] < 0.92


def test_drivers_correlate_by_the_halo_weakened_by_the_noise_of_their_items(simulated):
    between = simulated.survey.scores.corr().to_numpy()[np.triu_indices(7, 1)]
    assert between.min() > 0.33
    assert between.max() < 0.45


def test_the_menu_does_not_apply_to_the_stated_share_and_never_at_one_organisation(simulated):
    absent = simulated.survey.not_applicable["ivr_menu"]
    shares = absent.groupby(simulated.frame["organisation"]).mean()
    assert shares["Verzekeraar"] == 1
    assert shares.drop("Verzekeraar").to_numpy() == pytest.approx(np.full(3, 0.25), abs=0.02)
    assert not simulated.survey.not_applicable.drop(columns="ivr_menu").to_numpy().any()


def test_dont_know_and_blanks_have_the_stated_shares(simulated):
    items = simulated.frame[
        [item for driver in ITEMS if driver != "ivr_menu" for item in ITEMS[driver]]
    ]
    assert (items == 98).to_numpy().mean() == pytest.approx(0.015, abs=0.001)
    assert items.isna().to_numpy().mean() == pytest.approx(0.010, abs=0.001)


def test_a_world_without_gaps_has_none():
    world = World(dont_know=0, blank=0, no_menu=0, no_menu_at=(), no_motivation=0)
    frame = simulate_survey(500, world=world, seed=1).frame
    assert frame.notna().all(axis=None)
    assert frame[[item for items in ITEMS.values() for item in items]].to_numpy().max() == 10


def test_agents_differ_in_empathy_by_the_stated_share():
    world = World(agents=200, agent_share=0.3, loading=1.0, dont_know=0, blank=0)
    simulated = simulate_survey(40_000, world=world, seed=8)
    means = simulated.survey.scores.groupby(simulated.frame["agent"]).mean()
    whole = simulated.survey.scores.var()
    between = means.var() / whole
    assert between["empathy"] == pytest.approx(0.3, abs=0.04)
    assert between["accessibility"] < 0.04
