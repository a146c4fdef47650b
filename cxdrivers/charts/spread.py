"""Draw in which drivers groups differ: all groups, each of them, and a further one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.answers.groups.groups_shown import told_ends
from cxdrivers.charts import style
from cxdrivers.charts.group_axes import (
    add_key,
    head_column,
    limit_axis,
    name_axis,
    write_beside,
)
from cxdrivers.charts.group_measures import distance_shown, rows_of_measure
from cxdrivers.wording import say

MOST = 60
"""Up to so many groups each has a tick; more would be a smear."""
WORDS = 0.36
"""The part of the width for the words on the right."""
TICK = 0.24
"""How far below the middle of its row a driver's groups are ticked."""


@style.plain_letters()
def draw_spread(
    spread: pd.DataFrame,
    table: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    measure: str = WEIGHT,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw each driver in all groups, and the range where a further group would lie.

    A filled mark is a driver for which groups differ; for a hollow one that is not shown. The
    ticks below are the groups, drawn towards the whole.

    Parameters
    ----------
    spread, table
        From `GroupComparison.spread` and `GroupComparison.tidy`.
    labels
        What the drivers are called, by key.
    measure
        ``weight``, ``effect`` or ``mean``.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    ranked = told_ends(spread[spread["measure"] == measure]).sort_values(
        "estimate", na_position="first", kind="stable"
    )
    order = ranked["driver"].tolist()
    heights = np.arange(len(order), dtype=np.float64)
    groups = rows_of_measure(table, measure)
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(order)))
    style.clear_frame(axes)
    ends = ranked[["conf_low", "conf_high", "prediction_low", "prediction_high"]].to_numpy(float)
    seen = groups["shrunk"].to_numpy(float)
    limit_axis(axes, np.append(ends, seen), measure, language, room=WORDS)
    axes.hlines(
        heights,
        ranked["prediction_low"],
        ranked["prediction_high"],
        color=style.MUTED,
        linewidth=1.2,
        label=say("group_charts.prediction", language),
    )
    axes.hlines(heights, ranked["conf_low"], ranked["conf_high"], color=style.INK, linewidth=3.6)
    differs = ranked["differs"].to_numpy(bool)
    for kind, chosen, face in (("differs", differs, style.ACCENT), ("alike", ~differs, "white")):
        axes.plot(
            ranked["estimate"][chosen],
            heights[chosen],
            "D",
            markersize=8,
            color=style.ACCENT if face != "white" else style.INK,
            markerfacecolor=face,
            label=say(f"group_charts.spread.{kind}", language),
        )
    if groups["group"].nunique() <= MOST:
        rows = groups["driver"].map({driver: row for row, driver in enumerate(order)})
        axes.plot(
            groups["shrunk"],
            rows - TICK,
            "|",
            markersize=7,
            color=style.ACCENT,
            label=say("group_charts.spread.group", language),
        )
    heading = "heading_points" if measure == WEIGHT else "heading"
    head_column(axes, say(f"group_charts.spread.{heading}", language))
    found = ranked[["tau", "tau_low", "tau_high"]].to_numpy(float)
    for height, tau in zip(heights.tolist(), found, strict=True):
        write_beside(axes, distance_shown(tau, measure, language), height)
    axes.set_yticks(heights, [style.axis_label(labels[driver]) for driver in order])
    axes.set_ylim(-0.6, len(order) - 0.4)
    name_axis(axes, say(f"groups.measure.{measure}", language))
    add_key(axes)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: two more for the key."""
    return int(np.ceil(1.1 * drivers)) + 2
