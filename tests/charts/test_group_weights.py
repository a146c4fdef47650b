"""The chart of weights of many groups: its artists say what the table says."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxdrivers.charts import style
from cxdrivers.charts.group_weights import DARKEST, FAINTEST, draw_group_shares

LABELS = {"a": "Betrouwbaarheid", "b": "Wachttijd"}


def table_of(groups: int) -> pd.DataFrame:
    """Return shares of two drivers in some groups, and one group without any."""
    rng = np.random.default_rng(1)
    first = np.append(rng.uniform(0.2, 0.6, groups), np.nan)
    shares = np.column_stack([1 - first, first]).ravel()
    names = np.repeat([f"g{place}" for place in range(groups + 1)], 2)
    return pd.DataFrame({"client": names, "driver": ["a", "b"] * (groups + 1), "share": shares})


def drawn(table: pd.DataFrame, language: str = "en") -> Axes:
    _, axes = style.figure_for_rows(3)
    return draw_group_shares(table, LABELS, ax=axes, language=language)


def test_the_driver_with_the_largest_middle_stands_on_top():
    labels = drawn(table_of(11)).get_yticklabels()
    assert [label.get_text() for label in labels] == ["Wachttijd", "Betrouwbaarheid"]


def test_every_group_with_shares_has_a_tick_and_the_middle_half_a_bar():
    table = table_of(11)
    axes = drawn(table)
    for height, driver in enumerate(["b", "a"]):
        shares = table.loc[table["driver"] == driver, "share"].dropna().to_numpy()
        ticks, bar, middle = axes.lines[1 + 3 * height : 4 + 3 * height]
        for line in (ticks, bar, middle):
            assert set(np.asarray(line.get_ydata()).tolist()) == {height}
        np.testing.assert_array_equal(ticks.get_xdata(), shares)
        np.testing.assert_allclose(bar.get_xdata(), np.quantile(shares, [0.25, 0.75]))
        np.testing.assert_allclose(middle.get_xdata(), [np.median(shares)])


def test_many_groups_are_fainter():
    assert drawn(table_of(11)).lines[1].get_alpha() == DARKEST
    assert drawn(table_of(2000)).lines[1].get_alpha() == FAINTEST


def test_the_key_is_in_the_language_of_the_reader_and_stands_once():
    legend = drawn(table_of(11), "nl").get_legend()
    assert [text.get_text() for text in legend.get_texts()] == [
        "een groep, op zichzelf",
        "de middelste helft van de groepen",
        "de middelste groep",
    ]


def test_groups_without_any_shares_leave_the_chart_empty():
    axes = drawn(table_of(3).assign(share=np.nan))
    assert axes.get_yticklabels() == []
    assert axes.get_legend() is None
