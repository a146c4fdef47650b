"""Draw what low ratings cost and high ones bring: a row a driver, with its class."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.answers.advice.shape_classes import DELIGHTER, DISSATISFIER, HYBRID, UNDECIDED
from cxdrivers.charts import style
from cxdrivers.charts.chart_words import write_axis, write_key
from cxdrivers.formatting import number
from cxdrivers.wording import say

ORDER = (DISSATISFIER, HYBRID, DELIGHTER, UNDECIDED)
BAR = 0.5
APART = 0.1
"""How far the two intervals of a driver are apart, so that they can cross."""
ROOM = 0.45
"""How much wider than the intervals the chart is, for the words on the right."""
EMPTY = 0.1


@style.plain_letters()
def draw_shapes(
    table: pd.DataFrame,
    labels: dict[str, str],
    *,
    outcome: str,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw each driver's penalty to the left and its reward to the right, with their intervals.

    Dissatisfiers stand on top, undecided drivers at the bottom; within a class the one with the
    most asymmetry towards penalties comes first.

    Parameters
    ----------
    table
        The rows of one setting: `driver`, `penalty`, `reward` with `_low` and `_high`,
        `asymmetry` and `verdict`.
    labels
        What the drivers are called, by key.
    outcome
        What the outcome is called.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    place = table["verdict"].map(ORDER.index)
    rows = table.assign(place=place).sort_values(
        ["place", "asymmetry"], ascending=False, na_position="first", kind="stable"
    )
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(rows)))
    style.clear_frame(axes)
    heights = np.arange(len(rows), dtype=np.float64)
    halves = (rows["penalty"] * rows["reward"] > 0).to_numpy()
    for name, colour, face, apart in (
        ("penalty", style.ACCENT, style.ACCENT, APART),
        ("reward", style.INK, "white", -APART),
    ):
        axes.barh(
            heights + np.where(halves, np.copysign(BAR / 4, apart), 0.0),
            rows[name].fillna(0.0),
            height=np.where(halves, BAR / 2, BAR),
            color=face,
            edgecolor=colour,
            linewidth=1.2,
            label=say(f"shapes.chart.{name}", language),
        )
        ends = (rows[f"{name}_low"], rows[f"{name}_high"])
        axes.hlines(
            heights + apart,
            *ends,
            color=style.INK,
            linewidth=1.6,
            path_effects=[withStroke(linewidth=3.6, foreground="white")],
            zorder=3,
        )
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    least, most = _ends(rows)
    axes.set_xlim(least - 0.04 * (most - least), most + ROOM * (most - least))
    for height, verdict in zip(heights, rows["verdict"], strict=True):
        axes.annotate(
            say(f"shapes.class.{verdict}", language),
            (1, height),
            xycoords=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=style.SMALL,
            fontfamily=style.FONT,
            color=style.MUTED if verdict == UNDECIDED else style.INK,
        )
    axes.set_yticks(heights, [style.axis_label(labels[key]) for key in rows["driver"]])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(value, language, digits=1))
    )
    write_axis(axes, say("shapes.chart.axis", language, outcome=outcome), loc="left")
    write_key(axes, most=2)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: the legend takes one."""
    return drivers + 1


def _ends(rows: pd.DataFrame) -> tuple[float, float]:
    names = [f"{name}{end}" for name in ("penalty", "reward") for end in ("", "_low", "_high")]
    drawn = rows[names].to_numpy(np.float64)
    return (
        float(np.nanmin(drawn, initial=-EMPTY)),
        float(np.nanmax(drawn, initial=EMPTY)),
    )
