"""Write the query with which an engine adds the rows of a lazy frame up to totals of groups."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw

from cxdrivers.moments.warehouse.engines import IDENTITY
from cxdrivers.moments.warehouse.expressions import terms_of
from cxdrivers.moments.warehouse.group_keys import (
    ALL,
    Schema,
    is_named,
    key_columns,
    keys_as_texts,
)
from cxdrivers.moments.warehouse.packed_state import (
    OFF,
    OTHER,
    STATE,
    USABLE,
    packed,
    short_column,
    unpacked,
)
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.query_sums import added_rows, least_of_line, term_columns

LEAST = "cxdrivers_least"

Frame = nw.LazyFrame[Any]


def totals_query(plan: SumsPlan, frame: Frame) -> Frame:
    """Return the query for the totals of a table of sums; its column ``alone`` is 0.

    Rows are added up by group and by what they are, so that usable ones and others take one pass.
    Whatever is done to small groups is done to those few lines, in the same query.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows that have all that is required.
    """
    schema = frame.collect_schema()
    terms = terms_of(plan, schema)
    others = nw.when(terms.off).then(nw.lit(OFF)).otherwise(nw.lit(OTHER))
    keys = dict(zip(plan.keys, key_columns(plan, plan.keys), strict=True))
    short = short_column(plan.by, schema)
    if short is None:
        state = nw.when(terms.usable).then(nw.lit(USABLE)).otherwise(others)
        rows = frame.select(*keys.values(), state.alias(STATE), *term_columns(terms))
        lines = added_rows(plan, rows, [*plan.keys, STATE])
    else:
        key = plan.keys[plan.by.index(short)]
        keys[key] = packed(short, terms.usable, others).alias(key)
        rows = frame.select(*keys.values(), *term_columns(terms))
        lines = unpacked(added_rows(plan, rows, plan.keys), key)
    usable, off = nw.col(STATE) == USABLE, nw.col(STATE) == OFF
    lines = lines.with_columns(
        nw.lit(0).alias(ALL),
        *_without_blanks(plan, schema),
        nw.col("n").alias("rows"),
        nw.when(usable).then(nw.col("n")).otherwise(nw.lit(0)).alias("n"),
        nw.when(off).then(nw.col("n")).otherwise(nw.lit(0)).alias("off"),
        nw.lit(0).alias("alone"),
        *(nw.when(usable).then(nw.col(name)).alias(name) for name in plan.sums),
    )
    by = plan.keys or (ALL,)
    groups = lines.group_by(*by).agg(*(nw.col(name).sum() for name in (*plan.counts, *plan.sums)))
    return _withheld(plan, groups, schema)


def alone_query(plan: SumsPlan, frame: Frame) -> Frame:
    """Return the query for how many usable rows have a blank identity, in its column ``alone``.

    It is asked by itself because an engine often knows that a column has no blanks, and then reads
    nothing; among the sums the column would be read for every row.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows that have all that is required, with the column `IDENTITY`.
    """
    terms = terms_of(plan, frame.collect_schema())
    nameless = frame.filter(nw.col(IDENTITY).is_null()).filter(terms.usable)
    return nameless.select(nw.len().cast(nw.Int64).alias("alone"))


def _without_blanks(plan: SumsPlan, schema: Schema) -> Iterator[nw.Expr]:
    """Return the keys, all of them null where one is blank."""
    if plan.keys:
        told = reduce(and_, is_named(plan, schema, plan.keys))
        for key in plan.keys:
            yield nw.when(told).then(nw.col(key)).alias(key)


def _withheld(plan: SumsPlan, groups: Frame, schema: Schema) -> Frame:
    """Return the lines of groups, in which those that are small have become one without sums."""
    named = nw.lit(value=True)
    for key in plan.keys:
        named = named & ~nw.col(key).is_null()
    nobody = (nw.col(LEAST) == 0) & (nw.col("rows") >= plan.minimum)
    small = named & (nw.col(LEAST) < plan.minimum) & ~nobody
    told = named & (nw.col(LEAST) >= plan.minimum)
    lines = groups.with_columns(least_of_line(plan).fill_null(0).alias(LEAST)).with_columns(
        small.cast(nw.Int64).alias("small"),
        nw.lit(1).alias("groups"),
        *(nw.when(told).then(nw.col(name)).alias(name) for name in plan.sums),
    )
    large = nw.col("small") == 0
    keys = [nw.when(large).then(nw.col(key)).alias(key) for key in plan.keys]
    lines = lines.with_columns(*keys) if keys else lines
    counted = ("groups", *plan.counts, *plan.sums)
    return (
        lines.group_by(*plan.keys, "small")
        .agg(*(nw.col(name).sum() for name in counted))
        .with_columns(nw.lit(-1).alias("part"))
        .select(*keys_as_texts(plan, schema), *plan.result_columns[len(plan.keys) :])
    )
