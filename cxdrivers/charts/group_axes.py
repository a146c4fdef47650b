"""Keep room for words beside what is drawn of groups: limits, ticks and columns of text."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import ArrayLike, NDArray

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.charts import style
from cxdrivers.charts.group_measures import FROM_ZERO
from cxdrivers.formatting import number, percent

FloatArray = NDArray[np.float64]

AIR = 0.04
"""Room on the left and right of what is drawn, as a part of it."""
MOST_TICKS = 5
LINE = 56
"""How many letters fit under the axis in a line."""


def one_line(text: str, longest: int) -> str:
    """Return a label that fits in a line: what is cut is its middle, since names end differently.

    Examples
    --------
    >>> one_line("Customer service for business customers, team 12", 30)
    'Customer service for … team 12'
    """
    if len(text) <= longest:
        return text
    end = text[-longest // 3 :]
    last = end.partition(" ")[2] or end
    return f"{text[: longest - len(last) - 3].rstrip()} … {last}"


def limit_axis(
    axes: Axes, drawn: ArrayLike, measure: str, language: str, *, room: float = 0.0
) -> None:
    """Set the limits around what is drawn, with round numbers under it and none under the words.

    Parameters
    ----------
    axes
        What is drawn on.
    drawn
        All values that must be seen; what is not a number is not looked at.
    measure
        Sets how ticks are written, and whether zero is seen.
    language
        Of the ticks.
    room
        The part of the width on the right that is kept for words.
    """
    seen = np.asarray(drawn, dtype=np.float64)
    seen = seen[np.isfinite(seen)]
    if measure in FROM_ZERO or not len(seen):
        seen = np.append(seen, 0.0)
    low, high = float(seen.min()), float(seen.max())
    width = (high - low) or 0.1
    axes.set_xlim(low - AIR * width, low - AIR * width + (1 + 2 * AIR) * width / (1 - room))
    scale = 100.0 if measure == WEIGHT else 1.0
    locator = MaxNLocator(MOST_TICKS, steps=[1, 2, 5, 10])
    ticks = np.asarray(locator.tick_values(scale * low, scale * (low + width)))
    digits = max(0, -int(np.floor(np.log10(ticks[1] - ticks[0]) + 1e-9)))
    ends = scale * (low - AIR * width), scale * (high + 2 * AIR * width)
    inside = (ticks >= ends[0]) & (ticks <= ends[1])
    axes.set_xticks(ticks[inside] / scale)
    show = percent if measure == WEIGHT else number
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: show(value, language, digits=digits))
    )
    if measure in FROM_ZERO:
        axes.axvline(0, color=style.MUTED, linewidth=0.8)


def write_beside(
    axes: Axes, text: str, row: float, *, colour: str = style.INK, inward: float = 0.0
) -> None:
    """Write in a row, flush with the right edge or so many points of print before it."""
    axes.annotate(
        text,
        (1, row),
        xycoords=axes.get_yaxis_transform(),
        xytext=(-inward, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=colour,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )


def head_column(axes: Axes, text: str, *, inward: float = 0.0) -> None:
    """Write what a column of words on the right is called, above the axes."""
    axes.annotate(
        text,
        (1, 1),
        xycoords="axes fraction",
        xytext=(-inward, 4),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.MUTED,
    )


def name_axis(axes: Axes, text: str) -> None:
    """Write what the numbers below are, in lines that fit."""
    under = "\n".join(fill(line, LINE) for line in text.split("\n"))
    axes.set_xlabel(under, fontsize=style.SMALL, color=style.MUTED, fontfamily=style.FONT)


def add_key(axes: Axes, *, columns: int = 1) -> None:
    """Name the labelled marks above the axes, over the labels on the left too."""
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        frameon=False,
        prop={"family": style.FONT, "size": style.SMALL},
        labelcolor=style.INK,
        handletextpad=0.4,
        borderaxespad=1.8,
    )
