"""Tests of `answers.advocacy.advocacy`: what is computed, for whom, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.intervals import percentile_interval, replicate_interval
from cxdrivers.moments.replicate_weights import replicate_degrees
from cxdrivers.moments.schemes import scheme_masses
from cxdrivers.wording import say
from tests.answers.advocacy.chain_surveys import AWAY, DRIVERS, advocates, chain_survey
from tests.models.chain_twins import chain

EFFECTS = ["direct", "indirect", "total"]


def twins(frame: pd.DataFrame, masses: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return direct, indirect and total of each row of masses, by loops."""
    top = (frame["grade"] >= 8).to_numpy(float)
    named, told = (frame[name].to_numpy(float) for name in ("named", "told"))
    found = [chain(named, top, told, columns, mass) for mass in masses]
    return np.array([[each[name] for name in EFFECTS] for each in found])


def design_columns(survey, *more: str) -> np.ndarray:
    return design_of(survey, always=more).columns


def test_parts_and_intervals_are_those_of_loops_over_customers_and_resamples():
    frame = advocates(200)
    survey = chain_survey(frame)
    found = advocacy_chain(survey, n_boot=12, level=0.8, seed=5).tidy()
    design = design_of(survey)
    masses = np.concatenate(list(scheme_masses(design, n_boot=12, seed=5)))
    sample = twins(frame, np.ones((1, 200)), design.columns)[0]
    np.testing.assert_allclose(found["estimate"], sample, atol=1e-8)
    replicates = twins(frame, masses, design.columns)
    level = expanded_level_of(with_chain(design), 0.8)
    low, high = percentile_interval(replicates, level)
    np.testing.assert_allclose(found["conf_low"], low, atol=1e-8)
    np.testing.assert_allclose(found["conf_high"], high, atol=1e-8)
    assert low[2] > 0
    share_low, share_high = percentile_interval(replicates[:, :2] / replicates[:, [2]], level)
    np.testing.assert_allclose(found["share_low"][:2], share_low, atol=1e-7)
    np.testing.assert_allclose(found["share_high"][:2], share_high, atol=1e-7)


def with_chain(design: Design) -> Design:
    """Return a design with as many columns more as mention, score and their product are."""
    more = np.zeros((len(design.outcome), 3))
    return replace(design, columns=np.hstack([design.columns, more]))


def test_direct_and_indirect_add_up_to_the_total_exactly():
    table = advocacy_chain(chain_survey(advocates()), n_boot=0).tidy().set_index("effect")
    estimate = table["estimate"]
    assert estimate["direct"] + estimate["indirect"] == estimate["total"]
    assert table["share"]["direct"] + table["share"]["indirect"] == pytest.approx(1)


