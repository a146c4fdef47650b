"""Draw drivers among everybody and among users: a row a driver, users filled."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.formatting import percent
from cxdrivers.wording import say

APART = 0.17
"""How far the two groups of a driver stand apart, in rows."""
USERS, EVERYBODY = "users", "everybody"
ROOM = 1.5
"""How much wider than the intervals the chart is, for the words on the right."""


@style.plain_letters()
def draw_users(
    table: pd.DataFrame,
    labels: dict[str, str],
    *,
    beside: tuple[str, dict[str, str]],
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw each driver's share among its users and among everybody, with their intervals.

    Parameters
    ----------
    table
        The tidy table of a comparison: `driver`, `among`, `share`, `share_low`, `share_high`.
    labels
        What the drivers are called, by key.
    beside
        What is written on the right: its heading, and the words of each driver.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    users = table[table["among"] == USERS].sort_values("share", na_position="first", kind="stable")
    order = users["driver"].tolist()
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(order)))
    style.clear_frame(axes)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    shown = table.assign(row=table["driver"].map({name: row for row, name in enumerate(order)}))
    for among, face in ((USERS, style.ACCENT), (EVERYBODY, "white")):
        _draw_group(axes, shown[shown["among"] == among], among, face, language)
    ends = shown[["share", "share_low", "share_high"]].to_numpy()
    furthest = float(np.nanmax(ends, initial=0.05))
    axes.set_xlim(min(1.1 * float(np.nanmin(ends, initial=0.0)), -0.01), ROOM * furthest)
    axes.set_yticks(range(len(order)), [style.axis_label(labels[driver]) for driver in order])
    axes.set_ylim(-0.6, len(order) - 0.4)
    mark_percent(axes.xaxis, language)
    write_axis(axes, say("users.chart.axis", language))
    heading, words = beside
    _write(axes, heading, len(order) - 0.4, colour=style.MUTED, above=True)
    for row, driver in enumerate(order):
        _write(axes, words[driver], row, colour=style.INK)
    write_key(axes, over=True)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: two marks need more room than one."""
    return int(1.4 * drivers) + 1


def _draw_group(axes: Axes, rows: pd.DataFrame, among: str, face: str, language: str) -> None:
    height = APART if among == USERS else -APART
    colour = style.ACCENT if among == USERS else style.INK
    heights = rows["row"] + height
    axes.hlines(heights, rows["share_low"], rows["share_high"], color=colour, linewidth=2.0)
    axes.plot(
        rows["share"],
        heights,
        "o",
        markersize=8,
        color=colour,
        markerfacecolor=face,
        label=say(f"users.chart.{among}", language),
    )
    furthest = rows[["share", "share_high"]].max(axis=1)
    for share, end, level in zip(rows["share"], furthest, heights, strict=True):
        if np.isfinite(share):
            axes.annotate(
                percent(share, language),
                (end, level),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                fontsize=style.SMALL,
                fontfamily=style.FONT,
                color=style.INK,
            )


def _write(axes: Axes, text: str, height: float, *, colour: str, above: bool = False) -> None:
    """Write flush with the right edge."""
    axes.annotate(
        text,
        (1, height),
        xycoords=axes.get_yaxis_transform(),
        xytext=(0, 5 if above else 0),
        textcoords="offset points",
        ha="right",
        va="bottom" if above else "center",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=colour,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )
