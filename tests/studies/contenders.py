"""Do one piece of work, and say how long it took and how much memory it needed.

Run by its path, in any Python with NumPy and pandas, with a name, a number of drivers and a number
of resamples. A line of JSON comes out. What is imported and made ready beforehand is not timed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

RESPONDENTS = 1500
REFITTED = 127
LONG_ENOUGH, OFTEN_ENOUGH = 3.0, 5

Work = Callable[[], Any]


def survey(drivers: int) -> pd.DataFrame:
    """Return answers of 1,500 respondents; half of what drivers vary by, they share."""
    rng = np.random.default_rng(drivers)
    columns = rng.normal(size=(RESPONDENTS, drivers)) + rng.normal(size=(RESPONDENTS, 1))
    slopes = np.linspace(0.4, 0, drivers)
    outcome = columns @ slopes + np.linalg.norm(slopes) * 2 * rng.normal(size=RESPONDENTS)
    frame = pd.DataFrame(columns, columns=[f"driver_{place + 1}" for place in range(drivers)])
    return frame.assign(satisfaction=outcome)


def driver_weights(frame: pd.DataFrame, resamples: int) -> Work:
    """Time the whole public call: checks, moments, shares, the regression and all it says."""
    import cxdrivers as cx

    def work() -> list[float]:
        made = cx.Survey.from_frame(frame, outcome="satisfaction", drivers=list(frame.columns[:-1]))
        found = cx.driver_weights(made, adjusted=False, n_boot=resamples, seed=1)
        return list(found.tidy().set_index("driver")["estimate"].reindex(frame.columns[:-1]))

    return work


def linear_shares(frame: pd.DataFrame, _: int) -> Work:
    """Time the kernel that `driver_weights` calls, and the covariance that it needs."""
    from cxdrivers.importance.linear_shares import linear_shares as shares

    groups = [(place,) for place in range(frame.shape[1] - 1)]
    return lambda: shares(np.cov(frame.to_numpy(), rowvar=False), groups)


def walked_shares(frame: pd.DataFrame, _: int) -> Work:
    """Time the walk in little memory."""
    from cxdrivers.importance.walk import walked_shares as shares

    groups = [(place,) for place in range(frame.shape[1] - 1)]
    return lambda: shares(np.cov(frame.to_numpy(), rowvar=False), groups, progress=False)


def sampled_shares(frame: pd.DataFrame, _: int) -> Work:
    """Time orders of entry drawn until the default standard error."""
    from cxdrivers.importance.sampled import sampled_shares as shares

    groups = [(place,) for place in range(frame.shape[1] - 1)]

    def work() -> dict[str, Any]:
        found = shares(np.cov(frame.to_numpy(), rowvar=False), groups, seed=1)
        return {
            "shares": found.shares,
            "std_errors": found.std_errors,
            "permutations": found.permutations,
        }

    return work


def statsmodels(frame: pd.DataFrame, _: int) -> Work:
    """Time an `OLS` for each subset: all 127 of seven drivers, as many drawn at random of more."""
    from statsmodels.regression.linear_model import OLS

    drivers = frame.shape[1] - 1
    regressors = np.column_stack([np.ones(len(frame)), frame.iloc[:, :-1]])
    outcome = frame["satisfaction"].to_numpy()
    numbers: Any = range(1, 2**drivers)
    if len(numbers) > REFITTED:
        numbers = np.random.default_rng(1).integers(1, 2**drivers, REFITTED).tolist()
    subsets = [[0, *(1 + j for j in range(drivers) if number >> j & 1)] for number in numbers]

    def work() -> dict[str, Any]:
        for subset in subsets:
            _ = OLS(outcome, regressors[:, subset]).fit().rsquared
        return {"part": len(subsets) / (2**drivers - 1)}

    return work


def pingouin(frame: pd.DataFrame, _: int) -> Work:
    """Time `linear_regression(relimp=True)`."""
    from pingouin import linear_regression

    drivers = frame.iloc[:, :-1]
    return lambda: linear_regression(drivers, frame["satisfaction"], relimp=True)["relimp"][1:]


def shapley_value_regression(frame: pd.DataFrame, _: int) -> Work:
    """Time `ShapleyValue.get_shapley_contribution`."""
    from shapley import ShapleyValue

    def work() -> pd.Series:
        model = ShapleyValue(frame, list(frame.columns[:-1]), "satisfaction")
        return model.get_shapley_contribution(verbose=False)["Share"][:-1]

    return work


def dominance_analysis(frame: pd.DataFrame, _: int) -> Work:
    """Time `Dominance.incremental_rsquare`."""
    from dominance_analysis import Dominance

    return lambda: list(
        Dominance(frame, "satisfaction", objective=1).incremental_rsquare().values()
    )


def relative_imp(frame: pd.DataFrame, _: int) -> Work:
    """Time `relativeImp`: relative weights, from one eigendecomposition."""
    from relativeImp import relativeImp

    names = list(frame.columns[:-1])
    return lambda: relativeImp(frame, "satisfaction", names)["rawRelaImpt"]


def key_driver_analysis(frame: pd.DataFrame, _: int) -> Work:
    """Time `relative_importance`: relative weights, from one eigendecomposition."""
    from key_driver_analysis import relative_importance

    names = list(frame.columns[:-1])

    def work() -> pd.Series:
        found = relative_importance(frame, "satisfaction", names)
        return found.set_index("feature")["raw_rel_imp"].reindex(names)

    return work


def relaimpo(frame: pd.DataFrame, resamples: int) -> Work:
    """Time R's `calc.relimp(type = "lmg")`, or `boot.relimp`; R itself says how long it took."""
    asked = f"boot.relimp(satisfaction ~ ., data, b = {resamples}, type = 'lmg')"
    if not resamples:
        asked = "calc.relimp(satisfaction ~ ., data, type = 'lmg')"

    def work() -> dict[str, Any]:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "survey.csv"
            frame.to_csv(file, index=False)
            script = (
                "suppressMessages(library(relaimpo)); data <- read.csv(commandArgs(TRUE)[1]);"
                f"cat(system.time({asked})[['elapsed']])"
            )
            said = subprocess.run(
                ["Rscript", "-e", script, str(file)], capture_output=True, text=True, check=True
            )
        return {"seconds": float(said.stdout.split()[-1])}

    return work


