"""Draw what more respondents would tell: a curve, what was asked, and where it is enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from cxdrivers.charts import style
from cxdrivers.formatting import count, number, percent
from cxdrivers.wording import say

ROWS = 6


@style.plain_letters()
def draw_planning(
    curve: Mapping[int, float],
    n: int,
    target: float,
    *,
    apart: bool,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw how wide the widest interval is, or the chance to tell two drivers apart.

    Parameters
    ----------
    curve
        Respondents → width, or chance.
    n
        How many are enough.
    target
        The width or the chance that was asked for.
    apart
        Whether it is the chance to tell two drivers apart.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    axes = ax if ax is not None else style.notebook_axes(ROWS)
    style.clear_frame(axes)
    axes.grid(axis="y", color=style.FAINT, linewidth=0.7)
    factor = 1.0 if apart else 0.5
    axes.plot(list(curve), [factor * value for value in curve.values()], color=style.ACCENT)
    axes.axhline(factor * target, color=style.MUTED, linewidth=1.0, linestyle="--")
    axes.plot(n, factor * curve[n], "o", color=style.ACCENT, markersize=9)
    axes.annotate(
        say("planning.mark", language, n=count(n, language)),
        (n, factor * curve[n]),
        xytext=(8, 8 if not apart else -16),
        textcoords="offset points",
        fontsize=style.TEXT,
        fontfamily=style.FONT,
        color=style.INK,
    )
    axes.set_xlim(0, 1.02 * max(curve))
    axes.set_ylim(0, 1.02 if apart else 1.08 * factor * max(curve.values()))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: count(value, language)))
    axes.yaxis.set_major_formatter(
        FuncFormatter(
            lambda value, _: (
                percent(value, language) if apart else number(100 * value, language, digits=0)
            )
        )
    )
    words: dict[str, Any] = {
        "fontsize": style.SMALL,
        "color": style.MUTED,
        "fontfamily": style.FONT,
    }
    axes.set_xlabel(say("planning.axis", language), **words)
    axes.set_ylabel(say(f"planning.{'apart_axis' if apart else 'width_axis'}", language), **words)
    return axes
