"""Make surveys in which it is known which driver bends, and where."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

import cxdrivers as cx
from cxdrivers.answers.advice.shapes_result import DriverShapes

DRIVERS = ("reliability", "empathy", "wait_time")
MEAN, SPREAD = 7.0, 1.5
AWAY = 99.0


def opinions(n: int, seed: int) -> tuple[np.ndarray, np.random.Generator]:
    """Return standard-normal opinions with something in common, and the generator."""
    rng = np.random.default_rng([seed, 5])
    return 0.6 * rng.normal(size=(n, 1)) + 0.8 * rng.normal(size=(n, 3)), rng


def bent_frame(n: int = 700, *, seed: int = 1, straight: bool = False) -> pd.DataFrame:
    """Return ratings and grades: waiting counts below its mean only, unless it is straight."""
    held, rng = opinions(n, seed)
    wait = 0.5 * held[:, 2] if straight else np.minimum(held[:, 2], 0.0)
    exact = 7.4 + 0.6 * held[:, 0] + 0.5 * held[:, 1] + wait + 0.8 * rng.normal(size=n)
    ratings = np.clip(np.rint(MEAN + SPREAD * held), 1, 10)
    return pd.DataFrame(ratings, columns=list(DRIVERS)).assign(
        satisfaction=np.clip(np.rint(exact), 1, 10)
    )


def with_seconds(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same answers with waiting in seconds: many short waits and a few very long."""
    rng = np.random.default_rng(2)
    held = (frame["wait_time"] - MEAN) / SPREAD + 0.1 * rng.normal(size=len(frame))
    return frame.assign(wait_time=np.rint(np.exp(5 - 0.9 * held)))


def shape_survey(frame: pd.DataFrame, **fields: Any) -> cx.Survey:
    """Return a survey of these ratings on a scale from 1 to 10."""
    settings = {"scale": (1, 10), **fields}
    return cx.Survey.from_frame(frame, outcome="satisfaction", drivers=list(DRIVERS), **settings)


def seconds_survey(frame: pd.DataFrame, **fields: Any) -> cx.Survey:
    """Return a survey in which waiting is a number without a scale."""
    questions = [
        cx.Question(key, (key,), scale=None if key == "wait_time" else (1, 10))
        for key in ("satisfaction", *DRIVERS)
    ]
    codebook = cx.Codebook(outcome=questions[0], drivers=tuple(questions[1:]), **fields)
    return cx.Survey(frame, codebook)


def verdicts(shapes: DriverShapes) -> dict[str, str]:
    """Return the class of every driver that all settings agree on."""
    table = shapes.tidy()
    return dict(zip(table["driver"], table["verdict"], strict=True))


def row_of(shapes: DriverShapes, driver: str, setting: int = 1) -> pd.Series:
    """Return what a table says of a driver in a setting."""
    table = shapes.tidy()
    return table[(table["driver"] == driver) & (table["setting"] == setting)].iloc[0]
