"""Turn resampled numbers into intervals."""

from __future__ import annotations

import numpy as np

from cxdrivers.moments.sums import FloatArray


def percentile_interval(replicates: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Return the middle `level` of resampled numbers, along the first axis.

    Parameters
    ----------
    replicates
        Shape ``(B, ...)``, NaN where a resample could not give the number.
    level
        For example 0.95.

    Returns
    -------
    low, high
        Shape ``(...)``. NaN without resamples, and where more of them are NaN than one tail
        holds: then the interval cannot be told.
    """
    tail = (1 - level) / 2
    if not len(replicates):
        nothing = np.full(replicates.shape[1:], np.nan)
        return nothing, nothing
    missing = np.isnan(replicates).mean(axis=0)
    told = missing <= tail
    given = np.where(told, replicates, 0.0)
    low, high = np.nanquantile(given, [tail, 1 - tail], axis=0)
    return np.where(told, low, np.nan), np.where(told, high, np.nan)