def nothing(_: pd.DataFrame, __: int) -> Work:
    """Time nothing: what NumPy, pandas and the answers take is in every peak of memory."""
    return list


CONTENDERS: dict[str, Callable[[pd.DataFrame, int], Work]] = {
    "nothing": nothing,
    "driver_weights": driver_weights,
    "linear_shares": linear_shares,
    "walked_shares": walked_shares,
    "sampled_shares": sampled_shares,
    "statsmodels": statsmodels,
    "pingouin": pingouin,
    "shapley-value-regression": shapley_value_regression,
    "dominance-analysis": dominance_analysis,
    "relativeImp": relative_imp,
    "key-driver-analysis": key_driver_analysis,
    "relaimpo": relaimpo,
}


def measure(name: str, drivers: int, resamples: int) -> dict[str, Any]:
    """Return the best time in seconds, the peak of memory in MB, and what came out."""
    return timed(CONTENDERS[name](survey(drivers), resamples), elsewhere=name == "relaimpo")


def timed(
    work: Work, *, clock: Callable[[], float] = perf_counter, elsewhere: bool = False
) -> dict[str, Any]:
    """Return the same of any work, done here or in a process that it starts."""
    times: list[float] = []
    while sum(times) < LONG_ENOUGH and len(times) < OFTEN_ENOUGH:
        start = clock()
        result = work()
        times.append(clock() - start)
    found = result if isinstance(result, dict) else {"shares": result}
    told = {key: np.asarray(value).tolist() for key, value in found.items()}
    who = resource.RUSAGE_CHILDREN if elsewhere else resource.RUSAGE_SELF
    peak = resource.getrusage(who).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {"seconds": min(times), "megabytes": peak, **told}


if __name__ == "__main__":
    found = measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write("\n" + json.dumps(found))
