"""Draw drivers in every group on the same axis: a small panel a group, or a driver of many."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.answers.groups.groups_shown import told_ends
from cxdrivers.charts import style
from cxdrivers.charts.group_axes import limit_axis, one_line
from cxdrivers.charts.group_measures import rows_of_measure, shown
from cxdrivers.formatting import count
from cxdrivers.wording import say

MOST = 12
"""More groups than these have a panel a driver."""
ACROSS = 3
ROW, HEAD, FOOT = 0.2, 0.55, 0.9
"""Inches: a driver in a panel, what stands above a panel, and what stands around all of them."""
OF_DRIVER = 2.4
"""How high the panel of a driver is."""
DRAWN = 200
"""How many groups its panel has: of more, evenly over their order."""
TITLE = 24
"""How many letters of a name fit above a panel in a line."""
NAME = 30
"""How many letters of a name fit inside a panel or beside it in a line."""
LINE = 96
"""How many letters of the key fit above the panels."""
TINY = 7.5


@style.plain_letters()
def draw_group_weights(
    table: pd.DataFrame,
    spread: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    rest: pd.DataFrame | None = None,
    measure: str = WEIGHT,
    figure: Figure | None = None,
    language: str = "en",
) -> tuple[Axes, ...]:
    """Draw all drivers in all groups, as drawn towards the whole, on one axis.

    Up to twelve groups have a panel each, with drivers as rows and all groups as a tick.
    With more, every driver has a panel with the groups in its order, lowest and highest named.

    Parameters
    ----------
    table, spread
        From `GroupComparison.tidy` and `GroupComparison.spread`; `with_names` puts the labels of
        codes into the first.
    labels
        What the drivers are called, by key.
    rest
        From `GroupComparison.against_rest`: what stands out is filled, what does not is hollow.
        Without it everything is filled.
    measure
        ``weight``, ``effect`` or ``mean``.
    figure
        Where to draw, best as large as `figure_for_groups` makes it; without it a new one that a
        notebook shows.
    language
        Of words and numbers.
    """
    rows = _with_marks(_compared(rows_of_measure(table, measure)), rest, measure)
    whole = told_ends(spread[spread["measure"] == measure]).set_index("driver")
    order = whole["estimate"].sort_values(na_position="first", kind="stable").index.tolist()
    groups = list(dict.fromkeys(rows["group"]))
    a_group = len(groups) <= MOST
    panels = groups if a_group else order[::-1]
    sheet = figure if figure is not None else _notebook_figure(len(groups), len(order))
    across = _across(len(panels))
    grid = sheet.subplots(
        -(-len(panels) // across), across, sharex=True, sharey=a_group, squeeze=False
    )
    drawn = tuple(grid.ravel()[: len(panels)])
    for axes in grid.ravel()[len(panels) :]:
        axes.set_axis_off()
    ends = rows[["shrunk", "shrunk_low", "shrunk_high"]].to_numpy(float)
    for place, (axes, panel) in enumerate(zip(drawn, panels, strict=True)):
        style.clear_frame(axes)
        limit_axis(axes, np.append(ends, whole["estimate"]), measure, language, room=0.14 * a_group)
        if a_group:
            _draw_group(axes, rows[rows["group"] == panel], whole.loc[order], measure, language)
            axes.set_yticks(range(len(order)), [one_line(labels[key], NAME) for key in order])
        else:
            _draw_driver(axes, rows[rows["driver"] == panel], whole.loc[panel], language)
            _title(axes, labels[panel])
        axes.tick_params(labelsize=TINY, labelbottom=place + across >= len(panels))
        axes.tick_params(axis="y", labelsize=style.SMALL)
    words = {"fontsize": style.SMALL, "fontfamily": style.FONT, "color": style.MUTED}
    sheet.supxlabel(say(f"groups.measure.{measure}", language), **words)
    sheet.suptitle(_key(len(groups), rest, language), x=0.01, ha="left", **words)
    return drawn


def figure_for_groups(groups: int, drivers: int) -> Figure:
    """Return a figure of its own, large enough for the panels."""
    return Figure(figsize=_size(groups, drivers), layout="constrained")


def _notebook_figure(groups: int, drivers: int) -> Figure:
    import matplotlib.pyplot as plt  # noqa: PLC0415  (reports must not touch the global state)

    return plt.figure(figsize=_size(groups, drivers), layout="constrained")


def _size(groups: int, drivers: int) -> tuple[float, float]:
    panels = groups if groups <= MOST else drivers
    height = HEAD + (ROW * drivers if groups <= MOST else OF_DRIVER)
    return style.WIDTH, FOOT + height * -(-panels // _across(panels))


def _across(panels: int) -> int:
    """Return how many panels stand beside each other: four as two by two, others by three."""
    return 2 if panels in (2, 4) else min(panels, ACROSS)


def _key(groups: int, rest: pd.DataFrame | None, language: str) -> str:
    """Return what the marks mean, in lines that fit."""
    kind = "group" if groups <= MOST else "driver"
    told = [say(f"group_charts.panels.{kind}", language, groups=count(groups, language))]
    if kind == "driver":
        told.append(say("group_charts.panels.range", language))
    if groups > DRAWN:
        told.append(say("group_charts.panels.some", language, drawn=count(DRAWN, language)))
    if rest is not None:
        told.append(say("group_charts.panels.marks", language))
    return "\n".join(line for sentence in told for line in wrap(sentence, LINE))


def _compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out what is no group of its own: small groups together have nothing drawn."""
    told = rows["shrunk"].notna().groupby(rows["group"]).transform("any")
    return rows[told]


