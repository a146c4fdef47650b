"""Make surveys of proportional odds whose changes are known to go with so much, and no more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

import cxdrivers as cx

DRIVERS = ("reliability", "empathy", "wait_time")
OUTCOME = "satisfaction"
SLOPES = np.array([0.7, 0.4, 0.2])
CUTS = np.array([3.3, 4.4, 5.4, 6.2, 7.2, 8.6, 9.9, 11.3])
GRADES = np.arange(2.0, 11.0)
AWAY = 99
CHANGED = {"reliability": 1.0, "wait_time": ("at_least", 7)}


def recommends(grades: np.ndarray) -> np.ndarray:
    """Return the part of customers that recommends at each grade: it rises, most at the end."""
    return 0.02 + 0.45 * ((grades - 2) / 8) ** 3


def scenario_frame(n: int = 400, *, seed: int = 1) -> pd.DataFrame:
    """Return whole ratings from 1 to 10, grades from 2 to 10, and who recommended."""
    rng = np.random.default_rng(seed)
    halo = rng.normal(size=(n, 1)) * np.sqrt(0.3)
    opinions = halo + rng.normal(size=(n, 3)) * np.sqrt(0.7)
    ratings = np.clip(np.round(7 + 1.6 * opinions), 1, 10)
    grades = GRADES[np.searchsorted(CUTS, ratings @ SLOPES - 1.2 + rng.logistic(size=n))]
    frame = pd.DataFrame(ratings, columns=list(DRIVERS))
    yes = rng.random(n) < recommends(grades)
    return frame.assign(**{OUTCOME: grades, "recommended": yes.astype(float)})


def scenario_survey(frame: pd.DataFrame, **fields: Any) -> cx.Survey:
    """Return a survey of these grades on a scale from 1 to 10."""
    drivers = [name for name in DRIVERS if name in frame.columns]
    asked = "recommended" if "recommended" in frame.columns else None
    settings = {"scale": (1, 10), "recommended": asked, **fields}
    return cx.Survey.from_frame(frame, outcome=OUTCOME, drivers=drivers, **settings)


def changed_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same answers as `CHANGED` has them, written out by hand."""
    reliability = (frame["reliability"] + 1).clip(upper=10)
    wait_time = frame["wait_time"].clip(lower=7)
    return frame.assign(reliability=reliability, wait_time=wait_time)


def true_numbers(frame: pd.DataFrame) -> np.ndarray:
    """Return the mean, the part with 8–10 and recommenders per 1,000 that the truth expects."""
    felt = frame[list(DRIVERS)].to_numpy() @ SLOPES - 1.2
    below = expit(CUTS - felt[:, np.newaxis]).mean(axis=0)
    chances = np.diff(below, prepend=0.0, append=1.0)
    top = chances[GRADES >= 8].sum()
    return np.array([chances @ GRADES, top, 1000 * chances @ recommends(GRADES)])
