"""Tests of `answers.advice.scenario_grid`: what sliders tell is what `what_if` tells."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.advice import scenario_grid as grids
from cxdrivers.answers.advice.scenario_grid import SIZES, ScenarioGrid, grid_of, scenario_grid
from cxdrivers.answers.advice.scenarios import half_point_each, what_if
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.codebook.codebook import Codebook, Question
from tests.answers.advice.scenario_surveys import (
    AWAY,
    DRIVERS,
    OUTCOME,
    scenario_frame,
    scenario_survey,
)
from tests.samples import answers, survey_of

NUMBERS = ["changed", "changed_low", "changed_high", "estimate", "conf_low", "conf_high"]
FEW = 12


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    return scenario_survey(scenario_frame(300))


@pytest.fixture(scope="module")
def grid(survey) -> ScenarioGrid:
    return scenario_grid(survey, n_boot=60, seed=3)


def rows_of(grid: ScenarioGrid, driver: str, size: float) -> pd.DataFrame:
    """Return what the grid says of one move as `tidy` says it."""
    world = grid.world(driver, size)
    places = range(len(grid.scenarios.quantities))
    return pd.DataFrame([grid.predictions.row(world, place) for place in places])


def changed(survey: cx.Survey, changes: dict[str, float]) -> np.ndarray:
    return what_if(survey, changes, n_boot=0).tidy()["changed"].to_numpy()


@pytest.mark.parametrize(("driver", "size"), [("reliability", -1), ("empathy", 1.5)])
def test_one_move_is_what_if_to_every_digit_with_its_interval(survey, grid, driver, size):
    told = what_if(survey, {driver: size}, n_boot=60, seed=3).tidy()
    np.testing.assert_allclose(rows_of(grid, driver, size)[NUMBERS], told[NUMBERS], rtol=1e-9)


def test_half_a_point_is_what_the_report_says_beside_it(survey):
    told = half_point_each(survey, n_boot=40, seed=5)
    grid = grid_of(survey, told)
    table = told.tidy()
    for driver in DRIVERS:
        beside = table[table["scenario"] == driver]
        np.testing.assert_allclose(rows_of(grid, driver, 0.5)[NUMBERS], beside[NUMBERS], rtol=1e-9)


def test_two_moves_are_what_if_to_every_digit(survey, grid):
    sizes = dict(zip(DRIVERS, (2.0, -1.0, 0.5), strict=True))
    for pair in combinations(DRIVERS, 2):
        changes = {driver: sizes[driver] for driver in pair}
        np.testing.assert_allclose(grid.estimate(changes), changed(survey, changes), rtol=1e-9)
    np.testing.assert_allclose(grid.estimate({}), grid.numbers.estimate[0], rtol=1e-9)


@pytest.mark.parametrize("size", [-1.0, 0.5, 1.0, 2.0])
def test_all_moves_together_are_what_if_within_the_digits_that_are_shown(survey, grid, size):
    changes = dict.fromkeys(DRIVERS, size)
    mean, top, recommended = grid.estimate(changes) - changed(survey, changes)
    assert abs(mean) < 0.001
    assert abs(top) < 0.0005
    assert abs(recommended) < 0.05


def test_without_groups_of_customers_a_sum_would_be_further_off(survey, grid):
    changes = dict.fromkeys(DRIVERS, 1.0)
    numbers = grid.numbers.estimate
    alone = sum(numbers[grid.world(driver, 1.0)] - numbers[0] for driver in DRIVERS)
    plain = np.abs(numbers[0] + alone - changed(survey, changes))
    assert (plain > 20 * np.abs(grid.estimate(changes) - changed(survey, changes))).all()


def filled_in() -> cx.Survey:
    frame, rng = scenario_frame(300), np.random.default_rng(4)
    frame["reliability"] = frame["reliability"].mask(rng.random(300) < 0.03)
    frame["wait_time"] = frame["wait_time"].mask(np.arange(300) % 3 == 0, AWAY)
    weight = rng.uniform(0.5, 2, 300)
    return scenario_survey(frame.assign(w=weight), not_applicable=[AWAY], weight="w")


def multiplied() -> cx.Survey:
    frame = scenario_frame(300).assign(channel=np.tile(["chat", "phone", "mail"], 100))
    drivers = tuple(Question(key, (key,), scale=(1, 10)) for key in DRIVERS)
    more = (
        Question("channel", ("channel",), kind="factor"),
        Question("both", interaction=("reliability", "empathy")),
    )
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    return cx.Survey(frame, Codebook(outcome, (*drivers, *more)))


def with_the_mean_alone() -> cx.Survey:
    return survey_of(answers().clip(1, 10), scale=(1, 10))


def multiplied_with_the_mean_alone() -> cx.Survey:
    drivers = ("reliability", "empathy", "customer_focus")
    questions = tuple(Question(key, (key,), scale=(1, 10)) for key in drivers)
    both = Question("both", interaction=("reliability", "empathy"))
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    return cx.Survey(answers().clip(1, 10), Codebook(outcome, (*questions, both)))


@pytest.mark.parametrize(
    "make", [filled_in, multiplied, with_the_mean_alone, multiplied_with_the_mean_alone]
)
def test_blanks_weights_products_and_a_mean_alone_are_as_in_what_if(make):
    survey = make()
    grid = scenario_grid(survey, n_boot=FEW, seed=2)
    for changes in ({"empathy": -0.5}, {"reliability": 1.0, "empathy": 2.0}):
        told = what_if(survey, changes, n_boot=FEW, seed=2)
        expected = told.tidy()["changed"]
        np.testing.assert_allclose(grid.estimate(changes), expected, rtol=1e-9)
        if len(changes) == 1:
            np.testing.assert_allclose(
                grid.numbers.replicates[:, grid.world("empathy", -0.5)],
                told.numbers.replicates[:, 1, : len(expected)],
                rtol=1e-9,
            )


def test_a_mean_alone_is_a_sum_however_many_move():
    survey = with_the_mean_alone()
    changes = dict.fromkeys(("reliability", "empathy", "customer_focus"), 1.5)
    grid = scenario_grid(survey, n_boot=0)
    np.testing.assert_allclose(grid.estimate(changes), changed(survey, changes), rtol=1e-12)
    with pytest.raises(cx.FitError, match="no distribution over the grades of 'satisfaction'"):
        _ = grid.readings


def test_replicate_weights_are_replicates_here_too():
    parts = np.arange(300) % 10
    weights = {f"r{part}": np.where(parts == part, 0.0, 10 / 9) for part in range(10)}
    frame = scenario_frame(300).assign(w=1.0, **weights)
    fields = {"replicate_weights": tuple(weights), "replicate_scale": 0.9}
    survey = scenario_survey(frame, weight="w", **fields)
    told = what_if(survey, {"empathy": 1}).tidy()
    found = rows_of(scenario_grid(survey), "empathy", 1.0)
    np.testing.assert_allclose(found[NUMBERS], told[NUMBERS], rtol=1e-7)


def test_only_ratings_on_a_scale_move_and_the_others_are_named():
    grid = scenario_grid(multiplied(), n_boot=0)
    assert grid.drivers == DRIVERS
    assert grid.still == ("channel", "both")
    assert grid.sizes == SIZES


def test_whom_a_move_does_not_reach_is_counted_as_in_what_if(survey, grid):
    reach = what_if(survey, {"empathy": 2}, n_boot=0).reach().iloc[0]
    found = grid.reached["empathy"][grid.sizes.index(2.0)]
    assert (found.stuck, found.partly) == (reach["stuck"], reach["partly"])
    assert found.stuck > 0


def test_many_drivers_have_fewer_sizes_and_too_many_are_refused(survey, monkeypatch):
    half = half_point_each(survey, n_boot=0)
    monkeypatch.setattr(grids, "FINE_DRIVERS", 2)
    assert grid_of(survey, half).sizes == (-0.5, 0.5, 1.0)
    monkeypatch.setattr(grids, "MOST_DRIVERS", 2)
    error = refusal(survey, half)
    assert str(error) == (
        "A page can hold sliders for at most 2 drivers, and 3 drivers of this survey can be "
        "moved. Use what_if for a plan with some of them."
    )
    assert error.say("nl") == (
        "Een pagina heeft plaats voor schuiven van hoogstens 2 drivers, en van dit onderzoek "
        "kunnen 3 drivers schuiven. Gebruik what_if voor een plan met enkele daarvan."
    )


def refusal(survey: cx.Survey, scenarios: Scenarios) -> cx.FitError:
    with pytest.raises(cx.FitError) as caught:
        grid_of(survey, scenarios)
    return caught.value


def test_the_same_seed_gives_the_same_grid_and_the_data_stay_as_they_were():
    frame = scenario_frame(200)
    before = frame.copy()
    first, again = (scenario_grid(scenario_survey(frame), n_boot=5, seed=1) for _ in range(2))
    np.testing.assert_array_equal(first.numbers.replicates, again.numbers.replicates)
    np.testing.assert_array_equal(first.sums.pairs, again.sums.pairs)
    pd.testing.assert_frame_equal(frame, before)
