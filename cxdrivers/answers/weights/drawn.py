"""Say what is drawn again for intervals of weights: the rows of a design, or parts of sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cxdrivers.answers.weights.valuation import Valuation
from cxdrivers.importance.lattice import FloatArray, Groups
from cxdrivers.models.own_effects import expected_factor
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.moments.design import Design
from cxdrivers.moments.expanded import expanded_level
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.part_resampling import part_counts, resampled_sums
from cxdrivers.moments.resampling import part_sizes
from cxdrivers.moments.schemes import CLUSTERS, RESPONDENTS, replicate_count, scheme_of
from cxdrivers.moments.sums import moments_from_sums


@dataclass(frozen=True, eq=False)
class DrawnParts:
    """The random parts of one group: each is drawn again as a whole, as a cluster is.

    Attributes
    ----------
    moments
        Of the group, without columns that never vary in it (`only_group`).
    """

    moments: GroupedMoments

    @property
    def drivers(self) -> tuple[str, ...]:
        """Keys of the drivers."""
        return self.moments.drivers

    @property
    def groups(self) -> Groups:
        """For each driver the positions of its columns."""
        return self.moments.groups

    @property
    def count(self) -> int:
        """How many parts there are."""
        return int(self.moments.parts[0])

    @property
    def enough(self) -> bool:
        """Whether there are enough of them for an interval."""
        return self.count >= FEWEST_PARTS

    @property
    def clustered(self) -> bool:
        """Whether the parts hold whole clusters."""
        return bool(self.moments.whole_clusters[0])

    @property
    def has_blanks(self) -> bool:
        """Whether some ratings are expected from others."""
        return bool(self.moments.blank.any())

    @property
    def lost(self) -> int:
        """Respondents that are in none of the numbers, as far as they were counted."""
        rows = self.moments.rows
        return 0 if rows is None else int(rows[0] - self.moments.n[0])

    @property
    def widening(self) -> FloatArray:
        """How many times resamples must be further from the estimate, shape ``(p,)``."""
        widening: FloatArray = expected_factor(self.moments)[0]
        return widening

    def covariances(self, *, n_boot: int, seed: int) -> Iterator[FloatArray]:
        """Yield covariance matrices of resamples, outcome last, in parts that fit in memory."""
        counts = part_counts(self.moments, n_boot=n_boot, seed=seed)
        start = 0
        for size in part_sizes(*counts.shape):
            yield moments_from_sums(resampled_sums(self.moments, counts[start : start + size]))[1]
            start += size

    def left_out(self) -> Iterator[FloatArray]:
        """Yield covariance matrices without each part in turn."""
        filled = self.moments.filled[0]
        yield moments_from_sums(self.moments.sums_without()[0, filled])[1]

    def expanded(self, level: float) -> float:
        """Return the level for percentiles: few parts know little of their own spread."""
        columns = len(self.moments.terms)
        left = float(self.moments.n_effective[0]) - 1 - columns
        freedom = max(min(self.count - 1.0, left), 1.0)
        return expanded_level(level, units=max(float(self.count), freedom), freedom=freedom)


Drawn = Design | DrawnParts
"""What can be drawn again."""


def scheme_drawn(drawn: Drawn, scheme: str | None = None) -> str:
    """Return what is drawn again: of parts, whole clusters or respondents, as they hold them.

    Raises
    ------
    FitError
        As `scheme_of`.
    """
    if isinstance(drawn, DrawnParts):
        return CLUSTERS if drawn.clustered else RESPONDENTS
    return scheme_of(drawn, scheme)


def count_drawn(drawn: Drawn, scheme: str | None = None, *, n_boot: int) -> int:
    """Return how many resamples there are: `n_boot`, or one a replicate weight."""
    if isinstance(drawn, DrawnParts):
        return n_boot
    return replicate_count(drawn, scheme, n_boot=n_boot)


def resamples(
    drawn: Drawn, valuation: Valuation, scheme: str | None = None, *, n_boot: int, seed: int
) -> Iterator[FloatArray]:
    """Yield what stands for resamples, in parts that fit in memory.

    Parameters
    ----------
    drawn
        What is drawn again.
    valuation
        How resamples are valued: of parts there are covariance matrices only, for a straight line.
    scheme, n_boot, seed
        What is drawn of rows, how often, and where the random numbers start.
    """
    if isinstance(drawn, DrawnParts):
        return drawn.covariances(n_boot=n_boot, seed=seed)
    return valuation.replicates(drawn, scheme, n_boot=n_boot, seed=seed)


def without_each(drawn: Drawn, valuation: Valuation) -> Iterator[FloatArray]:
    """Yield what stands for the sample without each unit in turn."""
    return drawn.left_out() if isinstance(drawn, DrawnParts) else valuation.left_out(drawn)


def widened(drawn: Drawn, replicates: FloatArray, estimate: FloatArray) -> FloatArray:
    """Return resampled weights as far from the estimate as they are for who answered."""
    if not (isinstance(drawn, DrawnParts) and drawn.has_blanks):
        return replicates
    return estimate + drawn.widening * (replicates - estimate)
