"""Value sets of drivers by R² of least squares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from cxdrivers.answers.weights.valuation import Tick
from cxdrivers.errors import FitError
from cxdrivers.importance.hierarchy import hierarchical_shares
from cxdrivers.importance.lattice import FloatArray, Groups, r_squared_values
from cxdrivers.importance.linear_shares import MOST_DRIVERS, explained, own_shares
from cxdrivers.importance.metrics import check_metric, metric
from cxdrivers.importance.sampled import sampled_shares
from cxdrivers.moments.design import Design
from cxdrivers.moments.jackknife import jackknife_covariances
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.schemes import scheme_covariances

Shares = Callable[..., FloatArray]
"""Covariances, shape ``(..., k, k)``, with `n` and `adjust` → shares, shape ``(..., p)``."""


@dataclass(frozen=True, eq=False)
class LinearValuation:
    """R² of least squares, from covariance matrices.

    Attributes
    ----------
    moments
        Of the sample.
    method
        How R² is shared: a name of `METRICS`.
    kernel
        Shares R² among the drivers of these moments (`linear_valuation`).
    """

    moments: Moments
    method: str
    kernel: Shares

    @property
    def sample(self) -> FloatArray:
        """The covariance matrix."""
        return self.moments.covariance

    @property
    def index(self) -> str:
        """R²."""
        return "r_squared"

    @property
    def adds_up(self) -> bool:
        """Whether the shares add up to R²."""
        return metric(self.method).adds_up

    @property
    def adjustable(self) -> bool:
        """Whether the method is made of the R² of subsets."""
        return metric(self.method).adjustable

    def shares(
        self, statistics: FloatArray, *, n: float | None, adjust: int, tick: Tick | None = None
    ) -> FloatArray:
        """Return each driver's share of R²."""
        found = self.kernel(statistics, n=n, adjust=adjust)
        if tick is not None:
            tick(len(statistics))
        return found

    def values(self, statistics: FloatArray) -> FloatArray:
        """Return R² of every subset."""
        return r_squared_values(statistics, self.moments.groups, always=self.moments.always)

    def own(self) -> FloatArray:
        """Return what R² loses without each driver."""
        moments = self.moments
        return own_shares(moments.covariance, moments.groups, always=moments.always)

    def together(self, *, n: float | None, adjust: int) -> float:
        """Return R² of all drivers beside the controls."""
        moments = self.moments
        return explained(
            moments.covariance, moments.groups, always=moments.always, n=n, adjust=adjust
        )

    def replicates(
        self, design: Design, scheme: str | None, *, n_boot: int, seed: int
    ) -> Iterator[FloatArray]:
        """Yield covariance matrices."""
        return scheme_covariances(design, scheme, n_boot=n_boot, seed=seed)

    def left_out(self, design: Design) -> Iterator[FloatArray]:
        """Yield covariance matrices without each unit in turn."""
        return jackknife_covariances(design)


def linear_valuation(moments: Moments, method: str) -> LinearValuation:
    """Return how R² is valued and shared among the drivers of these moments.

    Raises
    ------
    FitError
        When the method is not defined for several columns a driver, for controls, or for
        interactions.
    """
    groups, always = moments.groups, moments.always
    if moments.needs:
        if method != "lmg":
            named = zip(moments.drivers, moments.needs, strict=True)
            names = [name for name, needed in named if needed]
            raise FitError("metric_of_interactions", method=method, names=names)
        kernel: Shares = partial(
            hierarchical_shares, groups=groups, needs=moments.needs, always=always
        )
        return LinearValuation(moments, method, kernel)
    check_metric(method, groups, always, drivers=moments.drivers)
    if method == "lmg" and len(groups) > MOST_DRIVERS:
        kernel = partial(_sampled, groups=groups, always=always)
    else:
        kernel = partial(metric(method).shares, groups=groups, always=always)
    return LinearValuation(moments, method, kernel)


def sampling_errors(moments: Moments, method: str, *, adjusted: bool) -> FloatArray | None:
    """Return the standard errors of weights that were sampled, or None when they are exact."""
    if method != "lmg" or len(moments.groups) <= MOST_DRIVERS:
        return None
    return sampled_shares(
        moments.covariance,
        moments.groups,
        always=moments.always,
        n=moments.n_effective,
        adjust=int(adjusted),
    ).std_errors


def _sampled(
    covariance: FloatArray, *, groups: Groups, always: Sequence[int], n: float, adjust: int
) -> FloatArray:
    """Return sampled LMG: all orders of many drivers cannot be walked (Castro et al. 2009)."""
    matrices = covariance.reshape(-1, *covariance.shape[-2:])
    shares = [
        sampled_shares(matrix, groups, always=always, n=n, adjust=adjust).shares
        for matrix in matrices
    ]
    return np.array(shares).reshape(*covariance.shape[:-2], len(groups))
