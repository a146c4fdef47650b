"""Make surveys and their moments, of ratings that stay away from the ends of their scale."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.grouped_rows import moments_by_code
from cxdrivers.survey.survey import Survey
from tests.samples import answers, survey_of

AWAY = 99.0
DRIVERS = ("reliability", "empathy", "customer_focus")


def part_frame(n: int = 260, *, away: bool = True, seed: int = 1) -> pd.DataFrame:
    """Return three drivers around 7 and a grade, weighted; some did not meet the second."""
    frame = answers(n=n, seed=seed)
    rng = np.random.default_rng(seed)
    if away:
        frame["empathy"] = frame["empathy"].mask(rng.random(n) < 0.3, AWAY)
    return frame.assign(w=rng.uniform(0.5, 2.0, n), agent=rng.integers(0, 30, n))


def part_survey(frame: pd.DataFrame | None = None, **fields: Any) -> Survey:
    """Return a survey of these answers on a scale from 0 to 15."""
    given = {"weight": "w", "scale": (0, 15), "not_applicable": [AWAY], **fields}
    return survey_of(part_frame() if frame is None else frame, **given)


def whole(survey: Survey, **fields: Any) -> GroupedMoments:
    """Return the moments of all respondents together."""
    everybody = np.zeros(len(survey.respondents), dtype=np.intp)
    return moments_by_code(survey, everybody, [""], by="", **fields)
