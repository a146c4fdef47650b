"""Draw the share of customers at every score: a mark with its interval, and the base below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxdrivers.charts import style
from cxdrivers.charts.chart_words import write_key
from cxdrivers.formatting import count, number, percent

ROWS = 7
HEADROOM = 1.12
"""How much higher than the highest interval the chart is, for the share written above it."""
FLOOR = -0.04
"""How far below zero the chart begins, so that a mark at zero is whole."""
CROWDED = 12
"""From so many scores on, shares and bases are not written beside them all."""


@dataclass(frozen=True)
class ShareWords:
    """What a chart of shares says: below and beside the axes, and of its two kinds of marks."""

    axis: str
    share: str
    top: str
    rest: str


@style.plain_letters()
def draw_score_shares(
    scores: pd.DataFrame,
    words: ShareWords,
    *,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw the share at every score with its interval, filled in the top box.

    Parameters
    ----------
    scores
        The tidy table: `score`, `top`, `n`, `estimate`, `conf_low`, `conf_high`. A score that
        nobody gave keeps its place.
    words
        What the axes and the marks are called.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    axes = ax if ax is not None else style.notebook_axes(ROWS)
    style.clear_frame(axes)
    axes.grid(visible=False, axis="x")
    axes.grid(axis="y", color=style.FAINT, linewidth=0.7)
    given = scores[scores["n"] > 0]
    for top, colour, face, label in (
        (False, style.INK, "white", words.rest),
        (True, style.ACCENT, style.ACCENT, words.top),
    ):
        rows = given[given["top"] == top]
        if rows.empty:
            continue
        axes.vlines(rows["score"], rows["conf_low"], rows["conf_high"], color=colour, linewidth=2)
        axes.plot(
            rows["score"],
            rows["estimate"],
            "o",
            markersize=8,
            color=colour,
            markerfacecolor=face,
            label=label,
        )
    if len(scores) <= CROWDED:
        _write_shares(axes, given, language)
    _lay_out(axes, scores, words, language)
    return axes


def add_legend(axes: Axes) -> None:
    """Name the marks above the chart, on the left."""
    write_key(axes)


def _write_shares(axes: Axes, given: pd.DataFrame, language: str) -> None:
    ends = given[["estimate", "conf_high"]].max(axis=1)
    for score, share, end in zip(given["score"], given["estimate"], ends, strict=True):
        axes.annotate(
            percent(share, language),
            (score, end),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=style.SMALL,
            fontfamily=style.FONT,
            color=style.INK,
        )


def _lay_out(axes: Axes, scores: pd.DataFrame, words: ShareWords, language: str) -> None:
    axes.set_xlim(scores["score"].min() - 0.6, scores["score"].max() + 0.6)
    highest = float(np.nanmax(scores[["estimate", "conf_high"]].to_numpy(), initial=0.1))
    axes.set_ylim(FLOOR * highest, HEADROOM * highest)
    crowded = len(scores) > CROWDED
    ticks = [
        number(score, language, digits=0) + ("" if crowded else f"\n{count(n, language)}")
        for score, n in zip(scores["score"], scores["n"], strict=True)
    ]
    axes.set_xticks(scores["score"], ticks)
    axes.tick_params(axis="y", labelsize=style.SMALL, labelcolor=style.MUTED)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: percent(value, language) if 0 <= value <= 1 else "")
    )
    names: dict[str, Any] = {
        "fontsize": style.SMALL,
        "color": style.MUTED,
        "fontfamily": style.FONT,
    }
    axes.set_xlabel(words.axis, **names)
    axes.set_ylabel(words.share, **names)
