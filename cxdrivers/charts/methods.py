"""Draw the shares by every method: a row a driver, a mark a method."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.wording import say

MARKS = {
    "lmg": "o",
    "johnson": "s",
    "car": "D",
    "first": "^",
    "last": "v",
    "betasq": "P",
    "pratt": "X",
}


@style.plain_letters()
def draw_methods(
    table: pd.DataFrame, labels: dict[str, str], *, ax: Axes | None = None, language: str = "en"
) -> Axes:
    """Draw each driver's share by every method that has shares.

    Parameters
    ----------
    table
        The tidy table of a comparison: `driver`, `method`, `share`.
    labels
        What the drivers are called, by key.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    first = table[table["method"] == table["method"].iloc[0]]
    order = first.sort_values("estimate", kind="stable")["driver"].tolist()
    axes = ax if ax is not None else style.notebook_axes(len(order) + 1)
    style.clear_frame(axes)
    shown = table.dropna(subset=["share"])
    for height, driver in enumerate(order):
        shares = shown.loc[shown["driver"] == driver, "share"]
        axes.plot([shares.min(), shares.max()], [height] * 2, color=style.FAINT, linewidth=5)
    for place, (method, rows) in enumerate(shown.groupby("method", sort=False)):
        axes.plot(
            rows["share"],
            [order.index(driver) for driver in rows["driver"]],
            MARKS[str(method)],
            color=style.ACCENT if place == 0 else style.MUTED,
            markerfacecolor=style.ACCENT if place == 0 else "white",
            markersize=8,
            label=say(f"methods.name.{method}", language),
        )
    axes.set_yticks(range(len(order)), [style.axis_label(labels[driver]) for driver in order])
    axes.set_ylim(-0.6, len(order) - 0.4)
    mark_percent(axes.xaxis, language)
    write_axis(axes, say("methods.axis", language))
    write_key(axes, most=5)
    return axes
