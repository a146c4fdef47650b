"""Draw calibration: what was predicted against what happened."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from cxdrivers.charts import style
from cxdrivers.formatting import level_percent, percent
from cxdrivers.wording import say

ROWS = 9
SPIKES = 100
SPIKE_HEIGHT = 0.12
SPIKE_FLOOR = -0.18
NOTHING = 1e-9

FloatArray = NDArray[np.float64]


@style.plain_letters()
def draw_calibration(
    table: pd.DataFrame,
    chances: FloatArray,
    *,
    masses: FloatArray | None = None,
    ax: Axes | None = None,
    level: float = 0.95,
    language: str = "en",
) -> Axes:
    """Draw the share that reached the threshold in groups by predicted chance.

    On the dashed line the chances are right. The spikes below say how often each chance occurs.

    Parameters
    ----------
    table
        The curve: `predicted`, `observed`, `conf_low`, `conf_high`.
    chances
        Shape ``(n,)``: the predicted chances.
    masses
        Shape ``(n,)``: how much each respondent counts; None when all count the same.
    ax
        Where to draw; without it a new figure that a notebook shows.
    level
        Of the intervals.
    language
        Of words and numbers.
    """
    axes = ax if ax is not None else style.notebook_axes(ROWS)
    style.clear_frame(axes)
    axes.grid(axis="y", color=style.FAINT, linewidth=0.7)
    axes.plot([0, 1], [0, 1], color=style.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    axes.vlines(
        table["predicted"], table["conf_low"], table["conf_high"], color=style.ACCENT, linewidth=2.2
    )
    axes.plot(table["predicted"], table["observed"], "o", markersize=8, color=style.ACCENT)
    _draw_spikes(axes, chances, masses, language)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(SPIKE_FLOOR - 0.01, 1.02)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.2))
        axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, language)))
    words: dict[str, Any] = {
        "fontsize": style.SMALL,
        "color": style.MUTED,
        "fontfamily": style.FONT,
    }
    axes.set_xlabel(say("validation.chart.predicted", language), **words)
    axes.set_ylabel(say("validation.chart.observed", language), **words)
    key = say("validation.chart.key", language, level=level_percent(level, language))
    axes.set_title(key, loc="left", **words)
    return axes


def _draw_spikes(axes: Axes, chances: FloatArray, masses: FloatArray | None, language: str) -> None:
    sums, edges = np.histogram(chances, bins=SPIKES, range=(0, 1), weights=masses)
    seen = sums > 0
    axes.vlines(
        (edges[:-1] + edges[1:])[seen] / 2,
        SPIKE_FLOOR,
        SPIKE_FLOOR + SPIKE_HEIGHT * sums[seen] / sums.max(),
        color=style.MUTED,
        linewidth=1.6,
    )
    axes.annotate(
        say("validation.chart.spikes", language),
        (0.5, -0.005),
        xytext=(0, -3),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=style.SMALL,
        fontfamily=style.FONT,
        color=style.MUTED,
    )


def _tick(value: float, language: str) -> str:
    return "" if value < -NOTHING else percent(value, language)
