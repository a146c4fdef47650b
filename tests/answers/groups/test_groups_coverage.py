"""Whether groups are said to differ where they do, and how often intervals hold the truth.

A few worlds of `tests.studies.groups`, which measures all of them; the bounds leave room for chance
in some hundred surveys.
"""

from __future__ import annotations

import pytest

from tests.studies.groups import Measured, measured
from tests.studies.groups_page import ratio
from tests.studies.groups_worlds import ALIKE, EQUAL, GRID, SMALL, World

pytestmark = pytest.mark.slow

GOAL = 0.07
ROOM = 3.0
"""Monte-Carlo errors that a figure may lie beyond its bound."""
MEASURED: dict[World, Measured] = {}


def of(world: World, samples: int = 200) -> Measured:
    if world not in MEASURED:
        MEASURED[world] = measured(world, samples=samples)
    return MEASURED[world]


def in_grid(count: int, spread: float) -> World:
    return next(each for each in GRID if (len(each.sizes), each.spread) == (count, spread))


@pytest.mark.parametrize(
    "world", [ALIKE, in_grid(4, 0.2), in_grid(13, 0.2)], ids=lambda world: world.name
)
def test_effects_that_do_not_differ_are_rarely_found_to(world: World):
    rate, error = of(world).rate("effect", "found_alone", "same")
    assert rate <= GOAL + ROOM * error
    clear, _ = of(world).rate("effect", "found", "same")
    assert clear <= rate


def test_weights_that_do_not_differ_are_rarely_found_to():
    rate, error = of(ALIKE).rate("weight", "found_alone", "same")
    assert rate <= GOAL + ROOM * error


def test_what_differs_more_is_found_more_often():
    found = [of(in_grid(13, spread)).rate("effect", "found", "differing") for spread in (0.1, 0.2)]
    (low, _), (high, _) = found
    assert low > of(in_grid(13, 0.2)).rate("effect", "found", "same")[0]
    assert high > 0.6 > low


@pytest.mark.parametrize("measure", ["effect", "weight"])
def test_drawn_numbers_are_nearer_the_truth_at_every_size(measure: str):
    for world in SMALL:
        for drivers in ("differing", "same"):
            assert ratio(of(world, 100), measure, drivers) < 1
    assert sorted({world.sizes[0] for world in SMALL}) == list(EQUAL)


@pytest.mark.parametrize("world", [in_grid(4, 0.2), in_grid(13, 0.2)], ids=lambda world: world.name)
def test_prediction_intervals_hold_an_organisation_that_was_not_asked(world: World):
    rate, error = of(world).rate("effect", "new_held", "differing")
    assert 0.92 - ROOM * error <= rate <= 0.98 + ROOM * error


@pytest.mark.parametrize("world", [in_grid(4, 0.2), in_grid(13, 0.2)], ids=lambda world: world.name)
@pytest.mark.parametrize("quantity", ["own_held", "rest_held", "tau_held", "pooled_held"])
def test_intervals_hold_the_truth_about_as_often_as_they_say(world: World, quantity: str):
    rate, error = of(world).rate("effect", quantity, "differing")
    assert 0.92 - ROOM * error <= rate <= 0.98 + ROOM * error


def test_few_of_the_organisations_that_stand_out_do_not_differ():
    for world in (ALIKE, in_grid(13, 0.2)):
        rate, error = of(world).rate("effect", "wrong", "same")
        assert rate <= 0.05 + ROOM * error
