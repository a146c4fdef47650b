"""Make the columns of the weights' table that are neither estimates nor intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.importance.ranking import chance_of_rank, rank_interval


def rank_columns(
    replicates: FloatArray, drivers: int, level: float
) -> dict[str, FloatArray | NDArray[np.int64]]:
    """Return rank intervals and chances of coming first, NaN without resamples."""
    names = ("rank_low", "rank_high", "p_first", "p_top_two")
    if not len(replicates):
        return dict.fromkeys(names, np.full(drivers, np.nan))
    low, high = rank_interval(replicates, level)
    first, top_two = (chance_of_rank(replicates, worst) for worst in (1, 2))
    return dict(zip(names, (low, high, first, top_two), strict=True))


def remarks(table: pd.DataFrame, groups: Groups, level: float) -> list[str]:
    """Return what stands out about each driver, as a word of the catalogue or nothing."""
    own = own_effect_shown(table, level)
    rows = zip(groups, table.itertuples(), own, strict=True)
    return [_remark(row, own=shown) if group else "constant" for group, row, shown in rows]


def own_effect_shown(table: pd.DataFrame, level: float) -> pd.Series:
    """Return for which rows of a tidy table an effect of the driver's own is shown.

    By the interval of its rating, or by the test of all its columns together: a driver that not
    everybody meets may show itself in who met it, and a factor has no one effect.
    """
    shown = (table["effect_low"] > 0) | (table["effect_high"] < 0)
    told: pd.Series = shown | (table["own_p_value"] <= 1 - level)
    return told


def of_total(shares: FloatArray) -> FloatArray:
    """Return shares as proportions of their sum, NaN where nothing is explained."""
    total = shares.sum(axis=-1, keepdims=True)
    proportions: FloatArray = np.divide(
        shares, total, out=np.full_like(shares, np.nan), where=total > 0
    )
    return proportions


def _remark(row: Any, *, own: bool) -> str:
    if row.effect_high < 0:
        return "negative"
    if row.conf_low <= 0 or row.estimate <= 0:
        return "not_shown"
    return "" if own or np.isnan(row.own_p_value) else "passenger"
