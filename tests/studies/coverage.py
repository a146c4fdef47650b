"""How often intervals hold the truth: ``python -m tests.studies.coverage --out docs/coverage.md``.

Every finished cell is kept in a file with its settings, so that a study that was stopped goes on
where it was. Delete the file after a change of what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.linear_valuation import linear_valuation
from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.importance.recentring import recentred_replicates
from cxdrivers.moments.design import Design
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.intervals import percentile_interval
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import LINEAR
from tests.studies.coverage_page import page
from tests.studies.fitted_once import fitted_once
from tests.studies.populations import CELLS, KINDS, Cell, blank_design, draw, true_weights

LEVEL = 0.95
AT_ONCE = 25
RULES = ("adjusted", "shares", "classic")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is not yet in the cache, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.coverage", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/coverage.md"), help="the page")
    for name, (samples, resamples) in {"": (1000, 1000), "fitted-": (400, 400)}.items():
        model = "top box and grades" if name else "straight lines"
        parser.add_argument(f"--{name}samples", type=int, default=samples, help=f"of {model}")
        parser.add_argument(f"--{name}resamples", type=int, default=resamples, help=f"of {model}")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--cache", type=Path, default=Path(".cache/coverage.json"))
    parser.add_argument("--measured", action="store_true", help="only what the cache holds")
    parser.add_argument(
        "--kinds", nargs="+", choices=KINDS, default=KINDS, help="measure no others"
    )
    chosen = parser.parse_args(arguments)
    linear = {"samples": chosen.samples, "resamples": chosen.resamples, "level": LEVEL}
    fitted = linear | {"samples": chosen.fitted_samples, "resamples": chosen.fitted_resamples}
    plan = {cell: linear if cell.model == LINEAR else fitted for cell in CELLS}
    finished = _finished(chosen.cache, plan)
    wanted = {} if chosen.measured else plan
    missing = {
        cell: settings
        for cell, settings in wanted.items()
        if cell.key not in finished and cell.kind in chosen.kinds
    }
    for cell, result in _measured(missing, chosen.jobs):
        finished[cell.key] = plan[cell] | result
        _keep(chosen.cache, finished)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(page(finished, linear, fitted), encoding="utf-8")


def measure(cell: Cell, numbers: Sequence[int], resamples: int) -> dict[str, FloatArray]:
    """Return estimate, low and high of some samples by rule, each of shape ``(samples, 3, m)``.

    The seven weights and R² of all drivers (m = 8) by the package's rule and by the classic
    percentile, and the seven shares by the package's rule.
    """
    found = [
        _intervals(draw(cell, number, _blank()), cell.model, seed=number, resamples=resamples)
        for number in numbers
    ]
    return {rule: np.stack([each[rule] for each in found]) for rule in RULES}


def summary(measured: dict[str, FloatArray], truth: FloatArray) -> dict[str, Any]:
    """Return, by rule, bias, coverage and width over all samples of a cell."""
    targets = {"shares": truth / truth.sum()}
    weights = np.append(truth, truth.sum())
    result: dict[str, Any] = {"truth": weights.tolist()}
    for rule, values in measured.items():
        target = targets.get(rule, weights)
        estimate, low, high = values[:, 0], values[:, 1], values[:, 2]
        above, below = low > target, high < target
        result[rule] = {
            "bias": (estimate.mean(axis=0) - target).tolist(),
            "bias_error": (estimate.std(axis=0, ddof=1) / np.sqrt(len(estimate))).tolist(),
            "coverage": (~(above | below)).mean(axis=0).tolist(),
            "above": above.mean(axis=0).tolist(),
            "below": below.mean(axis=0).tolist(),
            "width": (high - low).mean(axis=0).tolist(),
        }
    return result


def _intervals(design: Design, model: str, *, seed: int, resamples: int) -> dict[str, FloatArray]:
    moments = moments_of(design)
    valuation: Valuation = (
        linear_valuation(moments, "lmg") if model == LINEAR else fitted_once(design)
    )
    found = {}
    for rule in ("adjusted", "classic"):
        settings = Settings(
            method="lmg",
            kind=model,
            adjusted=rule == "adjusted",
            n_boot=resamples,
            level=LEVEL,
            seed=seed,
        )
        estimate, replicates = estimate_and_replicates(design, moments, valuation, settings)
        level = expanded_level_of(design, LEVEL) if settings.adjusted else LEVEL
        together = replicates.sum(axis=1)
        if settings.adjusted:
            together = recentred_replicates(together, estimate.sum(), len(design.terms))
            shares = replicates / replicates.sum(axis=1, keepdims=True)
            found["shares"] = np.stack(
                [estimate / estimate.sum(), *percentile_interval(shares, level)]
            )
        everything = np.column_stack([replicates, together])
        found[rule] = np.stack(
            [np.append(estimate, estimate.sum()), *percentile_interval(everything, level)]
        )
    return found


def _measured(plan: dict[Cell, dict[str, Any]], jobs: int) -> Iterator[tuple[Cell, dict[str, Any]]]:
    if not plan:
        return
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    parts: dict[Cell, dict[int, dict[str, FloatArray]]] = defaultdict(dict)
    with (
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool,
        tqdm(
            total=sum(each["samples"] for each in plan.values()), unit="sample", smoothing=0.02
        ) as bar,
    ):
        tasks = {
            pool.submit(measure, cell, numbers, settings["resamples"]): (cell, numbers)
            for cell, settings in plan.items()
            for numbers in _batches(settings["samples"])
        }
        try:
            for task in as_completed(tasks):
                cell, numbers = tasks.pop(task)
                parts[cell][numbers.start] = task.result()
                bar.update(len(numbers))
                if len(parts[cell]) == len(_batches(plan[cell]["samples"])):
                    yield cell, summary(_joined(parts.pop(cell)), true_weights(cell))
        finally:
            pool.shutdown(cancel_futures=True)


def _batches(samples: int) -> list[range]:
    return [range(start, min(start + AT_ONCE, samples)) for start in range(0, samples, AT_ONCE)]


def _joined(parts: dict[int, dict[str, FloatArray]]) -> dict[str, FloatArray]:
    return {rule: np.concatenate([parts[start][rule] for start in sorted(parts)]) for rule in RULES}


@cache
def _blank() -> Design:
    return blank_design()


def _finished(file: Path, plan: dict[Cell, dict[str, Any]]) -> dict[str, Any]:
    """Return the cells of earlier runs with the same settings."""
    if not file.exists():
        return {}
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {
        cell.key: kept[cell.key]
        for cell, settings in plan.items()
        if settings.items() <= kept.get(cell.key, {}).items()
    }


def _keep(file: Path, cells: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    half.write_text(json.dumps(cells), encoding="utf-8")
    half.replace(file)


if __name__ == "__main__":
    main()
