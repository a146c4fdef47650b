"""Make surveys whose halo is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.survey.survey import Survey

OUTCOME = "satisfaction"
SLOPES = {"strong": 0.8, "weak": 0.4, "idle": 0.0}
DRIVERS = {driver: [f"{driver}_1", f"{driver}_2"] for driver in SLOPES}
ITEMS = [item for items in DRIVERS.values() for item in items]


def opinions(n: int = 400) -> pd.DataFrame:
    """Return unrounded answers to three drivers of two items that have nothing in common."""
    rng = np.random.default_rng(11)
    held = rng.normal(size=(n, 3))
    items = {
        item: 7 + held[:, place] + 0.4 * rng.normal(size=n)
        for place, names in enumerate(DRIVERS.values())
        for item in names
    }
    grade = 7 + held @ np.array([*SLOPES.values()]) + rng.normal(size=n)
    return pd.DataFrame(items).assign(**{OUTCOME: grade})


def with_careless(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the answers with some more respondents, who give everything one grade."""
    grade = 7 + 2 * np.random.default_rng(12).normal(size=count)
    careless = pd.DataFrame(dict.fromkeys(frame.columns, grade))
    return pd.concat([frame, careless], ignore_index=True)


def of_frame(frame: pd.DataFrame, **fields: Any) -> Survey:
    """Return the survey of the three drivers."""
    return Survey.from_frame(frame, outcome=OUTCOME, drivers=DRIVERS, **fields)
