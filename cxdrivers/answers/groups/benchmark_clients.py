"""Hold what a benchmark keeps of a client: moments on a scale of 0 to 100, and no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cxdrivers.moments.columns import RATING
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.sampling import IntArray
from cxdrivers.moments.sums import FloatArray

SAME = 1e-6
"""Means between 0 and 100 that differ less are the same but for rounding."""


@dataclass(frozen=True, eq=False)
class BenchmarkClient:
    """What is known of one client, as it was measured or rounded as a benchmark keeps it.

    Ratings and the outcome lie between 0 and 100 by the ends of their scales. Of a driver that
    few respondents rated (10 as measured, 25 as kept) nothing is known, and its numbers are NaN.

    Attributes
    ----------
    name
        What the client is called.
    n, n_effective
        Respondents, and how many of equal weight they are worth.
    degrees
        Of freedom of the variances: random parts less one.
    rated
        Shape ``(p,)``: respondents with a rating of each driver.
    mean, mean_variance
        Shape ``(p + 1,)``, outcome last: of those who rated, and how uncertain that is.
    covariance
        Shape ``(p + 1, p + 1)``, outcome last; who did not meet a driver counts as average.
    weight, weight_variance
        Shape ``(p,)``: parts of R², with the noise taken out.
    effect, effect_variance
        Shape ``(p,)``: points of the outcome for a point of the rating, the others being equal.
    """

    name: str
    n: int
    n_effective: float
    degrees: int
    rated: IntArray
    mean: FloatArray
    mean_variance: FloatArray
    covariance: FloatArray
    weight: FloatArray
    weight_variance: FloatArray
    effect: FloatArray
    effect_variance: FloatArray

    @property
    def sizes(self) -> FloatArray:
        """Effective respondents with a rating of each driver, outcome last, ``(p + 1,)``."""
        rated = np.append(self.rated, self.n).astype(np.float64)
        return self.n_effective / self.n * np.where(rated > 0, rated, np.nan)

    def moments(self, drivers: Sequence[str], outcome: str) -> Moments:
        """Return moments of the drivers that were rated; one that never varies has no column."""
        told = np.flatnonzero(np.isfinite(self.mean[:-1])).tolist()
        varying = [place for place in told if self.covariance[place, place] > 0]
        columns = np.array([*varying, len(drivers)])
        return Moments(
            drivers=tuple(drivers[place] for place in told),
            groups=tuple((varying.index(place),) if place in varying else () for place in told),
            covariance=self.covariance[np.ix_(columns, columns)],
            n=self.n,
            n_effective=self.n_effective,
            terms=(RATING,) * len(varying),
            outcome=outcome,
            mean=self.mean[columns],
        )

    def equals(self, other: BenchmarkClient) -> bool:
        """Return whether both are the same respondents, by their numbers and their means.

        Covariances do not count: what a blank is expected to be depends on who else is asked.
        """
        return (
            self.n == other.n
            and np.array_equal(self.rated, other.rated)
            and np.allclose(self.mean, other.mean, rtol=0.0, atol=SAME, equal_nan=True)
        )


@dataclass(frozen=True, eq=False)
class Field:
    """What is known of several clients, an array for each number with the clients last."""

    clients: tuple[BenchmarkClient, ...]

    def estimates(self, measure: str) -> FloatArray:
        """Return a measure of every driver, shape ``(p, K)``; of the mean the outcome is last."""
        return _stacked(getattr(client, measure) for client in self.clients)

    def variances(self, measure: str) -> FloatArray:
        """Return how uncertain the estimates are, shape ``(p, K)``."""
        return _stacked(getattr(client, f"{measure}_variance") for client in self.clients)

    def sizes(self, measure: str) -> FloatArray:
        """Return how many effective respondents are behind the estimates, shape ``(p, K)``."""
        return _stacked(client.sizes[: len(getattr(client, measure))] for client in self.clients)

    @cached_property
    def degrees(self) -> FloatArray:
        """Degrees of freedom of the variances, shape ``(K,)``."""
        return np.array([client.degrees for client in self.clients], dtype=np.float64)


def _stacked(rows: Iterable[FloatArray]) -> FloatArray:
    return np.stack(list(rows), axis=-1)


def clients_table(
    clients: Sequence[BenchmarkClient], drivers: Sequence[str], level: float
) -> pd.DataFrame:
    """Return one row a client and driver, as `Benchmark.tidy` says.

    Parameters
    ----------
    clients
        At least one.
    drivers
        Their keys.
    level
        Of the intervals.
    """
    return pd.concat([_rows(client, drivers, level) for client in clients], ignore_index=True)


def _rows(client: BenchmarkClient, drivers: Sequence[str], level: float) -> pd.DataFrame:
    reach = float(stdtrit(client.degrees, (1 + level) / 2))
    mean, std_error = client.mean[:-1], np.sqrt(client.weight_variance)
    of_mean, of_effect = np.sqrt(client.mean_variance[:-1]), np.sqrt(client.effect_variance)
    total = np.nansum(client.weight)
    return pd.DataFrame(
        {
            "client": client.name,
            "driver": list(drivers),
            "mean": mean,
            "mean_low": mean - reach * of_mean,
            "mean_high": mean + reach * of_mean,
            "estimate": client.weight,
            "std_error": std_error,
            "conf_low": client.weight - reach * std_error,
            "conf_high": client.weight + reach * std_error,
            "share": client.weight / total if total > 0 else np.nan,
            "effect": client.effect,
            "effect_low": client.effect - reach * of_effect,
            "effect_high": client.effect + reach * of_effect,
            "n": client.rated,
        }
    )
