"""Take the series of a native chart from the columns of a tidy table."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from cxdrivers.report.native import NativeChart, Numbers, Series

SHARES = ("share", "share_low", "share_high")
ESTIMATES = ("estimate", "conf_low", "conf_high")


def series_of(name: str, rows: pd.DataFrame, columns: tuple[str, str, str]) -> Series:
    """Return the values of one series with their intervals, where any is known.

    Parameters
    ----------
    name
        As the legend has it.
    rows
        One for every category, in their order; one without a number keeps its place.
    columns
        Of the values, and of both ends of their intervals.

    Examples
    --------
    >>> rows = pd.DataFrame({"share": [0.5], "share_low": [0.4], "share_high": [float("nan")]})
    >>> series_of("all", rows, SHARES)
    Series(name='all', values=(0.5,), low=None, high=None)
    """
    middle, low, high = (_numbers(rows[column]) for column in columns)
    known = any(None not in ends for ends in zip(low, high, strict=True))
    return Series(name, middle, low if known else None, high if known else None)


def split_series(
    rows: pd.DataFrame, kinds: pd.Series, names: dict[str, str], columns: tuple[str, str, str]
) -> tuple[Series, ...]:
    """Return a series for every kind of row that there is; the other rows are empty in it.

    Parameters
    ----------
    rows
        One for every category, in their order.
    kinds
        The kind of every row, with the index of `rows`.
    names
        Kind → what the legend calls it, in the order of the legend.
    columns
        As in `series_of`.
    """
    found = set(kinds)
    return tuple(
        series_of(name, rows.where(kinds == kind), columns)
        for kind, name in names.items()
        if kind in found
    )


def _numbers(column: Iterable[float]) -> Numbers:
    return tuple(float(value) if math.isfinite(value) else None for value in column)


def in_one_row(native: NativeChart) -> bool:
    """Return whether no two series have values on the same side of zero, so one row holds all."""
    for values in zip(*(series.values for series in native.series), strict=True):
        sides = [value >= 0 for value in values if value is not None]
        if len(sides) != len(set(sides)):
            return False
    return True
