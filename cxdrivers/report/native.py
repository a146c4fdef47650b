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

    def reaches(self) -> tuple[Numbers, Numbers]:
        """Return how far the interval of every value goes below it and above it.

        An interval that begins above its value goes nowhere below it.
        """
        nothing: Numbers = (None,) * len(self.values)
        ends = zip(self.values, self.low or nothing, self.high or nothing, strict=True)
        pairs = [(_step(low, value), _step(value, high)) for value, low, high in ends]
        return tuple(below for below, _ in pairs), tuple(above for _, above in pairs)


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


def _step(lower: float | None, upper: float | None) -> float | None:
    return None if lower is None or upper is None else max(upper - lower, 0.0)
