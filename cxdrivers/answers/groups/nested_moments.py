"""Take moments of groups within groups apart: outer groups, whose parts are whole inner ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cxdrivers.moments.group_labels import BETWEEN
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.moments.random_parts import part_count, random_parts

IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class NestedMoments:
    """Moments of outer groups and of the inner groups that lie in them.

    Attributes
    ----------
    outer
        Their parts hold whole inner groups, which is what was sampled of them.
    inner
        In the order in which they were given; each says in which outer group it lies where one
        name stands in several.
    within
        For each inner group the place of its outer group.
    repeated
        The names that stand in several outer groups.
    """

    outer: GroupedMoments
    inner: GroupedMoments
    within: IntArray
    repeated: tuple[str, ...]


def nested_moments(moments: GroupedMoments, *, seed: int) -> NestedMoments | None:
    """Return moments of two columns apart, or None where their names cannot be taken apart.

    Parameters
    ----------
    moments
        With "outer · inner" for what tells the groups apart, and for each of their names.
    seed
        Which inner groups are in which part of their outer group, where they are many.
    """
    keys = moments.by.split(BETWEEN)
    names = [label.split(BETWEEN) for label in moments.labels]
    if len(keys) != 2 or any(len(name) != 2 for name in names):
        return None
    places: dict[str, int] = {}
    within = np.array([places.setdefault(above, len(places)) for above, _ in names], dtype=np.intp)
    times = Counter(below for _, below in names)
    repeated = tuple(below for below, count in times.items() if count > 1)
    inner = replace(moments, by=keys[1])
    if not repeated:
        empty = tuple(label.split(BETWEEN)[-1] for label in moments.empty)
        inner = replace(inner, labels=tuple(times), empty=empty)
    unused = dict.fromkeys(label.split(BETWEEN)[0] for label in moments.empty)
    empty = tuple(label for label in unused if label not in places)
    outer = replace(moments, by=keys[0], empty=empty)
    return NestedMoments(_outer(outer, tuple(places), within, seed), inner, within, repeated)


def _outer(
    moments: GroupedMoments, labels: tuple[str, ...], within: IntArray, seed: int
) -> GroupedMoments:
    """Return outer groups: of several inner ones those are the parts, of one its own parts."""
    groups, own = len(labels), moments.sums.shape[1]
    several = np.bincount(within, minlength=groups) > 1
    cut = random_parts(within, groups, count=part_count(groups, len(moments.drivers)), seed=seed)
    width = max(cut.count, own if not several.all() else 1)
    many = several[within]

    def in_parts(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.zeros((groups, width, *numbers.shape[2:]))
        np.add.at(found, (within[many], cut.part[many]), numbers[many].sum(axis=1))
        found[within[~many], :own] = numbers[~many, :width]
        return found

    def added_up(numbers: IntArray) -> IntArray:
        found = np.zeros((groups, *numbers.shape[1:]), dtype=numbers.dtype)
        np.add.at(found, within, numbers)
        return found

    return replace(
        moments,
        labels=labels,
        sums=in_parts(moments.sums),
        squares=in_parts(moments.squares),
        n=added_up(moments.n),
        rated=added_up(moments.rated),
        blank=added_up(moments.blank),
        rating_masses=in_parts(moments.rating_masses),
        rating_sums=in_parts(moments.rating_sums),
        whole_clusters=several,
        rows=None if moments.rows is None else added_up(moments.rows),
    )
