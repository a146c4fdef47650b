"""Hold every two groups of a question against each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.many_tests import benjamini_hochberg
from cxdrivers.models.proportions import newcombe_interval

COLUMNS = (
    *("question", "group", "other", "share", "other_share", "estimate", "conf_low", "conf_high"),
    *("p_value", "p_adjusted", "n", "other_n"),
)


def paired_gaps(shares: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return the difference of every two groups within a question, one row a pair.

    Parameters
    ----------
    shares
        As in `PerceptionCells`.
    level
        Of Newcombe's intervals; each is of its own pair.

    Returns
    -------
    DataFrame
        Columns are `COLUMNS`; interval and p-values are NaN where an n is not known. The adjusted
        p-values are Benjamini and Hochberg's over all pairs that have one.
    """
    pairs = [
        (question, *first, *second)
        for question, rows in shares.groupby("question", sort=False)
        for first, second in combinations(
            zip(rows["group"], rows["share"], rows["n"], strict=True), 2
        )
    ]
    names = ["question", "group", "share", "n", "other", "other_share", "other_n"]
    table = pd.DataFrame(pairs, columns=names)
    first, first_n, second, second_n = (
        table[name].to_numpy(np.float64) for name in ("share", "n", "other_share", "other_n")
    )
    low, high = newcombe_interval(first, first_n, second, second_n, level)
    p_values = difference_p_value(first, first_n, second, second_n)
    table["estimate"] = first - second
    table["conf_low"], table["conf_high"] = low, high
    table["p_value"], table["p_adjusted"] = p_values, benjamini_hochberg(p_values)
    return table[list(COLUMNS)]


def difference_p_value(
    first: FloatArray, first_n: FloatArray, second: FloatArray, second_n: FloatArray
) -> FloatArray:
    """Return the p-value of no difference between two independent proportions.

    The "N − 1" chi-squared test (Campbell 2007, *Statistics in Medicine* 26, 3661–3675), which
    holds its level in small groups where Pearson's does not and Fisher's is too careful.

    Parameters
    ----------
    first, second
        Shape ``(...)``.
    first_n, second_n
        Shape ``(...)``: respondents behind each, NaN where not known.

    Returns
    -------
    array
        Shape ``(...)``; 1 where everybody or nobody says yes, NaN where an n is not known.

    Examples
    --------
    >>> difference_p_value(np.array([0.4, 0.0]), 50.0, np.array([0.2, 0.0]), 50.0).round(4).tolist()
    [0.0299, 1.0]
    """
    total = np.asarray(first_n + second_n, np.float64)
    pooled = (first * first_n + second * second_n) / total
    spread = pooled * (1 - pooled) * (1 / first_n + 1 / second_n)
    square = np.zeros_like(spread)
    np.divide((first - second) ** 2 * (total - 1) / total, spread, out=square, where=spread > 0)
    p_values: FloatArray = np.where(np.isnan(spread), np.nan, chdtrc(1.0, square))
    return p_values
