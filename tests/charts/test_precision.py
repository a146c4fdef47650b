"""The chart of precision: its intervals are those of the table, the largest survey inside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.precision import draw_precision

LABELS = {"a": "Betrouwbaarheid", "b": "Wachttijd"}


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("a", 1, 400, 0.3, 0.2, 0.42, 0.22, 0.15, 0.1, 0.21),
        ("b", 1, 400, 0.7, 0.6, 0.78, 0.18, 0.35, 0.3, 0.39),
        ("a", 4, 1600, 0.3, 0.25, 0.36, 0.11, 0.15, 0.12, 0.18),
        ("b", 4, 1600, 0.7, 0.65, 0.74, 0.09, 0.35, 0.32, 0.37),
    ]
    shares = ["share", "share_low", "share_high", "share_width"]
    names = ["driver", "times", "n", *shares, "estimate", "conf_low", "conf_high"]
    return pd.DataFrame(rows, columns=names)


def drawn(table: pd.DataFrame, language: str = "nl") -> Axes:
    _, axes = style.figure_for_rows(3)
    return draw_precision(table, LABELS, ax=axes, language=language)


def spans(axes: Axes) -> list[list[tuple[float, float]]]:
    lines = [found for found in axes.collections if isinstance(found, LineCollection)]
    return [
        [(float(segment[0][0]), float(segment[1][0])) for segment in found.get_segments()]
        for found in lines
    ]


def test_intervals_of_every_size_are_drawn_with_the_largest_share_on_top(table):
    axes = drawn(table)
    assert spans(axes) == [[(0.2, 0.42), (0.6, 0.78)], [(0.25, 0.36), (0.65, 0.74)]]
    texts = [label.get_text() for label in axes.get_yticklabels()]
    assert texts == ["Betrouwbaarheid", "Wachttijd"]


def test_the_larger_survey_is_thinner_and_stronger_so_that_both_are_seen(table):
    now, then = drawn(table).collections
    assert then.get_linewidth()[0] < now.get_linewidth()[0]
    assert then.get_alpha() > now.get_alpha()


def test_sizes_and_shares_are_written_in_the_readers_language(table):
    axes = drawn(table)
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["400 respondenten", "1\xa0600 respondenten"]
    assert [text.get_text() for text in axes.texts] == ["30\xa0%", "70\xa0%"]
    assert axes.get_xlabel().startswith("aandeel in wat de drivers samen verklaren")
    assert drawn(table, "en").get_xlabel().endswith("with the interval to expect")


def test_without_shares_parts_of_all_differences_are_drawn(table):
    table[["share", "share_low", "share_high", "share_width"]] = np.nan
    axes = drawn(table)
    assert spans(axes)[0] == [(0.1, 0.21), (0.3, 0.39)]
    assert axes.get_xlabel().startswith("deel van alle verschillen")


def test_one_size_is_drawn_at_full_strength(table):
    [only] = drawn(table[table["times"] == 1]).collections
    assert only.get_alpha() == 1
