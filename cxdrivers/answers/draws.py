"""Draw the respondents of an answer again, and turn what they say into intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.settings import Settings
from cxdrivers.moments.design import Design
from cxdrivers.moments.expanded import expanded_level_of
from cxdrivers.moments.intervals import Interval, percentile_interval, replicate_interval
from cxdrivers.moments.replicate_weights import replicate_degrees
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, RESPONDENTS, scheme_masses, scheme_of
from cxdrivers.survey.coding import FloatArray
from cxdrivers.vocabulary import LINEAR


@dataclass(frozen=True)
class Draws:
    """How often respondents are drawn again, for which intervals.

    Attributes
    ----------
    n_boot, level, seed
        Resamples, level of the intervals, and where the random numbers start.
    """

    n_boot: int
    level: float
    seed: int

    def check(self) -> None:
        """Refuse settings that cannot be.

        Raises
        ------
        FitError
            Naming the setting, what it is, and what it can be.
        """
        Settings("lmg", LINEAR, adjusted=False, **vars(self)).check()

    def replicates(
        self, rows: Design, statistic: Callable[[FloatArray], FloatArray]
    ) -> FloatArray | None:
        """Return a statistic of every resample, shape ``(B, ...)``, or None without resamples.

        Parameters
        ----------
        rows
            How the rows were sampled.
        statistic
            Of how much each row counts, shape ``(b, n)``: numbers of shape ``(b, ...)``.
        """
        if not self.n_boot and scheme_of(rows) != REPLICATE_WEIGHTS:
            return None
        parts = scheme_masses(rows, n_boot=self.n_boot, seed=self.seed)
        return np.concatenate([statistic(masses) for masses in parts])

    def interval(self, rows: Design, estimate: FloatArray, replicates: FloatArray) -> Interval:
        """Return the interval of what `replicates` gave: percentiles, or by replicate weights.

        Percentiles are taken a little wider, for what few units cannot know of their own spread.
        """
        if scheme_of(rows) == REPLICATE_WEIGHTS:
            return replicate_interval(
                estimate,
                replicates,
                self.level,
                scale=rows.replicate_scale,
                degrees=replicate_degrees(rows),
            )
        return percentile_interval(replicates, expanded_level_of(rows, self.level))


def is_simple(rows: Design) -> bool:
    """Say whether every row counts once and independently, so that formulas hold."""
    plain = rows.weights is None and rows.strata is None
    return plain and scheme_of(rows) == RESPONDENTS
