"""Value sets of drivers where blanks were filled in several times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.weights.valuation import Tick, Valuation
from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.moments.design import Design
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS, scheme_of

WHOLE = -1.0


@dataclass(frozen=True, eq=False)
class ImputedValuation:
    """The same valuation of several completed data sets.

    What stands for a resample has a number in front: which of the data sets was drawn from. The
    sample's number is −1, and its values are averages over all of them. Resamples are divided
    among the data sets, so that they differ as much as samples with such blanks do ("MI boot
    pooled": Schomaker & Heumann 2018, *Statistics in Medicine* 37, 2252–2266).

    Attributes
    ----------
    valuations
        One for each completed data set.
    designs
        The data sets.
    """

    valuations: tuple[Valuation, ...]
    designs: tuple[Design, ...]

    @property
    def sample(self) -> FloatArray:
        """A number that stands for all data sets."""
        return np.array([WHOLE])

    @property
    def index(self) -> str:
        """What is shared."""
        return self.valuations[0].index

    @property
    def adds_up(self) -> bool:
        """Whether shares add up to what all drivers explain."""
        return self.valuations[0].adds_up

    @property
    def adjustable(self) -> bool:
        """Whether noise can be taken out by formula."""
        return self.valuations[0].adjustable

    def shares(
        self, statistics: FloatArray, *, n: float | None, adjust: int, tick: Tick | None = None
    ) -> FloatArray:
        """Return each driver's share."""

        def of_one(valuation: Valuation, found: FloatArray) -> FloatArray:
            return valuation.shares(found, n=n, adjust=adjust, tick=tick)

        return self._each(statistics, of_one)

    def values(self, statistics: FloatArray) -> FloatArray:
        """Return how much every subset of drivers explains."""
        return self._each(statistics, lambda valuation, found: valuation.values(found))

    def own(self) -> FloatArray:
        """Return what is lost without each driver."""
        return _mean([valuation.own() for valuation in self.valuations])

    def together(self, *, n: float | None, adjust: int) -> float:
        """Return what all drivers explain beside the controls."""
        return float(
            np.mean([valuation.together(n=n, adjust=adjust) for valuation in self.valuations])
        )

    def replicates(
        self, design: Design, scheme: str | None, *, n_boot: int, seed: int
    ) -> Iterator[FloatArray]:
        """Yield what stands for resamples of the completed data sets, in turn.

        Raises
        ------
        FitError
            For a survey's replicate weights, which cannot be divided among data sets.
        """
        if scheme_of(design, scheme) == REPLICATE_WEIGHTS:
            raise FitError("replicate_weights_of_fillings")
        count = len(self.designs)
        completed = zip(self.valuations, self.designs, strict=True)
        for place, (valuation, filled) in enumerate(completed):
            size = n_boot * (place + 1) // count - n_boot * place // count
            start = int(np.random.SeedSequence([seed, place]).generate_state(1)[0])
            for part in valuation.replicates(filled, scheme, n_boot=size, seed=start):
                yield _numbered(part, place)

    def left_out(self, design: Design) -> Iterator[FloatArray]:  # noqa: ARG002
        """Yield what stands for the sample without each unit in turn, of the first data set."""
        for part in self.valuations[0].left_out(self.designs[0]):
            yield _numbered(part, 0)

    def _each(
        self, statistics: FloatArray, found: Callable[[Valuation, FloatArray], FloatArray]
    ) -> FloatArray:
        if statistics.ndim == 1:
            return _mean([found(valuation, valuation.sample) for valuation in self.valuations])
        place = int(statistics[0, 0])
        valuation = self.valuations[place]
        shape = valuation.sample.shape
        return found(valuation, statistics[:, 1:].reshape(-1, *shape))


def _numbered(part: FloatArray, place: int) -> FloatArray:
    flat = part.reshape(len(part), -1)
    return np.column_stack([np.full(len(flat), float(place)), flat])


def _mean(found: Sequence[FloatArray]) -> FloatArray:
    average: FloatArray = np.mean(found, axis=0)
    return average
