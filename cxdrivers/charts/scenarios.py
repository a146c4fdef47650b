"""Draw the way from today to each scenario: a bar a scenario, hung on the line of today."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.answers.advice.scenario_tables import MEAN, RECOMMENDED, TOP_BOX
from cxdrivers.answers.advice.scenario_told import mean_digits_of
from cxdrivers.charts import style
from cxdrivers.formatting import MISSING, interval, number, percent
from cxdrivers.wording import say

DIGITS = {MEAN: (2, 2), TOP_BOX: (1, 1), RECOMMENDED: (0, 1)}
"""Decimals of what is predicted, and of differences in points."""
BAR = 0.5
CAP = 0.14
"""How high bars and the ends of intervals are, in rows."""
BEFORE, AFTER = 0.06, 0.62
"""Room on the left, and on the right for the words, as a part of the width that is drawn in."""
MOST_TICKS = 7
LINE = 68
"""How many letters fit under the axis."""


@style.plain_letters()
def draw_scenarios(
    table: pd.DataFrame,
    titles: Mapping[str, str],
    *,
    words: tuple[str, str],
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw each scenario as a bar from today to where it leads, with the interval of the change.

    Parameters
    ----------
    table
        The rows of one quantity of the tidy table: `scenario`, `quantity`, `today`, `estimate`,
        `conf_low`, `conf_high`.
    titles
        What the scenarios are called, by name.
    words
        What stands under the axis, and above the differences.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    ranked = table.sort_values("estimate", kind="stable").reset_index(drop=True)
    quantity, today = str(ranked["quantity"].iloc[0]), float(ranked["today"].iloc[0])
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(ranked)))
    style.clear_frame(axes)
    gains = ranked["estimate"].to_numpy(np.float64)
    axes.barh(
        ranked.index,
        gains,
        left=today,
        height=BAR,
        color=[style.ACCENT if gain >= 0 else "white" for gain in gains],
        edgecolor=style.ACCENT,
        linewidth=1.0,
    )
    _draw_intervals(axes, ranked, today)
    axes.axvline(today, color=style.INK, linewidth=1.2)
    ends = today + np.append(ranked[["conf_low", "conf_high", "estimate"]].to_numpy(), 0.0)
    low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
    width = high - low
    axes.set_xlim(low - BEFORE * width, high + AFTER * width)
    _mark_axis(axes, (low, high), quantity, language)
    axes.set_yticks(ranked.index, [style.axis_label(titles[name]) for name in ranked["scenario"]])
    axes.set_ylim(-0.6, len(ranked) - 0.4)
    axis, heading = words
    under = fill(axis, LINE)
    axes.set_xlabel(under, fontsize=style.SMALL, color=style.MUTED, fontfamily=style.FONT)
    top = len(ranked) - 0.4
    at_line = say("scenarios.chart.today", language, value=_level(today, quantity, language))
    _write(axes, at_line, (today, top), ha="center", above=True)
    _write(axes, heading, (1, top), ha="right", above=True)
    digits = mean_digits_of(gains.tolist()) if quantity == MEAN else DIGITS[quantity][1]
    scaled = (100.0 if quantity == TOP_BOX else 1.0) * ranked[["estimate", "conf_low", "conf_high"]]
    for row, (_, found) in enumerate(scaled.iterrows()):
        _write(axes, _gain(found, digits, language), (1, row), ha="right")
    return axes


def rows_of(scenarios: int) -> int:
    """Return how many rows of labels the chart is as high as: one more for the words on top."""
    return scenarios + 1


def _draw_intervals(axes: Axes, rows: pd.DataFrame, today: float) -> None:
    """Draw dark lines with a white edge, to be seen on the bars and beside them."""
    low, high = today + rows["conf_low"], today + rows["conf_high"]
    for colour, width in (("white", 3.6), (style.INK, 1.6)):
        below, above = rows.index - CAP, rows.index + CAP
        for end in (low, high):
            axes.vlines(end, below, above, color=colour, linewidth=width, zorder=3)
        axes.hlines(rows.index, low, high, color=colour, linewidth=width, zorder=3)


def _mark_axis(axes: Axes, ends: tuple[float, float], quantity: str, language: str) -> None:
    """Put round numbers under what is drawn, and none under the words beside it."""
    scale = 100.0 if quantity == TOP_BOX else 1.0
    low, high = (scale * end for end in ends)
    ticks = MaxNLocator(MOST_TICKS, steps=[1, 2, 5, 10]).tick_values(low, high)
    digits = max(0, -int(np.floor(np.log10(ticks[1] - ticks[0]) + 1e-9)))
    kept = [tick / scale for tick in ticks if low - BEFORE * (high - low) <= tick <= high]
    axes.set_xticks(kept)
    show = percent if quantity == TOP_BOX else number
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: show(value, language, digits=digits))
    )


def _gain(row: pd.Series, digits: int, language: str) -> str:
    shown = number(row["estimate"], language, digits=digits)
    ends = interval(row["conf_low"], row["conf_high"], language, digits=digits)
    return shown if ends == MISSING else f"{shown} {ends}"


def _level(value: float, quantity: str, language: str) -> str:
    show = percent if quantity == TOP_BOX else number
    return show(value, language, digits=DIGITS[quantity][0])


def _write(
    axes: Axes, text: str, place: tuple[float, float], *, ha: str, above: bool = False
) -> None:
    """Write flush with the right edge, or above a point of the axis."""
    flush = ha == "right"
    axes.annotate(
        text,
        place,
        xycoords=axes.get_yaxis_transform() if flush else "data",
        xytext=(0, 4 if above else 0),
        textcoords="offset points",
        ha=ha,
        va="bottom" if above else "center",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.MUTED if above and flush else style.INK,
    )
