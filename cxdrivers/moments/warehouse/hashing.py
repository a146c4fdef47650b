"""Hash whole numbers alike in every engine, and say which rows and parts follow.

Everything is arithmetic of 64-bit integers that never overflows and never takes the remainder of a
negative number, so NumPy, DuckDB, polars, Spark, PostgreSQL and SQLite agree to the bit::

    r = ((id % M + M) * A + c) % M          c = shift(seed)
    h = r * r % M

``id % M`` may be negative (SQL) or not (NumPy): with M added both mean the same. A group of n
usable respondents is cut into `part_count` = U parts, of which one row in `one_in` = m is told::

    U = the most of the plan's ladder with n >= a_part * U, else the fewest of it
    m = max(1, n // (a_part * U)), or 1 with clusters
    a row is told where h * m < M, and is then in part (h of h) % U

One hash of numbers that follow each other at some distances falls a little unevenly over the parts;
the hash of the hash does not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cxdrivers.moments.warehouse.plan import SumsPlan

Int64Array = NDArray[np.int64]

MODULUS = 2**31 - 1
"""M, a prime: a product of two remainders, and 2M times `MULTIPLIER`, stay below 2^63."""
MULTIPLIER = 1_327_217_885
"""A: near M over the golden ratio, so that numbers that follow each other come to lie far apart."""


def shift(seed: int) -> int:
    """Return c: what a seed adds before the square is taken."""
    return (seed * 69_621 + 12_345) % MODULUS


def hashed(ids: Int64Array, seed: int) -> Int64Array:
    """Return h of whole numbers.

    Examples
    --------
    >>> hashed(np.array([-1, 0, 1, 2**62]), seed=0).tolist()
    [1623183512, 152399025, 588922019, 588922019]
    """
    turned = ((ids % MODULUS + MODULUS) * MULTIPLIER + shift(seed)) % MODULUS
    return turned * turned % MODULUS


def parts_of(numbers: Int64Array, counts: Int64Array | int, seed: int) -> Int64Array:
    """Return the part that a row is in, given its h and into how many its group is cut."""
    return hashed(numbers, seed) % counts


def part_count(plan: SumsPlan, n: Int64Array) -> Int64Array:
    """Return into how many parts groups of n usable respondents are cut; 0 without parts."""
    counts = np.array(plan.ladder[::-1] or (0,))
    enough = np.searchsorted(counts * plan.a_part, n, side="right")
    return counts[np.maximum(enough - 1, 0)]


def one_in(plan: SumsPlan, n: Int64Array) -> Int64Array:
    """Return of how many rows of a group one is told in its parts."""
    if plan.clustered:
        return np.ones_like(n)
    return np.maximum(1, n // np.maximum(1, part_count(plan, n) * plan.a_part))
