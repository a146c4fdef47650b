"""Say how firmly one driver dominates another, and how often again in resamples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.drawn import Drawn, resamples
from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.errors import FitError
from cxdrivers.importance.dominance import (
    complete_dominance,
    completely_dominates,
    conditionally_dominates,
    generally_dominates,
)
from cxdrivers.importance.lattice import FloatArray

MOST_DRIVERS = 14
KINDS = {
    "complete": completely_dominates,
    "conditional": conditionally_dominates,
    "general": generally_dominates,
}


def dominance_table(
    drivers: Sequence[str], valuation: Valuation, drawn: Drawn | None, settings: Settings
) -> pd.DataFrame:
    """Return every ordered pair of drivers and how firmly the first dominates the second.

    Raises
    ------
    FitError
        When there are more drivers than the values of all subsets of all resamples allow.
    """
    if len(drivers) > MOST_DRIVERS:
        count = len(drivers)
        raise FitError("too_many_to_dominate", count=count, most=MOST_DRIVERS)
    values = valuation.values(valuation.sample)
    pairs = list(permutations(range(len(drivers)), 2))
    table = pd.DataFrame(
        {
            "driver": [drivers[first] for first, _ in pairs],
            "other": [drivers[second] for _, second in pairs],
            "complete": [complete_dominance(values)[pair] for pair in pairs],
            "conditional": [bool(conditionally_dominates(values)[pair]) for pair in pairs],
            "general": [bool(generally_dominates(values)[pair]) for pair in pairs],
        }
    )
    if drawn is not None and settings.n_boot:
        for kind, often in _again(len(drivers), valuation, drawn, settings).items():
            table[f"{kind}_again"] = [often[pair] for pair in pairs]
    return table


def _again(
    drivers: int, valuation: Valuation, drawn: Drawn, settings: Settings
) -> dict[str, FloatArray]:
    """Return in which part of the resamples each kind of dominance holds, shape ``(p, p)``."""
    held: dict[str, NDArray[np.int64]] = {
        kind: np.zeros((drivers, drivers), np.int64) for kind in KINDS
    }
    count = 0
    parts = resamples(drawn, valuation, settings.scheme, n_boot=settings.n_boot, seed=settings.seed)
    for statistics in parts:
        for some in np.array_split(statistics, max(1, len(statistics) >> 7)):
            values = valuation.values(some)
            count += len(values)
            for kind, dominates in KINDS.items():
                held[kind] += dominates(values).sum(axis=0)
    return {kind: times / count for kind, times in held.items()}
