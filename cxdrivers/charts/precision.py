"""Draw how sure each share is, and would be: nested intervals, the largest survey darkest."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.formatting import count, percent
from cxdrivers.wording import say

THICKEST, THINNEST = 13.0, 3.0
PALEST = 0.25


@style.plain_letters()
def draw_precision(
    table: pd.DataFrame, labels: dict[str, str], *, ax: Axes | None = None, language: str = "en"
) -> Axes:
    """Draw the interval of every share for every size, one inside the other.

    Parameters
    ----------
    table
        The tidy table of a precision.
    labels
        What the drivers are called, by key.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    told = table["share_width"].notna().any()
    middle, low, high = (
        ("share", "share_low", "share_high") if told else ("estimate", "conf_low", "conf_high")
    )
    first = table[table["times"] == table["times"].min()]
    order = first.sort_values(middle, kind="stable")["driver"].tolist()
    axes = ax if ax is not None else style.notebook_axes(len(order) + 1)
    style.clear_frame(axes)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    sizes = table["n"].unique()
    strengths = np.linspace(PALEST if len(sizes) > 1 else 1.0, 1.0, len(sizes))
    widths = np.linspace(THICKEST, THINNEST, len(sizes))
    for n, strength, width in zip(sizes, strengths, widths, strict=True):
        rows = table[table["n"] == n].set_index("driver").loc[order]
        axes.hlines(
            range(len(order)),
            rows[low],
            rows[high],
            color=style.ACCENT,
            alpha=float(strength),
            linewidth=float(width),
            label=say("precision.chart.size", language, n=count(n, language)),
        )
    shares = first.set_index("driver").loc[order]
    axes.plot(shares[middle], range(len(order)), "o", color="white", markersize=3.5)
    ends = shares[[middle, high]].max(axis=1)
    for height, (share, end) in enumerate(zip(shares[middle], ends, strict=True)):
        axes.annotate(
            percent(share, language, digits=0 if told else 1),
            (end, height),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.TEXT,
            fontfamily=style.FONT,
            color=style.INK,
        )
    axes.set_yticks(range(len(order)), [style.axis_label(labels[driver]) for driver in order])
    axes.set_ylim(-0.6, len(order) - 0.4)
    nearest = float(np.nanmin(table[low].to_numpy(), initial=0.0))
    axes.set_xlim(min(1.1 * nearest, -0.01), 1.16 * float(np.nanmax(ends, initial=0.05)))
    mark_percent(axes.xaxis, language)
    write_axis(axes, say(f"precision.chart.{'axis' if told else 'axis_parts'}", language))
    write_key(axes, most=len(sizes))
    return axes
