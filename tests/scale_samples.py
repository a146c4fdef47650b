"""Make surveys whose drivers are measured with several items of known loadings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.survey.survey import Survey
from tests.samples import OUTCOME

FloatArray = NDArray[np.float64]
LOADINGS = {
    "reliability": (0.9, 0.8, 0.7),
    "empathy": (0.8, 0.8, 0.8, 0.8),
    "wait_time": (0.8, 0.8),
}


def one_factor_covariance(
    loadings: Sequence[float], spreads: Sequence[float] | None = None
) -> FloatArray:
    """Return the covariances of items with these standardised loadings and spreads."""
    weights = np.array(loadings)
    spread = np.ones(len(weights)) if spreads is None else np.array(spreads)
    correlation = np.outer(weights, weights)
    np.fill_diagonal(correlation, 1)
    covariance: FloatArray = correlation * np.outer(spread, spread)
    return covariance


def scale_answers(
    loadings: Mapping[str, Sequence[float]] | None = None,
    *,
    n: int = 600,
    seed: int = 1,
    correlation: float = 0.4,
    slopes: Sequence[float] = (0.5, 0.3, 0.1),
) -> pd.DataFrame:
    """Return answers around 7 to items, ``name_1``, ``name_2``, …, and a grade that follows."""
    chosen = LOADINGS if loadings is None else loadings
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1)) * np.sqrt(correlation)
    held = common + rng.normal(size=(n, len(chosen))) * np.sqrt(1 - correlation)
    columns = {}
    for place, (driver, weights) in enumerate(chosen.items()):
        for number, loading in enumerate(weights, start=1):
            own = rng.normal(size=n) * np.sqrt(1 - loading**2)
            columns[f"{driver}_{number}"] = 7 + loading * held[:, place] + own
    grade = held @ np.resize(slopes, len(chosen)) + rng.normal(size=n)
    return pd.DataFrame(columns).assign(**{OUTCOME: 7 + grade})


def items_of(loadings: Mapping[str, Sequence[float]]) -> dict[str, list[str]]:
    """Return the items that `scale_answers` makes of every driver."""
    return {
        driver: [f"{driver}_{number}" for number in range(1, len(weights) + 1)]
        for driver, weights in loadings.items()
    }


def scale_survey(frame: pd.DataFrame, **fields: Any) -> Survey:
    """Return a survey whose drivers are the items with the same name before the last ``_``."""
    drivers: dict[str, list[str]] = {}
    for column in frame.columns:
        name, _, number = str(column).rpartition("_")
        if number.isdigit():
            drivers.setdefault(name, []).append(str(column))
    return Survey.from_frame(frame, outcome=OUTCOME, drivers=drivers, **fields)
