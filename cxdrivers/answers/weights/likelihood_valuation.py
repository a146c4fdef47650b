"""Value sets of drivers by a pseudo-R² of logistic regression or proportional odds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from cxdrivers.answers.weights.valuation import Tick
from cxdrivers.errors import FitError
from cxdrivers.importance.graded_rows import GradedRows, graded_rows
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice
from cxdrivers.importance.likelihood_lattice import Tick as FitsTick
from cxdrivers.importance.likelihood_metrics import (
    LAST,
    LIKELIHOOD_METRICS,
    ORTHOGONAL,
    LikelihoodMetric,
    check_likelihood_metric,
    likelihood_metric,
)
from cxdrivers.importance.logistic_weights import logistic_relative_weights
from cxdrivers.moments.design import Design
from cxdrivers.moments.jackknife import jackknife_masses
from cxdrivers.moments.schemes import scheme_masses

MOST_DRIVERS = 14
"""How many drivers can be weighed with a likelihood: every subset is fitted."""


@dataclass(frozen=True, eq=False)
class LikelihoodValuation:
    """A pseudo-R² of logistic regression or proportional odds, from how much each row counts.

    Attributes
    ----------
    rows
        The sample.
    design
        The same, with what its columns are.
    metric
        Which index, and how it is shared.
    """

    rows: GradedRows
    design: Design
    metric: LikelihoodMetric

    @property
    def sample(self) -> FloatArray:
        """How much each respondent counts."""
        return self.rows.masses

    @property
    def index(self) -> str:
        """The index of the method."""
        return self.metric.index

    @property
    def adds_up(self) -> bool:
        """Whether the shares add up to the index of all drivers."""
        return self.metric.adds_up

    @property
    def adjustable(self) -> bool:
        """Whether the index is made of log-likelihoods."""
        return self.metric.adjustable

    def shares(
        self, statistics: FloatArray, *, n: float | None, adjust: int, tick: Tick | None = None
    ) -> FloatArray:
        """Return each driver's share of the index."""
        if self.metric.rule == ORTHOGONAL:
            found = logistic_relative_weights(self.rows, self.design.groups, statistics)
            if tick is not None:
                tick(len(statistics))
            return found
        values = self._lattice.values(
            statistics,
            index=self._of_subsets,
            n=n,
            adjust=adjust,
            tick=_in_resamples(tick, self.design),
        )
        return self.metric.shares(values, self.design.needs)

    def values(self, statistics: FloatArray) -> FloatArray:
        """Return the index of every subset: McFadden's where the method is not made of subsets."""
        return self._lattice.values(statistics, index=self._of_subsets)

    def own(self) -> FloatArray:
        """Return what the index loses without each driver."""
        return replace(self.metric, rule=LAST).shares(self.values(self.sample))

    def together(self, *, n: float | None, adjust: int) -> float:
        """Return the index of all drivers beside the controls."""
        columns = [column for group in self.design.groups for column in group]
        whole = LikelihoodLattice(self.rows, [columns], self.design.always)
        values = whole.values(self.sample, index=self._of_subsets, n=n, adjust=adjust)
        return float(values[1] - values[0])

    def replicates(
        self, design: Design, scheme: str | None, *, n_boot: int, seed: int
    ) -> Iterator[FloatArray]:
        """Yield how much each respondent counts."""
        return scheme_masses(design, scheme, n_boot=n_boot, seed=seed)

    def left_out(self, design: Design) -> Iterator[FloatArray]:
        """Yield how much each respondent counts without each unit in turn."""
        return jackknife_masses(design)

    @cached_property
    def _lattice(self) -> LikelihoodLattice:
        return LikelihoodLattice(self.rows, self.design.groups, self.design.always)

    @property
    def _of_subsets(self) -> str:
        whole = LIKELIHOOD_METRICS["lmg"] if self.metric.rule == ORTHOGONAL else self.metric
        return whole.index


def likelihood_valuation(design: Design, method: str) -> LikelihoodValuation:
    """Return how a pseudo-R² is valued and shared among the drivers of a design.

    Parameters
    ----------
    design
        Its outcome is 0 and 1, or grades.
    method
        A name of `LIKELIHOOD_METRICS`.

    Raises
    ------
    FitError
        When the method is not defined for these drivers or grades, or there are too many drivers.
    """
    if len(design.drivers) > MOST_DRIVERS:
        raise FitError("too_many_to_fit", count=len(design.drivers), most=MOST_DRIVERS)
    rows = graded_rows(design.columns, design.outcome, design.weights)
    check_likelihood_metric(
        method,
        design.groups,
        grades=rows.levels,
        needs=design.needs,
        drivers=design.drivers,
        controls=tuple(design.controls),
    )
    return LikelihoodValuation(rows, design, likelihood_metric(method))


def _in_resamples(tick: Tick | None, design: Design) -> FitsTick | None:
    """Return what to call with fits, when something else is to be called with resamples."""
    if tick is None:
        return None
    fits = 2 ** len(design.drivers)
    return lambda done: tick(done / fits)
