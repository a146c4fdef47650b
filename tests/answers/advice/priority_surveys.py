"""Make surveys of ratings on scales, some not met by everybody, with stated importance or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.survey.survey import Survey

DRIVERS = ("reliability", "empathy", "wait_time")
OUTCOME = "satisfaction"
AWAY = 99.0
MEANS = (6.5, 7.5, 8.6)
SLOPES = (0.5, 0.4, 0.1)


def priority_frame(
    n: int = 240, *, seed: int = 1, away: float = 0.0, blank: float = 0.0
) -> pd.DataFrame:
    """Return whole ratings from 1 to 10 with known means, and a grade that they explain."""
    rng = np.random.default_rng(seed)
    halo = rng.normal(size=(n, 1)) * np.sqrt(0.3)
    opinions = halo + rng.normal(size=(n, 3)) * np.sqrt(0.7)
    ratings = np.clip(np.round(np.array(MEANS) + 1.4 * opinions), 1, 10)
    grade = 7 + (ratings - MEANS) @ np.array(SLOPES) + 0.7 * rng.normal(size=n)
    frame = pd.DataFrame(ratings, columns=list(DRIVERS))
    frame[OUTCOME] = np.clip(np.round(grade), 1, 10)
    frame["empathy"] = frame["empathy"].mask(rng.random(n) < away, AWAY)
    frame["reliability"] = frame["reliability"].mask(rng.random(n) < blank)
    frame["weight"] = rng.uniform(0.5, 2.0, size=n)
    frame["agent"] = rng.integers(0, 25, size=n)
    return frame


def priority_survey(
    frame: pd.DataFrame, changes: dict[str, dict[str, Any]] | None = None, **fields: Any
) -> Survey:
    """Return a survey of these answers; `changes` are fields of some drivers."""
    drivers = tuple(
        replace(
            Question(key, (key,), scale=(1.0, 10.0), not_applicable=(AWAY,)),
            **(changes or {}).get(key, {}),
        )
        for key in DRIVERS
    )
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1.0, 10.0))
    return Survey(frame, Codebook(outcome, drivers, **fields))
