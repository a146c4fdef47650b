"""Write what stands around a chart in the room there is: its key, its axis, a note above it."""

from __future__ import annotations

from textwrap import fill
from typing import Any, Literal
from warnings import catch_warnings, filterwarnings

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.charts import style
from cxdrivers.formatting import percent

Side = Literal["left", "center", "right"]

PRINTED = 72
"""Points of print in an inch."""
AROUND = 24.0
"""Points beside the axes that are neither label nor chart."""
HANDLE, APART = 32.0, 17.0
"""Points of a mark of the key, and between its columns."""
SAFE = 0.95
MOST_TICKS = 8
NARROWEST = 120.0


def text_width(text: str, size: float) -> float:
    """Return how wide the widest line of a text is, in points of print."""
    font = FontProperties(family=style.FONT, size=size)
    with catch_warnings():
        filterwarnings("ignore", "Glyph .* missing from font")  # as wide as the box in its place
        return max(
            float(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0])
            for line in text.split("\n")
        )


def write_key(axes: Axes, *, most: int = 3, over: bool = False) -> None:
    """Name the labelled marks above the axes, in as many columns as fit.

    Call it when the rows have their labels, for these take room.

    Parameters
    ----------
    axes
        What is drawn on.
    most
        Columns at most.
    over
        Leave a line free below, for words that stand right above the axes.
    """
    names = axes.get_legend_handles_labels()[1]
    widths = [HANDLE + text_width(name, style.SMALL) for name in names]
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=_columns(widths, most, _room(axes)),
        frameon=False,
        prop={"family": style.FONT, "size": style.SMALL},
        labelcolor=style.INK,
        handletextpad=0.4,
        borderaxespad=1.8 if over else 0.5,
    )


def write_axis(axes: Axes, text: str, *, loc: Side | None = None) -> None:
    """Write what the numbers below are, in lines that fit."""
    axes.set_xlabel(_fitting(axes, text), loc=loc, **_FAINT)


def write_note(axes: Axes, text: str) -> None:
    """Write above the axes what the marks mean, in lines that fit."""
    axes.set_title(_fitting(axes, text), loc="left", **_FAINT)


def mark_percent(axis: Axis, language: str) -> None:
    """Put percentages beside round steps, with decimals where steps are smaller than one."""
    axis.set_major_locator(MaxNLocator(MOST_TICKS, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: percent(value, language, digits=_digits(float(value))))
    )


_FAINT: dict[str, Any] = {"fontsize": style.SMALL, "color": style.MUTED, "fontfamily": style.FONT}


def _digits(value: float) -> int:
    """Return the fewest decimals that say a percentage as it is, two at most."""
    exact = (digits for digits in (0, 1) if abs(100 * value - round(100 * value, digits)) < 1e-6)
    return next(exact, 2)


def _fitting(axes: Axes, text: str) -> str:
    letters = SAFE * _room(axes) * len(text) / max(text_width(text, style.SMALL), 1.0)
    return fill(text, max(int(letters), 1), break_long_words=False)


def _room(axes: Axes) -> float:
    """Return how wide the axes are in points, when they have a figure of their own."""
    figure = axes.get_figure(root=True)
    whole = style.WIDTH if figure is None else figure.get_figwidth()
    labels = [label.get_text() for label in axes.get_yticklabels()]
    beside = max((text_width(label, style.TEXT) for label in labels if label), default=0.0)
    return max(PRINTED * whole - beside - AROUND, NARROWEST)


def _columns(widths: list[float], most: int, room: float) -> int:
    """Return the most columns that fit; they are filled from above."""
    for columns in range(min(most, len(widths)), 1, -1):
        rows = -(-len(widths) // columns)
        starts = range(0, len(widths), rows)
        taken = sum(max(widths[start : start + rows]) for start in starts)
        if taken + APART * (len(starts) - 1) <= room:
            return columns
    return 1
