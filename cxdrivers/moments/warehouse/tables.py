"""Write the queries with which an engine adds the rows of a lazy frame up to the table of sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw

from cxdrivers.moments.warehouse.engines import IDENTITY
from cxdrivers.moments.warehouse.expressions import Terms, terms_of
from cxdrivers.moments.warehouse.hashing import MODULUS, MULTIPLIER, shift
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.query_sums import (
    added_rows,
    least_of_line,
    pair_counts,
    term_columns,
)

HASH, ALL, CUT, EVERY, LEAST, PART = (
    f"cxdrivers_{name}" for name in ("hash", "all", "cut", "every", "least", "part")
)

Frame = nw.LazyFrame[Any]
Schema = Mapping[str, Any]


def totals_query(plan: SumsPlan, frame: Frame, *, identity: bool) -> Frame:
    """Return the query for the totals of a table of sums.

    Usable rows are added up by group, and the others are counted. Whatever is done to small groups
    is done to those few lines, in the same query.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows that have all that is required.
    identity
        Whether it has the column `IDENTITY`, and blanks in it are to be counted.
    """
    schema = frame.collect_schema()
    terms = terms_of(plan, schema)
    keys = list(_keys(plan, plan.keys)) or [nw.lit(0).alias(ALL)]
    by = plan.keys or (ALL,)
    alone = nw.col(IDENTITY).is_null().cast(nw.Int64).alias("alone")
    more = [alone] if identity else []
    rows = frame.filter(terms.usable).select(*keys, *more, *term_columns(terms))
    used = added_rows(plan, rows, by, *(nw.col("alone").sum() for _ in more))
    rest = frame.filter(~terms.usable.fill_null(value=False))
    rest = rest.select(*keys, terms.off.fill_null(value=False).cast(nw.Int64).alias("off"))
    rest = rest.group_by(*by).agg(nw.len().alias("rows"), nw.col("off").sum())
    none = nw.lit(0)
    lines = nw.concat(
        [
            _line(plan, used, rows=nw.col("n"), off=none, alone=nw.col("alone") if more else none),
            _line(plan, rest, n=none, alone=none),
        ]
    )
    lines = lines.with_columns(nw.lit(0).alias(ALL), *_without_blanks(plan, schema))
    groups = lines.group_by(*by).agg(*(nw.col(name).sum() for name in (*plan.counts, *plan.sums)))
    return _withheld(plan, groups, schema)


def parts_query(plan: SumsPlan, frame: Frame, *, least: int, cheapest: int) -> Frame:
    """Return the query for the parts of a table of sums.

    Parameters
    ----------
    plan
        What is asked for.
    frame
        The rows that have all that is required, with the column `IDENTITY`.
    least
        Respondents that decide about the only group, where there are no others.
    cheapest
        Of how many rows at least one is told, in whatever group: the others are dropped before
        anybody asks which group they are in.
    """
    schema = frame.collect_schema()
    terms = terms_of(plan, schema)
    rows = _hashed(plan, frame, nw.col(IDENTITY))
    if cheapest > 1:
        rows = rows.filter(nw.col(HASH) * cheapest < MODULUS)
    if plan.by:
        sizes = _cut(plan, _sizes(plan, frame, terms, schema), nw.col(LEAST))
        rows = rows.join(sizes, how="inner", left_on=list(plan.by), right_on=_of_sizes(plan))
    else:
        rows = _cut(plan, rows, nw.lit(least))
    rows = rows.filter(terms.usable & (nw.col(HASH) * nw.col(EVERY) < MODULUS))
    rows = _hashed(plan, rows, nw.col(HASH))
    part = (nw.col(HASH) % nw.col(CUT)).cast(nw.Int16)
    rows = _together(plan, rows.with_columns(part.alias(PART)))
    rows = rows.select(*_keys(plan, plan.keys), nw.col(PART).alias("part"), *term_columns(terms))
    lines = added_rows(plan, rows, [*plan.keys, "part"])
    lines = lines.with_columns(nw.lit(0).alias(ALL), least_of_line(plan).alias(LEAST))
    rarest = nw.col(LEAST).min().over(*(plan.keys or (ALL,)))
    lines = lines.with_columns(rarest.alias(LEAST)).filter(nw.col(LEAST) >= plan.minimum)
    nothing = (nw.lit(0).alias(name) for name in ("small", "rows", "off", "alone"))
    return lines.with_columns(nw.lit(1).alias("groups"), *nothing).select(
        *_as_texts(plan, schema), *plan.result_columns[len(plan.keys) :]
    )


def whole_keys(plan: SumsPlan, schema: Schema) -> tuple[str, ...]:
    """Return the keys that are whole or decimal numbers, and come back as texts.

    Beside a blank pandas would make floats of them, which do not hold all their digits.
    """
    return tuple(
        key
        for key, name in zip(plan.keys, plan.by, strict=True)
        if schema[name].is_integer() or schema[name].is_decimal()
    )


def _keys(plan: SumsPlan, names: Sequence[str]) -> Iterator[nw.Expr]:
    return (nw.col(column).alias(name) for column, name in zip(plan.by, names, strict=True))


def _as_texts(plan: SumsPlan, schema: Schema) -> Iterator[nw.Expr]:
    whole = whole_keys(plan, schema)
    return (nw.col(key).cast(nw.String) if key in whole else nw.col(key) for key in plan.keys)


def _of_sizes(plan: SumsPlan) -> list[str]:
    return [f"{key}_size" for key in plan.keys]


def _is_named(plan: SumsPlan, schema: Schema, names: Sequence[str]) -> list[nw.Expr]:
    """Return for each column that tells groups apart whether something stands there."""
    named = []
    for column, name in zip(plan.by, names, strict=True):
        dtype, told = schema[column], ~nw.col(name).is_null()
        if dtype in (nw.String, nw.Categorical) or isinstance(dtype, nw.Enum):
            told = told & (nw.col(name).cast(nw.String).str.strip_chars() != "")
        elif dtype.is_float():
            told = told & ~nw.col(name).is_nan()
        named.append(told)
    return named


def _without_blanks(plan: SumsPlan, schema: Schema) -> Iterator[nw.Expr]:
    """Return the keys, all of them null where one is blank."""
    if plan.keys:
        told = reduce(and_, _is_named(plan, schema, plan.keys))
        for key in plan.keys:
            yield nw.when(told).then(nw.col(key)).alias(key)


def _line(plan: SumsPlan, lines: Frame, **counts: nw.Expr) -> Frame:
    """Return lines with all counts and sums: those that are not given, or not there, are blank."""
    known = set(lines.collect_schema().names())
    blank = nw.lit(None, dtype=nw.Float64)
    return lines.select(
        *plan.keys,
        *(counts.get(name, nw.col(name)).cast(nw.Int64).alias(name) for name in plan.counts),
        *(
            (nw.col(name).cast(nw.Float64) if name in known else blank).alias(name)
            for name in plan.sums
        ),
    )


def _hashed(plan: SumsPlan, rows: Frame, number: nw.Expr) -> Frame:
    """Return rows with the hash of a whole number, as `hashing` says."""
    turned = (number % MODULUS + MODULUS) * MULTIPLIER + shift(plan.seed)
    rows = rows.with_columns((turned % MODULUS).alias(HASH))
    return rows.with_columns((nw.col(HASH) * nw.col(HASH) % MODULUS).alias(HASH))


def _together(plan: SumsPlan, rows: Frame) -> Frame:
    """Return rows of one part beside each other, where an engine adds them up faster for it.

    There are so many parts that their sums do not fit in the memory near a processor.
    """
    if not rows.implementation.is_duckdb():
        return rows
    items = [item.column for asked in plan.questions for item in asked.items]
    needed = dict.fromkeys([*plan.by, PART, *items, *([plan.weight] if plan.weight else [])])
    return rows.select(*needed).sort(*plan.by, PART)


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
        .select(*_as_texts(plan, schema), *plan.result_columns[len(plan.keys) :])
    )


def _sizes(plan: SumsPlan, frame: Frame, terms: Terms, schema: Schema) -> Frame:
    """Return the groups that are large enough, with the respondents that decide about each."""
    keys = _of_sizes(plan)
    usable = frame.filter(terms.usable)
    if plan.is_pairwise:
        rows = usable.select(*_keys(plan, keys), *term_columns(terms))
        sizes = pair_counts(plan, rows, keys)
    else:
        rows = usable.select(*_keys(plan, keys))
        sizes = rows.group_by(*keys).agg(nw.len().cast(nw.Int64).alias("n"))
    sizes = sizes.select(*keys, least_of_line(plan).alias(LEAST))
    named = reduce(and_, _is_named(plan, schema, keys))
    return sizes.filter(named & (nw.col(LEAST) >= plan.minimum))


def _cut(plan: SumsPlan, lines: Frame, least: nw.Expr) -> Frame:
    """Return lines with into how many parts a group is cut, and of how many rows one is told."""
    *smaller, fewest = plan.ladder
    cut = nw.lit(fewest)
    for count in reversed(smaller):
        cut = nw.when(least >= count * plan.a_part).then(nw.lit(count)).otherwise(cut)
    lines = lines.with_columns(cut.alias(CUT))
    every = nw.lit(1)
    if not plan.clustered:
        told = nw.col(CUT) * plan.a_part
        every = nw.when(least >= told).then(least // told).otherwise(nw.lit(1))
    return lines.with_columns(every.cast(nw.Int64).alias(EVERY))
