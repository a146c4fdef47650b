"""The chart of scenarios: bars hang on the line of today, and the words stand clear of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from cxdrivers.charts import style
from cxdrivers.charts.scenarios import draw_scenarios, rows_of

TITLES = {
    "a": "Training van alle medewerkers in gespreksvoering en samenvatten",
    "b": "Wachttijd",
    "c": "Bezuiniging",
}
WORDS = ("gemiddelde van tevredenheid, als het verband oorzakelijk is", "verschil (95 %)")


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("c", "mean", 7.46, -0.10, -0.14, -0.06),
        ("a", "mean", 7.46, 0.22, 0.18, 0.26),
        ("b", "mean", 7.46, 0.05, -0.01, 0.11),
    ]
    columns = ["scenario", "quantity", "today", "estimate", "conf_low", "conf_high"]
    return pd.DataFrame(rows, columns=columns)


def drawn(table: pd.DataFrame, language: str = "nl", words: tuple[str, str] = WORDS) -> Axes:
    _, axes = style.figure_for_rows(rows_of(len(table)))
    return draw_scenarios(table, TITLES, words=words, ax=axes, language=language)


def test_the_largest_gain_is_on_top(table):
    labels = [label.get_text() for label in drawn(table).get_yticklabels()]
    assert labels[:2] == ["Bezuiniging", "Wachttijd"]
    assert labels[2].startswith("Training van alle")
    assert labels[2].count("\n") == 1


def test_bars_run_from_today_to_where_the_scenario_leads(table):
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in drawn(table).patches]
    np.testing.assert_allclose(spans, [(7.46, 7.36), (7.46, 7.51), (7.46, 7.68)])


def test_a_loss_is_hollow_so_that_grey_paper_keeps_it_apart(table):
    faces = [bar.get_facecolor()[:3] for bar in drawn(table).patches]
    assert faces[0] == (1.0, 1.0, 1.0)
    assert faces[1] == faces[2] != (1.0, 1.0, 1.0)


def test_intervals_of_the_difference_hang_on_today_too(table):
    lines = [found for found in drawn(table).collections if isinstance(found, LineCollection)]
    spans = {
        (round(float(segment[0][0]), 6), round(float(segment[1][0]), 6))
        for found in lines
        for segment in found.get_segments()
    }
    assert {(7.32, 7.4), (7.45, 7.57), (7.64, 7.72)} <= spans


def test_differences_stand_in_their_rows_under_a_heading_and_today_above_its_line(table):
    texts = {text.get_text(): text.xy for text in drawn(table).texts}
    assert texts["0,22 [0,18; 0,26]"][1] == 2
    assert texts["−0,10 [−0,14; −0,06]"][1] == 0
    assert texts["verschil (95 %)"][1] > 2
    assert texts["nu 7,46"] == (7.46, 2.6)
    english = [text.get_text() for text in drawn(table, "en").texts]
    assert {"today 7.46", "0.05 [−0.01, 0.11]"} <= set(english)


def test_no_bar_or_interval_reaches_under_the_words(table):
    axes = drawn(table)
    low, high = axes.get_xlim()
    assert low + 0.65 * (high - low) > 7.72
    assert low < 7.32
    assert max(axes.get_xticks()) <= 7.72


def test_marks_of_the_axis_are_round_numbers(table):
    axes = drawn(table)
    axes.figure.canvas.draw()
    shown = [label.get_text() for label in axes.get_xticklabels()]
    assert shown == ["7,3", "7,4", "7,5", "7,6", "7,7"]


@pytest.mark.parametrize(
    ("quantity", "today", "word", "gain"),
    [("top_box", 0.505, "today 50.5\xa0%", "22.0"), ("recommended", 184.4, "today 184", "0.2")],
)
def test_shares_are_in_per_cent_and_recommenders_are_counted(table, quantity, today, word, gain):
    changed = table.assign(quantity=quantity, today=today)
    axes = drawn(changed, "en")
    axes.figure.canvas.draw()
    texts = [text.get_text() for text in axes.texts]
    assert word in texts
    assert any(text.startswith(f"{gain} [") for text in texts)
    signs = {"%" in label.get_text() for label in axes.get_xticklabels()}
    assert signs == {quantity == "top_box"}


def test_without_resamples_the_bars_stand_alone(table):
    table[["conf_low", "conf_high"]] = np.nan
    assert "0,22" in [text.get_text() for text in drawn(table).texts]
    assert len(drawn(table).patches) == 3


def test_a_long_name_of_the_outcome_is_broken_into_lines(table):
    long = "gemiddelde van het algemene oordeel over het laatste contact met onze klantenservice"
    assert drawn(table, words=(long, "")).get_xlabel().count("\n") == 1


def test_texts_of_fifteen_scenarios_do_not_touch_each_other():
    names = [f"s{place}" for place in range(15)]
    table = pd.DataFrame(
        {
            "scenario": names,
            "quantity": "mean",
            "today": 7.0,
            "estimate": np.linspace(-0.1, 0.2, 15),
            "conf_low": np.linspace(-0.15, 0.1, 15),
            "conf_high": np.linspace(-0.05, 0.3, 15),
        }
    )
    figure, axes = style.figure_for_rows(rows_of(15))
    titles = dict.fromkeys(names, "Bereikbaarheid buiten kantooruren voor zakelijke klanten")
    draw_scenarios(table, titles, words=WORDS, ax=axes, language="nl")
    boxes = _boxes(figure, axes)
    assert not any(
        one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place]
    )


def _boxes(figure: Figure, axes: Axes) -> list:
    figure.canvas.draw()
    written = [*axes.texts, *axes.get_yticklabels()]
    return [text.get_window_extent() for text in written]
