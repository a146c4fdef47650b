"""Name the groups of a lazy frame: their columns, what stands for none, and how they come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw

from cxdrivers.moments.warehouse.plan import SumsPlan

ALL = "cxdrivers_all"
"""A column that is the same for all, to group by where there are no groups."""

Schema = Mapping[str, Any]


def exact_keys(plan: SumsPlan, schema: Schema) -> tuple[str, ...]:
    """Return the keys that are whole or decimal numbers, and come back as texts.

    Beside a blank pandas would make floats of them, which do not hold all their digits.
    """
    return tuple(
        key
        for key, name in zip(plan.keys, plan.by, strict=True)
        if schema[name].is_integer() or schema[name].is_decimal()
    )


def key_columns(plan: SumsPlan, names: Sequence[str]) -> Iterator[nw.Expr]:
    """Return the columns that tell groups apart, under other names."""
    return (nw.col(column).alias(name) for column, name in zip(plan.by, names, strict=True))


def keys_as_texts(plan: SumsPlan, schema: Schema) -> Iterator[nw.Expr]:
    """Return the keys as they come back."""
    whole = exact_keys(plan, schema)
    return (nw.col(key).cast(nw.String) if key in whole else nw.col(key) for key in plan.keys)


def is_named(plan: SumsPlan, schema: Schema, names: Sequence[str]) -> list[nw.Expr]:
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
