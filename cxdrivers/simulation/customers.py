"""Draw customers: whom they spoke to, and what they hold of every driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.random import Generator

    from cxdrivers.simulation.world import World
    from cxdrivers.survey.coding import BoolArray, FloatArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Customers:
    """Customers before they are asked anything.

    Attributes
    ----------
    organisation, agent
        Position of the organisation, and of the agent within it, shape ``(n,)``.
    met_menu
        Whether they met an IVR menu.
    opinions
        What they hold of every driver, standard normal, shape ``(n, drivers)``.
    """

    organisation: IntArray
    agent: IntArray
    met_menu: BoolArray
    opinions: FloatArray


def draw_opinions(world: World, n: int, rng: Generator) -> FloatArray:
    """Draw standard-normal opinions with the correlations of the world, shape ``(n, drivers)``."""
    root = np.linalg.cholesky(world.correlation)
    return rng.standard_normal((n, len(root))) @ root.T


def draw_customers(world: World, n: int, rng: Generator) -> Customers:
    """Draw customers of the organisations and of their agents.

    An agent has an effect of their own on empathy. What is left of empathy has the less variance,
    so that the correlations over all agents are those of the world.
    """
    organisation = rng.integers(len(world.organisations), size=n)
    agent = rng.integers(world.agents, size=n)
    agent_effects = rng.standard_normal((len(world.organisations), world.agents))
    empathy = world.drivers.index("empathy")
    within = world.correlation.copy()
    within[empathy, empathy] -= world.agent_share
    opinions = rng.standard_normal((n, len(within))) @ np.linalg.cholesky(within).T
    opinions[:, empathy] += np.sqrt(world.agent_share) * agent_effects[organisation, agent]
    none = np.array([name in world.no_menu_at for name in world.organisations])
    met_menu = (rng.random(n) >= world.no_menu) & ~none[organisation]
    return Customers(organisation, agent, met_menu, opinions)
