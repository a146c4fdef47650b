"""Hold the share of every group that says yes, and every two groups against each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from cxdrivers.models.many_tests import benjamini_hochberg
from cxdrivers.models.proportions import (
    difference_p_value,
    newcombe_interval,
    wilson_interval,
)
from cxdrivers.wording import Sentence

COLUMNS = ("question", "group", "share", "n")
PAIR_COLUMNS = (
    *("question", "group", "other", "share", "other_share", "estimate", "conf_low", "conf_high"),
    *("p_value", "p_adjusted", "n", "other_n"),
)


@dataclass(frozen=True, eq=False)
class PerceptionCells:
    """Shares of groups, question by question, with what was noticed while they were read.

    Attributes
    ----------
    shares
        One row a question and group that answered it: `question`, `group`, `share` (0 to 1) and
        `n` (NaN where it is not known), groups in their order within each question.
    remarks
        What a reader must know of how they were read.
    """

    shares: pd.DataFrame
    remarks: tuple[Sentence, ...]


def with_intervals(shares: pd.DataFrame, level: float) -> pd.DataFrame:
    """Return shares with Wilson's intervals, NaN where no n is known."""
    low, high = wilson_interval(shares["share"].to_numpy(), shares["n"].to_numpy(), level)
    table = shares.assign(share_low=low, share_high=high)
    return table[["question", "group", "share", "share_low", "share_high", "n"]]


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
        Columns are `PAIR_COLUMNS`; interval and p-values are NaN where an n is not known. The
        adjusted p-values are Benjamini and Hochberg's over all pairs that have one.
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
    return table[list(PAIR_COLUMNS)]
