"""Draw surveys and sum them in random parts, as a warehouse would deliver them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxdrivers.moments.columns import RATING
from cxdrivers.moments.design import Design
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.product_sums import product_sums
from cxdrivers.vocabulary import DRIVERS
from tests.studies.populations import Cell

SIZES = ((240, 8), (300, 10), (600, 20), (2000, 50), (10_000, 200))
"""Respondents, and the parts that these are cut into."""
FEW = (150, 5)
MANY_ROWS = 5000


@dataclass(frozen=True)
class PartCell:
    """One population, a number of respondents, and how they are cut up.

    Attributes
    ----------
    population
        What is drawn from.
    parts
        Into how many random parts.
    one_in
        One in so many respondents is in the parts; all are in the totals.
    rows
        Whether the rows are drawn again beside them.
    """

    population: Cell
    parts: int
    one_in: int = 1
    rows: bool = True

    @property
    def key(self) -> str:
        """What the cell is called in a file."""
        return f"{self.population.key}-{self.parts}-{self.one_in}"


def _cells() -> tuple[PartCell, ...]:
    found = []
    for kind, correlation in (
        ("normal", 0.3),
        ("normal", 0.0),
        ("grades", 0.3),
        ("weights", 0.3),
        ("clusters", 0.3),
    ):
        for n, parts in (FEW, *SIZES) if kind == "normal" else SIZES:
            rows = n < MANY_ROWS or (kind, correlation) == ("normal", 0.3)
            found.append(PartCell(Cell(kind, n, correlation), parts, rows=rows))
    return (
        *found,
        PartCell(Cell("normal", 6000, 0.3), 50, one_in=4, rows=False),
        PartCell(Cell("normal", 6000, 0.3), 50, rows=False),
        PartCell(Cell("grades", 30_000, 0.3), 50, one_in=20, rows=False),
        PartCell(Cell("grades", 30_000, 0.3), 50, rows=False),
    )


CELLS = _cells()


def summed(design: Design, cell: PartCell, number: int) -> GroupedMoments:
    """Return the sums of a design in random parts, as a warehouse would deliver them.

    Every respondent, or cluster, is in a part by a number of its own, so parts differ in size.
    Where only some are in the parts, these tell how far parts differ and the totals where their
    middle is.
    """
    rng = np.random.default_rng([*cell.population.seed, number, cell.parts])
    n = len(design.outcome)
    unit = np.arange(n) if design.cluster is None else design.cluster
    units = int(unit.max()) + 1
    part = rng.integers(0, cell.parts, units)[unit]
    inside = (rng.integers(0, cell.one_in, units) == 0)[unit]
    masses = np.ones(n) if design.weights is None else design.weights
    values = np.column_stack([design.columns, design.outcome])
    centre = values.mean(axis=0)
    sums = product_sums((values - centre)[inside], part[inside], cell.parts, weights=masses[inside])
    squares = np.bincount(part[inside], masses[inside] ** 2, cell.parts)
    if cell.one_in > 1:
        totals = product_sums(values - centre, np.zeros(n, np.intp), 1, weights=masses)[0]
        sums = spread_over(sums, totals, inside.mean())
        squares = spread_over(squares, (masses**2).sum(), inside.mean())
    nothing = np.zeros((1, cell.parts, len(DRIVERS)))
    return GroupedMoments(
        by="",
        labels=("",),
        drivers=DRIVERS,
        groups=design.groups,
        terms=(RATING,) * len(DRIVERS),
        outcome="satisfaction",
        needs=(),
        centre=centre,
        sums=sums[np.newaxis],
        squares=squares[np.newaxis],
        n=np.array([n]),
        rated=np.full((1, len(DRIVERS)), n),
        blank=np.zeros((1, len(DRIVERS)), dtype=np.intp),
        rating_centre=np.zeros(len(DRIVERS)),
        rating_masses=nothing,
        rating_sums=nothing,
        whole_clusters=np.array([design.cluster is not None]),
    )


def spread_over(sums: np.ndarray, totals: np.ndarray | float, part_of_all: float) -> np.ndarray:
    """Return parts that add up to the totals, and differ as parts of all respondents would."""
    count = len(sums)
    middle = sums.sum(axis=0) / count
    return np.asarray(totals) / count + (sums - middle) / np.sqrt(part_of_all)
