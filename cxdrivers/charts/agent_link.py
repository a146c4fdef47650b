"""Draw the share of customers who mention an employee, at every score."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts.score_shares import ShareWords, add_legend, draw_score_shares
from cxdrivers.charts.style import plain_letters
from cxdrivers.wording import Sentence, say


@plain_letters()
def draw_agent_link(
    scores: pd.DataFrame,
    *,
    top: Sentence,
    ax: Axes | None = None,
    language: str = "en",
) -> Axes:
    """Draw mentions by score with their intervals, the top box filled.

    Parameters
    ----------
    scores
        From `AgentLink.tidy`.
    top
        What the top box is called.
    ax
        Where to draw; without it a new figure that a notebook shows.
    language
        Of words and numbers.
    """
    words = ShareWords(
        axis=say("agent_link.chart.axis", language),
        share=say("agent_link.chart.share", language),
        top=say("agent_link.chart.top", language, top=top),
        rest=say("agent_link.chart.rest", language),
    )
    axes = draw_score_shares(scores, words, ax=ax, language=language)
    add_legend(axes)
    return axes
