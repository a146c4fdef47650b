"""Refuse a world that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from cxdrivers.errors import CxError, nearest
from cxdrivers.vocabulary import DRIVERS

if TYPE_CHECKING:
    from cxdrivers.simulation.world import World

ANSWERS = ("grades", "normal")
RANGES = {
    "noise": (0.01, 100.0),
    "wait_knot": (-4.0, 4.0),
    "agents": (1, 10_000_000),
    "agent_share": (0.0, 0.9),
    "grade_level": (1.0, 10.0),
    "item_spread": (0.1, 5.0),
    "loading": (0.0, 1.0),
    "no_menu": (0.0, 1.0),
    "no_menu_effect": (-9.0, 9.0),
    "dont_know": (0.0, 0.5),
    "blank": (0.0, 0.5),
    "weight_spread": (0.0, 1.0),
    "mention_at_10": (0.0, 1.0),
    "mention_8_to_10": (0.0, 1.0),
    "mention_below_8": (0.0, 1.0),
    "recommended_at_10": (0.001, 0.999),
    "recommended_at_7": (0.001, 0.999),
    "mention_odds_ratio": (0.01, 100.0),
    "no_motivation": (0.0, 1.0),
    "slopes": (-100.0, 100.0),
    "spread": (0.0, 100.0),
    "levels": (1.0, 10.0),
}
"""Lowest and highest possible value of every setting that is a number, or holds numbers."""


def check_world(world: World) -> None:
    """Raise a `CxError` for the first setting that cannot be."""
    if world.answers not in ANSWERS:
        near = nearest(world.answers, ANSWERS)
        raise CxError("world_answers", answers=world.answers, near=near, known=ANSWERS)
    _check_ranges(world)
    if world.answers == "grades":
        _check_drivers(world)
        _check_organisations(world)
        if len(world.mention_below_8) != 7:
            raise CxError("world_mention_below_8", found=len(world.mention_below_8))
    elif len(world.slopes) == 0:
        raise CxError("world_drivers_missing", setting="slopes", drivers=("wait_time",))
    _check_halo(world)


def _check_ranges(world: World) -> None:
    for setting, (low, high) in RANGES.items():
        value = getattr(world, setting)
        inside = value.values() if isinstance(value, Mapping) else value
        for number in inside if isinstance(inside, Iterable) else (inside,):
            if not low <= number <= high:
                raise CxError("world_range", setting=setting, value=number, low=low, high=high)


def _check_drivers(world: World) -> None:
    for setting in ("slopes", "levels", "spread"):
        given: Mapping[str, float] = getattr(world, setting)
        for driver in given:
            if driver not in DRIVERS:
                near = nearest(driver, DRIVERS)
                raise CxError(
                    "world_driver_unknown", setting=setting, driver=driver, near=near, known=DRIVERS
                )
        missing = [driver for driver in DRIVERS if driver not in given]
        if missing and setting != "spread":
            raise CxError("world_drivers_missing", setting=setting, drivers=missing)


def _check_organisations(world: World) -> None:
    for setting in ("organisations", "waves"):
        names: tuple[str, ...] = getattr(world, setting)
        if not names:
            raise CxError("world_no_names", setting=setting)
        if len(set(names)) < len(names):
            raise CxError("world_names", setting=setting, names=names)
    for name in world.no_menu_at:
        if name not in world.organisations:
            near = nearest(name, world.organisations)
            raise CxError(
                "world_organisation_unknown",
                organisation=name,
                near=near,
                organisations=world.organisations,
            )


def _check_halo(world: World) -> None:
    size = len(world.slopes)
    halo = np.asarray(world.halo, dtype=np.float64)
    if halo.ndim:
        if halo.shape != (size, size):
            raise CxError("world_halo_shape", found=" × ".join(map(str, halo.shape)), size=size)
        if not (np.allclose(halo, halo.T) and np.allclose(np.diag(halo), 1)):
            raise CxError("world_halo_no_correlation")
    lowest = float(np.linalg.eigvalsh(world.correlation)[0])
    if not lowest > 1e-9:
        raise CxError("world_halo_impossible", drivers=size, lowest=lowest)
    if world.answers == "normal":
        return
    left = world.correlation.copy()
    empathy = DRIVERS.index("empathy")
    left[empathy, empathy] -= world.agent_share
    lowest = float(np.linalg.eigvalsh(left)[0])
    if not lowest > 1e-9:
        raise CxError("world_agent_share", share=world.agent_share, lowest=lowest)
