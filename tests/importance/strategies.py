"""Random data sets for Hypothesis: a few drivers of one to three columns, perhaps weighted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Data:
    """Rows of a regression whose drivers may have several columns."""

    columns: FloatArray
    outcome: FloatArray
    groups: list[tuple[int, ...]]
    weights: FloatArray | None

    @property
    def covariance(self) -> FloatArray:
        """The weighted covariance matrix, outcome last."""
        values = np.column_stack([self.columns, self.outcome])
        return np.cov(values, rowvar=False, aweights=self.weights, ddof=0)


@st.composite
def data_sets(draw: st.DrawFn, most_columns: int = 3) -> Data:
    """Draw data of 1 to 5 drivers: ratings of a few steps, or numbers of any kind."""
    sizes = draw(st.lists(st.integers(1, most_columns), min_size=1, max_size=5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(3 * sum(sizes) + 6, 60))
    halo = draw(st.sampled_from([0.0, 0.5, 0.95]))
    columns = halo * rng.normal(size=(n, 1)) + rng.normal(size=(n, sum(sizes)))
    outcome = columns @ rng.normal(size=sum(sizes)) + rng.normal(size=n)
    if draw(st.booleans()):
        columns, outcome = np.round(2 * columns), np.round(outcome)
    starts = np.cumsum([0, *sizes])
    groups = [tuple(range(a, b)) for a, b in pairwise(starts)]
    weights = rng.uniform(0.2, 5, size=n) if draw(st.booleans()) else None
    return Data(columns, outcome, groups, weights)


@st.composite
def data_with_controls(
    draw: st.DrawFn, most_columns: int = 3
) -> tuple[Data, list[tuple[int, ...]], tuple[int, ...]]:
    """Draw data, the groups of which some are drivers, and the columns of the rest: controls."""
    data = draw(data_sets(most_columns))
    drivers = draw(st.integers(0, len(data.groups)))
    controls = tuple(column for group in data.groups[drivers:] for column in group)
    return data, data.groups[:drivers], controls
