"""Make a case by its number: the same one every time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from tests.fuzzing.damage import damaged
from tests.fuzzing.good import good, own_files
from tests.fuzzing.hostile import chance, pick
from tests.fuzzing.structures import SHAPERS
from tests.fuzzing.tables import WRITERS

SUFFIXES = {
    "csv": ".csv",
    "xlsx": ".xlsx",
    "sav": ".sav",
    "zsav": ".zsav",
    "parquet": ".parquet",
    "codebook": ".toml",
    "lexicon": ".toml",
    "labels": ".csv",
    "benchmark": ".json",
}
TABLES = ("csv", "xlsx", "sav", "zsav", "parquet")
ARGUMENTS = "arguments"
KINDS = (*SUFFIXES, ARGUMENTS)
TURNS = (
    *TABLES,
    *TABLES,
    "csv",
    "codebook",
    "codebook",
    "lexicon",
    "labels",
    "benchmark",
    ARGUMENTS,
)
"""What comes how often, in turn."""


@dataclass(frozen=True)
class Case:
    """One thing to try.

    Attributes
    ----------
    seed, number
        What it is made from.
    """

    seed: int
    number: int

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return TURNS[self.number % len(TURNS)]

    @property
    def rng(self) -> Generator:
        """Return a source of chance that is this case's own."""
        return np.random.default_rng([self.seed, self.number])

    def content(self) -> bytes:
        """Return the file of the case; for arguments there is none."""
        if self.kind == ARGUMENTS:
            return b""
        rng = self.rng
        made = WRITERS[self.kind](rng) if self._is_made(rng) else good(self.kind)
        other = pick(rng, (*own_files(), *map(good, ("csv", "xlsx", "codebook", self.kind))))
        if self.kind in SHAPERS and chance(rng, 0.75):
            made = SHAPERS[self.kind](rng, made, other)
            return damaged(rng, made, other) if chance(rng, 0.1) else made
        whole = made is not good(self.kind) and chance(rng, 0.7)
        return made if whole else damaged(rng, made, other)

    def _is_made(self, rng: Generator) -> bool:
        return self.kind in WRITERS and chance(rng, 0.65)
