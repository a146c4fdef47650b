"""The chart of outcomes: its artists say what the table says, at both ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.outcomes import draw_outcomes, rows_of

LABELS = {"a": "Betrouwbaarheid", "b": "Wachttijd"}
TITLES = {
    "mean": "gemiddelde",
    "at_most_5": "5 of lager",
    "at_least_8": "8 of hoger",
    "at_least_10": "10",
}
ENDS = ("at_most_5", "at_least_10")


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("mean", "a", 0.6, 0.55, 0.65, 1),
        ("mean", "b", 0.4, 0.35, 0.45, 2),
        ("at_most_5", "a", 0.45, 0.3, 0.58, 2),
        ("at_most_5", "b", 0.55, 0.42, 0.7, 1),
        ("at_least_8", "a", 0.62, 0.52, 0.72, 1),
        ("at_least_8", "b", 0.38, 0.28, 0.48, 2),
        ("at_least_10", "a", 0.9, 0.78, 1.02, 1),
        ("at_least_10", "b", 0.1, -0.02, 0.22, 2),
    ]
    names = ["outcome", "driver", "share", "share_low", "share_high", "rank"]
    return pd.DataFrame(rows, columns=names)


def drawn(
    table: pd.DataFrame,
    *,
    ends: tuple[str | None, str | None] = ENDS,
    places: dict[str, str] | None = None,
    language: str = "nl",
) -> Axes:
    _, axes = style.figure_for_rows(rows_of(2))
    places = {"a": "more_top", "b": "both"} if places is None else places
    return draw_outcomes(
        table, LABELS, TITLES, ends=ends, places=places, ax=axes, language=language
    )


def spans(axes: Axes) -> set[tuple[float, float]]:
    lines = [found for found in axes.collections if isinstance(found, LineCollection)]
    return {
        (float(segment[0][0]), float(segment[1][0]))
        for found in lines
        for segment in found.get_segments()
    }


def test_drivers_stand_in_the_order_of_the_mean_with_the_largest_on_top(table):
    texts = [label.get_text() for label in drawn(table).get_yticklabels()]
    assert texts == ["Wachttijd", "Betrouwbaarheid"]


def test_both_ends_have_their_intervals_and_the_other_outcomes_have_none(table):
    assert spans(drawn(table)) == {(0.3, 0.58), (0.42, 0.7), (0.78, 1.02), (-0.02, 0.22)}


def test_the_bottom_is_filled_and_the_top_hollow_so_that_grey_paper_keeps_them_apart(table):
    marks = {line.get_label(): line for line in drawn(table).lines}
    assert marks["5 of lager"].get_markerfacecolor() == style.ACCENT
    assert marks["10"].get_markerfacecolor() == "white"
    assert marks["5 of lager"].get_marker() != marks["10"].get_marker()


def test_the_top_stands_above_the_bottom_in_the_row_of_its_driver(table):
    marks = {line.get_label(): np.asarray(line.get_ydata()) for line in drawn(table).lines}
    gaps = marks["10"] - marks["5 of lager"]
    assert (gaps > 0).all()
    assert (gaps < 0.5).all()


def test_the_other_outcomes_are_ticks_in_the_row_of_their_driver(table):
    [ticks] = [line for line in drawn(table).lines if line.get_label() == "de andere uitkomsten"]
    assert sorted(np.asarray(ticks.get_xdata())) == [0.38, 0.4, 0.6, 0.62]
    assert set(np.asarray(ticks.get_ydata())) == {0, 1}


def test_shares_stand_beside_their_marks_in_the_readers_language(table):
    texts = {text.get_text() for text in drawn(table).texts}
    assert {"45\xa0%", "55\xa0%", "90\xa0%", "10\xa0%"} <= texts
    assert drawn(table).get_xlabel() == "aandeel in wat de drivers van elke uitkomst verklaren"


def test_only_a_clear_difference_is_written_beside_its_driver(table):
    texts = [text.get_text() for text in drawn(table).texts]
    assert "meer bovenaan" in texts
    assert "beide kanten" not in texts


def test_words_on_the_right_have_room_beside_the_longest_interval(table):
    with_words, without = drawn(table), drawn(table, places={})
    assert with_words.get_xlim()[1] > 1.2 * without.get_xlim()[1]


def test_without_a_pair_of_ends_the_mean_has_the_intervals(table):
    axes = drawn(table, ends=("at_most_5", None), places={})
    assert spans(axes) == {(0.55, 0.65), (0.35, 0.45)}
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["gemiddelde", "de andere uitkomsten"]


def test_an_outcome_without_resamples_or_shares_leaves_no_mark(table):
    table.loc[table["outcome"] == "at_least_10", ["share", "share_low", "share_high"]] = np.nan
    axes = drawn(table, places={})
    texts = [text.get_text() for text in axes.texts]
    assert texts == ["45\xa0%", "55\xa0%"]


def test_a_long_name_takes_two_lines_at_most(table):
    labels = LABELS | {"a": "Betrouwbaarheid van de afspraken die wij met u hebben gemaakt"}
    _, axes = style.figure_for_rows(4)
    draw_outcomes(table, labels, TITLES, ends=ENDS, places={}, ax=axes)
    assert axes.get_yticklabels()[1].get_text().count("\n") == 1
