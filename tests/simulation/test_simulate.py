"""A simulated survey as a whole."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import CxError
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.simulation.world import SLOPES, World
from cxdrivers.wording import in_language

NORMAL = World(answers="normal", halo=0.3)


def least_squares(frame, drivers):
    design = np.column_stack([frame[list(drivers)].to_numpy(), np.ones(len(frame))])
    return np.linalg.lstsq(design, frame["satisfaction"].to_numpy(), rcond=None)[0][:-1]


def test_the_same_seed_gives_the_same_survey_and_another_seed_another():
    first, again, other = (simulate_survey(200, seed=seed).frame for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_a_normal_survey_repeats_too():
    first, again, other = (simulate_survey(50, world=NORMAL, seed=seed).frame for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not np.isclose(first, other).any()


def test_a_simulated_survey_is_ready_for_the_package():
    simulated = simulate_survey(300, seed=1)
    assert simulated.survey.drivers == tuple(SLOPES)
    assert in_language(simulated.survey.codebook.note, "en").startswith("Simulated data")
    assert simulated.survey.weights.mean() == pytest.approx(1, abs=0.05)
    assert len(simulated.truth.mention) == 300
    assert not (simulated.survey.findings()["severity"] == "stop").any()


def test_a_simulated_survey_shows_itself_as_a_survey():
    simulated = simulate_survey(300, seed=1)
    assert repr(simulated) == repr(simulated.survey)


def test_a_simulated_survey_can_be_sent_to_another_process():
    simulated = simulate_survey(50, seed=1)
    returned = pickle.loads(pickle.dumps(simulated))  # noqa: S301  (our own bytes)
    pd.testing.assert_frame_equal(returned.frame, simulated.frame)
    assert returned.truth.world.slopes == simulated.truth.world.slopes


def test_agents_stand_within_organisations():
    frame = simulate_survey(2000, seed=6).frame
    assert frame["agent"].nunique() == 60
    assert len(frame[["agent", "organisation"]].drop_duplicates()) == 60


def test_weights_are_mildly_unequal_and_have_two_decimals():
    weight = simulate_survey(20_000, seed=6).frame["weight"]
    assert weight.mean() == pytest.approx(1, abs=0.01)
    assert weight.std() == pytest.approx(0.25, abs=0.02)
    np.testing.assert_array_equal(weight, weight.round(2))


def test_least_squares_finds_the_truth_of_a_normal_world():
    frame = simulate_survey(50_000, world=NORMAL, seed=9).frame
    slopes = least_squares(frame, NORMAL.drivers)
    error = NORMAL.noise * np.sqrt(np.diag(np.linalg.inv(NORMAL.correlation)) / len(frame))
    assert (np.abs(slopes - list(SLOPES.values())) < 4 * error).all()


def test_the_covariance_of_a_normal_survey_is_the_one_in_closed_form():
    simulated = simulate_survey(100_000, world=NORMAL, seed=10)
    columns = [*NORMAL.drivers, "satisfaction"]
    found = np.cov(simulated.frame[columns].to_numpy(), rowvar=False)
    np.testing.assert_allclose(found, simulated.truth.covariance, atol=0.03)


def test_organisations_differ_where_they_should_and_only_there():
    world = World(dont_know=0, blank=0, no_menu=1, wait_knot=4.0, loading=1.0, agents=5000)
    simulated = simulate_survey(80_000, world=world, seed=11)
    seen = [driver for driver in world.drivers if driver != "ivr_menu"]
    found = {
        name: least_squares(
            simulated.survey.scores.loc[rows].assign(satisfaction=simulated.frame["satisfaction"]),
            seen,
        )
        for name, rows in simulated.frame.groupby("organisation").groups.items()
    }
    spread = dict(zip(seen, np.std(list(found.values()), axis=0, ddof=1), strict=True))
    for driver in seen:
        differs = driver in {"customer_focus", "customer_knowledge"}
        assert (spread[driver] > 0.07) if differs else (spread[driver] < 0.03)


@pytest.mark.parametrize(
    ("n", "seed", "sentence"),
    [
        (0, 0, "simulate_survey was given 0 for 'n'. Give a whole number of at least 1."),
        (10.0, 0, "simulate_survey was given 10.0 for 'n'."),
        (10, -1, "simulate_survey was given −1 for 'seed'. Give a whole number of at least 0."),
        (True, 0, "simulate_survey was given True for 'n'."),
    ],
)
def test_a_size_or_seed_that_is_no_whole_number_is_refused(n, seed, sentence):
    with pytest.raises(CxError) as refused:
        simulate_survey(n, seed=seed)
    assert sentence in str(refused.value)
    assert "Geef een heel getal" in refused.value.say("nl")
