"""Describe a chart by its numbers, for programs that draw and edit it themselves."""

from __future__ import annotations

from dataclasses import dataclass

BARS, COLUMNS, LINES = KINDS = ("bars", "columns", "lines")
"""Lying bars, standing columns, and points with lines between them."""
SHARE, NUMBER = FORMATS = ("share", "number")
"""Parts of a whole, shown as percentages, or numbers as they are."""

Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class Series:
    """One value for every category.

    Attributes
    ----------
    name
        As the legend has it.
    values
        None where there is none.
    low, high
        Ends of the interval of every value, or None where there are no intervals.
    """

    name: str
    values: Numbers
    low: Numbers | None = None
    high: Numbers | None = None


@dataclass(frozen=True)
class NativeChart:
    """What PowerPoint or Excel needs to draw a chart that can be edited there.

    Attributes
    ----------
    kind
        One of `KINDS`.
    categories
        In reading order: the first stands at the top or at the left.
    series
        At least one.
    axis
        What the values are, with their unit.
    format
        One of `FORMATS`.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str
    format: str = NUMBER
