"""Make surveys in which some drivers did not apply to everybody, with a known truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

import cxdrivers as cx
from tests.answers.outcomes.graded_surveys import DRIVERS, graded_survey, proportional
from tests.samples import OUTCOME, answers, survey_of

AWAY = 99
ABSENCE = 0.6


def partial(n: int = 500, *, seed: int = 1, part: float = 0.4) -> pd.DataFrame:
    """Return ratings of three drivers; the last did not apply to some, who grade 0.6 higher."""
    rng = np.random.default_rng([seed, 9])
    frame = answers((0.5, 0.3, 0.4), n=n, seed=seed)
    last = frame.columns[2]
    away = rng.random(n) < part
    grade = frame[OUTCOME] + away * (ABSENCE - 0.4 * (frame[last] - 7))
    return frame.assign(**{last: frame[last].mask(away, AWAY), OUTCOME: grade})


def partial_survey(frame: pd.DataFrame, **fields: Any) -> cx.Survey:
    """Return a survey with the code for "did not apply"."""
    return survey_of(frame, not_applicable=[AWAY], **fields)


def partial_grades(n: int = 500, *, seed: int = 1, part: float = 0.3) -> cx.Survey:
    """Return grades from 1 to 10 whose last driver did not apply to some."""
    rng = np.random.default_rng([seed, 9])
    frame = proportional(n, seed=seed)
    away = rng.random(n) < part
    frame[DRIVERS[-1]] = frame[DRIVERS[-1]].mask(away, AWAY)
    grades = np.minimum(frame[OUTCOME] + away, 10)
    return graded_survey(frame.assign(**{OUTCOME: grades}), not_applicable=[AWAY])
