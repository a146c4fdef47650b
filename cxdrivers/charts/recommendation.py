"""Draw the share of customers who really recommended, at every score, with the rising curve."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.score_shares import ShareWords, add_legend, draw_score_shares
from cxdrivers.wording import Sentence, say


@style.plain_letters()
def draw_recommendation(
    scores: pd.DataFrame,
    *,
    top: Sentence,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw recommendation by score with its intervals, and the nearest curve that never falls.

    Parameters
    ----------
    scores
        From `RecommendationCurve.tidy`.
    top
        What the top box is called.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    words = ShareWords(
        axis=say("recommendation.chart.axis", language),
        share=say("recommendation.chart.share", language),
        top=say("recommendation.chart.top", language, top=top),
        rest=say("recommendation.chart.rest", language),
    )
    axes = draw_score_shares(scores, words, ax=ax, language=language)
    given = scores[scores["n"] > 0]
    axes.plot(
        given["score"],
        given["isotonic"],
        color=style.MUTED,
        linewidth=1.4,
        linestyle=(0, (4, 3)),
        zorder=1,
        label=say("recommendation.chart.rising", language),
    )
    add_legend(axes)
    return axes
