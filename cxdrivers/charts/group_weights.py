"""Draw the shares of drivers in many groups: a tick each, their middle half and their middle."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.formatting import percent
from cxdrivers.wording import say

FAINTEST, DARKEST = 0.08, 0.6
CROWD = 30.0
"""Of so many groups each tick is as dark as it may be; of more they are fainter."""


@style.plain_letters()
def draw_group_shares(
    table: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw the share of every driver in every group, the driver with the largest middle on top.

    Every group stands by itself, so ticks lie further apart than groups truly do. Groups without
    shares are left out.

    Parameters
    ----------
    table
        From `GroupWeights.tidy`.
    labels
        What the drivers are called, by key.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    told = table[table["share"].notna()]
    shares = {driver: rows["share"].to_numpy() for driver, rows in told.groupby("driver")}
    drivers = [driver for driver in dict.fromkeys(table["driver"]) if driver in shares]
    ranked = sorted(drivers, key=lambda driver: float(np.median(shares[driver])))
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(ranked)))
    style.clear_frame(axes)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    for height, driver in enumerate(ranked):
        _draw_driver(axes, shares[driver], height, language)
    axes.set_yticks(range(len(ranked)), [style.axis_label(labels[driver]) for driver in ranked])
    axes.set_ylim(-0.6, max(len(ranked), 1) - 0.4)
    seen = told["share"].to_numpy()
    furthest, nearest = np.max(seen, initial=0.05), np.min(seen, initial=0.0)
    axes.set_xlim(min(float(nearest) * 1.1, -0.01), float(furthest) * 1.12)
    mark_percent(axes.xaxis, language)
    write_axis(axes, say("charts.weights.axis", language))
    if ranked:
        write_key(axes)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: one more for the key."""
    return drivers + 1


def _draw_driver(axes: Axes, shares: np.ndarray, height: int, language: str) -> None:
    """Draw one row; the words of the key stand with the first only."""
    low, middle, high = np.quantile(shares, [0.25, 0.5, 0.75])
    named = height == 0
    axes.plot(
        shares,
        np.full(len(shares), height, dtype=np.float64),
        "|",
        color=style.MUTED,
        markersize=15,
        alpha=float(np.clip(DARKEST * CROWD / len(shares), FAINTEST, DARKEST)),
        label=say("group_weights.key.group", language) if named else None,
    )
    axes.plot(
        [low, high],
        [height, height],
        color=style.ACCENT,
        linewidth=5,
        solid_capstyle="butt",
        label=say("group_weights.key.half", language) if named else None,
    )
    axes.plot(
        [middle],
        [height],
        "o",
        markersize=8,
        color=style.ACCENT,
        markerfacecolor="white",
        label=say("group_weights.key.middle", language) if named else None,
    )
    axes.annotate(
        percent(float(middle), language),
        (float(middle), height),
        xytext=(0, 9),
        textcoords="offset points",
        ha="center",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.INK,
    )
