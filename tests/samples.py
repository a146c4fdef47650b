"""Make small surveys with a known truth, for tests that need one of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.weights.linear_valuation import LinearValuation, linear_valuation
from cxdrivers.moments.design import Design
from cxdrivers.moments.moments import moments_of
from cxdrivers.survey.survey import Survey
from cxdrivers.vocabulary import DRIVERS

OUTCOME = "satisfaction"


def answers(
    slopes: Sequence[float] = (0.5, 0.3, 0.1),
    *,
    n: int = 300,
    seed: int = 1,
    correlation: float = 0.3,
    noise: float = 1.0,
) -> pd.DataFrame:
    """Return ratings around 7 of the first of the seven drivers, and a grade that they explain."""
    rng = np.random.default_rng(seed)
    halo = rng.normal(size=(n, 1)) * np.sqrt(correlation)
    ratings = halo + rng.normal(size=(n, len(slopes))) * np.sqrt(1 - correlation)
    grade = ratings @ np.array(slopes) + noise * rng.normal(size=n)
    frame = pd.DataFrame(7 + ratings, columns=list(DRIVERS[: len(slopes)]))
    return frame.assign(**{OUTCOME: 7 + grade})


def survey_of(frame: pd.DataFrame, **fields: Any) -> Survey:
    """Return a survey in which every column with the name of a driver is one."""
    drivers = [name for name in DRIVERS if name in frame.columns]
    return Survey.from_frame(frame, outcome=OUTCOME, drivers=drivers, **fields)


def lmg(design: Design) -> LinearValuation:
    """Return how R² is shared among the drivers of a design."""
    return linear_valuation(moments_of(design), "lmg")
