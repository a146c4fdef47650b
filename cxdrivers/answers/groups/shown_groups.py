"""Choose which groups are large enough to be shown, and take the others together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cxdrivers.answers.groups.group_troubles import IntArray, Trouble
from cxdrivers.errors import FitError
from cxdrivers.moments.grouped import GroupedMoments
from cxdrivers.survey.coding import BoolArray

FEW = 3
"""So many respondents a group needs for each column of the model."""
OTHERS = "others"


@dataclass(frozen=True, eq=False)
class ShownGroups:
    """The groups that are large enough, and the others together when those are.

    Attributes
    ----------
    moments
        Of the groups, with the others last.
    compared
        How many groups there are without the others.
    troubles
        Which were too small.
    """

    moments: GroupedMoments
    compared: int
    troubles: tuple[Trouble, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the groups that are compared."""
        return self.moments.labels[: self.compared]

    @property
    def kept(self) -> GroupedMoments:
        """The groups that are compared."""
        return self.moments.of_groups(slice(self.compared))


def shown_of(moments: GroupedMoments, minimum: int) -> ShownGroups:
    """Return the groups of at least the minimum, and the others together if that is as many.

    Raises
    ------
    FitError
        When fewer than two groups are large enough.
    """
    if len(moments.labels) == 1:
        raise FitError(
            "groups_alone", n=int(moments.n[0]), group=moments.labels[0], column=moments.by
        )
    large = is_large(moments, minimum)
    if large.sum() < 2:
        largest = int(moments.n.argmax())
        raise FitError(
            "groups_too_small",
            floor=floor_of(moments, minimum),
            minimum=minimum,
            few=FEW,
            columns=len(moments.terms),
            count=len(large),
            column=moments.by,
            enough=int(large.sum()),
            group=moments.labels[largest],
            n=int(moments.n[largest]),
        )
    compared = int(large.sum())
    small = np.flatnonzero(~large)
    kept = moments.of_groups(np.flatnonzero(large))
    pooled = moments.together(small, _unlike(kept.labels))
    shown = bool(small.size > 1 and is_large(pooled, minimum)[-1])
    troubles = [*_left_out(moments, small, minimum)]
    if shown:
        troubles.append(Trouble("pooled_shown"))
    return ShownGroups(pooled if shown else kept, compared, tuple(troubles))


def _left_out(moments: GroupedMoments, small: IntArray, minimum: int) -> Iterator[Trouble]:
    """Yield which groups are too small, and which only by how unequal their weights are."""
    floor = floor_of(moments, minimum)
    enough = moments.n[small] >= floor
    few, uneven = small[~enough], small[enough]
    names = [*(moments.labels[place] for place in few), *moments.empty]
    if names:
        facts = {"floor": floor, "n": int(moments.n[few].sum())}
        yield Trouble("pooled", {"count": len(names), "names": names, **facts})
    if uneven.size:
        names = [moments.labels[place] for place in uneven]
        facts = {"least": FEW * len(moments.terms), "n": int(moments.n[uneven].sum())}
        yield Trouble("unequal_weights", {"count": len(names), "names": names, **facts})


def is_large(moments: GroupedMoments, minimum: int) -> BoolArray:
    """Return which groups have the minimum, and enough effective respondents for the model."""
    columns = FEW * len(moments.terms)
    large: BoolArray = (moments.n >= minimum) & (moments.n_effective >= columns)
    return large


def floor_of(moments: GroupedMoments, minimum: int) -> int:
    """Return how many respondents a group needs that all weigh the same."""
    return max(minimum, FEW * len(moments.terms))


def _unlike(labels: tuple[str, ...]) -> str:
    """Return a name for the small groups together that no group has."""
    name = OTHERS
    while name in labels:
        name += "*"
    return name
