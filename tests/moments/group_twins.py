"""The slow, obvious way to add rows up by group, and a survey of unequal groups to do it with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.moments.sums import FloatArray
from cxdrivers.survey.survey import Survey
from tests.samples import OUTCOME, answers, survey_of

SIZES = {"north": 80, "east": 45, "south": 61}


def grouped_frame(*, seed: int = 3, blank: float = 0.0) -> pd.DataFrame:
    """Return three drivers and a grade in three unequal groups with weights, rows mixed."""
    rng = np.random.default_rng(seed)
    frame = answers(n=sum(SIZES.values()), seed=seed)
    region = np.repeat(list(SIZES), list(SIZES.values()))
    frame = frame.assign(region=region, w=rng.uniform(0.5, 2, len(frame)))
    frame[OUTCOME] += (frame["region"] == "south") * 0.3 * frame.iloc[:, 0]
    drivers = frame.columns[:3]
    frame[drivers] = frame[drivers].mask(rng.random((len(frame), 3)) < blank)
    return frame.sample(frac=1, random_state=seed).reset_index(drop=True)


def grouped_survey(frame: pd.DataFrame | None = None, **fields: Any) -> Survey:
    """Return a survey of `grouped_frame`, weighted."""
    return survey_of(grouped_frame() if frame is None else frame, weight="w", **fields)


def moments_by_hand(frame: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return weighted means and covariances of three drivers and the grade of some rows."""
    values = frame[[*frame.columns[:3], OUTCOME]].to_numpy()
    mean = np.average(values, axis=0, weights=frame["w"])
    return mean, np.cov(values, rowvar=False, aweights=frame["w"], ddof=0)