def _with_marks(rows: pd.DataFrame, rest: pd.DataFrame | None, measure: str) -> pd.DataFrame:
    if rest is None:
        return rows.assign(filled=True)
    found = rest[(rest["measure"] == measure) & rest["stands_out"].astype(bool)]
    out = set(zip(found["group"], found["driver"], strict=True))
    pairs = zip(rows["group"], rows["driver"], strict=True)
    return rows.assign(filled=[pair in out for pair in pairs])


def _draw_group(
    axes: Axes, rows: pd.DataFrame, whole: pd.DataFrame, measure: str, language: str
) -> None:
    """Draw one group: its drivers in the order of all groups."""
    found = rows.set_index("driver").reindex(whole.index)
    heights = np.arange(len(found))
    axes.plot(whole["estimate"], heights, "|", markersize=11, markeredgewidth=1.6, color=style.INK)
    _draw_marks(axes, found, heights, size=5.5)
    ends = found[["shrunk", "shrunk_high"]].max(axis=1).clip(lower=whole["estimate"])
    for height, value, end in zip(heights, found["shrunk"], ends, strict=True):
        if np.isfinite(value):
            axes.annotate(
                shown(value, measure, language),
                (end, height),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=TINY,
                fontfamily=style.FONT,
                color=style.INK,
            )
    axes.set_ylim(-0.6, len(found) - 0.4)
    n = say("group_charts.panels.n", language, n=count(rows["n"].max(), language))
    _title(axes, str(rows["group"].iloc[0]), n)


def _draw_driver(axes: Axes, rows: pd.DataFrame, whole: pd.Series, language: str) -> None:
    """Draw one driver: the groups from low to high, and where a further one would lie if known."""
    ranked = rows.dropna(subset=["shrunk"]).sort_values("shrunk", kind="stable")
    places = np.unique(np.linspace(0, len(ranked) - 1, min(len(ranked), DRAWN)).round().astype(int))
    found = ranked.iloc[places]
    heights = np.arange(len(found))
    if np.isfinite(whole["prediction_low"]):
        ends = (whole["prediction_low"], whole["prediction_high"])
        axes.axvspan(*ends, color=style.FAINT, alpha=0.6)
    axes.axvline(whole["estimate"], color=style.INK, linewidth=1, linestyle=(0, (4, 3)))
    _draw_marks(axes, found, heights, size=max(1.5, 4 - len(found) / 40))
    axes.set_yticks([])
    air = 0.16 * len(found)
    axes.set_ylim(-air - 0.5, len(found) - 0.5 + air)
    if not whole["differs"]:
        _write_end(axes, say("group_charts.panels.alike", language), top=True)
        return
    for end, row in (("highest", -1), ("lowest", 0)):
        text = say(f"group_charts.panels.{end}", language, group=found["group"].iloc[row])
        _write_end(axes, text, top=end == "highest")


def _write_end(axes: Axes, text: str, *, top: bool) -> None:
    """Write in the room above the highest group or below the lowest one."""
    axes.annotate(
        "\n".join(style.label_lines(text, NAME, most=2, longest=NAME)),
        (0.5, 1 if top else 0),
        xycoords="axes fraction",
        xytext=(0, -1 if top else 1),
        textcoords="offset points",
        ha="center",
        va="top" if top else "bottom",
        fontsize=TINY,
        fontfamily=style.FONT,
        color=style.INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
    )


def _draw_marks(axes: Axes, rows: pd.DataFrame, heights: np.ndarray, *, size: float) -> None:
    axes.hlines(
        heights, rows["shrunk_low"], rows["shrunk_high"], color=style.ACCENT, linewidth=size / 3
    )
    filled = rows["filled"].eq(other=True).to_numpy()
    for chosen, face in ((filled, style.ACCENT), (~filled, "white")):
        axes.plot(
            rows["shrunk"][chosen],
            heights[chosen],
            "o",
            markersize=size,
            color=style.ACCENT,
            markerfacecolor=face,
        )


def _title(axes: Axes, name: str, under: str = "") -> None:
    lines = style.label_lines(name, TITLE, most=2, longest=TITLE)
    axes.set_title(
        "\n".join([*lines, under]).strip(),
        loc="left",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.INK,
    )
