"""Draw the shares by every policy for blanks: a row a driver, a mark with its interval a policy."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.vocabulary import EM, IMPUTATION, LISTWISE
from cxdrivers.wording import say

APART = 0.24
"""How far the marks of a driver stand apart, in rows."""


@dataclass(frozen=True)
class Mark:
    """How a policy is drawn: filled where blanks are estimated, so that grey will do."""

    shape: str
    colour: str
    face: str


MARKS = {
    EM: Mark("o", style.ACCENT, style.ACCENT),
    IMPUTATION: Mark("s", style.MUTED, style.MUTED),
    LISTWISE: Mark("D", style.INK, "white"),
}


@style.plain_letters()
def draw_missing(
    table: pd.DataFrame, labels: dict[str, str], *, ax: Axes | None = None, language: str = "en"
) -> Axes:
    """Draw each driver's share by every policy, with intervals where there are any.

    Without shares, since all drivers together may explain nothing, parts of all differences are
    drawn.

    Parameters
    ----------
    table
        The tidy table of a comparison: `driver`, `policy`, `rank`, and `share` and `estimate`
        with their ends.
    labels
        What the drivers are called, by key.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    policies = list(dict.fromkeys(table["policy"]))
    first = table[table["policy"] == policies[0]]
    order = first.sort_values("rank", kind="stable", ascending=False)["driver"].tolist()
    told = bool(table["share"].notna().all())
    middle, low, high = (
        ("share", "share_low", "share_high") if told else ("estimate", "conf_low", "conf_high")
    )
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(order)))
    style.clear_frame(axes)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    row = table["driver"].map({driver: place for place, driver in enumerate(order)})
    for place, policy in enumerate(policies):
        rows, mark = table[table["policy"] == policy], MARKS[policy]
        heights = row[rows.index] + APART * ((len(policies) - 1) / 2 - place)
        axes.hlines(heights, rows[low], rows[high], color=mark.colour, linewidth=2.0)
        axes.plot(
            rows[middle],
            heights,
            mark.shape,
            markersize=7,
            color=mark.colour,
            markerfacecolor=mark.face,
            label=say(f"missing.policy.{policy}", language),
        )
    axes.set_yticks(range(len(order)), [style.axis_label(labels[driver]) for driver in order])
    axes.set_ylim(-0.6, len(order) - 0.4)
    mark_percent(axes.xaxis, language)
    write_axis(axes, say("charts.weights.axis" if told else "charts.weights.axis_parts", language))
    write_key(axes)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: three marks need more room."""
    return int(1.6 * drivers) + 1
