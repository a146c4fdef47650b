"""Say what any way to value sets of drivers can do, whichever the model.

What stands for a resample differs: a covariance matrix is enough for a straight line, a likelihood
needs to know how often each respondent was drawn. Everything after that is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.design import Design

Tick = Callable[[float], object]
"""Called with how many resamples, or what part of one, were finished."""


class Valuation(Protocol):
    """How sets of drivers are valued, and how their value is shared."""

    @property
    def sample(self) -> FloatArray:
        """What stands for the sample; the methods take the like for resamples."""

    @property
    def index(self) -> str:
        """What is shared, as a word of the catalogue."""

    @property
    def adds_up(self) -> bool:
        """Whether shares add up to what all drivers explain."""

    @property
    def adjustable(self) -> bool:
        """Whether noise can be taken out by formula."""

    def shares(
        self, statistics: FloatArray, *, n: float | None, adjust: int, tick: Tick | None = None
    ) -> FloatArray:
        """Return each driver's share, shape ``(..., p)``."""

    def values(self, statistics: FloatArray) -> FloatArray:
        """Return how much every subset of drivers explains, shape ``(..., 2**p)``."""

    def own(self) -> FloatArray:
        """Return what the sample loses without each driver, shape ``(p,)``."""

    def together(self, *, n: float | None, adjust: int) -> float:
        """Return what all drivers explain in the sample, beside the controls."""

    def replicates(
        self, design: Design, scheme: str | None, *, n_boot: int, seed: int
    ) -> Iterator[FloatArray]:
        """Yield what stands for resamples, in parts that fit in memory."""

    def left_out(self, design: Design) -> Iterator[FloatArray]:
        """Yield what stands for the sample without each unit in turn, in parts."""
