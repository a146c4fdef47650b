"""Draw the respondents of a planned survey one by one: the slow twin of drawing their moments."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

import cxdrivers as cx
from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.importance.lattice import FloatArray


def planned_rows(plan: PlannedSurvey, covariance: FloatArray, n: int, seed: int) -> pd.DataFrame:
    """Return normal answers of whole teams, a column a driver, and `grade` and `team`."""
    rng = np.random.default_rng([seed, n])
    size, likeness = plan.teams or (1, 0.0)
    own = rng.normal(size=(n, len(covariance))) * np.sqrt(1 - likeness)
    shared = rng.normal(size=(n // size, len(covariance))) * np.sqrt(likeness)
    answers = (own + np.repeat(shared, size, axis=0)) @ np.linalg.cholesky(covariance).T
    frame = pd.DataFrame(answers, columns=[*plan.names, "grade"])
    return frame.assign(team=np.arange(n) // size)


def planned_weights(
    plan: PlannedSurvey, covariance: FloatArray, n: int, *, seed: int, n_boot: int
) -> cx.DriverWeights:
    """Return what the package says of such a survey."""
    frame = planned_rows(plan, covariance, n, seed)
    survey = cx.Survey.from_frame(
        frame,
        outcome="grade",
        drivers=list(plan.names),
        cluster=None if plan.teams is None else "team",
    )
    threshold = None if plan.top_box is None else float(norm.isf(plan.top_box))
    return cx.driver_weights(survey, kind=plan.kind, threshold=threshold, n_boot=n_boot, seed=seed)
