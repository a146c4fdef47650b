"""Make a survey in which nothing is wrong, and surveys in which one thing is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.survey.survey import Survey
from tests.samples import OUTCOME, answers, survey_of


def sound() -> pd.DataFrame:
    """Return a survey in which nothing is wrong."""
    return answers().clip(1, 10).round(1)


def troubled(frame: pd.DataFrame, **fields: Any) -> Survey:
    """Return the survey of a trouble, whose drivers may be of more than one item."""
    if "codebook" in fields:
        return Survey(frame, fields["codebook"])
    if "drivers" in fields:
        return Survey.from_frame(frame, outcome=OUTCOME, **fields)
    return survey_of(frame, **fields)


def with_value(
    column: str, rows: int, value: float, frame: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a survey, sound by default, with a value in the first rows of a column."""
    found = sound() if frame is None else frame
    found.loc[: rows - 1, column] = value
    return found


def weighted(weights: np.ndarray) -> pd.DataFrame:
    """Return a sound survey with weights in its column `w`."""
    return sound().assign(w=weights)


def jackknifed() -> pd.DataFrame:
    """Return a sound survey with four replicate weights that each leave a quarter out."""
    quarter = np.arange(300) % 4
    kept = {f"rw_{place + 1}": (quarter != place) * 4 / 3 for place in range(4)}
    return sound().assign(w=1.0, **kept)


def jumbled(column: str) -> pd.DataFrame:
    """Return a sound survey in which the answers in a column belong to other respondents."""
    frame = sound()
    return frame.assign(**{column: np.roll(frame[column], 7)})


def with_noise(like: str, spread: float) -> np.ndarray:
    """Return what is nearly a column of a sound survey."""
    return sound()[like].to_numpy() + spread * np.random.default_rng(5).normal(size=300)


WIDE = {
    driver: [f"{driver}_{place}" for place in range(3)]
    for driver in ("reliability", "empathy", "customer_focus")
}


def wide() -> pd.DataFrame:
    """Return a survey of whole grades in which nothing is wrong: three drivers of three items."""
    rng = np.random.default_rng(3)
    exact = answers((0.6, 0.5, 0.4), noise=1.2)
    items = {
        item: exact[driver] + 0.6 * rng.normal(size=len(exact))
        for driver, items in WIDE.items()
        for item in items
    }
    frame = pd.DataFrame(items).assign(satisfaction=exact["satisfaction"])
    return (7 + 1.4 * (frame - 7)).round().clip(1, 10)


def alike(every: int) -> pd.DataFrame:
    """Return the wide survey, in which every so many respondents give an 8 throughout."""
    frame = wide()
    frame.loc[::every, [item for items in WIDE.values() for item in items]] = 8.0
    return frame


def five_points() -> pd.DataFrame:
    """Return 900 answers on a scale of five, and a 6 from who had no opinion of empathy."""
    frame = (answers((0.6, 0.5, 0.4), n=900) - 3.4).round().clip(1, 5)
    frame.loc[::6, "empathy"] = 6.0
    return frame


def turned(reversed_items: tuple[str, ...]) -> Codebook:
    """Return a codebook of the wide survey in which some items of empathy are turned round."""
    drivers = tuple(
        Question(
            driver,
            tuple(items),
            scale=(1, 10),
            reversed=tuple(item for item in items if item in reversed_items),
        )
        for driver, items in WIDE.items()
    )
    return Codebook(Question(OUTCOME, (OUTCOME,), scale=(1, 10)), drivers)


def answered(column: str, yes: str, no: str) -> pd.DataFrame:
    """Return a sound survey in which the higher half of a column is a yes and the rest a no."""
    frame = sound()
    higher = frame[column] > frame[column].median()
    return frame.assign(**{column: np.where(higher, yes, no)})
