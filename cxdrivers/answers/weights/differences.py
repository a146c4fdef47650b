"""Say which drivers differ in weight, and which cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.importance.letters import common_letters
from cxdrivers.moments.intervals import percentile_interval


def differences_table(
    drivers: Sequence[str], estimate: FloatArray, replicates: FloatArray, level: float
) -> pd.DataFrame:
    """Return every pair of drivers, the larger first, with the difference and its interval.

    Columns: `driver`, `other`, `estimate`, `conf_low`, `conf_high`, and `p_larger`, the part of
    the resamples in which the first weighs more. Intervals are of each pair by itself, not of all
    pairs together.
    """
    order = np.argsort(-estimate, kind="stable")
    pairs = np.array(list(combinations(order, 2)), dtype=np.intp).reshape(-1, 2)
    gaps = replicates[:, pairs[:, 0]] - replicates[:, pairs[:, 1]]
    low, high = percentile_interval(gaps, level)
    larger = (gaps > 0).mean(axis=0) if len(gaps) else np.full(len(pairs), np.nan)
    return pd.DataFrame(
        {
            "driver": [drivers[first] for first, _ in pairs],
            "other": [drivers[second] for _, second in pairs],
            "estimate": estimate[pairs[:, 0]] - estimate[pairs[:, 1]],
            "conf_low": low,
            "conf_high": high,
            "p_larger": larger,
        }
    )


def letters_of(estimate: FloatArray, replicates: FloatArray, level: float) -> list[str]:
    """Return a letter for every driver; two that share one cannot be told apart.

    Two drivers are apart when the interval of their difference does not hold zero. Without
    resamples there are no letters.
    """
    if not len(replicates):
        return [""] * len(estimate)
    order = np.argsort(-estimate, kind="stable")
    ordered = replicates[:, order]
    apart = np.zeros((len(order), len(order)), dtype=bool)
    for first in range(len(order)):
        low, high = percentile_interval(ordered[:, [first]] - ordered, level)
        apart[first] = (low > 0) | (high < 0)
    letters = [""] * len(order)
    for place, letter in zip(order, common_letters(apart | apart.T), strict=True):
        letters[int(place)] = letter
    return letters
