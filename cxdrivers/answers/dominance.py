"""Say how firmly one driver dominates another, and how often again in resamples."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.answers.settings import Settings
from cxdrivers.errors import FitError
from cxdrivers.importance.dominance import (
    complete_dominance,
    completely_dominates,
    conditionally_dominates,
    generally_dominates,
)
from cxdrivers.importance.lattice import FloatArray, r_squared_values
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.schemes import scheme_covariances

MOST_DRIVERS = 14
KINDS = {
    "complete": completely_dominates,
    "conditional": conditionally_dominates,
    "general": generally_dominates,
}


def dominance_table(moments: Moments, design: Design | None, settings: Settings) -> pd.DataFrame:
    """Return every ordered pair of drivers and how firmly the first dominates the second.

    Raises
    ------
    FitError
        When there are more drivers than the values of all subsets of all resamples allow.
    """
    if len(moments.drivers) > MOST_DRIVERS:
        count = len(moments.drivers)
        raise FitError("too_many_to_dominate", count=count, most=MOST_DRIVERS)
    values = _values(moments.covariance, moments)
    pairs = list(permutations(range(len(moments.drivers)), 2))
    table = pd.DataFrame(
        {
            "driver": [moments.drivers[first] for first, _ in pairs],
            "other": [moments.drivers[second] for _, second in pairs],
            "complete": [complete_dominance(values)[pair] for pair in pairs],
            "conditional": [bool(conditionally_dominates(values)[pair]) for pair in pairs],
            "general": [bool(generally_dominates(values)[pair]) for pair in pairs],
        }
    )
    if design is not None and settings.n_boot:
        for kind, often in _again(moments, design, settings).items():
            table[f"{kind}_again"] = [often[pair] for pair in pairs]
    return table


def _again(moments: Moments, design: Design, settings: Settings) -> dict[str, FloatArray]:
    """Return in which part of the resamples each kind of dominance holds, shape ``(p, p)``."""
    drivers = len(moments.drivers)
    held: dict[str, NDArray[np.int64]] = {
        kind: np.zeros((drivers, drivers), np.int64) for kind in KINDS
    }
    count = 0
    parts = scheme_covariances(design, settings.scheme, n_boot=settings.n_boot, seed=settings.seed)
    for covariances in parts:
        for covariance in np.array_split(covariances, max(1, len(covariances) >> 7)):
            values = _values(covariance, moments)
            count += len(values)
            for kind, dominates in KINDS.items():
                held[kind] += dominates(values).sum(axis=0)
    return {kind: times / count for kind, times in held.items()}


def _values(covariance: FloatArray, moments: Moments) -> FloatArray:
    return r_squared_values(covariance, moments.groups, always=moments.always)
