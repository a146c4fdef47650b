"""Random surveys with grades for Hypothesis, and an orderly one for tests of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from cxdrivers.importance.graded_rows import graded_rows
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice
from tests.likelihood_twins import mcfadden_of_all_subsets

Groups = list[tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Graded:
    """Columns of drivers and controls, an outcome of a few values, and perhaps weights."""

    columns: FloatArray
    outcome: FloatArray
    groups: Groups
    always: tuple[int, ...] = ()
    weights: FloatArray | None = None

    @property
    def lattice(self) -> LikelihoodLattice:
        """All subsets of the drivers."""
        rows = graded_rows(self.columns, self.outcome, self.weights)
        return LikelihoodLattice(rows, self.groups, self.always)

    def values(self, masses: FloatArray | None = None) -> FloatArray:
        """Return McFadden's index of every subset, in the sample when nothing else is asked."""
        lattice = self.lattice
        return lattice.values(lattice.rows.masses if masses is None else masses)

    def resampled(self, times: int, *, seed: int) -> FloatArray:
        """Return how much everybody counts in resamples of respondents, weights travelling."""
        n = len(self.outcome)
        counts = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=times)
        return counts * (1.0 if self.weights is None else self.weights / self.weights.mean())

    def twin(self, masses: FloatArray) -> FloatArray:
        """Return McFadden's index of every subset, by one fit after another."""
        return mcfadden_of_all_subsets(self.columns, self.outcome, self.groups, masses, self.always)


@st.composite
def graded(draw: st.DrawFn, most_grades: int = 10) -> Graded:
    """Draw 1 to 3 blocks of columns, drivers or controls; ratings or numbers; 2 to 10 grades."""
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    grades = draw(st.integers(2, most_grades))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(40, 120))
    columns = rng.normal(size=(n, sum(sizes))) + draw(st.sampled_from([0, 1])) * rng.normal(
        size=(n, 1)
    )
    if draw(st.booleans()):
        columns = np.round(2 * columns)
    liking = columns @ rng.uniform(-0.5, 1, size=sum(sizes)) + rng.logistic(size=n)
    cuts = np.sort(rng.normal(scale=2, size=grades - 1))
    outcome = np.searchsorted(cuts, liking).astype(float)
    outcome[:2] = 0, grades - 1
    spread = draw(st.sampled_from([None, 0.5, 2.0]))
    weights = None if spread is None else np.exp(spread * rng.normal(size=n))
    blocks = [tuple(range(a, b)) for a, b in pairwise(np.cumsum([0, *sizes]))]
    drivers = draw(st.integers(0, len(blocks)))
    controls = tuple(column for block in blocks[drivers:] for column in block)
    return Graded(columns, outcome, blocks[:drivers], controls, weights)


def survey_of(grades: int, *, n: int = 90, width: int = 3, seed: int = 1) -> Graded:
    """Return ratings that go together, and an outcome of a few grades that goes with them."""
    rng = np.random.default_rng(seed)
    columns = np.round(rng.normal(size=(n, 1)) + rng.normal(size=(n, width)) + 7)
    liking = columns @ np.linspace(0.8, 0.2, width) + rng.logistic(size=n)
    cuts = np.quantile(liking, np.arange(1, grades) / grades)
    outcome = np.searchsorted(cuts, liking).astype(float)
    return Graded(columns, outcome, [(driver,) for driver in range(width)])
