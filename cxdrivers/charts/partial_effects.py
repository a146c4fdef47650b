"""Draw what each driver goes with over its range: a panel a driver, all with one height."""

from __future__ import annotations

from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.charts import style
from cxdrivers.formatting import number
from cxdrivers.wording import say

COLUMNS = 3
PANEL_HEIGHT = 1.75
FEW_TICKS = 5
TITLE = 24
"""How many letters of a name fit above a panel in a line."""
EMPTY = 0.1


@style.plain_letters()
def draw_curves(
    table: pd.DataFrame,
    labels: dict[str, str],
    *,
    outcome: str,
    figure: Figure | None = None,
    language: str = "en",
) -> Figure:
    """Draw a curve that never falls for each driver, with the band of its resamples.

    Parameters
    ----------
    table
        The curves: `driver`, `value`, `estimate`, `conf_low`, `conf_high`.
    labels
        What the drivers are called, by key.
    outcome
        What the outcome is called.
    figure
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    drivers = table["driver"].unique().tolist()
    drawn = figure if figure is not None else _notebook_figure(len(drivers))
    rows = ceil(len(drivers) / COLUMNS)
    panels = drawn.subplots(rows, COLUMNS, sharey=True, squeeze=False)
    ends = table[["estimate", "conf_low", "conf_high"]].to_numpy(np.float64)
    low, high = float(np.nanmin(ends, initial=-EMPTY)), float(np.nanmax(ends, initial=EMPTY))
    for axes, driver in zip(panels.flat, drivers, strict=False):
        _draw_curve(axes, table[table["driver"] == driver], labels[driver], language)
        axes.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
    for axes in panels.flat[len(drivers) :]:
        axes.set_axis_off()
    drawn.supylabel(
        say("shapes.chart.curves_axis", language, outcome=outcome),
        fontsize=style.SMALL,
        color=style.MUTED,
        fontfamily=style.FONT,
    )
    return drawn


def figure_of_panels(drivers: int) -> Figure:
    """Return a figure of its own, high enough for so many panels."""
    return Figure(figsize=_size(drivers), layout="constrained")


def _notebook_figure(drivers: int) -> Figure:
    import matplotlib.pyplot as plt  # noqa: PLC0415  (reports must not touch the global state)

    figure: Figure = plt.figure(figsize=_size(drivers), layout="constrained")
    return figure


def _size(drivers: int) -> tuple[float, float]:
    return style.WIDTH, 0.4 + PANEL_HEIGHT * ceil(drivers / COLUMNS)


def _draw_curve(axes: Axes, rows: pd.DataFrame, label: str, language: str) -> None:
    style.clear_frame(axes)
    axes.tick_params(axis="y", labelsize=style.SMALL, labelcolor=style.MUTED)
    axes.axhline(0, color=style.MUTED, linewidth=0.8)
    axes.fill_between(
        rows["value"], rows["conf_low"], rows["conf_high"], color=style.FAINT, linewidth=0
    )
    axes.plot(rows["value"], rows["estimate"], color=style.ACCENT, linewidth=2.0)
    axes.set_title(
        "\n".join(style.label_lines(label, TITLE, most=2, longest=TITLE)),
        loc="left",
        fontsize=style.SMALL,
        color=style.INK,
        fontfamily=style.FONT,
    )
    axes.xaxis.set_major_locator(MaxNLocator(FEW_TICKS, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{_shown(value, language)}"))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(value, language, digits=1))
    )


def _shown(value: float, language: str) -> str:
    return number(value, language, digits=0 if float(value).is_integer() else 1)
