"""Hold the sums of many groups, each in parts: enough for what differs, and how surely.

Means, covariances and all that is made of them follow from sums of products. With the sums of
random parts of every group, the same follows for the group less each part in turn, and the spread
of that is a variance (the delete-a-group jackknife: Kott 2001, *Journal of Official Statistics* 17,
521–526).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.errors import FitError, nearest
from cxdrivers.moments.moments import Moments
from cxdrivers.moments.sums import FloatArray, moments_from_sums

IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]
Places = slice | Sequence[int] | IntArray

EMPTY = 1e-9
"""A part with less than this share of what its group weighs is only what subtracting left."""


@dataclass(frozen=True, eq=False)
class GroupedMoments:
    """Sums of K groups, each in up to U parts, so that all made of moments has a standard error.

    Attributes
    ----------
    by
        The column that the groups come from; empty when there are none, and all is one group.
    labels
        Shape ``(K,)``: their names, as given in the survey.
    drivers, groups, terms, outcome, needs
        As in `Moments`: `groups` are the positions of each driver's columns.
    centre
        Shape ``(k + 1,)``: what was taken off the columns before they were multiplied, outcome
        last.
    sums
        Shape ``(K, U, m)``: sums of `row_products` over each part, 0 for a part nobody is in.
    squares
        Shape ``(K, U)``: sums of squared weights.
    n
        Shape ``(K,)``: respondents.
    rated
        Shape ``(K, p)``: respondents with a rating of each driver, before anything is expected.
    blank
        Shape ``(K, p)``: respondents whose rating is expected, since it applied and is blank.
        Their part of a group speaks for everybody, so differences in weights and slopes between
        groups come out smaller by about that part of it.
    rating_centre
        Shape ``(p,)``: what was taken off the ratings.
    rating_masses, rating_sums
        Shape ``(K, U, p)``: of each part, the weights of those who rated a driver, and the sums of
        their weighted ratings. NaN sums where a driver has no rating: a factor, or several items.
    whole_clusters
        Shape ``(K,)``: whether the parts of a group hold whole clusters. False without clusters,
        and where the group is one cluster: there they hold respondents.
    shared_clusters
        Whether some cluster has rows in several groups. They then leave all of them at once.
    unplaced
        Usable respondents without a group.
    empty
        Names of groups in which nobody can be used.
    codebook
        What the questions are called and how long their scales are, where that is known.
    rows
        Shape ``(K,)``: respondents of each group, also those that cannot be used; None where they
        were not counted.
    withheld, withheld_n
        How many groups were too small to be told of where the rows are, and their usable
        respondents: nothing else is known of them.
    pairwise
        Whether every two columns were added up over those who answered both. Then `n` is the
        smallest of these numbers, and the others of `rows` are not lost.
    """

    by: str
    labels: tuple[str, ...]
    drivers: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    terms: tuple[str, ...]
    outcome: str
    needs: tuple[tuple[int, ...], ...]
    centre: FloatArray
    sums: FloatArray
    squares: FloatArray
    n: IntArray
    rated: IntArray
    blank: IntArray
    rating_centre: FloatArray
    rating_masses: FloatArray
    rating_sums: FloatArray
    whole_clusters: BoolArray
    shared_clusters: bool = False
    unplaced: int = 0
    empty: tuple[str, ...] = ()
    codebook: Codebook | None = None
    rows: IntArray | None = None
    withheld: int = 0
    withheld_n: int = 0
    pairwise: bool = False

    @cached_property
    def filled(self) -> BoolArray:
        """Which parts somebody is in, shape ``(K, U)``."""
        masses = self.sums[..., 0]
        filled: BoolArray = masses > EMPTY * masses.sum(axis=1, keepdims=True)
        return filled

    @cached_property
    def parts(self) -> IntArray:
        """Parts that somebody is in, shape ``(K,)``."""
        parts: IntArray = self.filled.sum(axis=1)
        return parts

    @cached_property
    def n_effective(self) -> FloatArray:
        """Kish's effective number of respondents, `n` where all weigh the same, ``(K,)``."""
        effective: FloatArray = self.sums[..., 0].sum(axis=1) ** 2 / self.squares.sum(axis=1)
        return effective

    @property
    def mean(self) -> FloatArray:
        """Means of the columns, outcome last, shape ``(K, k + 1)``."""
        return self._moments[0] + self.centre

    @property
    def covariance(self) -> FloatArray:
        """Covariances of the columns, outcome last, shape ``(K, k + 1, k + 1)``."""
        return self._moments[1]

    @cached_property
    def rating_mean(self) -> FloatArray:
        """Mean rating of each driver among those who rated it, shape ``(K, p)``.

        NaN where nobody did, and where a driver has no rating.
        """
        means = _ratio(self.rating_sums.sum(axis=1), self.rating_masses.sum(axis=1))
        return means + self.rating_centre

    def tidy(self) -> pd.DataFrame:
        """Return one row a group: who is in it, before anything is asked of it.

        Columns
        -------
        group
            Its label.
        rows, n, n_effective
            Respondents, those that are used, and Kish's effective number of these; `rows` is NaN
            where they were not counted.
        parts
            Random parts that the sums come in: with fewer than eight there are no intervals.
        mean
            Of the outcome.
        """
        return pd.DataFrame(
            {
                "group": self.labels,
                "rows": np.nan if self.rows is None else self.rows,
                "n": self.n,
                "n_effective": self.n_effective,
                "parts": self.parts,
                "mean": self.mean[:, -1],
            }
        )

    def sums_without(self, places: Places = slice(None)) -> FloatArray:
        """Return the sums of some groups less each part in turn, shape ``(K, U, m)``.

        NaN for a part nobody is in, and for a group of one part.
        """
        sums = self.sums[places]
        left = sums.sum(axis=1, keepdims=True) - sums
        return np.where(self._told(places)[..., np.newaxis], left, np.nan)

    def n_effective_without(self, places: Places = slice(None)) -> FloatArray:
        """Return the effective respondents less each part in turn, shape ``(K, U)``."""
        masses, squares = self.sums[places][..., 0], self.squares[places]
        mass = masses.sum(axis=1, keepdims=True) - masses
        square = squares.sum(axis=1, keepdims=True) - squares
        return _ratio(mass**2, np.where(self._told(places), square, 0.0))

    def mean_without(self, places: Places = slice(None)) -> FloatArray:
        """Return the means less each part in turn, shape ``(K, U, k + 1)``, as `sums_without`."""
        return moments_from_sums(self.sums_without(places))[0] + self.centre

    def rating_mean_without(self, places: Places = slice(None)) -> FloatArray:
        """Return the mean ratings less each part in turn, shape ``(K, U, p)``."""
        masses, sums = self.rating_masses[places], self.rating_sums[places]
        total, above = masses.sum(axis=1, keepdims=True), sums.sum(axis=1, keepdims=True)
        left = total - masses
        left = np.where(self._told(places)[..., np.newaxis] & (left > EMPTY * total), left, 0.0)
        return _ratio(above - sums, left) + self.rating_centre

    def moments(self, place: int) -> Moments:
        """Return the moments of one group."""
        return Moments(
            drivers=self.drivers,
            groups=self.groups,
            covariance=self.covariance[place],
            n=int(self.n[place]),
            n_effective=float(self.n_effective[place]),
            terms=self.terms,
            needs=self.needs,
            outcome=self.outcome,
            mean=self.mean[place],
        )

    def of(self, label: str) -> GroupedMoments:
        """Return one group by itself, to ask of it what is asked of a whole survey.

        Raises
        ------
        FitError
            When there is no such group.
        """
        if label not in self.labels:
            near = nearest(label, self.labels)
            raise FitError("group_unknown", column=self.by, group=label, near=near)
        one = self.of_groups([self.labels.index(label)])
        return replace(one, by="", unplaced=0, empty=(), withheld=0, withheld_n=0)

    def of_groups(self, places: Places) -> GroupedMoments:
        """Return some of the groups, in the order asked for."""
        chosen = np.arange(len(self.labels))[places]
        return replace(
            self._added_up(lambda numbers: numbers[chosen]),
            labels=tuple(self.labels[place] for place in chosen),
            whole_clusters=self.whole_clusters[chosen],
        )

    def together(self, places: Sequence[int] | IntArray, label: str) -> GroupedMoments:
        """Return the same with some groups made one, which has the label and comes last."""
        inside = np.zeros(len(self.labels), dtype=bool)
        inside[np.asarray(places, dtype=np.intp)] = True
        if not inside.any():
            return self
        whole, kept = self.whole_clusters, np.flatnonzero(~inside)
        return replace(
            self._added_up(
                lambda numbers: np.concatenate(
                    [numbers[kept], numbers[inside].sum(axis=0, keepdims=True)]
                )
            ),
            labels=(*(self.labels[place] for place in kept), label),
            whole_clusters=np.append(whole[kept], whole[inside].all()),
        )

    def __repr__(self) -> str:
        facts = f"{len(self.drivers)} drivers of {self.outcome}, n={int(self.n.sum())}"
        groups = f"{len(self.labels)} groups by {self.by}, " if self.by else ""
        return f"<GroupedMoments: {groups}{facts}, up to {self.sums.shape[1]} parts>"

    @cached_property
    def _moments(self) -> tuple[FloatArray, FloatArray]:
        return moments_from_sums(self.sums.sum(axis=1))

    def _added_up(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> GroupedMoments:
        """Return the same with all that adds up over respondents changed."""
        return replace(
            self,
            sums=change(self.sums),
            squares=change(self.squares),
            n=change(self.n),
            rated=change(self.rated),
            blank=change(self.blank),
            rating_masses=change(self.rating_masses),
            rating_sums=change(self.rating_sums),
            rows=None if self.rows is None else change(self.rows),
        )

    def _told(self, places: Places) -> BoolArray:
        """Say which parts can be left out, shape ``(K, U)``."""
        filled = self.filled[places]
        told: BoolArray = filled & (filled.sum(axis=1, keepdims=True) > 1)
        return told


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return a quotient, NaN where nothing is below."""
    quotient: FloatArray = np.full(above.shape, np.nan)
    return np.divide(above, below, out=quotient, where=below > 0)
