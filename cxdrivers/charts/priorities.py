"""Draw the priority matrix: how drivers are rated against how much they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.answers.advice.priority_places import FIX_FIRST, Lines
from cxdrivers.charts import style
from cxdrivers.charts.label_places import FloatArray
from cxdrivers.charts.point_labels import Corner, Cross, write_point_labels
from cxdrivers.formatting import number, percent
from cxdrivers.wording import say

PAD = 0.1
CORNER = 0.2
"""Room to the right of the target for the names of quadrants, as a part of what is left of it."""
NEAR = 0.25
"""Lines nearer than this part of the width have their names on either side."""
SAME = 0.04
INTERVALS = ("performance_low", "performance_high", "share_low", "share_high")
CORNERS = {
    "fix_first": (0.0, 1.0),
    "keep_up": (1.0, 1.0),
    "later": (0.0, 0.0),
    "enough": (1.0, 0.0),
}


@style.plain_letters()
def draw_priorities(
    table: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    lines: Mapping[str, Lines],
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw each driver as a point with a cross of its intervals, and the quadrants.

    Filled points are to be fixed first. Lines at the targets are solid, those at the means of the
    drivers fainter. A driver with another target than most has it in its label, and a mark there.

    Parameters
    ----------
    table
        The tidy table of priorities.
    labels
        What the drivers are called, by key.
    lines
        Where quadrants part: ``fixed`` and ``means``.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(table)))
    style.clear_frame(axes)
    axes.grid(visible=False)
    axes.spines["left"].set(visible=True, color=style.FAINT)
    axes.tick_params(axis="y", labelsize=style.SMALL, labelcolor=style.MUTED)
    target = _usual(lines["fixed"].performance)
    _set_limits(axes, table, lines)
    _draw_lines(axes, target, lines, language)
    _draw_points(axes, table, lines["fixed"].performance, target)
    for side, name in (("x", axes.set_xlabel), ("y", axes.set_ylabel)):
        name(
            say(f"priorities.chart.{side}", language),
            fontsize=style.SMALL,
            color=style.MUTED,
            fontfamily=style.FONT,
        )
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(value, language, digits=0))
    )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))
    corners = _write_corners(axes, language)
    names = [
        _named(labels[driver], None if own == target else float(own), language)
        for driver, own in zip(table["driver"], lines["fixed"].performance, strict=True)
    ]
    columns = table[["performance", "share", *INTERVALS]].to_numpy(np.float64).tolist()
    crosses = [
        Cross((across, up), (left, right), (low, high))
        for across, up, left, right, low, high in columns
    ]
    upright = [target, float(lines["means"].performance[0])]
    level = [float(found.share[0]) for found in lines.values()]
    write_point_labels(axes, names, crosses, corners=corners, lines=(upright, level))
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as."""
    return 11 + max(0, drivers - 7) // 2


def _usual(targets: FloatArray) -> float:
    """Return the target that most drivers have."""
    values, counts = np.unique(targets, return_counts=True)
    return float(values[counts.argmax()])


def _named(label: str, target: float | None, language: str) -> str:
    """Return a label, with the target from 0 to 100 where that is another than of most."""
    shown = style.axis_label(label)
    if target is None:
        return shown
    aim = number(target, language, digits=0)
    return say("priorities.chart.own_target", language, driver=shown, target=aim)


def _set_limits(axes: Axes, table: pd.DataFrame, lines: Mapping[str, Lines]) -> None:
    across = np.concatenate(
        [
            table[["performance", "performance_low", "performance_high"]].to_numpy().ravel(),
            *(found.performance for found in lines.values()),
        ]
    )
    up = np.concatenate(
        [
            table[["share", "share_low", "share_high"]].to_numpy().ravel(),
            *(found.share for found in lines.values()),
        ]
    )
    for values, set_limits in ((across, axes.set_xlim), (up, axes.set_ylim)):
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        width = max(high - low, 1e-3)
        set_limits(low - PAD * width, high + PAD * width)
    left, right = axes.get_xlim()
    target = _usual(lines["fixed"].performance)
    axes.set_xlim(left, max(right, target + CORNER * (target - left)))


def _draw_lines(axes: Axes, target: float, lines: Mapping[str, Lines], language: str) -> None:
    fixed, means = float(lines["fixed"].share[0]), float(lines["means"].share[0])
    mean = float(lines["means"].performance[0])
    for value, draw in ((mean, axes.axvline), (means, axes.axhline)):
        draw(value, color=style.FAINT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    for value, draw in ((target, axes.axvline), (fixed, axes.axhline)):
        draw(value, color=style.MUTED, linewidth=1.0, zorder=1)
    left, right = axes.get_xlim()
    close = abs(mean - target) < NEAR * (right - left)
    for name, value, other in (("target", target, mean), ("mean", mean, target)):
        side = "right" if value < other else "left"
        axes.annotate(
            say(f"priorities.chart.{name}", language),
            (value, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, 3),
            textcoords="offset points",
            ha=side if close else "center",
            va="bottom",
            **_faint(),
        )
    low, high = axes.get_ylim()
    named = [("equal", fixed)]
    if abs(means - fixed) > SAME * (high - low):
        named.append(("mean", means))
    for name, value in named:
        axes.annotate(
            say(f"priorities.chart.{name}", language),
            (1, value),
            xycoords=axes.get_yaxis_transform(),
            xytext=(3, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            **_faint(),
        )


def _draw_points(axes: Axes, table: pd.DataFrame, targets: FloatArray, target: float) -> None:
    across, up = table["performance"], table["share"]
    axes.hlines(
        up, table["performance_low"], table["performance_high"], color=style.MUTED, linewidth=1.6
    )
    axes.vlines(across, table["share_low"], table["share_high"], color=style.MUTED, linewidth=1.6)
    first = (table["quadrant"] == FIX_FIRST).to_numpy()
    for chosen, face in ((first, style.ACCENT), (~first, "white")):
        axes.plot(
            across[chosen],
            up[chosen],
            "o",
            markersize=7,
            color=style.ACCENT if face != "white" else style.INK,
            markerfacecolor=face,
            zorder=3,
        )
    own = targets != target
    axes.hlines(up[own], across[own], targets[own], color=style.MUTED, linewidth=0.8, linestyle=":")
    axes.plot(targets[own], up[own], "|", markersize=11, color=style.INK, zorder=2)


def _write_corners(axes: Axes, language: str) -> list[Corner]:
    corners = []
    for quadrant, (across, up) in CORNERS.items():
        text = say(f"priorities.quadrant.{quadrant}", language)
        corners.append(Corner(text, (across, up)))
        axes.annotate(
            text,
            (across, up),
            xycoords="axes fraction",
            xytext=(5 - 10 * across, 5 - 10 * up),
            textcoords="offset points",
            ha="right" if across else "left",
            va="top" if up else "bottom",
            fontstyle="italic",
            **_faint(),
        )
    return corners


def _faint() -> dict[str, Any]:
    return {"fontsize": style.SMALL, "fontfamily": style.FONT, "color": style.MUTED}
