"""Write how often intervals from random parts hold the truth as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cxdrivers.models.part_slopes import FEWEST_PARTS
from tests.studies.parts_cells import PartCell
from tests.studies.populations import EFFECTIVE, SHARED, SLOPES, TEAM

TEMPLATE = Path(__file__).with_suffix(".md")
ANSWERS = {
    "normal": "normal answers",
    "grades": "grades 1 to 10",
    "weights": f"weighted, {100 * EFFECTIVE:.0f} % effective",
    "clusters": f"teams of {TEAM}, correlation {SHARED}",
}
NAMES = {"rows": "rows", "parts": "parts", "jackknife": "leaving parts out ± t"}
HEADS = ("answers", "n", "parts", "drawn", "all drivers", "lowest", "slope 0", "R²", "width")
CLEAR = SLOPES >= 0.12

Found = Mapping[PartCell, Mapping[str, Mapping[str, Any]]]


def page(found: Found, settings: Mapping[str, Any]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    found
        Of every cell, by rule, coverages and widths.
    settings
        Samples, resamples and level.
    """
    error = np.sqrt(settings["level"] * (1 - settings["level"]) / settings["samples"])
    alike = {cell: each for cell, each in found.items() if cell.one_in == 1}
    few = [each for cell, each in found.items() if cell.parts < FEWEST_PARTS]
    enough = [each for cell, each in found.items() if cell.parts >= FEWEST_PARTS]
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.parts --out docs/parts.md"
        f" --samples {settings['samples']} --resamples {settings['resamples']}",
        samples=settings["samples"],
        resamples=settings["resamples"],
        level=100 * settings["level"],
        error=100 * error,
        error_of_mean=100 * error / np.sqrt(len(SLOPES)),
        least=FEWEST_PARTS,
        parts=_range([_coverage(each, "parts")[:-1].mean() for each in enough]),
        rows=_range([_coverage(each, "rows")[:-1].mean() for each in enough if "rows" in each]),
        jackknife=_range([_coverage(each, "jackknife").mean() for each in enough]),
        jackknife_nil=_range([_coverage(each, "jackknife")[-1] for each in enough]),
        effects=_range([_coverage(each, "effect").mean() for each in enough if "effect" in each]),
        few=_range([_coverage(each, "parts")[:-1][CLEAR].mean() for each in few]),
        few_together=_range([_coverage(each, "parts")[-1] for each in few]),
        widths="\n".join(_widths(alike)),
        table="\n".join(_table(found)),
        slopes="\n".join(_slopes(found)),
    )


def _table(found: Found) -> Iterator[str]:
    yield _row(HEADS)
    yield "|---|---|---|---|---|---|---|---|---|"
    for cell, each in found.items():
        usual = _width(each, "rows" if "rows" in each else "parts")
        for rule, name in NAMES.items():
            if rule not in each:
                continue
            coverage = _coverage(each, rule)
            drivers = coverage[: len(SLOPES)]
            width = _width(each, rule)
            yield _row(
                [
                    *_names(cell),
                    name,
                    _percent(drivers.mean()),
                    _percent(drivers.min()),
                    _percent(drivers[-1]),
                    _percent(coverage[-1]) if len(coverage) > len(SLOPES) else "",
                    f"{(width / usual)[CLEAR].mean():.2f}" if "rows" in each else "",
                ]
            )


def _slopes(found: Found) -> Iterator[str]:
    yield _row(("answers", "n", "parts", "mean", "lowest"))
    yield "|---|---|---|---|---|"
    for cell, each in found.items():
        if "effect" in each:
            coverage = _coverage(each, "effect")
            yield _row([*_names(cell), _percent(coverage.mean()), _percent(coverage.min())])


def _widths(found: Found) -> Iterator[str]:
    """Yield how much wider parts make an interval than rows, by their number."""
    by_parts: dict[int, list[float]] = {}
    for cell, each in found.items():
        if "rows" in each:
            ours, rows = (
                np.array(each[rule]["width"])[: len(SLOPES)] for rule in ("parts", "rows")
            )
            by_parts.setdefault(cell.parts, []).append(float((ours / rows)[CLEAR].mean()))
    for parts, widths in sorted(by_parts.items()):
        yield f"- {parts} parts: {np.mean(widths):.2f} times as wide"


def _names(cell: PartCell) -> list[str]:
    population = cell.population
    correlation = "" if population.correlation == 0.3 else f", r = {population.correlation:.0f}"
    parts = str(cell.parts) if cell.one_in == 1 else f"{cell.parts}, of 1 in {cell.one_in}"
    return [f"{ANSWERS[population.kind]}{correlation}", f"{population.n:,}", parts]


def _coverage(each: Mapping[str, Mapping[str, Any]], rule: str) -> np.ndarray:
    return np.array(each[rule]["coverage"])


def _width(each: Mapping[str, Mapping[str, Any]], rule: str) -> np.ndarray:
    """Return the mean widths of the seven drivers."""
    return np.array(each[rule]["width"])[: len(SLOPES)]


def _range(values: Sequence[float]) -> str:
    if not len(values):
        return "–"
    low, high = min(values), max(values)
    return f"{100 * low:.1f} to {100 * high:.1f} %"


def _percent(part: float) -> str:
    return f"{100 * part:.1f} %"


def _row(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