def test_weights_travel_with_their_rows_and_clusters_are_drawn_whole():
    rng = np.random.default_rng(3)
    frame = advocates(240)
    frame = frame.assign(w=rng.uniform(0.5, 2, 240).round(3), team=np.arange(240) // 6)
    survey = chain_survey(frame, weight="w", cluster="team")
    found = advocacy_chain(survey, n_boot=10, level=0.8, seed=2).tidy()
    design = design_of(survey)
    masses = np.concatenate(list(scheme_masses(design, n_boot=10, seed=2)))
    own = frame["w"].to_numpy()[np.newaxis]
    np.testing.assert_allclose(found["estimate"], twins(frame, own, design.columns)[0], atol=1e-8)
    replicates = twins(frame, masses, design.columns)
    low, _ = percentile_interval(replicates, expanded_level_of(with_chain(design), 0.8))
    np.testing.assert_allclose(found["conf_low"], low, atol=1e-8)


def test_replicate_weights_give_their_own_interval():
    rng = np.random.default_rng(3)
    frame = advocates(240).assign(w=1.0)
    names = [f"r{place}" for place in range(12)]
    halves = pd.DataFrame(rng.choice([0.0, 2.0], (240, 12)), columns=names)
    survey = chain_survey(frame.join(halves), weight="w", replicate_weights=tuple(names))
    found = advocacy_chain(survey, n_boot=7, level=0.8).tidy()
    design = design_of(survey)
    replicates = twins(frame, halves.to_numpy().T, design.columns)
    low, high = replicate_interval(
        found["estimate"].to_numpy(), replicates, 0.8, degrees=replicate_degrees(design)
    )
    np.testing.assert_allclose(found["conf_low"], low, atol=1e-8)
    np.testing.assert_allclose(found["conf_high"], high, atol=1e-8)


def test_a_control_is_held_equal_beside_the_drivers():
    frame = advocates(300)
    frame["company"] = np.where(np.arange(300) % 3, "north", "south")
    survey = chain_survey(frame)
    chained = advocacy_chain(survey, always=["company"], n_boot=0)
    assert chained.covariates == (*DRIVERS, "company")
    columns = design_of(survey, always=["company"]).columns
    np.testing.assert_allclose(
        chained.tidy()["estimate"], twins(frame, np.ones((1, 300)), columns)[0], atol=1e-8
    )


def test_only_customers_whose_mention_and_recommendation_are_known_are_counted():
    frame = advocates(300).astype({"named": float, "told": float})
    frame.loc[:19, "named"] = np.nan
    frame.loc[10:49, "told"] = np.nan
    found = advocacy_chain(chain_survey(frame), n_boot=20, seed=1)
    known = advocacy_chain(chain_survey(frame.iloc[50:]), n_boot=20, seed=1)
    assert (found.n, found.lost, known.lost) == (250, 50, 0)
    pd.testing.assert_frame_equal(found.tidy(), known.tidy())
    assert (
        "50 of the 300 respondents are not counted, since the score, the mention"
    ) in found.summary()


def test_mentions_can_be_brought_along_and_a_threshold_chosen():
    frame = advocates(300)
    survey = chain_survey(frame)
    brought = advocacy_chain(survey, mentions=frame["named"].tolist(), n_boot=0)
    pd.testing.assert_frame_equal(brought.tidy(), advocacy_chain(survey, n_boot=0).tidy())
    assert brought.source == "given"
    higher = advocacy_chain(survey, threshold=9, n_boot=0)
    assert higher.threshold == 9
    counts = frame.groupby(["named", frame["grade"] >= 9]).size()
    assert higher.steps()["n"].tolist()[2:] == counts.tolist()


def test_the_length_of_a_text_is_not_held_equal():
    frame = advocates(200)
    frame["words"] = ["hello " * (1 + place % 7) for place in range(200)]
    found = advocacy_chain(chain_survey(frame, verbatim="words"), n_boot=0)
    assert found.covariates == tuple(DRIVERS)


def test_blanks_are_filled_in_several_times_and_the_resamples_divided():
    frame = advocates(300).astype({"empathy": float})
    frame.loc[np.random.default_rng(2).random(300) < 0.15, "empathy"] = np.nan
    found = advocacy_chain(chain_survey(frame), n_boot=40, seed=3)
    assert found.n == 300
    assert 5 <= found.fillings <= 20
    assert found.tidy()[["estimate", "conf_low", "conf_high"]].notna().all(axis=None)
    assert say("agent_link.filled", fillings=found.fillings) in found.summary()
    again = advocacy_chain(chain_survey(frame), n_boot=40, seed=3)
    pd.testing.assert_frame_equal(found.tidy(), again.tidy())


def test_the_same_seed_gives_the_same_numbers_and_the_frame_stays_as_it_is():
    frame = advocates()
    before = frame.copy()
    one, two, other = (
        advocacy_chain(chain_survey(frame), n_boot=20, seed=seed).tidy() for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(other)
    pd.testing.assert_frame_equal(frame, before)


def test_few_recommenders_get_finite_parts_and_it_is_said():
    frame = advocates(300)
    frame["told"] = 0
    frame.loc[frame.index[(frame["named"] == 1) & (frame["grade"] >= 8)][:12], "told"] = 1
    found = advocacy_chain(chain_survey(frame), n_boot=20, seed=1)
    assert found.penalised
    assert found.penalised_resamples == 20
    assert found.tidy()[["estimate", "conf_low", "conf_high"]].notna().all(axis=None)
    assert "so that a likelihood has no highest point" in found.summary()
    assert "zodat een aannemelijkheid geen hoogste punt heeft" in found.summary("nl")


def test_resamples_that_lack_a_group_are_counted():
    frame = advocates(300)
    lonely = frame.index[(frame["named"] == 0) & (frame["grade"] >= 8)]
    found = advocacy_chain(chain_survey(frame.drop(lonely[6:])), n_boot=40, seed=1)
    assert not found.penalised
    assert 0 < found.penalised_resamples < 40
    said = f"In {found.penalised_resamples} resamples something set high scores or recommendations"
    assert said in found.summary()
    assert f"In {found.penalised_resamples} hertrekkingen scheidde iets" in found.summary("nl")


def test_a_driver_that_did_not_apply_to_some_keeps_them():
    frame = advocates()
    frame.loc[::4, "wait_time"] = AWAY
    found = advocacy_chain(chain_survey(frame), n_boot=0)
    assert isinstance(found, AdvocacyChain)
    assert found.n == 400
    columns = design_columns(chain_survey(frame))
    assert columns.shape[1] == 4
    np.testing.assert_allclose(
        found.tidy()["estimate"], twins(frame, np.ones((1, 400)), columns)[0], atol=1e-8
    )
