"""Cut the respondents of every group into random parts, to leave out one part at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.intp]

FEWEST, MOST = 20, 200
SUMS_AT_MOST = 250_000
SUBSETS_AT_MOST = 2**28


@dataclass(frozen=True, eq=False)
class RandomParts:
    """Which of U parts every row is in.

    Attributes
    ----------
    part
        Shape ``(n,)``, from 0.
    count
        U.
    whole_clusters
        Shape ``(K,)``: whether the parts of a group hold whole clusters. False without clusters,
        and for a group that is one cluster: its respondents are then cut up.
    shared_clusters
        Whether some cluster has rows in several groups. A cluster is then in the same part of all
        of them, so that what groups have in common leaves together.
    """

    part: IntArray
    count: int
    whole_clusters: NDArray[np.bool_]
    shared_clusters: bool


def part_count(groups: int, drivers: int) -> int:
    """Return into how many parts to cut groups: 200, or fewer where that is much to compute.

    Twenty leave a variance nineteen degrees of freedom, so there are never fewer.

    Examples
    --------
    >>> part_count(4, 7), part_count(10_000, 7)
    (200, 25)
    """
    affordable = min(SUMS_AT_MOST, SUBSETS_AT_MOST >> drivers) // groups
    return int(np.clip(affordable, FEWEST, MOST))


def random_parts(
    group: IntArray, groups: int, *, count: int, seed: int, cluster: IntArray | None = None
) -> RandomParts:
    """Cut the rows, or whole clusters, of every group into random parts.

    The rows of a group are put in a random order and counted off, so its parts differ by one row at
    most, and a group with fewer rows than parts has one in each of some. Counting goes on from one
    group to the next, so that groups taken together have balanced parts as well.

    Parameters
    ----------
    group
        Shape ``(n,)``: the group of each row, from 0.
    groups
        How many there are.
    count
        How many parts at most.
    seed
        Where the random numbers start.
    cluster
        Shape ``(n,)``: the number of each row's cluster, or None.
    """
    rng = np.random.default_rng(seed)
    nothing = np.zeros(groups, dtype=bool)
    if cluster is None:
        count = _at_most(count, group)
        return RandomParts(_counted_off(rng, group, count), count, nothing, shared_clusters=False)
    pairs, unit = np.unique(
        group * (int(cluster.max()) + 1) + cluster, return_index=True, return_inverse=True
    )[1:]
    home, inside = group[pairs], cluster[pairs]
    several = np.bincount(home, minlength=groups) > 1
    whole = several[group]
    shared = bool(np.bincount(inside).max() > 1)
    count = max(_at_most(count, home), _at_most(count, group[~whole]))
    parts_of_rows = _counted_off(rng, group, count)
    if shared:
        parts_of_clusters = _counted_off(rng, np.zeros(int(inside.max()) + 1, np.intp), count)
        part = np.where(whole, parts_of_clusters[cluster], parts_of_rows)
    else:
        part = np.where(whole, _counted_off(rng, home, count)[unit], parts_of_rows)
    return RandomParts(part, count, several, shared)


def _counted_off(rng: np.random.Generator, group: IntArray, count: int) -> IntArray:
    """Return a part for every unit: units in a random order within groups, counted off."""
    order = rng.permutation(len(group))
    order = order[np.argsort(group[order], kind="stable")]
    part = np.empty(len(group), dtype=np.intp)
    part[order] = np.arange(len(group)) % count
    return part


def _at_most(count: int, group: IntArray) -> int:
    """Return the count, or the units of the largest group where that is less."""
    largest = int(np.bincount(group).max()) if len(group) else 1
    return min(count, largest)
