"""The chart of calibration: its artists say what the curve says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.calibration import draw_calibration

CHANCES = np.array([0.105, 0.105, 0.105, 0.405, 0.905])


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "predicted": [0.1, 0.4, 0.9],
            "observed": [0.2, 0.35, 0.8],
            "conf_low": [0.1, 0.2, 0.6],
            "conf_high": [0.3, 0.5, 0.95],
            "n": [3, 1, 1],
        }
    )


def drawn(table: pd.DataFrame, **settings) -> Axes:
    _, axes = style.figure_for_rows(9)
    return draw_calibration(table, CHANCES, ax=axes, **settings)


def lines_up(axes: Axes, colour: str) -> list[tuple[float, float, float]]:
    """Return where vertical lines of a colour stand, and from where to where they go."""
    from matplotlib.colors import to_rgba

    return [
        (segment[0][0], segment[0][1], segment[1][1])
        for lines in axes.collections
        if isinstance(lines, LineCollection) and tuple(lines.get_color()[0]) == to_rgba(colour)
        for segment in lines.get_segments()
    ]


def test_every_group_has_its_dot_and_its_interval(table):
    axes = drawn(table)
    [dots] = [line for line in axes.lines if line.get_marker() == "o"]
    assert np.asarray(dots.get_xdata()).tolist() == [0.1, 0.4, 0.9]
    assert np.asarray(dots.get_ydata()).tolist() == [0.2, 0.35, 0.8]
    assert lines_up(axes, style.ACCENT) == [(0.1, 0.1, 0.3), (0.4, 0.2, 0.5), (0.9, 0.6, 0.95)]


def test_a_dashed_line_says_where_chances_are_right(table):
    [line] = [line for line in drawn(table).lines if line.get_marker() == "None"]
    assert np.asarray(line.get_xdata()).tolist() == np.asarray(line.get_ydata()).tolist() == [0, 1]
    assert line.get_linestyle() == "--"


def test_the_spikes_say_how_often_each_chance_was_predicted(table):
    spikes = lines_up(drawn(table), style.MUTED)
    assert [place for place, _, _ in spikes] == pytest.approx(CHANCES[2:], abs=1e-9)
    heights = [top - foot for _, foot, top in spikes]
    assert heights == pytest.approx([heights[0], heights[0] / 3, heights[0] / 3])
    assert all(top < 0 for _, _, top in spikes)


def test_respondents_who_count_more_make_higher_spikes(table):
    spikes = lines_up(drawn(table, masses=np.array([1.0, 1, 1, 6, 3])), style.MUTED)
    heights = [top - foot for _, foot, top in spikes]
    assert heights == pytest.approx([heights[1] / 2, heights[1], heights[1] / 2])


def test_words_and_numbers_are_the_readers(table):
    english, dutch = drawn(table, level=0.9), drawn(table, language="nl")
    assert english.get_xlabel() == "predicted chance"
    assert english.get_ylabel() == "share that reaches the threshold"
    assert "with its 90\xa0% interval · dashed line" in english.get_title(loc="left")
    assert "met haar 95\xa0%-interval" in dutch.get_title(loc="left")
    assert dutch.get_ylabel() == "aandeel dat de drempel haalt"
    assert [text.get_text() for text in dutch.texts] == ["hoe vaak elke kans is voorspeld"]
    assert english.yaxis.get_major_formatter()(0.2, 0) == "20\xa0%"
    assert english.yaxis.get_major_formatter()(-0.2, 0) == ""


def test_without_axes_it_makes_its_own(table):
    import matplotlib.pyplot as plt

    axes = draw_calibration(table, CHANCES)
    assert axes.get_xlim()[1] > 1
    plt.close(axes.figure)
