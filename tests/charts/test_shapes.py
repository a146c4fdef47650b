"""The chart of penalties and rewards: its artists say what the table says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.shapes import draw_shapes, rows_of

LABELS = {"a": "Betrouwbaarheid", "b": "Wachttijd", "c": "Keuzemenu"}


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("a", -0.8, -1.0, -0.6, 0.7, 0.5, 0.9, -0.07, "hybrid"),
        ("b", -0.5, -0.7, -0.3, 0.1, -0.1, 0.3, -0.67, "dissatisfier"),
        ("c", 0.0, -0.2, 0.2, np.nan, np.nan, np.nan, np.nan, "undecided"),
    ]
    names = [
        "driver", "penalty", "penalty_low", "penalty_high", "reward", "reward_low", "reward_high",
        "asymmetry", "verdict",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def drawn(table: pd.DataFrame, language: str = "nl", labels: dict[str, str] = LABELS) -> Axes:
    _, axes = style.figure_for_rows(rows_of(len(table)))
    return draw_shapes(table, labels, outcome="tevredenheid", ax=axes, language=language)


def test_dissatisfiers_stand_on_top_and_undecided_drivers_at_the_bottom(table):
    texts = [label.get_text() for label in drawn(table).get_yticklabels()]
    assert texts == ["Keuzemenu", "Betrouwbaarheid", "Wachttijd"]


def test_bars_reach_from_nil_to_the_penalty_and_to_the_reward(table):
    lengths = [bar.get_width() for bar in drawn(table).patches]
    assert lengths == [0.0, -0.8, -0.5, 0.0, 0.7, 0.1]


def test_bars_to_the_same_side_stand_above_each_other_so_that_neither_hides_the_other(table):
    both = table.assign(reward=[-0.4, 0.1, np.nan])
    penalties, rewards = np.split(np.array(drawn(both).patches), 2)
    below, above = rewards[1], penalties[1]
    assert below.get_width() == -0.4
    assert below.get_y() + below.get_height() <= above.get_y() + 1e-9
    assert penalties[2].get_y() == rewards[2].get_y()


def test_penalties_are_filled_and_rewards_hollow_so_that_grey_paper_keeps_them_apart(table):
    penalties, rewards = drawn(table).containers
    assert penalties[0].get_facecolor() != rewards[0].get_facecolor()
    assert rewards[0].get_facecolor() == (1.0, 1.0, 1.0, 1.0)


def test_both_have_their_intervals_which_never_lie_on_each_other(table):
    lines = [found for found in drawn(table).collections if isinstance(found, LineCollection)]
    segments = [part for found in lines for part in found.get_segments() if np.ndim(part) == 2]
    spans = {tuple(round(float(x), 6) for x in segment[:, 0]) for segment in segments}
    assert {(-1.0, -0.6), (-0.7, -0.3), (0.5, 0.9), (-0.1, 0.3)} <= spans
    heights = [float(segment[0][1]) for segment in segments if np.isfinite(segment).all()]
    assert len(set(heights)) == len(heights)


def test_the_class_stands_beside_its_driver_in_the_readers_language(table):
    texts = [text.get_text() for text in drawn(table).texts]
    assert texts == ["onbeslist", "hybride", "dissatisfier"]
    assert drawn(table, "en").texts[0].get_text() == "undecided"


def test_words_on_the_right_have_room_beside_the_longest_interval(table):
    assert drawn(table).get_xlim()[1] > 1.4 * 0.9


def test_the_axis_names_the_outcome(table):
    assert drawn(table).get_xlabel().startswith("verschil in tevredenheid, vergeleken met")


def test_a_survey_without_resamples_is_drawn_too(table):
    bare = table.assign(penalty_low=np.nan, penalty_high=np.nan, reward_low=np.nan)
    assert len(drawn(bare).patches) == 6


def test_a_long_name_takes_two_lines_at_most(table):
    labels = LABELS | {"b": "Wachttijd aan de telefoon voordat iemand van ons opnam"}
    assert drawn(table, labels=labels).get_yticklabels()[2].get_text().count("\n") == 1
