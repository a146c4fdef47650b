"""Say which sums of a table are wanted, before anybody knows what will add them up.

A plan is made of a codebook. In-memory frames, lazy frames and SQL all follow the same one, so
that their sums are the same.

A row is *usable* when it has a weight above 0 and every column of the model is known. The *table of
sums* that every way returns has one row for each group (`part` is -1, its totals) and one for each
of its parts (`part` from 0):

========================  ========================================================================
``by_0``, ``by_1``        the group; blank for those without a group and for all that are small
``small``                 1 for the row that counts the groups that are withheld, else 0
``part``                  -1 for totals
``groups``                how many groups the row stands for: 1, or those that are withheld
``rows``                  respondents, usable or not
``n``                     usable respondents
``off``                   rows with an answer off its scale, or with a weight that cannot be used
``alone``                 usable respondents whose identity is blank
``away_0`` …              usable respondents to whom a driver did not apply, if it has a mark
``w2``, ``w``             sums of the squared weights, and of the weights
``s_0`` …                 sums of weight · column; the columns are those of `SumsPlan.columns`
``p_0_0``, ``p_0_1`` …    sums of weight · column · column, the upper triangle row by row
========================  ========================================================================

Groups with fewer than `SumsPlan.minimum` usable respondents are *small*: one row with ``small`` 1
counts them, and has no sums. A group of at least `minimum` rows of which none is usable keeps its
name, without sums. So does the row of those without a group: it counts them. Parts are told of the
other groups only, and of none in which a part has fewer than `minimum` usable respondents, but
some.

With pairwise counts every pair of columns has its own rows. A row is then usable when it has a
weight above 0, a score of the outcome, and one of some driver, or a mark that it was away. Instead
of ``w2``, ``w``, ``s_…`` and ``p_…`` there are, for each pair i ≤ j of columns, ``n_i_j``,
``w_i_j`` and ``q_i_j`` (of the usable rows that know both: respondents, weights, squared weights)
and ``p_i_j``; and for all i and j ``s_i_j``, the sum of weight · column i over those rows. What
decides whether a group or a part is small, and how many parts there are, is then not ``n`` but the
least of all ``n_i_j``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations_with_replacement

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.reading.table import Code

LISTWISE, PAIRWISE = COUNTS = ("listwise", "pairwise")

LADDER = (200, 100, 50, 40, 25, 20, 10, 8, 5, 4, 2, 1)
"""Into how many parts a group can be cut."""
RESPONDENTS_A_PART, TIMES_THE_MINIMUM = 30, 3
"""Usable respondents that a part has at least, on average; and at least so many times
`SumsPlan.minimum`, so that hardly any part falls below that."""


@dataclass(frozen=True)
class Item:
    """A column of the table, and how its cells are read.

    Attributes
    ----------
    column
        Its name.
    scale
        Lowest and highest answer, or None.
    turned
        Of a reversed item: lowest plus highest; the answer is that less what stands there.
    not_applicable, dont_know
        Codes that stand for no answer.
    """

    column: str
    scale: tuple[float, float] | None
    turned: float | None
    not_applicable: tuple[Code, ...]
    dont_know: tuple[Code, ...]


@dataclass(frozen=True)
class Asked:
    """The outcome or a driver: its items, and when they make a score.

    With k items, of which a respondent gave g answers and a times a code that it did not apply,
    there is a score when ``2·g ≥ k`` (`every_item`: when ``g = k``), else the driver was *away*
    when ``2·a ≥ k``, else the score is unknown.

    Attributes
    ----------
    key
        Its name in tables.
    items
        Its columns in the table.
    every_item
        Whether each item is a column of the model; otherwise their mean is one.
    marked
        Whether it can have been away: its columns are then 0 where it was, and one more column is
        1 there and 0 elsewhere. An outcome that is away is unknown.
    """

    key: str
    items: tuple[Item, ...]
    every_item: bool
    marked: bool


@dataclass(frozen=True)
class Column:
    """A column of the model.

    Attributes
    ----------
    question
        Its place in `SumsPlan.questions`.
    term
        ``rating``: the mean of the items that were answered; ``not_applicable``: the mark; else
        the name of the one item that it is.
    centre
        What is taken off where it is answered; 0 for a mark.
    items
        The items that it is the mean of; none for a mark.
    """

    question: int
    term: str
    centre: float
    items: tuple[Item, ...]

    @property
    def is_mark(self) -> bool:
        """Whether it says that a driver was away."""
        return not self.items


@dataclass(frozen=True, eq=False)
class SumsPlan:
    """Which sums of a table are wanted.

    Attributes
    ----------
    codebook
        What it was made of.
    questions
        The drivers, and the outcome last.
    columns
        The columns of the model, that of the outcome last.
    uncentred
        Keys of the questions without a scale: their centre is 0 until `centred` says better.
    by
        The columns that tell groups apart: none, one, or two.
    weight
        Column with the weight, or None: every row counts once.
    required
        Rows in which one of these is blank are left out before anything is counted.
    identity
        The column that is hashed to say which part a row is in, or None: row numbers.
    clustered
        Whether `identity` is the codebook's cluster. All rows are then in the parts.
    missing
        ``listwise`` or ``pairwise``.
    parts, minimum, seed
        Parts a group at most, 0 for none; fewest usable respondents that a row of the table of
        sums stands for; which row is in which part.
    """

    codebook: Codebook
    questions: tuple[Asked, ...]
    columns: tuple[Column, ...]
    uncentred: tuple[str, ...]
    by: tuple[str, ...]
    weight: str | None
    required: tuple[str, ...]
    identity: str | None
    clustered: bool
    missing: str
    parts: int
    minimum: int
    seed: int

    @property
    def is_pairwise(self) -> bool:
        """Whether every pair of columns is counted over its own rows."""
        return self.missing == PAIRWISE

    @property
    def ladder(self) -> tuple[int, ...]:
        """Into how many parts groups can be cut, most first; empty without parts."""
        return tuple(count for count in LADDER if count <= self.parts)

    @property
    def a_part(self) -> int:
        """How many usable respondents a part has at least, on average."""
        return max(RESPONDENTS_A_PART, TIMES_THE_MINIMUM * self.minimum)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The pairs i ≤ j of columns, in the order of `row_products`."""
        return tuple(combinations_with_replacement(range(len(self.columns)), 2))

    @property
    def marked(self) -> tuple[int, ...]:
        """The places of the drivers that have a mark."""
        return tuple(place for place, asked in enumerate(self.questions) if asked.marked)

    @cached_property
    def table_columns(self) -> tuple[str, ...]:
        """The columns that must be in the table."""
        items = [item.column for asked in self.questions for item in asked.items]
        others = [*self.by, self.weight, self.identity, *self.required]
        return tuple(dict.fromkeys([*items, *(name for name in others if name)]))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the table of sums that name a group."""
        return tuple(f"by_{place}" for place in range(len(self.by)))

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns of the table of sums that count respondents; told also where sums are not."""
        return "rows", "n", "off", "alone"

    @cached_property
    def sums(self) -> tuple[str, ...]:
        """The columns of the table of sums that are withheld for small groups."""
        away = [f"away_{place}" for place in self.marked]
        width = len(self.columns)
        products = [f"p_{i}_{j}" for i, j in self.pairs]
        if self.is_pairwise:
            masses = [f"{name}_{i}_{j}" for name in "nwq" for i, j in self.pairs]
            own = [f"s_{i}_{j}" for i in range(width) for j in range(width)]
            return (*away, *masses, *own, *products)
        return (*away, "w2", "w", *(f"s_{i}" for i in range(width)), *products)

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """The columns of `sums` that do not count who was away."""
        return self.sums[len(self.marked) :]

    @property
    def result_columns(self) -> tuple[str, ...]:
        """All columns of the table of sums."""
        return (*self.keys, "small", "part", "groups", *self.counts, *self.sums)

    def centred(self, centres: Iterable[float]) -> SumsPlan:
        """Return the same plan with a centre for every column."""
        columns = tuple(
            column if column.is_mark else replace(column, centre=float(centre))
            for column, centre in zip(self.columns, centres, strict=True)
        )
        return replace(self, columns=columns, uncentred=())
