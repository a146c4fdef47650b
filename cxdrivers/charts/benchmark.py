"""Draw one client among others: a row a driver, the others behind it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import mark_percent, write_axis, write_key
from cxdrivers.errors import CxError, nearest
from cxdrivers.formatting import number, percent
from cxdrivers.wording import say

MEAN, WEIGHT = MEASURES = ("mean", "weight")
BAND = 11
"""Width of the range behind a weight, in points."""
STRIP = 0.22
"""Half the height of another client's stroke, in rows."""
ROOM = 0.14
"""How much wider than the marks the chart is, for the words beside them."""


@style.plain_letters()
def draw_benchmark(
    table: pd.DataFrame,
    field: pd.DataFrame,
    labels: dict[str, str],
    *,
    measure: str = MEAN,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw a client's performance or weights with intervals, among those of the other clients.

    Parameters
    ----------
    table
        The tidy table of a place in a benchmark.
    field
        The others, one row a client and driver: `driver`, `mean`.
    labels
        What the drivers are called, by key.
    measure
        ``mean``: a stroke for each other client; the driver with the most clients below it is on
        top. ``weight``: a band where one more client would usually lie, a stroke for the
        others on average, and hollow what the weight is in their light; the heaviest is on top.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.

    Raises
    ------
    CxError
        For another measure.
    """
    if measure not in MEASURES:
        near = nearest(measure, MEASURES)
        raise CxError("benchmark_measure", measure=measure, near=near, known=MEASURES)
    by = "percentile" if measure == MEAN else "estimate"
    rows = table.sort_values(by, kind="stable", na_position="first").reset_index(drop=True)
    axes = ax if ax is not None else style.notebook_axes(rows_of(len(rows)))
    style.clear_frame(axes)
    if measure == MEAN:
        drawn = _draw_performance(axes, rows, field, language)
    else:
        drawn = _draw_weights(axes, rows, language)
    _fit(axes, rows, labels, drawn)
    write_axis(axes, say(f"benchmark.chart.axis_{measure}", language))
    write_key(axes, most=2)
    return axes


def rows_of(drivers: int) -> int:
    """Return how many rows of labels the chart is as high as: the legend takes two."""
    return drivers + 2


def _draw_performance(
    axes: Axes, rows: pd.DataFrame, field: pd.DataFrame, language: str
) -> list[float]:
    """Draw the strip of the others and the client on it; return all that is drawn."""
    heights = field["driver"].map({name: row for row, name in enumerate(rows["driver"])})
    axes.vlines(
        field["mean"],
        heights - STRIP,
        heights + STRIP,
        color=style.MUTED,
        linewidth=1.0,
        label=say("benchmark.chart.others", language),
    )
    _draw_client(axes, rows, ("mean", "mean_low", "mean_high"), language)
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(value, language, digits=0))
    )
    furthest = rows["driver"].map(field.groupby("driver")["mean"].max())
    ends = rows[["mean", "mean_high"]].assign(furthest=furthest).max(axis=1)
    _write(axes, ends.where(rows["mean"].notna()), _scores(rows, language))
    return [*field["mean"], *rows[["mean", "mean_low", "mean_high"]].to_numpy().ravel()]


def _draw_weights(axes: Axes, rows: pd.DataFrame, language: str) -> list[float]:
    """Draw the field's range, its average and the client; return all that is drawn."""
    heights = np.arange(len(rows), dtype=np.float64)
    axes.axvline(0, color=style.MUTED, linewidth=0.8)
    axes.hlines(
        heights,
        rows["prediction_low"],
        rows["prediction_high"],
        color=style.FAINT,
        linewidth=BAND,
        label=say("benchmark.chart.usual", language),
    )
    axes.vlines(
        rows["field_estimate"],
        heights - STRIP,
        heights + STRIP,
        color=style.INK,
        linewidth=1.4,
        label=say("benchmark.chart.field", language),
    )
    _draw_client(axes, rows, ("estimate", "conf_low", "conf_high"), language)
    axes.plot(
        rows["shrunk"],
        heights,
        "o",
        color=style.ACCENT,
        markerfacecolor="white",
        markersize=5,
        label=say("benchmark.chart.shrunk", language),
    )
    mark_percent(axes.xaxis, language)
    shown = [percent(value, language, digits=1) for value in rows["estimate"]]
    ends = rows[["conf_high", "prediction_high", "estimate"]].max(axis=1)
    _write(axes, ends.where(rows["estimate"].notna()), shown)
    names = ["prediction_low", "prediction_high", "conf_low", "conf_high", "estimate", "shrunk"]
    return [0.0, *rows[names].to_numpy().ravel()]


def _draw_client(
    axes: Axes, rows: pd.DataFrame, names: tuple[str, str, str], language: str
) -> None:
    middle, low, high = names
    heights = np.arange(len(rows), dtype=np.float64)
    axes.hlines(heights, rows[low], rows[high], color=style.ACCENT, linewidth=2.2)
    label = say("benchmark.chart.client", language)
    axes.plot(rows[middle], heights, "o", color=style.ACCENT, markersize=8, label=label)


def _scores(rows: pd.DataFrame, language: str) -> list[str]:
    return [number(value, language, digits=0) for value in rows["mean"]]


def _write(axes: Axes, ends: pd.Series, texts: list[str]) -> None:
    """Write beside the end of each row what the client has there."""
    for height, (end, text) in enumerate(zip(ends, texts, strict=True)):
        if np.isfinite(end):
            axes.annotate(
                text,
                (end, height),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=style.TEXT,
                fontfamily=style.FONT,
                color=style.ACCENT,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )


def _fit(axes: Axes, rows: pd.DataFrame, labels: dict[str, str], drawn: list[float]) -> None:
    axes.set_yticks(range(len(rows)), [style.axis_label(labels[key]) for key in rows["driver"]])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    known = np.array([value for value in drawn if np.isfinite(value)])
    if known.size:
        least, most = float(known.min()), float(known.max())
        width = most - least or 1.0
        axes.set_xlim(least - 0.04 * width, most + ROOM * width)
