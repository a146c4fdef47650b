"""Write the queries with which an engine adds some rows of a lazy frame up to parts of groups."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw

from cxdrivers.moments.warehouse.engines import IDENTITY
from cxdrivers.moments.warehouse.expressions import terms_of
from cxdrivers.moments.warehouse.group_keys import (
    ALL,
    is_named,
    key_columns,
    keys_as_texts,
)
from cxdrivers.moments.warehouse.hashing import MODULUS, MULTIPLIER, shift
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.query_sums import (
    added_rows,
    least_of_line,
    pair_counts,
    term_columns,
)

HASH, CUT, EVERY, LEAST, PART, SLICE = (
    f"cxdrivers_{name}" for name in ("hash", "cut", "every", "least", "part", "slice")
)

Frame = nw.LazyFrame[Any]


def drawn_rows(plan: SumsPlan, frame: Frame, sizes: Frame | int, *, cheapest: int) -> Frame:
    """Return the rows that are told, with the columns `PART` and `SLICE`.

    The part of a row that is not usable is null. Such rows stay here: an engine would ask for every
    row, before all else, whether it is usable, though most rows are not told; and one that expects
    hardly any usable row would rather put all rows in memory, and look up the few groups there.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows that have all that is required, with the column `IDENTITY`.
    sizes
        The groups that have parts, as `asked_sizes` returns them; where all is one group, into
        how many parts it is cut.
    cheapest
        Of how many rows at least one is told, in whatever group: the others are dropped before
        anybody asks which group they are in.
    """
    terms = terms_of(plan, frame.collect_schema())
    rows = _hashed(plan, frame, nw.col(IDENTITY))
    if cheapest > 1:
        rows = rows.filter(nw.col(HASH) * cheapest < MODULUS)
    if isinstance(sizes, int):
        slices = nw.lit(0).cast(nw.Int16).alias(SLICE)
        rows = rows.with_columns(nw.lit(sizes).alias(CUT), slices)
    else:
        rows = rows.join(sizes, how="inner", left_on=list(plan.by), right_on=size_keys(plan))
        rows = rows.filter(nw.col(HASH) * nw.col(EVERY) < MODULUS)
    rows = _hashed(plan, rows, nw.col(HASH))
    part = nw.when(terms.usable).then(nw.col(HASH) % nw.col(CUT))
    rows = rows.with_columns(part.cast(nw.Int16).alias(PART))
    items = [item.column for asked in plan.questions for item in asked.items]
    weight = [plan.weight] if plan.weight else []
    return rows.select(*dict.fromkeys([*plan.by, PART, SLICE, *items, *weight]))


def parts_query(plan: SumsPlan, rows: Frame) -> Frame:
    """Return the query for the parts of a table of sums.

    Parameters
    ----------
    plan
        What is asked for.
    rows
        What `drawn_rows` returns, or those of some groups.
    """
    schema = rows.collect_schema()
    if rows.implementation.is_duckdb():
        # There are so many parts that their sums do not fit in the memory near a processor.
        rows = rows.sort(*plan.by, PART)
    part = nw.col(PART).cast(nw.Int64).alias("part")
    rows = rows.select(*key_columns(plan, plan.keys), part, *term_columns(terms_of(plan, schema)))
    lines = added_rows(plan, rows, [*plan.keys, "part"])
    is_part = ~nw.col("part").is_null()
    least = nw.when(is_part).then(least_of_line(plan)).alias(LEAST)
    lines = lines.with_columns(nw.lit(0).alias(ALL), least)
    rarest = nw.col(LEAST).min().over(*(plan.keys or (ALL,)))
    lines = lines.with_columns(rarest.alias(LEAST))
    lines = lines.filter(is_part & (nw.col(LEAST) >= plan.minimum))
    nothing = (nw.lit(0).alias(name) for name in ("small", "rows", "off", "alone"))
    return lines.with_columns(nw.lit(1).alias("groups"), *nothing).select(
        *keys_as_texts(plan, schema), *plan.result_columns[len(plan.keys) :]
    )


def asked_sizes(plan: SumsPlan, frame: Frame) -> Frame:
    """Return the groups that have parts: `CUT`, `EVERY` and `SLICE`, by `size_keys`.

    It is for an engine that cannot be told of groups, though they are known: their respondents are
    counted once more.

    Parameters
    ----------
    plan, frame
        As `drawn_rows`.
    """
    schema = frame.collect_schema()
    terms = terms_of(plan, schema)
    keys = size_keys(plan)
    named = list(key_columns(plan, keys))
    usable = frame.filter(terms.usable)
    if plan.is_pairwise:
        sizes = pair_counts(plan, usable.select(*named, *term_columns(terms)), keys)
    else:
        sizes = usable.select(*named).group_by(*keys).agg(nw.len().cast(nw.Int64).alias("n"))
    sizes = sizes.select(*keys, least_of_line(plan).alias(LEAST))
    told = reduce(and_, is_named(plan, schema, keys), nw.col(LEAST) >= plan.minimum)
    sizes = _cut(plan, sizes.filter(told)).with_columns(nw.lit(0).cast(nw.Int16).alias(SLICE))
    return sizes.select(*keys, CUT, EVERY, SLICE)


def size_keys(plan: SumsPlan) -> list[str]:
    """Return what the columns that tell groups apart are called beside their sizes."""
    return [f"{key}_size" for key in plan.keys]


def _cut(plan: SumsPlan, sizes: Frame) -> Frame:
    """Return groups with into how many parts each is cut, and of how many rows one is told."""
    least = nw.col(LEAST)
    *smaller, fewest = plan.ladder
    cut = nw.lit(fewest)
    for count in reversed(smaller):
        cut = nw.when(least >= count * plan.a_part).then(nw.lit(count)).otherwise(cut)
    sizes = sizes.with_columns(cut.alias(CUT))
    every = nw.lit(1)
    if not plan.clustered:
        told = nw.col(CUT) * plan.a_part
        every = nw.when(least >= told).then(least // told).otherwise(nw.lit(1))
    return sizes.with_columns(every.cast(nw.Int64).alias(EVERY))


def _hashed(plan: SumsPlan, rows: Frame, number: nw.Expr) -> Frame:
    """Return rows with the hash of a whole number, as `hashing` says."""
    turned = (number % MODULUS + MODULUS) * MULTIPLIER + shift(plan.seed)
    rows = rows.with_columns((turned % MODULUS).alias(HASH))
    return rows.with_columns((nw.col(HASH) * nw.col(HASH) % MODULUS).alias(HASH))
