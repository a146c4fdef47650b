"""Write what the coverage study found as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from cxdrivers.vocabulary import DRIVERS, driver_label
from tests.studies.coverage_drivers import driver_rows, worst_covered
from tests.studies.latent import frequencies
from tests.studies.populations import (
    CELLS,
    EFFECTIVE,
    FITTED_CELLS,
    FITTED_KINDS,
    KINDS,
    SHARED,
    SLOPES,
    TEAM,
    Cell,
    true_weights,
)

LEAST, MOST = 0.93, 0.98
CELL = ("cell", "cells")
TITLES = {
    "normal": "Normal answers",
    "grades": "Whole answers from 1 to 10 with a ceiling",
    "weights": f"Survey weights with an effective n of {100 * EFFECTIVE:.0f} %",
    "clusters": f"Teams of {TEAM}, intra-class correlation {SHARED}",
    "top_box": "Top box",
    "ordinal": "Eight unequal grades",
    "top_box_weights": f"Top box, survey weights with an effective n of {100 * EFFECTIVE:.0f} %",
    "top_box_clusters": f"Top box, teams of {TEAM}, intra-class correlation {SHARED}",
}

TEMPLATE = Path(__file__).with_suffix(".md")


def page(cells: dict[str, Any], linear: dict[str, Any], fitted: dict[str, Any]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    cells
        The summaries of all cells by key.
    linear, fitted
        Samples, resamples and level for straight lines, and for a top box and grades.
    """
    parts, fitted_cells = frequencies("ordinal"), _known(FITTED_CELLS, cells)
    return TEMPLATE.read_text(encoding="utf-8").format(
        command="python -m tests.studies.coverage --out docs/coverage.md"
        f" --samples {linear['samples']} --resamples {linear['resamples']}"
        f" --fitted-samples {fitted['samples']} --fitted-resamples {fitted['resamples']}"
        f" --jobs 2{' --measured' if _unmeasured(cells) else ''}",
        slopes=" ".join(f"{slope:.2f}".lstrip("0") for slope in SLOPES[:-1]) + " 0",
        samples=f"{linear['samples']:,}",
        resamples=f"{linear['resamples']:,}",
        fitted_samples=f"{fitted['samples']:,}",
        fitted_resamples=f"{fitted['resamples']:,}",
        effective=100 * EFFECTIVE,
        team=TEAM,
        reached=f"{100 * frequencies('top_box')[1]:.0f}",
        rarest=f"{100 * parts.min():.0f}",
        commonest=f"{100 * parts.max():.0f}",
        top_box_explained=_index("top_box"),
        ordinal_explained=_index("ordinal"),
        least=100 * LEAST,
        most=100 * MOST,
        error=_percent(_error(linear)),
        counted=(len(_known(CELLS, cells)) - len(fitted_cells)) * len(SLOPES),
        fitted_error=_percent(_error(fitted)),
        fitted_counted_cells=len(fitted_cells),
        fitted_counted=len(fitted_cells) * len(SLOPES),
        unmeasured=_unmeasured(cells),
        overview="\n".join(_overview(cells)),
        shortfalls="\n".join(_shortfalls(cells)),
        worst=worst_covered(cells, fitted_cells, TITLES),
        drivers="\n".join(_row(row) for row in driver_rows(cells, fitted_cells)),
        tables="\n".join(_tables(cells)).rstrip(),
    )


def _known(chosen: Sequence[Cell], cells: dict[str, Any]) -> tuple[Cell, ...]:
    """Return the cells that were measured."""
    return tuple(cell for cell in chosen if cell.key in cells)


def _unmeasured(cells: dict[str, Any]) -> str:
    """Return which kinds of answers have cells that were not measured, and what measures them."""
    kinds = Counter(cell.kind for cell in CELLS if cell.key not in cells)
    if not kinds:
        return ""
    titles = (f"{TITLES[kind]} ({count} {CELL[count > 1]})" for kind, count in kinds.items())
    return (
        f"**Not measured yet**: {'; '.join(titles)}. Nothing on this page says anything of them. "
        f"The command measures them with `--kinds {' '.join(kinds)}` instead of `--measured`."
    )


def _tables(cells: dict[str, Any]) -> Iterator[str]:
    for kind, chosen in groupby(_known(CELLS, cells), key=lambda cell: cell.kind):
        yield f"## {TITLES[kind]}"
        yield ""
        for cell in chosen:
            yield from _table(cell, cells[cell.key])
            yield ""


