"""Whether groups are compared truly: ``python -m tests.studies.groups --out FILE``.

Every finished world is kept in a file with its settings, so that a study that was stopped goes on
where it was. Delete the file after a change of what is measured.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.many_tests import benjamini_hochberg
from tests.studies.groups_batches import WIDTH, Batch, batches, beside
from tests.studies.groups_page import DIFFERING, QUICK, SAME, page
from tests.studies.groups_worlds import DIFFER, WORLDS, Answers, World, answers_of, field_of

LEVEL = 0.95
SAMPLES = 500
GROUPS_AT_ONCE = 1000
NIL = 1e-9


@dataclass(frozen=True, eq=False)
class Measured:
    """What the surveys of a world gave.

    Attributes
    ----------
    rates
        ``measure.quantity.drivers`` → its mean over surveys, and the Monte-Carlo error of that;
        NaN where the truth is not known.
    """

    rates: dict[str, tuple[float, float]]

    def rate(self, measure: str, quantity: str, drivers: str) -> tuple[float, float]:
        """Return the mean and the error of a quantity."""
        return self.rates[f"{measure}.{quantity}.{drivers}"]


def measured(world: World, *, samples: int) -> Measured:
    """Draw surveys from a world and compare their organisations."""
    step = max(1, GROUPS_AT_ONCE // len(world.sizes))
    gathered: dict[str, list[FloatArray]] = {}
    for start in tqdm(range(0, samples, step), desc=world.name):
        surveys = [answers_of(world, number) for number in range(start, min(start + step, samples))]
        for measure, batch in batches(surveys, level=LEVEL).items():
            for quantity, values in _quantities(world, surveys, measure, batch):
                gathered.setdefault(f"{measure}.{quantity}", []).append(values)
    rates = {}
    for name, parts in gathered.items():
        whole = np.concatenate(parts)
        for drivers, which in ((DIFFERING, DIFFER), (SAME, ~DIFFER)):
            each = whole[:, which].mean(axis=1)
            error = each.std(ddof=1) / np.sqrt(samples)
            rates[f"{name}.{drivers}"] = (float(each.mean()), float(error))
    return Measured(rates)


def _quantities(
    world: World, surveys: Sequence[Answers], measure: str, batch: Batch
) -> Iterator[tuple[str, FloatArray]]:
    """Yield names and values, shape ``(S, p)``, of all that is measured."""
    true = np.array([getattr(answers.true, measure) for answers in surveys])
    field, known = field_of(world), not np.isnan(field_of(world).spread[measure]).any()
    if not known:
        true = np.full_like(true, np.nan)
    here = beside(true[:, :-1].reshape(-1, WIDTH), len(surveys))
    found, spread = batch.measure, batch.measure.spread

    def apart(values: FloatArray) -> FloatArray:
        shaped: FloatArray = values.reshape(*values.shape[:-1], len(surveys), WIDTH)
        return shaped if values.ndim == 1 else shaped.mean(axis=0)

    p_value = apart(spread.p_value)
    yield "found_alone", (p_value < 1 - LEVEL).astype(np.float64)
    clear = benjamini_hochberg(p_value) < 1 - LEVEL
    yield "found", clear.astype(np.float64)
    yield "any_found", np.repeat(clear.any(axis=1, keepdims=True), WIDTH, axis=1).astype(float)
    everywhere = np.ones((len(surveys), 1))
    yield "tau", apart(spread.tau)
    yield "tau_bias", apart(spread.tau) - field.spread[measure]
    yield (
        "tau_held",
        _held(everywhere * field.spread[measure], apart(spread.tau_low), apart(spread.tau_high)),
    )
    yield (
        "pooled_held",
        _held(everywhere * field.middle[measure], apart(spread.low), apart(spread.high)),
    )
    yield (
        "new_held",
        _held(true[:, -1], apart(spread.prediction_low), apart(spread.prediction_high)),
    )
    middle, low, high = found.shrunk()
    yield "own_held", apart(_held(here, *found.interval(LEVEL)))
    yield "shrunk_held", apart(_held(here, low, high))
    yield "own_error", apart((found.estimate - here) ** 2)
    yield "shrunk_error", apart((middle - here) ** 2)
    mass = batch.sizes
    differs = here - ((mass * here).sum(axis=0) - mass * here) / (mass.sum(axis=0) - mass)
    yield "rest_held", apart(_held(differs, *batch.rest.interval(LEVEL)))
    yield from _standing_out(batch, differs, len(surveys))


def _standing_out(
    batch: Batch, differs: FloatArray, surveys: int
) -> Iterator[tuple[str, FloatArray]]:
    """Yield how often organisations stand out, and which part of these do not differ."""
    shape = (len(differs), surveys, WIDTH)
    p_values = np.moveaxis(batch.rest.p_value.reshape(shape), 1, 0)
    clear = (benjamini_hochberg(p_values.reshape(surveys, -1)) < 1 - LEVEL).reshape(p_values.shape)
    yield "stands_out", clear.mean(axis=1)
    nothing = np.moveaxis(np.abs(differs).reshape(shape) < NIL, 1, 0)
    wrong = (clear & nothing).sum(axis=(1, 2)) / np.maximum(clear.sum(axis=(1, 2)), 1)
    if np.isnan(differs).any():
        wrong = np.full(surveys, np.nan)
    yield "wrong", np.repeat(wrong[:, np.newaxis], WIDTH, axis=1)


def _held(true: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return 1 where an interval holds what is true, 0 where not, NaN where it is not known."""
    inside = (low - NIL <= true) & (true <= high + NIL)
    return np.where(np.isnan(true), np.nan, inside)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, compare, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.studies.groups", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/group-comparison.md"), help="page")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="surveys of each world")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} surveys of each world")
    parser.add_argument("--cache", type=Path, default=Path(".cache/groups.json"))
    chosen = parser.parse_args(arguments)
    samples = QUICK if chosen.quick else chosen.samples
    kept = json.loads(chosen.cache.read_text("utf-8")) if chosen.cache.exists() else {}
    found = {}
    for world in WORLDS:
        asked = json.loads(json.dumps({"samples": samples} | asdict(world)))
        if kept.get(world.name, {}).get("asked") != asked:
            fresh = measured(world, samples=samples)
            kept[world.name] = {"asked": asked, "found": fresh.rates}
            _keep(chosen.cache, kept)
        found[world] = Measured(kept[world.name]["found"])
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(page(found, samples=samples), encoding="utf-8")


def _keep(file: Path, worlds: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    half.write_text(json.dumps(worlds), encoding="utf-8")
    half.replace(file)


if __name__ == "__main__":
    main()
