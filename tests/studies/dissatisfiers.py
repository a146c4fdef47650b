"""How often a dissatisfier is found, and how often one is named that is none.

``python -m tests.studies.dissatisfiers`` writes the counts that docs/methods.md quotes, in about
three minutes of one processor. With ``--blanks`` the surveys have as many blanks as the example.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.advice.shape_classes import DISSATISFIER
from cxdrivers.answers.advice.shapes import driver_shapes
from cxdrivers.simulation.simulate import simulate_survey
from cxdrivers.simulation.world import SLOPES, World
from cxdrivers.survey.coding import BoolArray

RESPONDENTS = 1500
FIRST_SEED = 100
WAITING = tuple(SLOPES).index("wait_time")
NO_BLANKS = {"dont_know": 0.0, "blank": 0.0}
STEEPER = {**SLOPES, "wait_time": 0.5}
BELOW, STEEP, EVERYWHERE = "below", "steep", "everywhere"
WORLDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    BELOW: ("the wait counts below a point only, slope .35", {}),
    STEEP: ("the wait counts below a point only, slope .50", {"slopes": STEEPER}),
    EVERYWHERE: ("the wait counts everywhere", {"wait_knot": 4.0, "grade_level": 8.93}),
}
"""The world of the example, with a steeper wait, and without any dissatisfier."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate surveys of each world and write how often a driver was called a dissatisfier."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.dissatisfiers")
    parser.add_argument("--samples", type=int, default=250, help="surveys of each world")
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--blanks", action="store_true", help="as many as the example has")
    chosen = parser.parse_args(arguments)
    for name in chosen.worlds:
        title, settings = WORLDS[name]
        world = World(**settings) if chosen.blanks else World(**settings, **NO_BLANKS)
        called = called_dissatisfiers(world, range(FIRST_SEED, FIRST_SEED + chosen.samples))
        sys.stdout.write(f"{title}, {chosen.samples} surveys of {RESPONDENTS:,}\n{told(called)}\n")


def called_dissatisfiers(world: World, seeds: Sequence[int]) -> BoolArray:
    """Return which drivers are called dissatisfiers, shape ``(surveys, drivers)``."""
    found = []
    for seed in tqdm(seeds, unit="survey", disable=None):
        survey = simulate_survey(RESPONDENTS, world=world, seed=seed).survey
        table = driver_shapes(survey, n_boot=0).tidy()
        found.append(table.loc[table["setting"] == 1, "verdict"].eq(DISSATISFIER).to_numpy())
    return np.array(found)


def told(called: BoolArray) -> str:
    """Return how often the wait, the most often named other driver, and any driver was named."""
    others = np.delete(called, WAITING, axis=1)
    parts = {
        "waiting": called[:, WAITING],
        "waiting and no other": called[:, WAITING] & ~others.any(axis=1),
        "the other driver named most": others[:, int(others.sum(axis=0).argmax())],
        "some driver": called.any(axis=1),
    }
    return "\n".join(f"  {name}: {_share(found)}" for name, found in parts.items())


def _share(found: BoolArray) -> str:
    share = found.mean()
    error = np.sqrt(share * (1 - share) / len(found))
    return f"{found.sum()} of {len(found)}, {100 * share:.1f} % ± {100 * error:.1f}"


if __name__ == "__main__":
    main()
