"""Say what a policy for missing answers did to estimates and intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cxdrivers.moments.sums import FloatArray
from cxdrivers.vocabulary import DRIVERS, driver_label
from tests.studies.blanks import EMPATHY, Cell
from tests.studies.policies import policies_of

TOTAL = len(DRIVERS)
FIGURES = (*range(TOTAL + 1), TOTAL + 1 + EMPATHY)
"""The weights, what they add up to, and the own effect of the driver that is not there."""
CHANCE = 3.5
"""Monte-Carlo errors within which an average may lie from the truth by chance."""


@dataclass(frozen=True, eq=False)
class Judged:
    """What a policy did over some cells.

    Attributes
    ----------
    figures, biased
        How many were looked at, and how many of them are off by more than chance.
    largest, lowest, mean
        The largest bias in standard deviations of the estimate; the lowest and mean coverage.
    widths
        For each cell how wide the intervals of the weights are, on average, beside those of the
        first policy.
    sentence
        The same in words.
    """

    figures: int
    biased: int
    largest: float
    lowest: float
    mean: float
    widths: list[float]
    sentence: str


def judged(cells: Mapping[str, Any], chosen: Sequence[Cell], policy: str) -> Judged:
    """Judge a policy over some cells, of which the first policy is what widths are held against.

    Parameters
    ----------
    cells
        Summaries by key.
    chosen
        Cells with the same policies.
    policy
        One of these.
    """
    found = [cells[cell.key] for cell in chosen]
    places = list(FIGURES)
    truth = np.array([each["truth"] for each in found])[:, places]
    bias, spread, coverage = (
        np.array([each[policy][name] for each in found])[:, places]
        for name in ("bias", "spread", "coverage")
    )
    in_spreads = bias / spread
    samples = np.array([[each["samples"]] for each in found])
    beyond = np.abs(in_spreads) * np.sqrt(samples) > CHANCE
    first = policies_of(chosen[0])[0]
    widths = [
        float(np.mean(np.divide(each[policy]["width"][:TOTAL], each[first]["width"][:TOTAL])))
        for each in found
    ]
    most, largest = _extreme(np.abs(in_spreads), chosen)
    least, lowest = _extreme(-coverage, chosen)
    if beyond.any():
        off = (
            f"biased in {beyond.sum()} of {bias.size} figures, the most for {largest}, where the"
            f" mean estimate is {(truth + bias)[most]:.3f} and {truth[most]:.3f} is true"
            f" ({abs(in_spreads[most]):.1f} standard deviations)"
        )
    else:
        off = (
            "no bias beyond chance; the largest is"
            f" {abs(in_spreads[most]):.2f} of a standard deviation ({largest})"
        )
    covered = (
        f"covered {percent(coverage.mean())} on average and {percent(coverage[least])} at least"
        f" ({lowest})"
    )
    wide = f"; intervals {_listed(widths)} times as wide" if policy != first else ""
    return Judged(
        figures=bias.size,
        biased=int(beyond.sum()),
        largest=float(in_spreads[most]),
        lowest=float(coverage[least]),
        mean=float(coverage.mean()),
        widths=widths,
        sentence=f"{off}; {covered}{wide}.",
    )


def figure_name(place: int) -> str:
    """Return what a figure is called."""
    if place == TOTAL:
        return "all drivers together"
    if place < TOTAL:
        return driver_label(DRIVERS[place], "en")
    return f"{driver_label(DRIVERS[place - TOTAL - 1], 'en')}’s own effect"


def percent(part: float) -> str:
    """Return a part as a percentage with one digit."""
    return f"{100 * part:.1f} %"


def _extreme(values: FloatArray, chosen: Sequence[Cell]) -> tuple[tuple[int, int], str]:
    """Return the place of the largest value, shape ``(cells, figures)``, and what it is called."""
    cell, figure = divmod(int(values.argmax()), values.shape[1])
    return (cell, figure), f"{figure_name(FIGURES[figure])} at {100 * chosen[cell].share:.0f} %"


def _listed(values: Sequence[float]) -> str:
    *others, last = [f"{value:.2f}" for value in values]
    return f"{', '.join(others)} and {last}" if others else last
