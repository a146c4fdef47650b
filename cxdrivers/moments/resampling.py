"""Resample respondents or clusters: a resample is a row of counts, so its moments are a product."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cxdrivers.moments.design import Design
from cxdrivers.moments.sums import FloatArray, cluster_sums, moments_from_sums, row_products

COUNTS_AT_ONCE = 2**22


def resampled_covariances(design: Design, *, n_boot: int, seed: int) -> Iterator[FloatArray]:
    """Yield covariance matrices of resamples, in parts that fit in memory.

    Respondents are drawn with replacement; where the design has clusters, whole clusters are.
    A respondent's weight travels with the row (Efron & Tibshirani 1993, chapter 6).

    Parameters
    ----------
    design
        The rows.
    n_boot
        How many resamples.
    seed
        The same seed gives the same resamples.

    Yields
    ------
    ndarray, shape ``(b, k + 1, k + 1)``
        Outcome last; the sizes b add up to `n_boot`.
    """
    values = np.column_stack([design.columns, design.outcome])
    sums = row_products(values - values.mean(axis=0), design.weights)
    if design.cluster is not None:
        sums = cluster_sums(sums, design.cluster)
    rng = np.random.default_rng(seed)
    step = max(1, COUNTS_AT_ONCE // len(sums))
    for start in range(0, n_boot, step):
        counts = resample_counts(rng, len(sums), min(step, n_boot - start))
        yield moments_from_sums(counts @ sums)[1]


def resample_counts(rng: np.random.Generator, units: int, resamples: int) -> FloatArray:
    """Return how often each unit is drawn in each resample, shape ``(resamples, units)``."""
    drawn = rng.integers(0, units, size=(resamples, units))
    drawn += np.arange(resamples)[:, np.newaxis] * units
    counts = np.bincount(drawn.ravel(), minlength=resamples * units)
    return counts.reshape(resamples, units).astype(np.float64)
