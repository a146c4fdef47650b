"""Count which rows a model can use, and why the others are left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cxdrivers.survey.coding import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Base:
    """The rows behind a result.

    Attributes
    ----------
    no_outcome, no_weight
        Rows without an outcome; rows that a weight of zero leaves without a voice.
    no_score
        Driver → rows in which it has no score although it applied.
    no_control
        Rows in which a control of the model is blank.
    keeps_blanks
        Whether rows with some blank drivers are used: what is blank is then estimated.
    """

    no_outcome: BoolArray
    no_weight: BoolArray
    no_score: dict[str, BoolArray]
    no_control: BoolArray
    keeps_blanks: bool = False

    @cached_property
    def used(self) -> BoolArray:
        """The rows that a model uses: an outcome, a weight, and a score or "n.v.t." everywhere.

        Where blanks are estimated, one driver that is not blank is enough.
        """
        blank = self.all_blank if self.keeps_blanks else self.any_blank
        return ~(self.no_outcome | self.no_weight | blank | self.no_control)

    @cached_property
    def any_blank(self) -> BoolArray:
        """Rows in which at least one driver has no score although it applied."""
        blank: BoolArray = np.logical_or.reduce([*self.no_score.values()])
        return blank

    @cached_property
    def all_blank(self) -> BoolArray:
        """Rows in which no driver has a score although all applied."""
        blank: BoolArray = np.logical_and.reduce([*self.no_score.values()])
        return blank

    @property
    def rows(self) -> int:
        """All rows of the survey."""
        return len(self.used)

    @property
    def n(self) -> int:
        """The rows that are used."""
        return int(self.used.sum())

    @property
    def lost(self) -> int:
        """The rows with an outcome and a weight that are lost to a blank driver."""
        blank = self.all_blank if self.keeps_blanks else self.any_blank
        return int((~self.no_outcome & ~self.no_weight & blank).sum())

    @property
    def estimated(self) -> dict[str, int]:
        """Driver → in how many of the rows that are used its blank is estimated."""
        return {driver: int((blank & self.used).sum()) for driver, blank in self.no_score.items()}


def base_of(
    outcome: FloatArray, scores: pd.DataFrame, applies: pd.DataFrame, weights: FloatArray | None
) -> Base:
    """Return which rows a model of all drivers can use.

    Parameters
    ----------
    outcome, weights
        Shape ``(rows,)``; no weights count every row once.
    scores, applies
        One column a driver: its score, and whether it applied.
    """
    return Base(
        no_outcome=np.isnan(outcome),
        no_weight=np.zeros(len(outcome), bool) if weights is None else weights == 0,
        no_score={
            str(driver): (scores[driver].isna() & applies[driver]).to_numpy() for driver in scores
        },
        no_control=np.zeros(len(outcome), bool),
    )


def effective_n(weights: FloatArray) -> float:
    """Return Kish's effective sample size, (Σw)² / Σw²."""
    return float(weights.sum() ** 2 / (weights**2).sum())
