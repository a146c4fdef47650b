"""What is done with missing answers: ``python -m tests.studies.missing --out FILE``.

Every finished cell is kept in a file with its settings, so that a study that was stopped goes on
where it was. Delete the file after a change of what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import LINEAR
from tests.studies.blanks import CELLS, Cell, truth
from tests.studies.missing_page import page
from tests.studies.policies import LEVEL, estimates

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is not yet in the cache, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.missing", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/missing-answers.md"), help="page")
    for name, (samples, resamples) in {"": (250, 200), "fitted-": (80, 150)}.items():
        model = "the top box" if name else "straight lines"
        parser.add_argument(f"--{name}samples", type=int, default=samples, help=f"of {model}")
        parser.add_argument(f"--{name}resamples", type=int, default=resamples, help=f"of {model}")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--cache", type=Path, default=Path(".cache/missing.json"))
    chosen = parser.parse_args(arguments)
    linear = {"samples": chosen.samples, "resamples": chosen.resamples, "level": LEVEL}
    fitted = linear | {"samples": chosen.fitted_samples, "resamples": chosen.fitted_resamples}
    plan = {cell: linear if cell.model == LINEAR else fitted for cell in CELLS}
    finished = _finished(chosen.cache, plan)
    for cell, result in _measured(
        {cell: settings for cell, settings in plan.items() if cell.key not in finished},
        chosen.jobs,
    ):
        finished[cell.key] = plan[cell] | result
        _keep(chosen.cache, finished)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(page(finished, linear, fitted), encoding="utf-8")


def summary(measured: Iterable[Mapping[str, FloatArray]], target: FloatArray) -> dict[str, Any]:
    """Return by policy the bias, spread, coverage and width over all samples of a cell.

    Parameters
    ----------
    measured
        For each sample the estimate, low and high by policy, shape ``(3, m)``.
    target
        Shape ``(m,)``: the truth.
    """
    samples = list(measured)
    result: dict[str, Any] = {"truth": target.tolist()}
    for name in samples[0]:
        estimate, low, high = np.stack([sample[name] for sample in samples], axis=1)
        spread = estimate.std(axis=0, ddof=1)
        result[name] = {
            "bias": (estimate.mean(axis=0) - target).tolist(),
            "spread": spread.tolist(),
            "coverage": ((low <= target) & (target <= high)).mean(axis=0).tolist(),
            "width": (high - low).mean(axis=0).tolist(),
        }
    return result


def _measured(
    plan: Mapping[Cell, dict[str, Any]], jobs: int
) -> Iterator[tuple[Cell, dict[str, Any]]]:
    if not plan:
        return
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    with (
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool,
        tqdm(total=sum(each["samples"] for each in plan.values()), unit="sample") as bar,
    ):
        for cell, settings in plan.items():
            one = partial(estimates, cell, resamples=settings["resamples"])
            measured = []
            for found in pool.map(one, range(settings["samples"]), chunksize=5):
                measured.append(found)
                bar.update()
            yield cell, summary(measured, truth(cell))


def _finished(file: Path, plan: Mapping[Cell, dict[str, Any]]) -> dict[str, Any]:
    """Return the cells of earlier runs with the same settings."""
    if not file.exists():
        return {}
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {
        cell.key: kept[cell.key]
        for cell, settings in plan.items()
        if settings.items() <= kept.get(cell.key, {}).items()
    }


def _keep(file: Path, cells: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    half.write_text(json.dumps(cells), encoding="utf-8")
    half.replace(file)


if __name__ == "__main__":
    main()
