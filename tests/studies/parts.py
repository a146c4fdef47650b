"""How often intervals from random parts hold the truth: ``python -m tests.studies.parts``.

Every finished cell is kept in a file with its settings, so that a study that was stopped goes on
where it was. Delete the file after a change of what is measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import stdtrit
from tqdm import tqdm

from cxdrivers.answers.groups.group_estimates import group_estimates
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.drawn import Drawn, DrawnParts
from cxdrivers.answers.weights.estimation import estimate_and_replicates
from cxdrivers.answers.weights.linear_valuation import linear_valuation
from cxdrivers.answers.weights.part_weights import usable_group
from cxdrivers.importance.recentring import recentred_replicates
from cxdrivers.models.own_effects import effects_of_groups
from cxdrivers.moments.design import Design
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.intervals import percentile_interval
from cxdrivers.moments.moments import Moments, moments_of
from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import LINEAR
from tests.studies.parts_cells import CELLS, PartCell, summed
from tests.studies.parts_page import page
from tests.studies.populations import SLOPES, blank_design, draw, true_weights

LEVEL = 0.95
ROWS, PARTS, JACKKNIFE, EFFECT = RULES = ("rows", "parts", "jackknife", "effect")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what is not yet in the cache, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.parts", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/parts.md"), help="the page")
    parser.add_argument("--samples", type=int, default=300, help="of each cell")
    parser.add_argument("--resamples", type=int, default=500, help="of each sample")
    parser.add_argument("--cache", type=Path, default=Path(".cache/parts.json"))
    chosen = parser.parse_args(arguments)
    settings = {"samples": chosen.samples, "resamples": chosen.resamples, "level": LEVEL}
    kept = json.loads(chosen.cache.read_text("utf-8")) if chosen.cache.exists() else {}
    found = {}
    for cell in CELLS:
        asked = settings | asdict(cell)
        if kept.get(cell.key, {}).get("asked") != asked:
            measured = measure(cell, range(chosen.samples), chosen.resamples)
            kept[cell.key] = {"asked": asked, "found": summary(measured, cell)}
            _keep(chosen.cache, kept)
        found[cell] = kept[cell.key]["found"]
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(page(found, settings), encoding="utf-8")


def measure(cell: PartCell, numbers: Sequence[int], resamples: int) -> dict[str, FloatArray]:
    """Return the ends of intervals by rule, each of shape ``(samples, 2, m)``.

    Seven weights and R² of all drivers (m = 8); of the jackknife the weights, and of the own
    effects the seven slopes, where the package takes so few parts.
    """
    found: dict[str, list[FloatArray]] = {}
    for number in tqdm(numbers, desc=cell.key, leave=False):
        design = draw(cell.population, number, _blank())
        settings = Settings(
            "lmg", LINEAR, adjusted=True, n_boot=resamples, level=LEVEL, seed=number
        )
        grouped = summed(design, cell, number)
        each = _of_parts(grouped, settings) | {JACKKNIFE: _jackknife(grouped)}
        if cell.rows:
            each[ROWS] = _of_rows(design, settings)
        for rule, ends in each.items():
            found.setdefault(rule, []).append(ends)
    return {rule: np.stack(ends) for rule, ends in found.items()}


def summary(measured: dict[str, FloatArray], cell: PartCell) -> dict[str, dict[str, Any]]:
    """Return coverage and mean width of every rule."""
    truth = true_weights(cell.population)
    whole = np.append(truth, truth.sum())
    targets = {JACKKNIFE: truth, EFFECT: SLOPES}
    result = {}
    for rule, ends in measured.items():
        low, high = ends[:, 0], ends[:, 1]
        target = targets.get(rule, whole)
        held = (low <= target) & (target <= high)
        result[rule] = {
            "coverage": held.mean(axis=0).tolist(),
            "width": (high - low).mean(axis=0).tolist(),
        }
    if cell.population.kind == "grades":
        result.pop(EFFECT, None)
    return result


def _of_parts(grouped: GroupedMoments, settings: Settings) -> dict[str, FloatArray]:
    """Return what the package gives of parts, also where it holds them for too few."""
    kept = usable_group(grouped)
    parts = DrawnParts(kept)
    found = {PARTS: _drawn_again(parts, kept.moments(0), settings, parts.expanded(LEVEL))}
    if parts.enough:
        effects = effects_of_groups(kept, LEVEL).of(0)
        found[EFFECT] = np.array([effects.low, effects.high])
    return found


def _of_rows(design: Design, settings: Settings) -> FloatArray:
    return _drawn_again(design, moments_of(design), settings, expanded_level_of(design, LEVEL))


def _drawn_again(drawn: Drawn, moments: Moments, settings: Settings, level: float) -> FloatArray:
    """Return the ends of the seven weights and R², as `DriverWeights` has them."""
    valuation = linear_valuation(moments, settings.method)
    estimate, replicates = estimate_and_replicates(drawn, moments, valuation, settings)
    whole = recentred_replicates(
        replicates.sum(axis=1), np.array(estimate.sum()), len(moments.terms)
    )
    return np.stack(percentile_interval(np.column_stack([replicates, whole]), level))


def _jackknife(grouped: GroupedMoments) -> FloatArray:
    found = group_estimates(grouped)
    error = np.sqrt(found.weight.variance[0])
    reach = stdtrit(found.degrees[0], (1 + LEVEL) / 2) * error
    return np.array([found.weight.estimate[0] - reach, found.weight.estimate[0] + reach])


@cache
def _blank() -> Design:
    return blank_design()


def _keep(file: Path, cells: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    half.write_text(json.dumps(cells), encoding="utf-8")
    half.replace(file)


if __name__ == "__main__":
    main()
