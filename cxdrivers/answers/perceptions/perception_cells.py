"""Hold the share of every group that says yes to every question."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxdrivers.models.proportions import wilson_interval
from cxdrivers.wording import Sentence

COLUMNS = ("question", "group", "share", "n")


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
