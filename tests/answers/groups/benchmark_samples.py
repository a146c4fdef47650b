"""Make small surveys of several clients, for tests of benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.survey.survey import Survey
from tests.samples import answers, survey_of

SLOPES = (0.5, 0.3, 0.1)


def graded(
    slopes: Sequence[float] = SLOPES, *, n: int = 120, seed: int = 1, raised: float = 0.0
) -> pd.DataFrame:
    """Return answers between 1 and 10, raised by so much."""
    return (answers(slopes, n=n, seed=seed) + raised).clip(1, 10)


def client_survey(
    frame: pd.DataFrame, scale: tuple[float, float] | None = (1, 10), **fields: Any
) -> Survey:
    """Return a survey of one client."""
    return survey_of(frame, scale=scale, **fields)


def client_surveys(count: int = 5, *, n: int = 120) -> dict[str, Survey]:
    """Return surveys by name, of clients that differ in size, in level and in what weighs."""
    rng = np.random.default_rng(20)
    return {
        f"Client {'ABCDEFGHIJKL'[place]}": client_survey(
            graded(
                np.array(SLOPES) + rng.normal(0, 0.08, 3),
                n=n + 10 * place,
                seed=100 + place,
                raised=float(rng.normal(0, 0.4)),
            )
        )
        for place in range(count)
    }


def stacked(surveys: dict[str, Survey], column: str = "client") -> Survey:
    """Return one survey of all clients, with a column that tells them apart."""
    frames = [survey.frame.assign(**{column: name}) for name, survey in surveys.items()]
    return client_survey(pd.concat(frames, ignore_index=True), segments=(column,))
