"""The study of dissatisfiers counts what it says, from worlds that are what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.simulation.world import World
from tests.studies.dissatisfiers import BELOW, EVERYWHERE, WAITING, WORLDS, main, told


def test_what_is_named_is_counted_by_driver_and_by_survey():
    called = np.zeros((4, 7), dtype=bool)
    called[:3, WAITING] = True
    called[2, 0] = called[3, 0] = called[3, 1] = True
    assert told(called).splitlines() == [
        "  waiting: 3 of 4, 75.0 % ± 21.7",
        "  waiting and no other: 2 of 4, 50.0 % ± 25.0",
        "  the other driver named most: 2 of 4, 50.0 % ± 25.0",
        "  some driver: 4 of 4, 100.0 % ± 0.0",
    ]


def test_the_first_world_is_that_of_the_example_and_the_last_has_the_same_grades():
    assert WORLDS[BELOW][1] == {}
    example, everywhere = World(), World(**WORLDS[EVERYWHERE][1])
    waits = np.random.default_rng(1).normal(size=200_000)
    slope = example.slopes["wait_time"]
    means = [
        world.grade_level + slope * np.minimum(waits - world.wait_knot, 0).mean()
        for world in (example, everywhere)
    ]
    assert means[0] == pytest.approx(means[1], abs=0.05)


def test_the_command_says_the_same_twice_and_by_world(capsys: pytest.CaptureFixture[str]):
    said = []
    for _ in range(2):
        main(["--samples", "2", "--worlds", BELOW])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert said[0].startswith(
        "the wait counts below a point only, slope .35, 2 surveys of 1,500\n  waiting: "
    )
