"""Add the rows of a design up to its sampling units: respondents, or whole clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.moments.design import Design
from cxdrivers.moments.sums import FloatArray, cluster_sums, row_products


@dataclass(frozen=True, eq=False)
class Units:
    """What is drawn or left out as a whole.

    Attributes
    ----------
    sums
        Shape ``(units, m)``: each unit's sums of 1, x and x·x', weighted; outcome last.
    strata
        Shape ``(units,)``: the number of each unit's stratum, or None.
    """

    sums: FloatArray
    strata: NDArray[np.intp] | None


def units_of(design: Design) -> Units:
    """Return the sampling units of a design: its clusters where it has them, else its rows."""
    values = np.column_stack([design.columns, design.outcome])
    products = row_products(values - values.mean(axis=0), design.weights)
    if design.cluster is not None:
        products = cluster_sums(products, design.cluster)
    return Units(products, unit_strata(design))


def unit_count(design: Design) -> int:
    """Return how many sampling units a design has."""
    return len(design.outcome) if design.cluster is None else len(np.unique(design.cluster))


def unit_strata(design: Design) -> NDArray[np.intp] | None:
    """Return the number of each sampling unit's stratum, or None when there are no strata."""
    if design.cluster is None or design.strata is None:
        return design.strata
    strata = np.zeros(unit_count(design), dtype=np.intp)
    strata[design.cluster] = design.strata
    return strata
