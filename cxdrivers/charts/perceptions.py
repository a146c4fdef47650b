"""Draw what groups say of the same thing: a question a row, a mark a group, a line between them."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.answers.perceptions.beside_published_words import role_words, short_source
from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent
from cxdrivers.formatting import percent
from cxdrivers.wording import say

MARKS = (
    ("o", style.ACCENT),
    ("s", style.MUTED),
    ("D", style.INK),
    ("^", style.ACCENT),
    ("v", style.MUTED),
    ("P", style.INK),
    ("X", style.ACCENT),
    ("<", style.MUTED),
    (">", style.INK),
)
"""Shape and colour of each group in turn, so that grey paper keeps them apart."""
MARK_HEIGHT, LINE_GAP = 0.38, 0.45
"""How high a mark with its words is, and the room between questions, in rows of a chart."""
ROOM = 0.09
"""How much of the scale is left free on the right, for the words beside the marks."""
QUESTION_WIDTH, QUESTION_LINES = 30, 3
LEGEND_WIDTH, HANDLE, MOST_COLUMNS = 66, 4, 3
"""Letters that fit above the chart, those that a mark there takes, and columns at most."""
OWN = "own"


@style.plain_letters()
def draw_gaps(cells: pd.DataFrame, *, ax: Axes | None = None, language: str = "en") -> Axes:
    """Draw the share of every group, the groups of a question below each other.

    Parameters
    ----------
    cells
        `question`, `group`, `share`, `share_low`, `share_high`.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    rows = cells.assign(line=cells["question"], name=cells["group"], hollow=False)
    return _draw(rows, ax, language)


@style.plain_letters()
def draw_beside(
    roles: pd.DataFrame, published: str, *, ax: Axes | None = None, language: str = "en"
) -> Axes:
    """Draw the client's own shares filled, and the published ones hollow below them.

    Parameters
    ----------
    roles
        `whose`, `role`, `share`, `share_low`, `share_high`.
    published
        The name of the published gap.
    ax, language
        As in `draw_gaps`.
    """
    lines = {OWN: say("perceptions.chart.own", language)}
    source = short_source(published, language)
    rows = roles.assign(
        line=[lines.get(whose, source) for whose in roles["whose"]],
        name=[role_words(role, language) for role in roles["role"]],
        hollow=roles["whose"] != OWN,
    )
    return _draw(rows, ax, language)


def rows_of(table: pd.DataFrame) -> int:
    """Return how many rows of labels the chart of a table with questions or sides is as high as.

    Parameters
    ----------
    table
        As `draw_gaps` or `draw_beside` takes it.
    """
    line = "question" if "question" in table else "whose"
    return ceil(MARK_HEIGHT * len(table) + LINE_GAP * (len(set(table[line])) + 1))


def _draw(rows: pd.DataFrame, ax: Axes | None, language: str) -> Axes:
    shown = rows.assign(height=_heights(rows["line"].tolist()))
    names = [*dict.fromkeys(shown["name"])]
    axes = ax if ax is not None else style.notebook_axes(rows_of(rows))
    style.clear_frame(axes)
    for _, line in shown.groupby("line"):
        axes.plot(
            line["share"],
            line["height"],
            color=style.FAINT,
            linewidth=3,
            solid_capstyle="round",
            zorder=1,
        )
    for place, name in enumerate(names):
        _draw_group(axes, shown[shown["name"] == name], name, MARKS[place % len(MARKS)])
    for share, high, height in zip(
        shown["share"], shown["share_high"], shown["height"], strict=True
    ):
        _write(axes, percent(share, language), float(np.nanmax([share, high])), height)
    ends = shown[["share", "share_low", "share_high"]].to_numpy(np.float64)
    axes.set_xlim(max(-0.02, np.nanmin(ends) - ROOM), np.nanmax(ends) + ROOM)
    middles = shown.groupby("line", sort=False)["height"].mean()
    axes.set_yticks(middles.to_list(), [_question(str(line)) for line in middles.index])
    axes.set_ylim(shown["height"].min() - MARK_HEIGHT, shown["height"].max() + MARK_HEIGHT)
    mark_percent(axes.xaxis, language)
    axes.set_xlabel(
        say("perceptions.chart.axis", language),
        fontsize=style.SMALL,
        color=style.MUTED,
        fontfamily=style.FONT,
    )
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=_columns(names),
        frameon=False,
        prop={"family": style.FONT, "size": style.SMALL},
        labelcolor=style.INK,
        handletextpad=0.2,
    )
    return axes


def _heights(lines: list[str]) -> list[float]:
    """Return how high each mark stands: one below the other, with more room between questions."""
    heights = [0.0]
    for before, line in pairwise(lines):
        heights.append(heights[-1] - MARK_HEIGHT - LINE_GAP * (line != before))
    return [height - heights[-1] for height in heights]


def _draw_group(axes: Axes, rows: pd.DataFrame, name: str, mark: tuple[str, str]) -> None:
    shape, colour = mark
    axes.hlines(
        rows["height"], rows["share_low"], rows["share_high"], color=colour, linewidth=2, zorder=2
    )
    for hollow, part in rows.groupby("hollow"):
        first = bool(hollow) == bool(rows["hollow"].iloc[0])
        axes.plot(
            part["share"],
            part["height"],
            shape,
            markersize=8,
            color=colour,
            markerfacecolor="white" if hollow else colour,
            label=name if first else "_nolegend_",
            zorder=3,
        )


def _write(axes: Axes, text: str, end: float, height: float) -> None:
    axes.annotate(
        text,
        (end, height),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        zorder=2.5,
    )


def _question(text: str) -> str:
    return "\n".join(style.label_lines(text, QUESTION_WIDTH, most=QUESTION_LINES))


def _columns(names: list[str]) -> int:
    """Return in how many columns the names of the groups fit above the chart."""
    longest = max(map(len, names)) + HANDLE
    return max(1, min(len(names), MOST_COLUMNS, LEGEND_WIDTH // longest))
