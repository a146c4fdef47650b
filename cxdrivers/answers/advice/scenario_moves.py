"""Lay out how far each step of each driver moves the columns of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from cxdrivers.answers.advice.scenario_changes import SHIFT, Move, Scenario
from cxdrivers.answers.advice.scenario_rows import DriverRatings, changed_columns
from cxdrivers.models.moved_chances import Moves
from cxdrivers.moments.design import Design
from cxdrivers.survey.coding import FloatArray
from cxdrivers.survey.survey import Survey


@dataclass(frozen=True, eq=False)
class Steps:
    """What is moved how far, in the columns that a model has.

    Attributes
    ----------
    survey
        What was read.
    drivers, sizes
        The drivers that move, and by how many points.
    ratings
        Theirs, and those that an interaction is made of.
    fitted
        Which columns of the design the model has.
    """

    survey: Survey
    drivers: tuple[str, ...]
    sizes: tuple[float, ...]
    ratings: dict[str, DriverRatings]
    fitted: NDArray[np.intp]

    @property
    def worlds(self) -> int:
        """Today, and every step of every driver."""
        return 1 + len(self.drivers) * len(self.sizes)

    def moves(self, filled: Design) -> list[Moves]:
        """Return by how much the columns move, one a driver, in rows without blanks."""
        return [
            _moves(np.stack([self._shift(filled, {driver: size}) for size in self.sizes]))
            for driver in self.drivers
        ]

    def together(self, filled: Design) -> dict[tuple[int, int], Moves]:
        """Return what two drivers move together beside what each moves alone.

        Only drivers whose product is a column do; the steps of the first go slowest.

        Parameters
        ----------
        filled
            The rows, without blanks.

        Returns
        -------
        dict
            Two drivers, by their places → their moves, ``s · s`` steps.
        """
        products = [set(one.interaction) for one in self.survey.codebook.drivers if one.interaction]
        found = {}
        for pair in combinations(range(len(self.drivers)), 2):
            names = [self.drivers[place] for place in pair]
            if set(names) in products:
                shifts = np.stack(
                    [
                        self._shift(filled, dict(zip(names, sizes, strict=True)))
                        - sum(
                            self._shift(filled, {name: size})
                            for name, size in zip(names, sizes, strict=True)
                        )
                        for sizes in product(self.sizes, repeat=2)
                    ]
                )
                found[pair] = _moves(shifts)
        return found

    def _shift(self, filled: Design, sizes: Mapping[str, float]) -> FloatArray:
        """Return by how much the columns of the model move, shape ``(n, k)``."""
        moves = tuple(Move(driver, SHIFT, size) for driver, size in sizes.items())
        scenario = Scenario("", moves, named=False)
        changed = changed_columns(filled, self.survey, scenario, self.ratings)
        moved: FloatArray = (changed - filled.columns)[:, self.fitted]
        return moved


def moved_columns(columns: FloatArray, moves: Moves) -> list[FloatArray]:
    """Return the columns after each step, each of shape ``(n, k)``."""
    worlds = []
    for shift in moves.shifts:
        world = columns.copy()
        world[:, moves.places] += shift
        worlds.append(world)
    return worlds


def _moves(shifts: FloatArray) -> Moves:
    """Return moves of all columns, shape ``(s, n, k)``, as those of the columns that move."""
    places = np.flatnonzero(shifts.any(axis=(0, 1)))
    return Moves(places, shifts[:, :, places])
