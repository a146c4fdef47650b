"""Say what is to be added up, and how sums are written down so that programs can be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, combinations_with_replacement
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tests.studies.benchmarks_engine_data import HIGH, LOW, Answers

CENTRE = (LOW + HIGH) / 2
SURELY_TOLD = 30.0
"""The package withholds groups of fewer than ten answers, whose weights are about 1."""
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Task:
    """What one process does.

    Attributes
    ----------
    program
        Which program does it.
    folder
        Where the files are.
    answers
        What is in them.
    by
        The column of the groups; empty for one group.
    blanks, weighted
        Whether rows with a blank are left out, and whether rows have weights.
    parts, n_boot
        Random parts a group, and resamples; of the package only.
    out
        Where the result is to be written, if anywhere.
    """

    program: str
    folder: str
    answers: Answers
    by: str = "client"
    blanks: bool = False
    weighted: bool = False
    parts: int = 0
    n_boot: int = 0
    out: str = ""

    def to_json(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(line: str) -> Task:
        """Return what a line says."""
        told = json.loads(line)
        return Task(**{**told, "answers": Answers(**told["answers"])})

    @property
    def files(self) -> str:
        """Return the files as a pattern."""
        return f"{self.folder}/*.parquet"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the model."""
        return self.answers.columns

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the columns whose products are added up, in the order of `row_products`."""
        return list(combinations_with_replacement(self.columns, 2))


@dataclass(frozen=True, eq=False)
class Numbers:
    """A row of numbers for each group.

    Attributes
    ----------
    groups
        Shape ``(K,)``: their numbers, ascending; 0 for one group.
    values
        Shape ``(K, m)``: as a rule the weight, then the sums of weighted columns less `CENTRE`,
        then of their products.
    """

    groups: NDArray[np.int64]
    values: FloatArray

    def write(self, path: Path) -> None:
        """Write them to a file."""
        np.savez(path, groups=self.groups, values=self.values)

    @staticmethod
    def read(path: Path) -> Numbers:
        """Read them from a file."""
        with np.load(path) as found:
            return Numbers(found["groups"], found["values"])


def numbers_of(groups: Sequence[Any], values: FloatArray) -> Numbers:
    """Return numbers with groups in order; an empty name is group 0."""
    found = np.array([int(group) if group != "" else 0 for group in groups], dtype=np.int64)
    order = np.argsort(found)
    return Numbers(found[order], np.asarray(values, dtype=np.float64)[order])


def numbers_of_table(task: Task, table: pd.DataFrame) -> Numbers:
    """Return numbers of a table with the groups and then the sums."""
    sums = table.drop(columns=[task.by] if task.by else [])
    groups = table[task.by].tolist() if task.by else [0]
    return numbers_of(groups, sums.to_numpy(np.float64))


def centred(numbers: Numbers, width: int) -> Numbers:
    """Return sums of columns that were not centred, as if they had been.

    Whole numbers and halves that are far below 2^53 are exact, so nothing is lost.

    Parameters
    ----------
    numbers
        As they were added up.
    width
        How many columns there are.
    """
    mass, sums = numbers.values[:, :1], numbers.values[:, 1 : 1 + width]
    first, second = np.triu_indices(width)
    products = numbers.values[:, 1 + width :]
    products = products - CENTRE * (sums[:, first] + sums[:, second]) + CENTRE**2 * mass
    return Numbers(numbers.groups, np.hstack([mass, sums - CENTRE * mass, products]))


def largest_gap(one: Numbers, other: Numbers) -> float:
    """Return the largest difference, in parts of the largest number of its column.

    Small groups that only one of them has, since they are withheld, are left out.

    Raises
    ------
    ValueError
        When only one of them has a group whose first number, its weight, is `SURELY_TOLD`.
    """
    both, here, there = np.intersect1d(one.groups, other.groups, return_indices=True)
    alone = np.setdiff1d(np.arange(len(other.groups)), there)
    if not len(both) or (other.values[alone, 0] >= SURELY_TOLD).any():
        message = "a group is missing"
        raise ValueError(message)
    mine, theirs = one.values[here], other.values[there]
    return float(np.nanmax(np.abs(mine - theirs) / np.nanmax(np.abs(theirs), axis=0)))


def shares_of(numbers: Numbers, drivers: int) -> Numbers:
    """Return R² shared by Shapley's rule, from a regression on every subset of drivers.

    Parameters
    ----------
    numbers
        Sums of the drivers and the outcome.
    drivers
        How many drivers there are; the outcome follows.
    """
    mass, sums = numbers.values[:, 0], numbers.values[:, 1 : 2 + drivers]
    first, second = np.triu_indices(drivers + 1)
    covariance = np.empty((len(mass), drivers + 1, drivers + 1))
    products = numbers.values[:, 2 + drivers :] / mass[:, np.newaxis]
    mean = sums / mass[:, np.newaxis]
    found = products - mean[:, first] * mean[:, second]
    covariance[:, first, second] = covariance[:, second, first] = found

    def r_squared(subset: list[int]) -> FloatArray:
        within = covariance[:, subset][:, :, subset]
        beside = covariance[:, subset, drivers]
        slopes = np.linalg.solve(within, beside[..., np.newaxis])[..., 0]
        explained: FloatArray = (slopes * beside).sum(axis=1) / covariance[:, drivers, drivers]
        return explained

    shares = np.zeros((len(mass), drivers))
    for size in range(drivers):
        weight = 1 / (drivers * comb(drivers - 1, size))
        for driver in range(drivers):
            for subset in combinations([each for each in range(drivers) if each != driver], size):
                gain = r_squared([*subset, driver])
                shares[:, driver] += weight * (gain - r_squared([*subset]) if subset else gain)
    return Numbers(numbers.groups, shares)
