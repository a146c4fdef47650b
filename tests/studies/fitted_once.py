"""Fit every resample once where two rules look at the same fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from cxdrivers.answers.weights.likelihood_valuation import LikelihoodValuation, likelihood_valuation
from cxdrivers.importance.likelihood_lattice import LikelihoodLattice, Tick
from cxdrivers.moments.design import Design
from cxdrivers.moments.sums import FloatArray


@dataclass(frozen=True, eq=False)
class KeptFits(LikelihoodLattice):
    """All subsets, with their log-likelihoods kept for whoever asks for the same resamples.

    Attributes
    ----------
    heights
        The log-likelihoods of all subsets by how much each respondent counts.
    """

    heights: dict[bytes, FloatArray] = field(default_factory=dict)

    def log_likelihoods(self, masses: FloatArray, *, tick: Tick | None = None) -> FloatArray:
        """Return the highest log-likelihood of every subset, which may have been found before."""
        key = masses.tobytes()
        if key not in self.heights:
            self.heights[key] = super().log_likelihoods(masses, tick=tick)
        return self.heights[key]


@dataclass(frozen=True, eq=False)
class FittedOnce(LikelihoodValuation):
    """The valuation of the package, over `KeptFits`."""

    @cached_property
    def _lattice(self) -> KeptFits:
        return KeptFits(self.rows, self.design.groups, self.design.always)


def fitted_once(design: Design) -> FittedOnce:
    """Return McFadden's R² by Shapley's rule."""
    made = likelihood_valuation(design, "lmg")
    return FittedOnce(made.rows, made.design, made.metric)
