"""The chart of mentions by score: its artists say what the table says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.agent_link import draw_agent_link
from cxdrivers.charts.score_shares import ROWS
from cxdrivers.wording import sentence


@pytest.fixture
def scores() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "score": [6.0, 7.0, 8.0, 9.0],
            "top": [False, False, True, True],
            "n": [10, 0, 1200, 40],
            "estimate": [0.1, np.nan, 0.5, 1.0],
            "conf_low": [0.02, np.nan, 0.47, 0.91],
            "conf_high": [0.4, np.nan, 0.53, 1.0],
        }
    )


def drawn(scores: pd.DataFrame, language: str = "nl") -> Axes:
    _, axes = style.figure_for_rows(ROWS)
    top = sentence("score_points.range", low=8.0, high=10.0)
    return draw_agent_link(scores, top=top, ax=axes, language=language)


def test_every_score_has_its_place_and_the_number_of_customers_below_it(scores):
    axes = drawn(scores)
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "6\n10", "7\n0", "8\n1\xa0200", "9\n40",
    ]  # fmt: skip
    assert axes.get_xlabel() == "cijfer, met daaronder het aantal klanten"
    assert axes.get_ylabel() == "aandeel dat een medewerker noemt"


def test_every_share_has_its_interval(scores):
    lines = [found for found in drawn(scores).collections if isinstance(found, LineCollection)]
    spans = {
        (float(part[0][0]), float(part[0][1]), float(part[1][1]))
        for found in lines
        for part in found.get_segments()
    }
    assert spans == {(6, 0.02, 0.4), (8, 0.47, 0.53), (9, 0.91, 1.0)}


def test_the_top_box_is_filled_and_lower_scores_are_hollow_so_that_grey_paper_keeps_them_apart(
    scores,
):
    marks = {line.get_label(): line for line in drawn(scores, "en").lines}
    assert marks["8–10"].get_markerfacecolor() == style.ACCENT
    assert marks["lower scores"].get_markerfacecolor() == "white"
    assert list(marks["8–10"].get_ydata()) == [0.5, 1.0]


def test_shares_stand_above_their_intervals_and_fit_in_the_chart(scores):
    axes = drawn(scores)
    texts = {text.get_text(): text.xy for text in axes.texts}
    assert texts == {"10\xa0%": (6, 0.4), "50\xa0%": (8, 0.53), "100\xa0%": (9, 1.0)}
    assert axes.get_ylim()[1] > 1.1
    assert axes.get_ylim()[0] < 0


def test_no_share_beyond_everybody_is_on_the_axis(scores):
    axes = drawn(scores)
    axes.figure.canvas.draw()
    shown = [label.get_text() for label in axes.get_yticklabels() if label.get_text()]
    assert shown[0] == "0\xa0%"
    assert shown[-1] == "100\xa0%"


def test_many_scores_are_not_crowded_with_numbers():
    many = pd.DataFrame(
        {
            "score": np.arange(0.0, 20),
            "top": np.arange(20) > 15,
            "n": 5,
            "estimate": 0.5,
            "conf_low": 0.2,
            "conf_high": 0.8,
        }
    )
    axes = drawn(many)
    assert not axes.texts
    assert axes.get_xticklabels()[3].get_text() == "3"


def test_only_high_scores_leave_only_their_marks(scores):
    axes = drawn(scores[scores["top"]])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["8–10"]
