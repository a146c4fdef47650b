"""Do one piece of work with a top box or grades: ``python -m tests.studies.fitted_contenders``.

As `contenders`, with the grades of the same respondents, and in seconds that a processor was busy.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
from statsmodels.discrete.discrete_model import Logit
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.miscmodels.ordinal_model import OrderedModel

import cxdrivers as cx
from cxdrivers.importance.shapley import shapley
from cxdrivers.moments.sums import FloatArray
from tests.studies.contenders import Work, survey, timed

THRESHOLD = 8
MIDDLE, SPREAD = 7, 2
MOST_ITERATIONS = 500

Fit = Callable[[FloatArray, FloatArray, float], float]
"""Grades, drivers and the log-likelihood without drivers → McFadden's R²."""


def graded_survey(drivers: int) -> pd.DataFrame:
    """Return the answers of `survey` with satisfaction as a grade from 1 to 10."""
    frame = survey(drivers)
    grade = frame["satisfaction"]
    standard = (grade - grade.mean()) / grade.std()
    return frame.assign(satisfaction=(MIDDLE + SPREAD * standard).round().clip(1, 10))


def weighed(frame: pd.DataFrame, kind: str, resamples: int) -> Work:
    """Time the whole public call."""
    drivers = list(frame.columns[:-1])

    def work() -> list[float]:
        made = cx.Survey.from_frame(frame, outcome="satisfaction", drivers=drivers)
        found = cx.driver_weights(
            made, kind=kind, threshold=THRESHOLD, adjusted=False, n_boot=resamples, seed=1
        )
        return list(found.tidy().set_index("driver")["estimate"].reindex(drivers))

    return work


def pseudo_r_squared(grades: FloatArray, drivers: FloatArray, _: float) -> float:
    """Fit logistic regression and ask for the R² that it offers."""
    return float(Logit(grades, _with_constant(drivers)).fit(disp=False).prsquared)


def logit(grades: FloatArray, drivers: FloatArray, nothing: float) -> float:
    """Fit logistic regression and ask for no more than the log-likelihood."""
    return 1 - float(Logit(grades, _with_constant(drivers)).fit(disp=False).llf) / nothing


def glm(grades: FloatArray, drivers: FloatArray, nothing: float) -> float:
    """Fit logistic regression with the class that also takes weights."""
    model = GLM(grades, _with_constant(drivers), family=Binomial())
    return 1 - float(model.fit().llf) / nothing


def ordered(grades: FloatArray, drivers: FloatArray, nothing: float) -> float:
    """Fit proportional odds."""
    model = OrderedModel(grades, drivers, distr="logit")
    return 1 - float(model.fit(method="bfgs", maxiter=MOST_ITERATIONS, disp=False).llf) / nothing


def looped(frame: pd.DataFrame, fit: Fit) -> Work:
    """Time a fit for each subset with drivers, as someone's own loop around it would take."""
    columns, grades = frame.iloc[:, :-1].to_numpy(), frame["satisfaction"].to_numpy()
    if fit is not ordered:
        grades = (grades >= THRESHOLD).astype(np.float64)
    drivers = columns.shape[1]
    subsets = [[j for j in range(drivers) if number >> j & 1] for number in range(1, 2**drivers)]
    parts = np.unique(grades, return_counts=True)[1] / len(grades)
    nothing = len(grades) * float(parts @ np.log(parts))

    def work() -> FloatArray:
        fits = [fit(grades, columns[:, subset], nothing) for subset in subsets]
        return shapley(np.array([0.0, *fits]))

    return work


FITTED_CONTENDERS: dict[str, Callable[[pd.DataFrame, int], Work]] = {
    "top_box": lambda frame, resamples: weighed(frame, "top_box", resamples),
    "prsquared": lambda frame, _: looped(frame, pseudo_r_squared),
    "Logit": lambda frame, _: looped(frame, logit),
    "GLM": lambda frame, _: looped(frame, glm),
    "ordinal": lambda frame, resamples: weighed(frame, "ordinal", resamples),
    "OrderedModel": lambda frame, _: looped(frame, ordered),
}


def measure_fitted(name: str, drivers: int, resamples: int) -> dict[str, Any]:
    """Return the best time in seconds, the peak of memory in MB, and the shares."""
    work = FITTED_CONTENDERS[name](graded_survey(drivers), resamples)
    return timed(work, clock=process_time)


def _with_constant(drivers: FloatArray) -> FloatArray:
    return np.column_stack([np.ones(len(drivers)), drivers])


if __name__ == "__main__":
    found = measure_fitted(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write("\n" + json.dumps(found))
