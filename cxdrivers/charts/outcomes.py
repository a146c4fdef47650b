"""Draw the drivers at the bottom of an outcome and at its top: a row a driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.formatting import percent
from cxdrivers.wording import say

APART = 0.19
"""How far the two ends of a driver stand apart, in rows."""
CLEAR = ("bottom", "more_bottom", "top", "more_top")


@dataclass(frozen=True)
class Mark:
    """How an outcome is drawn: filled at the bottom, hollow at the top, so that grey will do."""

    shape: str
    colour: str
    face: str
    height: float


BOTTOM = Mark("v", style.ACCENT, style.ACCENT, -APART)
TOP = Mark("^", style.INK, "white", APART)
ALONE = Mark("o", style.ACCENT, style.ACCENT, 0.0)


@style.plain_letters()
def draw_outcomes(
    table: pd.DataFrame,
    labels: dict[str, str],
    titles: dict[str, str],
    *,
    ends: tuple[str | None, str | None],
    places: Mapping[str, str],
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw each driver's share at both ends with intervals, and faintly for the other outcomes.

    Without a pair of ends the first outcome has the intervals.

    Parameters
    ----------
    table
        The tidy table of a comparison: `driver`, `outcome`, `share`, `share_low`, `share_high`,
        `rank`.
    labels, titles
        What the drivers and the outcomes are called, by key.
    ends
        The outcomes at the bottom and at the top, or None.
    places
        Where each driver counts, by key: written beside those with a clear difference.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    first = str(table["outcome"].iloc[0])
    marks = {first: ALONE}
    if ends[0] is not None and ends[1] is not None:
        marks = {ends[1]: TOP, ends[0]: BOTTOM}
    ranked = table[table["outcome"] == first].sort_values("rank", kind="stable", ascending=False)
    order = ranked["driver"].tolist()
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(order)))
    style.clear_frame(axes)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    shown = table.assign(row=table["driver"].map({name: row for row, name in enumerate(order)}))
    for outcome, mark in marks.items():
        rows = shown[shown["outcome"] == outcome]
        _draw_end(axes, rows, mark, titles[outcome], language)
    others = shown[~shown["outcome"].isin(list(marks))]
    label = say("outcomes.chart.others", language)
    axes.plot(others["share"], others["row"], "|", color=style.MUTED, markersize=7, label=label)
    found = {row: places.get(driver, "") for row, driver in enumerate(order)}
    words = {row: place for row, place in found.items() if place in CLEAR}
    for row, place in words.items():
        _write(axes, say(f"outcomes.where.{place}", language), (1, row), beside=False)
    drawn = shown.loc[shown["outcome"].isin(list(marks)), ["share", "share_low", "share_high"]]
    furthest = max(float(np.nanmax(drawn.to_numpy(), initial=0.05)), others["share"].max())
    axes.set_xlim(
        min(1.1 * float(np.nanmin(drawn.to_numpy(), initial=0.0)), -0.01),
        furthest * (1.45 if words else 1.16),
    )
    axes.set_yticks(range(len(order)), [style.axis_label(labels[driver]) for driver in order])
    axes.set_ylim(-0.6, len(order) - 0.4)
    mark_percent(axes.xaxis, language)
    write_axis(axes, say("outcomes.axis", language))
    write_key(axes)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: two marks need more room than one."""
    return int(1.5 * drivers) + 1


def _draw_end(axes: Axes, rows: pd.DataFrame, mark: Mark, title: str, language: str) -> None:
    heights = rows["row"] + mark.height
    axes.hlines(heights, rows["share_low"], rows["share_high"], color=mark.colour, linewidth=2.0)
    axes.plot(
        rows["share"],
        heights,
        mark.shape,
        markersize=8,
        color=mark.colour,
        markerfacecolor=mark.face,
        label=title,
    )
    furthest = rows[["share", "share_high"]].max(axis=1)
    for share, end, height in zip(rows["share"], furthest, heights, strict=True):
        if np.isfinite(share):
            _write(axes, percent(share, language), (end, height))


def _write(axes: Axes, text: str, place: tuple[float, float], *, beside: bool = True) -> None:
    """Write beside a point of the data, or flush with the right edge in the row of a driver."""
    axes.annotate(
        text,
        place,
        xycoords="data" if beside else axes.get_yaxis_transform(),
        xytext=(6 if beside else 0, 0),
        textcoords="offset points",
        ha="left" if beside else "right",
        va="center",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.INK,
    )
