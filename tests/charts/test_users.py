"""The chart of users: its artists say what the table says, users above everybody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.users import draw_users, rows_of

LABELS = {"a": "Keuzemenu", "b": "Wachttijd"}
WORDS = {"a": "0,30 [0,10; 0,50]", "b": "–"}


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("a", "everybody", 0.05, 0.03, 0.07),
        ("a", "users", 0.12, 0.08, 0.16),
        ("b", "everybody", 0.2, 0.15, 0.25),
        ("b", "users", np.nan, np.nan, np.nan),
    ]
    return pd.DataFrame(rows, columns=["driver", "among", "share", "share_low", "share_high"])


def drawn(table: pd.DataFrame, language: str = "nl") -> Axes:
    _, axes = style.figure_for_rows(rows_of(2))
    beside = ("niet meegemaakt", WORDS)
    return draw_users(table, LABELS, beside=beside, ax=axes, language=language)


def test_the_largest_share_among_users_is_on_top_and_who_has_none_is_below(table):
    assert [label.get_text() for label in drawn(table).get_yticklabels()] == [
        "Wachttijd",
        "Keuzemenu",
    ]


def test_both_groups_have_their_intervals(table):
    lines = [found for found in drawn(table).collections if isinstance(found, LineCollection)]
    spans = {
        (float(segment[0][0]), float(segment[1][0]))
        for found in lines
        for segment in found.get_segments()
        if len(segment)
    }
    assert {(0.03, 0.07), (0.08, 0.16), (0.15, 0.25)} <= spans


def test_users_are_filled_and_everybody_is_hollow_so_that_grey_paper_keeps_them_apart(table):
    marks = {line.get_label(): line for line in drawn(table).lines}
    assert marks["onder gebruikers"].get_markerfacecolor() == style.ACCENT
    assert marks["onder iedereen"].get_markerfacecolor() == "white"
    gaps = (
        np.asarray(marks["onder gebruikers"].get_ydata())[0]
        - np.asarray(marks["onder iedereen"].get_ydata())[0]
    )
    assert 0 < gaps < 0.5


def test_not_having_met_a_driver_is_written_in_its_row_under_a_heading(table):
    texts = {text.get_text(): text.xy[1] for text in drawn(table).texts}
    assert texts["0,30 [0,10; 0,50]"] == 1
    assert texts["–"] == 0
    assert texts["niet meegemaakt"] > 1


def test_shares_stand_beside_their_marks_and_what_is_not_there_leaves_no_text(table):
    texts = [text.get_text() for text in drawn(table).texts]
    assert [text for text in texts if "%" in text] == ["12\xa0%", "5\xa0%", "20\xa0%"]
    assert drawn(table).get_xlabel() == "aandeel in wat de drivers verklaren"


def test_words_on_the_right_have_room_beside_the_longest_interval(table):
    assert drawn(table).get_xlim()[1] > 1.4 * 0.25


def test_without_resamples_the_shares_stand_alone(table):
    table[["share_low", "share_high"]] = np.nan
    texts = [text.get_text() for text in drawn(table, "en").texts]
    assert "12\xa0%" in texts
    assert drawn(table, "en").get_xlabel() == "share of what the drivers explain"
