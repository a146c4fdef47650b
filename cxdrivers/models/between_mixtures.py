"""Average over how much groups may truly differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import ndtri, stdtrit

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.effect_rows import EffectRows, ratio
from cxdrivers.models.normal_mixtures import mixture_quantile

NODES = 16
"""Values of τ² beside 0: intervals then end within a ten-thousandth of their width."""

Told = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True, eq=False)
class BetweenMixture:
    """Possible variances between groups, with what each would say and how much it counts.

    Attributes
    ----------
    rows
        R rows of K groups in B blocks.
    tau_squared, counts
        Shape ``(M, R)``: possible variances between groups, and what each counts, together 1.
    weights, totals, means
        Shape ``(M, R, K)``, ``(M, R, B)`` and ``(M, R, B)``: as `EffectRows.weighted` gives them.
    tail
        Half of what an interval leaves out.
    """

    rows: EffectRows
    tau_squared: FloatArray
    counts: FloatArray
    weights: FloatArray
    totals: FloatArray
    means: FloatArray
    tail: float

    def pooled(self) -> tuple[FloatArray, FloatArray]:
        """Return the interval of the mean of each block: shape ``(R, B)`` each."""
        return self._interval(self.means, ratio(np.ones_like(self.totals), self.totals))

    def unseen(self) -> tuple[FloatArray, FloatArray]:
        """Return the interval of a group that was not seen: shape ``(R, B)`` each.

        It lies about the mean as the groups do, on top of what is not known of the mean.
        """
        of_mean = ratio(np.ones_like(self.totals), self.totals)
        return self._interval(self.means, of_mean + self.tau_squared[..., np.newaxis])

    def shrunk(self) -> Told:
        """Return each group's value in the light of the others, with an interval: ``(R, K)`` each.

        A group's own noise is made larger by as much as t is wider than the normal distribution,
        where its variance was estimated.
        """
        rows = self.rows
        noise = np.where(rows.there, rows.variances, 1.0)
        own = self.tau_squared[..., np.newaxis] * self.weights
        means = self.means[..., rows.members]
        middle = means + own * (rows.estimates - means)
        of_mean = ratio(np.ones_like(self.totals), self.totals)[..., rows.members]
        wider = (stdtrit(rows.degrees, 1 - self.tail) / -ndtri(self.tail)) ** 2
        spread = own * noise * wider + (noise * self.weights) ** 2 * of_mean
        low, high = self._interval(middle, spread)
        return np.einsum("nr,nrk->rk", self.counts, middle), low, high

    def _interval(self, means: FloatArray, variances: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the middle of mixtures of normal distributions, shape ``(M, R, ...)``."""
        std_errors = np.sqrt(np.where(variances == 0, 1.0, variances))
        counts = self.counts[..., np.newaxis]
        low = mixture_quantile(means, std_errors, counts, self.tail)
        return low, mixture_quantile(means, std_errors, counts, 1 - self.tail)


def possible_levels(at_zero: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return levels of confidence at which to look at τ², and what each counts.

    Gauss's points between what is sure of τ² = 0 already and 1, moved to both ends, where what is
    averaged is not smooth.

    Parameters
    ----------
    at_zero
        Shape ``(R,)``: the confidence that groups do not differ.

    Returns
    -------
    confidence, counts
        Shape ``(NODES, R)`` each; the counts are together 1 − `at_zero`.
    """
    place, part = leggauss(NODES)
    place = (1 + place[:, np.newaxis]) / 2
    part = 3 * part[:, np.newaxis] * place * (1 - place)
    return (
        at_zero + (1 - at_zero) * place**2 * (3 - 2 * place),
        (1 - at_zero) * part,
    )


def between_mixture(
    rows: EffectRows, tau_squared: FloatArray, counts: FloatArray, tail: float
) -> BetweenMixture:
    """Work out what every possible variance between groups would say.

    Parameters
    ----------
    rows, tau_squared, counts, tail
        As `BetweenMixture`.
    """
    return BetweenMixture(rows, tau_squared, counts, *rows.weighted(tau_squared), tail=tail)
