"""Draw the parts of a group again: a resample is a row of counts, so its sums are a product."""

from __future__ import annotations

import numpy as np

from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.resampling import resample_counts
from cxdrivers.moments.sums import FloatArray


def part_counts(moments: GroupedMoments, *, n_boot: int, seed: int, place: int = 0) -> FloatArray:
    """Return how often each part of a group is drawn in each resample.

    As many parts as somebody is in are drawn, with replacement. What is drawn depends on the seed
    and on how many parts those are, and on nothing of the other groups: a group among others and
    the same group by itself have the same resamples.

    Parameters
    ----------
    moments
        Of groups in parts.
    n_boot, seed
        How many resamples, and where the random numbers start.
    place
        Which of the groups.

    Returns
    -------
    ndarray, shape ``(n_boot, U)``
        0 for a part that nobody is in; no rows for a group of one part, of which nothing can be
        drawn again.
    """
    filled = np.flatnonzero(moments.filled[place])
    resamples = n_boot if filled.size > 1 else 0
    counts = np.zeros((resamples, moments.filled.shape[1]))
    if resamples:
        counts[:, filled] = resample_counts(np.random.default_rng(seed), filled.size, resamples)
    return counts


def resampled_sums(moments: GroupedMoments, counts: FloatArray, *, place: int = 0) -> FloatArray:
    """Return the sums of `row_products` of a group in resamples of its parts.

    Parameters
    ----------
    moments
        Of groups in parts.
    counts
        Shape ``(B, U)``: how often each part is drawn (`part_counts`).
    place
        Which of the groups.

    Returns
    -------
    ndarray, shape ``(B, m)``
        For `moments_from_sums`; the means of that are without `centre`.
    """
    sums: FloatArray = counts @ moments.sums[place]
    return sums
