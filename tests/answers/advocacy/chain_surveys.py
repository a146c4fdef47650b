"""Make surveys in which a mention goes with high scores, and both with real recommendations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

import cxdrivers as cx

DRIVERS = ["empathy", "wait_time", "reliability"]
AWAY = 99


def advocates(n: int = 400, *, seed: int = 1, told: float = -1.2) -> pd.DataFrame:
    """Return whole ratings from 1 to 10, a grade, whether an employee is named, and telling on."""
    rng = np.random.default_rng([seed, 4])
    felt = rng.normal(size=(n, 3)) + 0.6 * rng.normal(size=(n, 1))
    ratings = np.clip(np.round(7 + 1.3 * felt), 1, 10)
    named = (rng.random(n) < expit(0.2 + 0.5 * felt[:, 0])).astype(int)
    exact = 7.2 + 0.6 * named + felt @ [0.5, 0.4, 0.3] + rng.normal(size=n)
    grade = np.clip(np.round(exact), 1, 10)
    chance = expit(told + 0.5 * named + 1.0 * (grade >= 8) + 0.3 * felt[:, 2])
    frame = pd.DataFrame(ratings, columns=DRIVERS).astype(int)
    return frame.assign(
        grade=grade.astype(int), named=named, told=(rng.random(n) < chance).astype(int)
    )


def chain_survey(frame: pd.DataFrame, **fields: Any) -> cx.Survey:
    """Return a survey of such answers."""
    given = {"mention": "named", "recommended": "told", "not_applicable": [AWAY]} | fields
    drivers = [name for name in frame.columns if name in DRIVERS]
    return cx.Survey.from_frame(frame, outcome="grade", drivers=drivers, scale=(1, 10), **given)
