"""Draw what changed between two waves: a row a driver, from before to after."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.charts import style
from cxdrivers.charts.group_axes import (
    add_key,
    head_column,
    limit_axis,
    name_axis,
    one_line,
    write_beside,
)
from cxdrivers.charts.group_measures import distance_shown, rows_of_measure
from cxdrivers.wording import say

WORDS = 0.34
"""The part of the width for the words on the right."""
NAME = 28
"""How many letters of a wave fit in the key."""
BELOW = 0.2
"""How far below its driver the interval of a difference is drawn."""


@style.plain_letters()
def draw_changes(
    changes: pd.DataFrame,
    table: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    measure: str = WEIGHT,
    wave: str | None = None,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw every driver in one wave and in the wave before it, with the interval of the change.

    A filled mark is a driver that changed; for a hollow one that is not shown. The thin line
    below hangs on the wave before: where it does not reach that, the interval has no zero.

    Parameters
    ----------
    changes, table
        From `GroupComparison.changes` and `GroupComparison.tidy`; `with_names` puts the labels
        of codes into them.
    labels
        What the drivers are called, by key.
    measure
        ``weight``, ``effect`` or ``mean``.
    wave
        The one to hold against the wave before it; without it the last.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    shown = last_change(changes, measure, wave)
    levels = rows_of_measure(table, measure).set_index(["group", "driver"])["own"]
    before, after = str(shown["before"].iloc[0]), str(shown["group"].iloc[0])
    rows = shown.assign(
        start=levels.reindex([(before, driver) for driver in shown["driver"]]).to_numpy(),
        end=levels.reindex([(after, driver) for driver in shown["driver"]]).to_numpy(),
    ).sort_values("end", na_position="first", kind="stable")
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(rows)))
    style.clear_frame(axes)
    heights = np.arange(len(rows), dtype=np.float64)
    low, high = rows["start"] + rows["conf_low"], rows["start"] + rows["conf_high"]
    limit_axis(axes, [rows["start"], rows["end"], low, high], measure, language, room=WORDS)
    axes.hlines(heights, rows["start"], rows["end"], color=style.FAINT, linewidth=6)
    axes.hlines(
        heights - BELOW,
        low,
        high,
        color=style.INK,
        linewidth=1.2,
        label=say("group_charts.changes.interval", language, before=one_line(before, NAME)),
    )
    axes.plot(
        rows["start"],
        heights,
        "|",
        markersize=12,
        markeredgewidth=2,
        color=style.INK,
        label=one_line(before, NAME),
    )
    changed = rows["changed"].to_numpy(bool)
    for kind, chosen, colour in (("changed", changed, style.ACCENT), ("same", ~changed, "white")):
        axes.plot(
            rows["end"][chosen],
            heights[chosen],
            "o",
            markersize=8,
            color=style.ACCENT if kind == "changed" else style.MUTED,
            markerfacecolor=colour,
            label=say(f"group_charts.changes.{kind}", language, wave=one_line(after, NAME)),
        )
    heading = "heading_points" if measure == WEIGHT else "heading"
    head_column(axes, say(f"group_charts.changes.{heading}", language))
    found = rows[["estimate", "conf_low", "conf_high"]].to_numpy(float)
    for height, told, difference in zip(heights.tolist(), changed, found, strict=True):
        text = distance_shown(difference, measure, language)
        write_beside(axes, text, height, colour=style.INK if told else style.MUTED)
    axes.set_yticks(heights, [style.axis_label(labels[driver]) for driver in rows["driver"]])
    axes.set_ylim(-0.7, len(rows) - 0.4)
    name_axis(axes, say(f"groups.measure.{measure}", language))
    add_key(axes)
    return axes


def last_change(changes: pd.DataFrame, measure: str, wave: str | None = None) -> pd.DataFrame:
    """Return the rows of a measure in one wave held against the wave before it, or in the last."""
    of_measure = changes[changes["measure"] == measure]
    after = of_measure["group"].iloc[-1] if wave is None else wave
    return of_measure[of_measure["group"] == after]


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: two more for the key."""
    return int(np.ceil(1.1 * drivers)) + 2
