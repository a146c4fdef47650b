"""Draw one driver in every group: its own answers, drawn towards the whole, and all groups."""

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
    one_line,
    write_beside,
)
from cxdrivers.charts.group_measures import (
    rows_of_measure,
    with_interval,
)
from cxdrivers.formatting import count
from cxdrivers.wording import say

MOST = 40
"""How many groups are drawn: of more, as many of the highest as of the lowest."""
CLOSE = 13
"""From more groups on, rows are lower and names have one line."""
LOW_ROW = 0.62
"""How high such a row is, in rows of labels."""
ONE_LINE = 40
APART = 0.2
"""How far the two marks of a group stand apart, in rows."""
WORDS, WORDS_CLOSE = 0.43, 0.5
"""The part of the width for the words on the right, beside names of two lines and of one."""
OF_N = 42
"""How many points of print the respondents take there."""


@style.plain_letters()
def draw_forest(
    table: pd.DataFrame,
    spread: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    driver: str | None = None,
    measure: str = WEIGHT,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw one driver in every group, with all groups and a further group at the bottom.

    Hollow marks with thin lines are what a group's own answers say; filled ones with thick lines
    are drawn towards the whole, a small group further than a large one. The groups stand in the
    order of the latter.

    Parameters
    ----------
    table, spread
        From `GroupComparison.tidy` and `GroupComparison.spread`; `with_names` puts the labels of
        codes into the first.
    labels
        What the drivers are called, by key.
    driver
        The one to draw; without it the one that differs most between groups, or the largest when
        no difference is shown.
    measure
        ``weight``, ``effect`` or ``mean``.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    driver = most_different(spread, measure) if driver is None else driver
    groups = rows_of_measure(table[table["driver"] == driver], measure)
    drawn = ends_of(groups)
    heights = np.arange(1, len(drawn) + 1, dtype=np.float64)
    of_spread = (spread["measure"] == measure) & (spread["driver"] == driver)
    whole = told_ends(spread[of_spread]).iloc[0]
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(groups)))
    style.clear_frame(axes)
    limit_axis(
        axes,
        np.append(
            drawn.drop(columns=["group", "driver", "n"]).to_numpy(np.float64).ravel(),
            whole[["conf_low", "conf_high", "prediction_low", "prediction_high"]].to_numpy(float),
        ),
        measure,
        language,
        room=WORDS if len(drawn) <= CLOSE else WORDS_CLOSE,
    )
    for line in (0, MOST // 2) if len(drawn) < len(groups) else (0,):
        axes.axhline(line + 0.5, color=style.FAINT, linewidth=0.8)
    _draw_groups(axes, drawn, heights, language)
    _draw_whole(axes, whole, len(drawn), language)
    head_column(axes, say("group_charts.forest.shrunk_heading", language), inward=OF_N)
    head_column(axes, say("group_charts.n", language))
    columns = ["shrunk", "shrunk_low", "shrunk_high"]
    for height, n, found in zip(
        heights.tolist(), drawn["n"], drawn[columns].to_numpy(float), strict=True
    ):
        _write_row(axes, height, with_interval(found, measure, language), n, language)
    found = whole[["estimate", "conf_low", "conf_high"]].to_numpy(float)
    text = with_interval(found, measure, language)
    _write_row(axes, 0, text, groups["n"].sum(), language)
    together = say("groups.everybody", language)
    axes.set_yticks(
        range(len(drawn) + 1), [together, *(_name(name, len(drawn)) for name in drawn["group"])]
    )
    axes.set_ylim(-0.7, len(drawn) + 0.6)
    name_axis(axes, _under(labels[driver], measure, len(drawn), len(groups), language))
    add_key(axes)
    return axes


def most_different(spread: pd.DataFrame, measure: str = WEIGHT) -> str:
    """Return the driver that groups differ most clearly in, or the largest when none is shown."""
    rows = spread[spread["measure"] == measure]
    differs = rows[rows["differs"].astype(bool)]
    if differs.empty:
        return str(
            rows.sort_values("estimate", na_position="first", kind="stable")["driver"].iloc[-1]
        )
    return str(differs.sort_values("p_value", kind="stable")["driver"].iloc[0])


def ends_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the groups that are drawn, from the lowest to the highest.

    Parameters
    ----------
    rows
        One driver in every group, from `rows_of_measure`.
    """
    ranked = rows.sort_values(["shrunk", "own"], na_position="first", kind="stable")
    if len(ranked) <= MOST:
        return ranked
    return pd.concat([ranked.head(MOST // 2), ranked.tail(MOST - MOST // 2)])


def rows_of(groups: int) -> int:
    """Return how many rows of labels the chart is as high as."""
    drawn = min(groups, MOST)
    return int(np.ceil(drawn * (LOW_ROW if drawn > CLOSE else 1.0))) + 2


def _draw_groups(axes: Axes, rows: pd.DataFrame, heights: np.ndarray, language: str) -> None:
    above, below = heights + APART, heights - APART
    axes.hlines(above, rows["own_low"], rows["own_high"], color=style.MUTED, linewidth=1.0)
    axes.plot(
        rows["own"],
        above,
        "o",
        markersize=5,
        color=style.MUTED,
        markerfacecolor="white",
        label=say("group_charts.own", language),
    )
    axes.hlines(below, rows["shrunk_low"], rows["shrunk_high"], color=style.ACCENT, linewidth=2.4)
    axes.plot(
        rows["shrunk"],
        below,
        "o",
        markersize=6,
        color=style.ACCENT,
        label=say("group_charts.shrunk", language),
    )


def _draw_whole(axes: Axes, whole: pd.Series, groups: int, language: str) -> None:
    """Draw the diamond of all groups, the range of a further one, and a line through the rows."""
    axes.vlines(
        whole["estimate"], 0, groups + 0.5, color=style.INK, linewidth=0.8, linestyle=(0, (4, 3))
    )
    axes.plot(
        [whole["prediction_low"], whole["prediction_high"]],
        [0, 0],
        color=style.INK,
        linewidth=1.2,
        marker="|",
        markersize=9,
        label=say("group_charts.prediction", language),
    )
    axes.fill(
        [whole["conf_low"], whole["estimate"], whole["conf_high"], whole["estimate"]],
        [0, 0.28, 0, -0.28],
        color=style.INK,
        linewidth=0,
        zorder=3,
    )


def _write_row(axes: Axes, height: float, text: str, n: float, language: str) -> None:
    write_beside(axes, text, height, inward=OF_N)
    write_beside(axes, count(n, language), height, colour=style.MUTED)


def _name(group: str, groups: int) -> str:
    if groups <= CLOSE:
        return style.axis_label(group)
    return one_line(group, ONE_LINE)


def _under(driver: str, measure: str, drawn: int, groups: int, language: str) -> str:
    axis = say(f"group_charts.axis.{measure}", language, driver=driver)
    if drawn == groups:
        return axis
    rest = say(
        "group_charts.forest.rest",
        language,
        drawn=count(drawn, language),
        groups=count(groups, language),
    )
    return f"{axis}\n{rest}"
