"""Draw the chain from mention to recommendation: two ways, each with its numbers."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from cxdrivers.answers.advocacy.advocacy_tables import DIRECT, INDIRECT, TOTAL
from cxdrivers.charts import style
from cxdrivers.formatting import MISSING, interval, number, percent
from cxdrivers.wording import Sentence, say

ROWS = 6
WIDTH, HEIGHT = 2.9, 0.9
MENTION, TOP, RECOMMENDED = (1.5, 1.55), (5.0, 4.3), (8.5, 1.55)
"""The middles of the three boxes, on a sheet of ten by six."""
SHEET = (10.0, 6.0)


@style.plain_letters()
def draw_advocacy(
    effects: pd.DataFrame,
    steps: pd.DataFrame,
    *,
    top: Sentence,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw mention, high score and recommendation, with what goes along each way.

    Parameters
    ----------
    effects
        The tidy table of a chain: `effect`, `estimate`, `conf_low`, `conf_high`.
    steps
        Its steps: `step`, `mention`, `top`, `estimate`.
    top
        What the top box is called.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    axes = ax if ax is not None else style.notebook_axes(ROWS)
    axes.set_axis_off()
    axes.set_xlim(0, SHEET[0])
    axes.set_ylim(0, SHEET[1])
    for place, name in ((MENTION, "mention"), (TOP, "top"), (RECOMMENDED, "recommended")):
        _box(axes, place, say(f"advocacy.chart.{name}", language, top=top))
    half = HEIGHT / 2
    _arrow(axes, (MENTION[0], MENTION[1] + half), (TOP[0] - WIDTH / 2, TOP[1]), style.ACCENT)
    _arrow(
        axes, (TOP[0] + WIDTH / 2, TOP[1]), (RECOMMENDED[0], RECOMMENDED[1] + half), style.ACCENT
    )
    _arrow(
        axes,
        (MENTION[0] + WIDTH / 2, MENTION[1]),
        (RECOMMENDED[0] - WIDTH / 2, RECOMMENDED[1]),
        style.INK,
    )
    facts = shown_facts(effects, steps, language)
    _write(axes, (2.3, 3.35), say("advocacy.chart.to_top", language, **facts), ha="right")
    _write(axes, (7.7, 3.35), say("advocacy.chart.to_recommended", language, **facts), ha="left")
    for place, name, colour in (
        ((5.0, 5.25), INDIRECT, style.ACCENT),
        ((5.0, 2.0), DIRECT, style.INK),
        ((5.0, 0.4), TOTAL, style.INK),
    ):
        text = say(f"advocacy.chart.{name}", language, size=facts[name])
        _write(axes, place, text, colour=colour, size=style.TEXT)
    return axes


def shown_facts(effects: pd.DataFrame, steps: pd.DataFrame, language: str) -> dict[str, str]:
    """Return the numbers of the chart as they are written, by name."""
    columns = ["effect", "estimate", "conf_low", "conf_high"]
    names = ("without", "with", "neither", "top_only", "mention_only", "both")
    facts = {
        name: percent(chance, language)
        for name, chance in zip(names, steps["estimate"], strict=True)
    }
    for effect, estimate, low, high in effects[columns].itertuples(index=False):
        ends = interval(100 * low, 100 * high, language, digits=1)
        middle = number(100 * estimate, language, digits=1)
        facts[effect] = middle if ends == MISSING else f"{middle} {ends}"
    return facts


def _box(axes: Axes, middle: tuple[float, float], text: str) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (middle[0] - WIDTH / 2, middle[1] - HEIGHT / 2),
            WIDTH,
            HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.15",
            facecolor="white",
            edgecolor=style.MUTED,
            linewidth=1.2,
        )
    )
    _write(axes, middle, style.axis_label(text), size=style.TEXT)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=14,
            linewidth=1.6,
            color=colour,
            shrinkA=2,
            shrinkB=2,
        )
    )


def _write(
    axes: Axes,
    place: tuple[float, float],
    text: str,
    *,
    colour: str = style.INK,
    size: float = style.SMALL,
    ha: str = "center",
) -> None:
    axes.text(*place, text, ha=ha, va="center", color=colour, fontsize=size, fontfamily=style.FONT)
