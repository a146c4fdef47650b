"""Make surveys with grades from 1 to 10 whose drivers are known to count where they do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

import cxdrivers as cx

DRIVERS = ("reliability", "empathy", "wait_time")
SLOPES = (1.2, 0.8, 0.5)
CUTS = np.array([-6.0, -4.5, -3.5, -2.5, -1.5, -0.5, 0.6, 1.5, 2.6])
SPOILED = -2.0


def proportional(n: int = 500, *, seed: int = 1) -> pd.DataFrame:
    """Return grades of proportional odds: every driver counts as much at every grade."""
    opinions, rng = _opinions(n, seed)
    return _graded(opinions, opinions @ np.array(SLOPES) + rng.logistic(size=n))


def with_dissatisfier(n: int = 600, *, seed: int = 1) -> pd.DataFrame:
    """Return grades that waiting can spoil and not better: it says who is at 4, and no more."""
    opinions, rng = _opinions(n, seed)
    felt = opinions[:, :2] @ np.array(SLOPES[:2]) + rng.logistic(size=n)
    frame = _graded(opinions, np.maximum(felt, SPOILED))
    spoiled = felt + 2 * opinions[:, 2] < SPOILED
    return frame.assign(satisfaction=frame["satisfaction"].mask(spoiled, 4.0))


def graded_survey(frame: pd.DataFrame, **fields: Any) -> cx.Survey:
    """Return a survey of these grades on a scale from 1 to 10."""
    drivers = [name for name in DRIVERS if name in frame.columns]
    settings = {"scale": (1, 10), **fields}
    return cx.Survey.from_frame(frame, outcome="satisfaction", drivers=drivers, **settings)


def _opinions(n: int, seed: int) -> tuple[np.ndarray, np.random.Generator]:
    rng = np.random.default_rng(seed)
    halo = rng.normal(size=(n, 1)) * np.sqrt(0.3)
    return halo + rng.normal(size=(n, len(DRIVERS))) * np.sqrt(0.7), rng


def _graded(opinions: np.ndarray, felt: np.ndarray) -> pd.DataFrame:
    ratings = np.clip(5.5 + 1.5 * opinions, 1, 10)
    grades = 1.0 + np.searchsorted(CUTS, felt)
    return pd.DataFrame(ratings, columns=list(DRIVERS)).assign(satisfaction=grades)
