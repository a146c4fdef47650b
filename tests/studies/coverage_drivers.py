"""Say which drivers are covered worst, and what their estimates and intervals look like there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import norm

from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import DRIVERS, driver_label
from tests.studies.populations import SLOPES, Cell

HEADS = ("driver", "slope", "covered, mean", "lowest", "low", "high", "bias", "width")


def driver_rows(cells: Mapping[str, Any], chosen: Sequence[Cell]) -> list[list[str]]:
    """Return a table of the drivers over some cells: heads, a rule, a row for each driver.

    Bias is in standard deviations of the estimate. Width is as a part of what a normal estimate
    with that standard deviation needs.
    """
    coverage, low, high, bias, width = _figures(cells, chosen)
    rows = [list(HEADS), ["---"] * len(HEADS)]
    for place, slope in enumerate(SLOPES):
        rows.append(
            [
                driver_label(DRIVERS[place], "en"),
                f"{slope:.2f}".lstrip("0") if slope else "0",
                _percent(coverage[:, place].mean()),
                _percent(coverage[:, place].min()),
                _percent(low[:, place].mean()),
                _percent(high[:, place].mean()),
                f"{bias[:, place].mean():+.2f}".replace("-", "−"),
                f"{width[:, place].mean():.2f}",
            ]
        )
    return rows


def worst_covered(
    cells: Mapping[str, Any], chosen: Sequence[Cell], titles: Mapping[str, str]
) -> str:
    """Return the sentence on the lowest coverage of a driver in some cells."""
    coverage, low, high, bias, width = _figures(cells, chosen)
    drivers = len(SLOPES)
    number, place = np.unravel_index(coverage[:, :drivers].argmin(), (len(chosen), drivers))
    cell = chosen[number]
    return (
        f"The lowest of these {coverage[:, :drivers].size} coverages is"
        f" {_percent(coverage[number, place])}, of {driver_label(DRIVERS[place], 'en')}"
        f" ({titles[cell.kind]}, n = {cell.n:,}, r = {cell.correlation}): there the interval lay"
        f" below the truth in {_percent(low[number, place])} of the samples and above it in"
        f" {_percent(high[number, place])}, the estimate was off by"
        f" {abs(bias[number, place]):.2f} of its standard deviation, and the interval had"
        f" {width[number, place]:.2f} of the width that a normal estimate would need."
    )


def _figures(cells: Mapping[str, Any], chosen: Sequence[Cell]) -> list[FloatArray]:
    """Return coverage, low, high, bias and width of the package's rule, a row for each cell."""
    found = [cells[cell.key] for cell in chosen]
    ours = [each["adjusted"] for each in found]
    coverage, low, high, bias, error, width = (
        np.array([each[name] for each in ours])
        for name in ("coverage", "below", "above", "bias", "bias_error", "width")
    )
    spread = error * np.sqrt([[each["samples"]] for each in found])
    needed = 2 * norm.isf((1 - np.array([[each["level"]] for each in found])) / 2) * spread
    return [coverage, low, high, bias / spread, width / needed]


def _percent(part: float) -> str:
    return f"{100 * part:.1f} %"
