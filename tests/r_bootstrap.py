"""How R resamples: its random numbers, and the intervals of its package boot.

With the seed that a recipe names, the resamples that R drew can be drawn again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import norm

FloatArray = NDArray[np.float64]
Rows = NDArray[np.int64]

WORDS = 624
HALF_WORD = 16
BIG = 2.0**27


class RStream:
    """R's default generator after ``set.seed(seed)``: Mersenne twister, rejection, inversion."""

    def __init__(self, seed: int) -> None:
        for _ in range(51):
            seed = (69069 * seed + 1) % 2**32
        words = []
        for _ in range(WORDS):
            seed = (69069 * seed + 1) % 2**32
            words.append(seed)
        self._twister = np.random.MT19937(0)
        key = np.array(words, dtype=np.uint32)
        self._twister.state = {"bit_generator": "MT19937", "state": {"key": key, "pos": WORDS}}

    def resamples(self, rows: int, times: int) -> Rows:
        """Return row numbers from 0 as boot draws them, shape ``(times, rows)``."""
        bits = (rows - 1).bit_length()
        assert bits <= HALF_WORD, "more rows than one half word can number"
        drawn = np.empty(0, dtype=np.int64)
        while len(drawn) < rows * times:
            words = self._words(rows * times - len(drawn)) >> HALF_WORD
            candidates = words & (2**bits - 1)
            drawn = np.concatenate([drawn, candidates[candidates < rows]])
        return drawn.reshape(rows, times).T

    def normals(self, size: int) -> FloatArray:
        """Return what ``rnorm(size)`` gives."""
        uniform = self._words(2 * size).reshape(size, 2) * 2.0**-32
        return ndtri((np.floor(BIG * uniform[:, 0]) + uniform[:, 1]) / BIG)

    def _words(self, size: int) -> NDArray[np.int64]:
        return self._twister.random_raw(size).astype(np.int64)


def bca_interval(
    estimate: float, replicates: FloatArray, rows: Rows, level: float
) -> tuple[float, float]:
    """Return the interval that ``boot.ci(type = "bca")`` gives.

    Davison & Hinkley (1997, *Bootstrap Methods and their Application*): section 5.3 for the
    interval, 2.7 for influence values as the slopes of the replicates on how often each row was
    drawn, 5.2 for reading quantiles between two replicates on the scale of the normal distribution.
    """
    bias = norm.ppf((replicates < estimate).mean())
    influence = _influence(replicates, rows)
    acceleration = (influence**3).sum() / (6 * (influence**2).sum() ** 1.5)
    reach = bias + norm.ppf([(1 - level) / 2, (1 + level) / 2])
    low, high = norm.cdf(bias + reach / (1 - acceleration * reach))
    return _quantile(replicates, low), _quantile(replicates, high)


def _influence(replicates: FloatArray, rows: Rows) -> FloatArray:
    size = rows.shape[1]
    shares = np.stack([np.bincount(drawn, minlength=size) for drawn in rows]) / size
    shares[:, 0] = 1.0
    slopes = np.linalg.lstsq(shares, replicates, rcond=None)[0]
    slopes[0] = 0.0
    return slopes - slopes.mean()


def _quantile(replicates: FloatArray, chance: float) -> float:
    ordered, parts = np.sort(replicates), len(replicates) + 1
    below = int(chance * parts)
    at, after = norm.ppf([below / parts, (below + 1) / parts])
    part = (norm.ppf(chance) - at) / (after - at)
    return float(ordered[below - 1] + part * (ordered[below] - ordered[below - 1]))
