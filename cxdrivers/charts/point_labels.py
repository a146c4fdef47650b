"""Write a label beside every point of a chart, where it covers no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import text_width
from cxdrivers.charts.label_places import FloatArray, Surroundings, label_places

THIN = 1.5
"""Half the width of a line for labels that keep away from it, in points of print."""
LINE_HEIGHT = 1.3
LEADS = 14.0
"""A label further from its point than this has a line to it."""
INSET = 5.0
PRINTED = 72
"""Points of print in an inch."""


@dataclass(frozen=True)
class Cross:
    """A point with an interval across and one up; NaN for none."""

    point: tuple[float, float]
    across: tuple[float, float]
    up: tuple[float, float]


@dataclass(frozen=True)
class Corner:
    """A text in a corner: 0 for left and bottom, 1 for right and top."""

    text: str
    place: tuple[float, float]


def write_point_labels(
    axes: Axes,
    names: Sequence[str],
    crosses: Sequence[Cross],
    *,
    corners: Sequence[Corner],
    lines: tuple[Sequence[float], Sequence[float]],
) -> None:
    """Write every name where it covers no other, with a line to its point when it is far.

    The limits of the axes must be set, for the places are found in print.

    Parameters
    ----------
    axes
        Where the points are drawn.
    names, crosses
        One a point; a name may have several lines.
    corners
        Texts that are there already, `INSET` from the frame.
    lines
        Where lines stand across and up; names avoid them when they can.
    """
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("axes without a figure have no size")
    figure.draw_without_rendering()
    scale = PRINTED / figure.dpi
    box = axes.get_window_extent()
    frame = (box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)

    def printed(places: Sequence[tuple[float, float]]) -> FloatArray:
        shown: FloatArray = axes.transData.transform(np.array(places, np.float64)) * scale
        return shown

    points = printed([cross.point for cross in crosses])
    sizes = np.array([text_size(name) for name in names])
    thin = [_between(*printed(ends)) for cross in crosses for ends in _arms(cross)]
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    thin += [_between(*printed([(value, bottom), (value, top)])) for value in lines[0]]
    thin += [_between(*printed([(left, value), (right, value)])) for value in lines[1]]
    fixed = np.array([_corner_box(corner, frame) for corner in corners]).reshape(-1, 4)
    places = label_places(points, sizes, Surroundings(frame, fixed, np.array(thin)))
    for name, cross, point, place, size in zip(names, crosses, points, places, sizes, strict=True):
        gap = np.maximum(np.abs(place - point) - size / 2, 0)
        lead = {"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.7, "shrinkB": 4}
        axes.annotate(
            name,
            cross.point,
            xytext=tuple(place - point),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=style.SMALL,
            fontfamily=style.FONT,
            color=style.INK,
            zorder=4,
            arrowprops=lead if float(np.hypot(*gap)) > LEADS else None,
        ).set_in_layout(False)


def text_size(text: str) -> tuple[float, float]:
    """Return the width and height of a text in points of print."""
    rows = text.count("\n") + 1
    return text_width(text, style.SMALL), LINE_HEIGHT * style.SMALL * rows


def _arms(cross: Cross) -> list[list[tuple[float, float]]]:
    """Return the ends of the intervals that there are."""
    across, up = cross.point
    arms = [
        [(cross.across[0], up), (cross.across[1], up)],
        [(across, cross.up[0]), (across, cross.up[1])],
    ]
    return [arm for arm in arms if np.isfinite(arm).all()]


def _between(first: FloatArray, second: FloatArray) -> FloatArray:
    return np.concatenate([np.minimum(first, second) - THIN, np.maximum(first, second) + THIN])


def _corner_box(corner: Corner, frame: tuple[float, float, float, float]) -> FloatArray:
    left, bottom, right, top = frame
    width, height = text_size(corner.text)
    across, up = corner.place
    low = np.array(
        [
            right - INSET - width if across else left + INSET,
            top - INSET - height if up else bottom + INSET,
        ]
    )
    return np.concatenate([low, low + np.array([width, height])])
