"""Add rows up by some columns, in a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from cxdrivers.moments.warehouse.expressions import Terms
from cxdrivers.moments.warehouse.plan import SumsPlan

WEIGHT = "cxdrivers_weight"

Frame = nw.LazyFrame[Any]


def term_columns(terms: Terms) -> Iterator[nw.Expr]:
    """Yield the columns of the model, and what belongs to them, under names of our own."""
    for place, value in enumerate(terms.values):
        yield value.alias(f"v_{place}")
    for driver, away in terms.away.items():
        yield away.alias(f"away_{driver}")
    if terms.weight is not None:
        yield terms.weight.alias(WEIGHT)


def added_rows(plan: SumsPlan, rows: Frame, keys: Sequence[str], *more: nw.Expr) -> Frame:
    """Return a line for each value of some columns: how many rows it has (``n``), and their sums.

    Parameters
    ----------
    plan
        Which sums: `SumsPlan.sums`.
    rows
        With the columns of `term_columns`.
    keys
        The columns to add up by.
    more
        What else to add up.
    """
    places, weighted = range(len(plan.columns)), plan.weight is not None
    mass = nw.col(WEIGHT) if weighted else None
    rows = rows.with_columns(
        *((_times(nw.col(f"v_{i}"), mass)).alias(f"s_{i}") for i in places),
    ).with_columns(
        *((nw.col(f"s_{i}") * nw.col(f"v_{j}")).alias(f"p_{i}_{j}") for i, j in plan.pairs)
    )
    if plan.is_pairwise:
        rows, masses = _pairs(plan, rows, mass)
    elif mass is None:
        masses = {name: nw.len().cast(nw.Float64) for name in ("w2", "w")}
    else:
        rows = rows.with_columns((mass * mass).alias("w2"), mass.alias("w"))
        masses = {}
    return rows.group_by(*keys).agg(
        nw.len().cast(nw.Int64).alias("n"),
        *more,
        *(masses.get(name, nw.col(name).sum()).alias(name) for name in plan.sums),
    )


def least_of_line(plan: SumsPlan) -> nw.Expr:
    """Return the respondents that decide about a line: usable ones, or those of the rarest pair."""
    if not plan.is_pairwise:
        return nw.col("n")
    return nw.min_horizontal(*(nw.col(f"n_{i}_{j}") for i, j in plan.pairs))


def pair_counts(plan: SumsPlan, rows: Frame, keys: Sequence[str]) -> Frame:
    """Return for each value of some columns how many rows know both columns of each pair.

    Parameters
    ----------
    plan, rows, keys
        As `added_rows`.
    """
    products = (nw.col(f"v_{i}") * nw.col(f"v_{j}") for i, j in plan.pairs)
    names = [f"n_{i}_{j}" for i, j in plan.pairs]
    both = rows.with_columns(
        *(each.alias(name) for each, name in zip(products, names, strict=True))
    )
    return both.group_by(*keys).agg(*(nw.col(name).count().cast(nw.Int64) for name in names))


def _pairs(plan: SumsPlan, rows: Frame, mass: nw.Expr | None) -> tuple[Frame, dict[str, nw.Expr]]:
    """Return rows with what each pair of columns weighs, and how to add that up."""
    columns = []
    counted: dict[str, nw.Expr] = {}
    for i, j in plan.pairs:
        both = ~nw.col(f"p_{i}_{j}").is_null()
        columns.append(nw.when(both).then(nw.col(f"s_{i}")).alias(f"s_{i}_{j}"))
        if i != j:
            columns.append(nw.when(both).then(nw.col(f"s_{j}")).alias(f"s_{j}_{i}"))
        count = nw.col(f"p_{i}_{j}").count().cast(nw.Float64)
        counted[f"n_{i}_{j}"] = count
        if mass is None:
            counted |= {f"w_{i}_{j}": count, f"q_{i}_{j}": count}
        else:
            columns.append(nw.when(both).then(mass).alias(f"w_{i}_{j}"))
            columns.append(nw.when(both).then(mass * mass).alias(f"q_{i}_{j}"))
    return rows.with_columns(*columns), counted


def _times(column: nw.Expr, mass: nw.Expr | None) -> nw.Expr:
    return column if mass is None else column * mass
