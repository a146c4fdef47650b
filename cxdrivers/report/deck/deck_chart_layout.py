"""Lay out a chart of a deck: its axis, the room for its words, and where values stand."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from matplotlib.ticker import MaxNLocator

from cxdrivers.formatting import MINUS, NO_BREAK
from cxdrivers.report.deck.deck_measure import POINT, width_of
from cxdrivers.report.deck.deck_words import digits_of
from cxdrivers.report.native import BARS, COLUMNS, SHARE, NativeChart
from cxdrivers.report.sections.series import in_one_row

MOST_BARS, MOST_THIN_BARS = 15, 20
"""Of a chart, those with a row of their own and those in pairs: more are not read on a slide."""
SIZES = ((8, 14.0), (14, 12.0), (99, 10.5))
"""Letters of a chart by its number of rows, in points."""
LEGEND, AXIS, ABOVE, ASIDE = 450_000, 700_000, 200_000, 850_000
"""Room for the legend, for the axis with its title below bars and beside columns, and for a value
past the axis, in EMU."""
GAP = 0.006
"""Between an interval and the value past it, as a part of the chart."""
LABEL_ROOM = 0.12
"""How much further than the longest interval the axis goes, for the value past it."""
WIDEST_LABELS, LEAST = 0.36, 0.2
"""The most of a chart that labels take, and the least that bars keep."""
TICKS = 8


@dataclass(frozen=True)
class Axis:
    """Where the axis of values begins and ends, and how far its marks are apart."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Label:
    """How far a value goes from where PowerPoint would write it, as parts of the chart, and how."""

    across: float
    down: float
    number_format: str


Place = tuple[float, float, float, float]
"""Left, top, width and height, as parts of the chart."""


def trimmed(native: NativeChart) -> NativeChart:
    """Return the first categories of a chart that has more bars than can be read."""
    most = MOST_BARS if in_one_row(native) else MOST_THIN_BARS // len(native.series)
    if native.kind != BARS or len(native.categories) <= most:
        return native
    kept = tuple(
        replace(
            series,
            values=series.values[:most],
            low=series.low[:most] if series.low else None,
            high=series.high[:most] if series.high else None,
        )
        for series in native.series
    )
    return replace(native, categories=native.categories[:most], series=kept)


def axis_of(native: NativeChart) -> Axis:
    """Return an axis from zero, or below, that holds every interval and the value past it."""
    ends = [
        end
        for series in native.series
        for numbers in (series.values, series.low or (), series.high or ())
        for end in numbers
        if end is not None
    ]
    low, high = min(0.0, *ends, 0.0), max(0.0, *ends, 0.0)
    room = LABEL_ROOM * ((high - low) or 1.0)
    high += room
    low -= room if low < 0 else 0.0
    ticks = MaxNLocator(TICKS, steps=[1, 2, 5, 10]).tick_values(low, high)
    step = float(f"{ticks[1] - ticks[0]:.6g}")
    low, highest = (step * round(float(end) / step) for end in (ticks[0], ticks[-1]))
    low, highest = (float(f"{end:.12g}") for end in (low, highest))
    if native.kind == COLUMNS and native.format == SHARE and max(ends, default=0.0) <= 1:
        highest = min(highest, 1.0)
    return Axis(min(low, 0.0), highest, step)


def number_format(native: NativeChart, digits: int) -> str:
    """Return how PowerPoint is to write numbers: as everywhere here, with a real minus sign."""
    if native.format == SHARE:
        shown = f'0"{NO_BREAK}"%'
        return f'{shown};"{MINUS}"{shown}'
    shown = f"0.{'0' * digits}" if digits else "0"
    return f'{shown};"{MINUS}"{shown}'


def size_of(native: NativeChart) -> float:
    """Return the size of letters that so many rows leave room for."""
    rows = len(native.categories) * (1 if in_one_row(native) else len(native.series))
    return next(size for most, size in SIZES if rows <= most or most == SIZES[-1][0])


def plot_box(native: NativeChart, width: int, height: int, *, legend: bool) -> Place:
    """Return where bars are drawn: what legend, axis and the longest label leave.

    Parameters
    ----------
    native
        With the labels as they are shown.
    width, height
        Of the chart, in EMU.
    legend
        Whether it has one.
    """
    top = LEGEND / height if legend else 0.02
    if native.kind != BARS:
        top += ABOVE / height
        left = ASIDE / width
    else:
        lines = [line for label in native.categories for line in label.split("\n")]
        widest = max(map(width_of, lines)) * size_of(native) * POINT / width
        left = min(widest + 0.02, WIDEST_LABELS)
    return (left, top, 1 - left - 0.02, max(1 - top - AXIS / height, LEAST))


def labels_of(native: NativeChart, axis: Axis, box: Place) -> tuple[tuple[Label | None, ...], ...]:
    """Return where the values of every series stand: past their intervals; None without a value."""
    return tuple(
        tuple(
            None if value is None else _label(native, (value, low, high), axis, box)
            for value, low, high in zip(
                series.values,
                series.low or (None,) * len(series.values),
                series.high or (None,) * len(series.values),
                strict=True,
            )
        )
        for series in native.series
    )


def digits_of_step(step: float) -> int:
    """Return how many decimals the marks of an axis need."""
    return next((digits for digits in range(6) if math.isclose(round(step, digits), step)), 6)


def _label(
    native: NativeChart, found: tuple[float, float | None, float | None], axis: Axis, box: Place
) -> Label:
    value, low, high = found
    end = high if value >= 0 else low
    past = 0.0 if end is None else (end - value) / ((axis.high - axis.low) or 1.0)
    gap = GAP if value >= 0 else -GAP
    digits = digits_of(native)
    shown = number_format(native, digits)
    if native.format != SHARE and round(value, digits) == 0:
        shown = shown.split(";")[0] + ";" + shown.split(";")[0]
    if native.kind == BARS:
        return Label(past * box[2] + gap, 0.0, shown)
    return Label(0.0, -past * box[3] - gap, shown)