def _overview(cells: dict[str, Any]) -> Iterator[str]:
    rules = (("the package", "adjusted"), ("its shares", "shares"), ("classic", "classic"))
    yield (
        "| answers | rule | lowest | mean, slopes ≥ .12 | highest, slopes ≥ .12 "
        "| below 93 % | R², lowest |"
    )
    yield "|---|---|---|---|---|---|---|"
    for kind in KINDS:
        own = [cells[cell.key] for cell in _known(CELLS, cells) if cell.kind == kind]
        if not own:
            continue
        for name, rule in rules:
            coverage = np.array([each[rule]["coverage"] for each in own])
            drivers, strong = coverage[:, : len(SLOPES)], coverage[:, : int((SLOPES >= 0.12).sum())]
            together = "" if rule == "shares" else _percent(coverage[:, -1].min())
            below = f"{(drivers < LEAST).sum()} of {drivers.size}"
            figures = (drivers.min(), strong.mean(), strong.max())
            yield _row([TITLES[kind], name, *map(_percent, figures), below, together])


def _shortfalls(cells: dict[str, Any]) -> Iterator[str]:
    low: list[str] = []
    high: Counter[tuple[float, int]] = Counter()
    for cell in _known(CELLS, cells):
        coverage = cells[cell.key]["adjusted"]["coverage"]
        for place, slope in enumerate(SLOPES):
            if coverage[place] < LEAST:
                where = f"{TITLES[cell.kind]}, n = {cell.n:,}, r = {cell.correlation}"
                figure = f"{_percent(coverage[place])} ± {_percent(_error(cells[cell.key]))}"
                low.append(f"- {where}: {_name(place)}, {figure}")
            elif coverage[place] > MOST and slope > 0:
                high[cell.correlation, place] += 1
    yield f"**Covered less than {100 * LEAST:.0f} %**: {len(low) or 'none'}."
    yield ""
    yield from low
    yield ""
    yield f"**A slope above 0, covered more than {100 * MOST:.0f} %**: {high.total() or 'none'}."
    yield ""
    for (correlation, place), count in sorted(high.items()):
        cells_like = sum(cell.correlation == correlation for cell in _known(CELLS, cells))
        slope = f"{SLOPES[place]:.2f}".lstrip("0")
        yield f"- r = {correlation}: {_name(place)} (slope {slope}), {count} of {cells_like} cells"


def _table(cell: Cell, found: dict[str, Any]) -> Iterator[str]:
    yield f"### n = {cell.n:,}, r = {cell.correlation}"
    yield ""
    yield (
        "| driver | truth | bias | covered | low | high | width | share covered "
        "| classic bias | classic covered | classic width |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    whole = "R²" if cell.kind not in FITTED_KINDS else "McFadden's R²"
    ours, classic, shares = found["adjusted"], found["classic"], found["shares"]
    for place, truth in enumerate(found["truth"]):
        driver = place < len(SLOPES)
        yield _row(
            [
                _name(place) if driver else f"{whole}, all drivers",
                f"{truth:.4f}",
                _in_errors(ours, place),
                _percent(ours["coverage"][place]),
                _percent(ours["below"][place]),
                _percent(ours["above"][place]),
                f"{ours['width'][place]:.3f}",
                _percent(shares["coverage"][place]) if driver else "",
                _in_errors(classic, place),
                _percent(classic["coverage"][place]),
                f"{classic['width'][place]:.3f}",
            ]
        )


def _error(settings: dict[str, Any]) -> float:
    """Return the Monte-Carlo error of a coverage as high as promised."""
    return float(np.sqrt(settings["level"] * (1 - settings["level"]) / settings["samples"]))


def _index(kind: str) -> str:
    """Return McFadden's R² of all drivers in the population."""
    return f"{true_weights(Cell(kind, 300, 0.3)).sum():.2f}".lstrip("0")


def _name(place: int) -> str:
    return driver_label(DRIVERS[place], "en")


def _in_errors(found: dict[str, Any], place: int) -> str:
    return f"{found['bias'][place] / found['bias_error'][place]:+.1f}".replace("-", "−")


def _percent(part: float) -> str:
    return f"{100 * part:.1f} %"


def _row(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
