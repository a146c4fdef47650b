"""The chart of recommendation by score: its curve is the table's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.charts import style
from cxdrivers.charts.recommendation import draw_recommendation
from cxdrivers.charts.score_shares import ROWS
from cxdrivers.wording import sentence


@pytest.fixture
def scores() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "score": [6.0, 7.0, 8.0, 9.0],
            "top": [False, False, True, True],
            "n": [10, 0, 120, 40],
            "estimate": [0.3, np.nan, 0.1, 0.4],
            "conf_low": [0.1, np.nan, 0.05, 0.3],
            "conf_high": [0.6, np.nan, 0.2, 0.5],
            "isotonic": [0.12, np.nan, 0.12, 0.4],
        }
    )


@pytest.mark.parametrize(
    ("language", "label", "axis"),
    [
        ("en", "nearest curve that never falls", "share that really recommended"),
        ("nl", "de naaste curve die nooit daalt", "aandeel dat echt heeft aanbevolen"),
    ],
)
def test_the_curve_goes_through_the_scores_that_were_given(scores, language, label, axis):
    _, axes = style.figure_for_rows(ROWS)
    top = sentence("score_points.from", threshold=8.0)
    draw_recommendation(scores, top=top, ax=axes, language=language)
    curve = next(line for line in axes.lines if line.get_label() == label)
    assert list(curve.get_xdata()) == [6, 8, 9]
    assert list(curve.get_ydata()) == [0.12, 0.12, 0.4]
    assert axes.get_ylabel() == axis
    named = [text.get_text() for text in axes.get_legend().get_texts()]
    assert named[1:] == ["8 or higher" if language == "en" else "8 of hoger", label]
