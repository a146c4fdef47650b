"""Hold each group against the others, and each wave against the one before it.

The rest is the mean of the other groups' own numbers, each counted by its customers. It is not one
regression of all their rows: that would mix what goes together within groups with how the groups'
means differ, and a group could stand out for no more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.many_tests import benjamini_hochberg

IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Contrasts:
    """Differences between independent numbers, all of shape ``(C, p)``; NaN where there is none.

    Attributes
    ----------
    difference, variance
        Of each pair.
    degrees
        Degrees of freedom of the variance, after Satterthwaite.
    """

    difference: FloatArray
    variance: FloatArray
    degrees: FloatArray

    @property
    def std_error(self) -> FloatArray:
        """Standard error of each difference."""
        return np.sqrt(self.variance)

    @property
    def p_value(self) -> FloatArray:
        """Test that there is no difference; 1 where two numbers without any error are equal."""
        size = np.abs(self.difference)
        certain = np.where(np.isnan(size), np.nan, np.where(size > 0, np.inf, 0.0))
        statistic = np.divide(size, self.std_error, out=certain, where=self.variance > 0)
        found: FloatArray = 2 * stdtr(self.degrees, -statistic)
        return found

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Return the ends of the interval of each difference."""
        reach = stdtrit(self.degrees, (1 + level) / 2) * self.std_error
        return self.difference - reach, self.difference + reach


def contrasts_with_rest(
    estimate: FloatArray,
    variance: FloatArray,
    degrees: FloatArray,
    sizes: FloatArray,
    blocks: IntArray | None = None,
) -> Contrasts:
    """Return each group less the mean of the others, of those in its own block if there are any.

    Parameters
    ----------
    estimate, variance, degrees
        Shape ``(K, p)``; NaN where a group has no such number: then it is in nobody's rest.
    sizes
        Shape ``(K, p)``: how much each group counts in the rest of another.
    blocks
        Shape ``(K,)``: in which outer group each lies, or None.
    """
    if blocks is not None:
        found = np.full((3, *estimate.shape), np.nan)
        for block in np.unique(blocks):
            inside = np.flatnonzero(blocks == block)
            of_block = contrasts_with_rest(
                estimate[inside], variance[inside], degrees[inside], sizes[inside]
            )
            found[:, inside] = of_block.difference, of_block.variance, of_block.degrees
        return Contrasts(*found)
    told = np.isfinite(estimate) & np.isfinite(variance)
    mass = np.where(told, sizes, 0.0)
    value, noise, freedom = (np.where(told, part, 0.0) for part in (estimate, variance, degrees))
    total = _others(mass)
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = _others(mass * value) / total
        spread = _others(mass**2 * noise) / total**2
        doubt = _others(_doubt(mass**2 * noise, freedom)) / total**4
    missing = ~told | (total == 0)
    return _contrasts(
        np.where(missing, np.nan, value - rest),
        noise + spread,
        _doubt(noise, freedom) + doubt,
    )


def contrasts_of_pairs(
    estimate: FloatArray, variance: FloatArray, degrees: FloatArray, pairs: IntArray
) -> Contrasts:
    """Return the second less the first of pairs of groups, whose places have shape ``(C, 2)``."""
    doubt = _doubt(variance, degrees)
    before, after = pairs.T
    return _contrasts(
        estimate[after] - estimate[before],
        variance[after] + variance[before],
        doubt[after] + doubt[before],
    )


def contrast_rows(contrasts: Contrasts, names: dict[str, object], *, level: float) -> pd.DataFrame:
    """Return one row a difference, adjusted for all of them being looked at.

    Parameters
    ----------
    contrasts
        What to show.
    names
        Columns that stand in front, each of C·p values.
    level
        Of the intervals; a difference is clear when its adjusted p-value is below one minus this.
    """
    low, high = contrasts.interval(level)
    p_value = contrasts.p_value.ravel()
    adjusted = benjamini_hochberg(p_value)
    return pd.DataFrame(
        {
            **names,
            "estimate": contrasts.difference.ravel(),
            "std_error": contrasts.std_error.ravel(),
            "conf_low": low.ravel(),
            "conf_high": high.ravel(),
            "p_value": p_value,
            "p_adjusted": adjusted,
            "clear": adjusted < 1 - level,
        }
    )


def _contrasts(difference: FloatArray, variance: FloatArray, doubt: FloatArray) -> Contrasts:
    missing = ~np.isfinite(difference) | ~np.isfinite(variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        degrees = np.where(doubt > 0, variance**2 / doubt, np.inf)
    return Contrasts(*(np.where(missing, np.nan, part) for part in (difference, variance, degrees)))


def _doubt(variance: FloatArray, degrees: FloatArray) -> FloatArray:
    """Return Satterthwaite's term of a variance: its square over its degrees of freedom."""
    return np.divide(variance**2, degrees, out=np.zeros_like(variance), where=degrees > 0)


def _others(values: FloatArray) -> FloatArray:
    """Return for every group the sum over all others, without subtracting large from large."""
    before, after = np.zeros_like(values), np.zeros_like(values)
    before[1:] = np.cumsum(values[:-1], axis=0)
    after[:-1] = np.cumsum(values[:0:-1], axis=0)[::-1]
    return before + after
