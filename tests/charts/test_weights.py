"""The chart of driver weights: its artists say what the table says."""

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.weights import draw_weights

LABELS = {"a": "Betrouwbaarheid", "b": "Wachttijd", "c": "Keuzemenu"}


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "driver": ["a", "b", "c"],
            "estimate": [0.15, 0.30, 0.05],
            "conf_low": [0.10, 0.25, 0.02],
            "conf_high": [0.20, 0.35, 0.10],
            "share": [0.3, 0.6, 0.1],
            "share_low": [0.2, 0.5, 0.05],
            "share_high": [0.4, 0.7, 0.2],
            "rank": [2, 1, 3],
            "effect_low": [0.1, -0.5, -0.1],
            "effect_high": [0.3, -0.2, 0.2],
            "own_p_value": [0.001, 0.001, 0.4],
        }
    )


def drawn(table: pd.DataFrame, language: str = "en") -> Axes:
    _, axes = style.figure_for_rows(len(table))
    return draw_weights(table, LABELS, ax=axes, language=language)


def test_drivers_stand_sorted_with_the_largest_on_top(table):
    axes = drawn(table)
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Keuzemenu",
        "Betrouwbaarheid",
        "Wachttijd",
    ]


def test_every_interval_is_drawn_at_its_ends(table):
    lines = [line for line in drawn(table).lines if len(line.get_xdata()) == 2]
    spans = {tuple(np.asarray(line.get_xdata()).tolist()) for line in lines}
    assert {(0.05, 0.2), (0.2, 0.4), (0.5, 0.7)} <= spans


def test_only_a_driver_whose_own_effect_may_be_nil_has_a_hollow_dot_and_words_say_so(table):
    axes = drawn(table)
    dots = {
        float(np.asarray(line.get_xdata())[0]): line.get_markerfacecolor()
        for line in axes.lines
        if line.get_marker() == "o"
    }
    assert dots[0.1] == "white"
    assert dots[0.6] == dots[0.3] == style.ACCENT
    assert axes.get_title(loc="left").startswith("filled dot: an effect of its own")


def dot_faces(table: pd.DataFrame, level: float) -> dict[float, object]:
    _, axes = style.figure_for_rows(len(table))
    draw_weights(table, LABELS, ax=axes, level=level)
    return {
        float(np.asarray(line.get_xdata())[0]): line.get_markerfacecolor()
        for line in axes.lines
        if line.get_marker() == "o"
    }


def test_a_driver_that_shows_itself_by_all_its_columns_is_filled_as_it_is_no_passenger(table):
    table.loc[2, "own_p_value"] = 0.02
    assert dot_faces(table, 0.95)[0.1] == style.ACCENT
    assert dot_faces(table, 0.99)[0.1] == "white"


def test_numbers_are_written_in_the_readers_language(table):
    table["share"] = [0.3, 0.6, 0.1]
    texts = [text.get_text() for text in drawn(table, "nl").texts]
    assert texts == ["10\xa0%", "30\xa0%", "60\xa0%"]
    assert drawn(table, "nl").get_xlabel() == "aandeel in wat de drivers samen verklaren"


def test_a_chart_without_resamples_has_dots_and_no_intervals(table):
    table[["share_low", "share_high"]] = np.nan
    axes = drawn(table)
    assert sum(line.get_marker() == "o" for line in axes.lines) == 3
    assert sum(line.get_linewidth() == 2.2 for line in axes.lines) == 0


def test_when_nothing_is_explained_parts_of_all_differences_are_drawn(table):
    table[["share", "share_low", "share_high"]] = np.nan
    axes = drawn(table)
    spans = {tuple(np.asarray(line.get_xdata()).tolist()) for line in axes.lines}
    assert (0.25, 0.35) in spans
    assert axes.get_xlabel() == "part of all differences"


def test_the_svg_has_a_title_a_description_and_ids_of_its_own(table):
    figure, axes = style.figure_for_rows(3)
    draw_weights(table, LABELS, ax=axes)
    svg = style.svg_of(figure, stem="weights", title="A <b>", description="B & c")
    assert '<title id="weights-title">A &lt;b&gt;</title>' in svg
    assert '<desc id="weights-desc">B &amp; c</desc>' in svg
    assert all(name.startswith("weights-") for name in re.findall(r'\bid="([^"]*)"', svg))
    targets = re.findall(r'(?:url\(|href=")#([^")]*)', svg)
    ids = set(re.findall(r'\bid="([^"]*)"', svg))
    assert targets
    assert set(targets) <= ids


def test_the_same_chart_gives_the_same_svg(table):
    def once() -> str:
        figure, axes = style.figure_for_rows(3)
        draw_weights(table, LABELS, ax=axes)
        return style.svg_of(figure, stem="weights", title="t", description="d")

    assert once() == once()


def test_text_and_lines_differ_in_lightness_so_that_grey_paper_keeps_them_apart():
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert lightness(style.ACCENT) + 0.15 < lightness(style.MUTED) < lightness(style.FAINT) - 0.2
