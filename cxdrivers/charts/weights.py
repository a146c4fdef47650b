"""Draw driver weights: a dot and its interval for every driver, largest on top."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.answers.weights.weights_columns import own_effect_shown
from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_note
from cxdrivers.formatting import percent
from cxdrivers.wording import say


@style.plain_letters()
def draw_weights(
    table: pd.DataFrame,
    labels: dict[str, str],
    *,
    ax: Axes | None = None,
    level: float = 0.95,
    language: str = "en",
) -> Axes:
    """Draw each driver's share of what the drivers explain, with its interval.

    A filled dot is a driver with an effect of its own; for a hollow one none is shown, by the rule
    of the table's remarks (`own_effect_shown`). When nothing is explained there are no shares, and
    parts of all differences are drawn instead.

    Parameters
    ----------
    table
        The tidy table of driver weights.
    labels
        What the drivers are called, by key.
    ax
        Where to draw; without it a new figure that a notebook shows.
    level
        Of the intervals in the table.
    language
        Of words and numbers.
    """
    told = table["share"].notna().any()
    size = ("share", "share_low", "share_high") if told else ("estimate", "conf_low", "conf_high")
    ranked = table.sort_values("rank", kind="stable", ascending=False).assign(
        **dict(zip(("middle", "low", "high"), (table[name] for name in size), strict=True)),
        own_effect=own_effect_shown(table, level),
    )
    axes = ax if ax is not None else style.notebook_axes(len(ranked))
    style.clear_frame(axes)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    for height, row in enumerate(ranked.itertuples()):
        _draw_driver(axes, height, row, language)
    axes.set_yticks(
        range(len(ranked)),
        [style.axis_label(labels[driver]) for driver in ranked["driver"]],
    )
    axes.set_ylim(-0.6, len(ranked) - 0.4)
    furthest = float(np.nanmax(ranked[["middle", "high"]].to_numpy(), initial=0.05))
    nearest = float(np.nanmin(ranked[["middle", "low"]].to_numpy(), initial=0.0))
    axes.set_xlim(min(nearest * 1.1, -0.01), furthest * 1.16)
    mark_percent(axes.xaxis, language)
    write_axis(axes, say(f"charts.weights.{'axis' if told else 'axis_parts'}", language))
    if not ranked["own_effect"].all():
        _explain_hollow(axes, language)
    return axes


def _draw_driver(axes: Axes, height: int, row: Any, language: str) -> None:
    filled = row.own_effect
    colour = style.ACCENT if filled else style.MUTED
    if np.isfinite(row.low) and np.isfinite(row.high):
        axes.plot(
            [row.low, row.high],
            [height, height],
            color=colour,
            linewidth=2.2,
            solid_capstyle="butt",
        )
    if np.isfinite(row.middle):
        face = colour if filled else "white"
        axes.plot(row.middle, height, "o", markersize=8, color=colour, markerfacecolor=face)
        end = max(row.middle, row.high) if np.isfinite(row.high) else row.middle
        axes.annotate(
            percent(row.middle, language),
            (end, height),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.TEXT,
            fontfamily=style.FONT,
            color=style.INK,
        )


def _explain_hollow(axes: Axes, language: str) -> None:
    write_note(axes, say("charts.weights.hollow", language))
