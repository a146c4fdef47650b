"""Whether the chain says what is true: ``python -m tests.studies.advocacy --out FILE``.

Every finished world is kept in a file with its settings, so that a study that was stopped goes on
where it was. Delete the file after a change of what is measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from tqdm import tqdm

from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.models.resampled_logit import Regressors, fit_logit
from cxdrivers.moments.sums import FloatArray
from tests.studies.advocacy_page import page
from tests.studies.advocacy_worlds import DRIVERS, WORLDS, World, survey_of, truth

LEVEL = 0.95
SAMPLES, RESAMPLES = 500, 400


@dataclass(frozen=True, eq=False)
class Measured:
    """What the surveys of a world gave.

    Attributes
    ----------
    truth
        Direct, indirect and total, shape ``(3,)``.
    estimates, low, high
        Shape ``(samples, 3)``.
    naive
        Shape ``(samples, 2)``: the difference between customers with and without a mention as they
        are, and the product of two logit coefficients; NaN where one has no top.
    penalised
        Shape ``(samples,)``: whether the sample's own likelihood had no top.
    """

    truth: FloatArray
    estimates: FloatArray
    low: FloatArray
    high: FloatArray
    naive: FloatArray
    penalised: FloatArray

    @property
    def coverage(self) -> FloatArray:
        """How often each interval holds the truth, shape ``(3,)``."""
        inside: FloatArray = ((self.low <= self.truth) & (self.truth <= self.high)).mean(axis=0)
        return inside

    @property
    def bias(self) -> FloatArray:
        """Mean of the estimates minus the truth, shape ``(3,)``."""
        found: FloatArray = self.estimates.mean(axis=0) - self.truth
        return found

    @property
    def error(self) -> FloatArray:
        """Monte-Carlo error of the bias, shape ``(3,)``."""
        spread: FloatArray = self.estimates.std(axis=0, ddof=1) / np.sqrt(len(self.estimates))
        return spread


def measured(world: World, *, samples: int, resamples: int, jobs: int = 1) -> Measured:
    """Draw surveys from a world and take each apart."""
    one = delayed(partial(_one, world, resamples=resamples))
    found = Parallel(n_jobs=jobs)(one(number) for number in tqdm(range(samples), desc=world.name))
    estimates, low, high, naive, penalised = (
        np.array(column) for column in zip(*found, strict=True)
    )
    target = np.array(truth(world.level, teams=world.teams))
    return Measured(target, estimates, low, high, naive, penalised)


def _one(
    world: World, number: int, *, resamples: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, bool]:
    survey = survey_of(world, number)
    chain = advocacy_chain(survey, threshold=8, n_boot=resamples, level=LEVEL, seed=number)
    table = chain.tidy()
    ends = (table[name].to_numpy() for name in ("estimate", "conf_low", "conf_high"))
    estimate, low, high = ends
    frame = survey.frame.dropna()
    return estimate, low, high, _naive(frame.to_numpy(np.float64), frame.columns), chain.penalised


def _naive(rows: FloatArray, names: Sequence[str]) -> FloatArray:
    """Return the difference as it is, and the product of the logit coefficients of both links."""
    place = {name: rows[:, list(names).index(name)] for name in names}
    mention, told = place["named"], place["told"]
    score = (place["grade"] >= 8).astype(np.float64)
    gap = told[mention == 1].mean() - told[mention == 0].mean()
    held = [place[name] for name in DRIVERS]
    one, even = np.ones(len(rows)), np.ones(len(rows))
    first = fit_logit(Regressors(np.column_stack([one, mention, *held])), score, even)
    second = fit_logit(Regressors(np.column_stack([one, score, mention, *held])), told, even)
    runs_away = first.penalised or second.penalised
    product = np.nan if runs_away else first.coefficients[1] * second.coefficients[1]
    return np.array([gap, product])


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, take apart, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.advocacy", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/advocacy-chain.md"), help="page")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="surveys of each world")
    parser.add_argument("--resamples", type=int, default=RESAMPLES, help="of each survey")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--cache", type=Path, default=Path(".cache/advocacy.json"))
    chosen = parser.parse_args(arguments)
    settings = {"samples": chosen.samples, "resamples": chosen.resamples}
    kept = json.loads(chosen.cache.read_text("utf-8")) if chosen.cache.exists() else {}
    found = {}
    for world in WORLDS:
        asked = settings | asdict(world)
        if kept.get(world.name, {}).get("asked") != asked:
            fresh = measured(world, jobs=chosen.jobs, **settings)
            kept[world.name] = {"asked": asked, "found": _plain(fresh)}
            _keep(chosen.cache, kept)
        found[world] = _read(kept[world.name]["found"])
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(page(found, **settings), encoding="utf-8")


def _plain(found: Measured) -> dict[str, Any]:
    return {name: values.tolist() for name, values in vars(found).items()}


def _read(plain: dict[str, Any]) -> Measured:
    return Measured(**{name: np.array(values, np.float64) for name, values in plain.items()})


def _keep(file: Path, worlds: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    half.write_text(json.dumps(worlds), encoding="utf-8")
    half.replace(file)


if __name__ == "__main__":
    main()
