"""Changes between waves: from before to after, and only what changed is filled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.changes import draw_changes, rows_of
from cxdrivers.charts.group_measures import rows_of_measure
from tests.charts.group_tables import LABELS, changes_of, group_tables

WAVES = ["2023", "2024", "2025"]


@pytest.fixture
def table() -> pd.DataFrame:
    return group_tables(WAVES)[0]


def drawn(
    table: pd.DataFrame,
    *,
    measure: str = "weight",
    wave: str | None = None,
    language: str = "nl",
) -> Axes:
    _, axes = style.figure_for_rows(rows_of(len(LABELS)))
    return draw_changes(
        changes_of(table),
        table,
        LABELS,
        measure=measure,
        wave=wave,
        ax=axes,
        language=language,
    )


def own(table: pd.DataFrame, wave: str, measure: str = "weight") -> pd.Series:
    rows = rows_of_measure(table, measure)
    return rows[rows["group"] == wave].set_index("driver")["own"]


@pytest.mark.parametrize(
    ("wave", "before", "after"), [(None, "2024", "2025"), ("2024", "2023", "2024")]
)
def test_every_driver_goes_from_the_wave_before_to_the_one_asked_for_or_the_last(
    table, wave, before, after
):
    axes = drawn(table, wave=wave)
    start = next(line for line in axes.lines if line.get_label() == before)
    order = own(table, after).sort_values().index
    assert list(start.get_xdata()) == own(table, before)[order].tolist()
    ends = {
        int(row): value
        for line in axes.lines
        if str(line.get_label()).startswith(after)
        for value, row in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    assert [ends[row] for row in range(3)] == own(table, after)[order].tolist()


def test_the_interval_of_a_difference_hangs_on_the_wave_before(table):
    axes = drawn(table)
    changes = changes_of(table).query("measure == 'weight' and group == '2025'")
    order = own(table, "2025").sort_values().index
    rows = changes.set_index("driver").loc[order]
    start = own(table, "2024")[order]
    lines = [part for part in axes.collections if isinstance(part, LineCollection)]
    found = np.array([[part[0][0], part[1][0]] for part in lines[1].get_segments()])
    expected = np.column_stack([start + rows["conf_low"], start + rows["conf_high"]])
    np.testing.assert_allclose(found, expected)


def test_what_changed_is_filled_and_what_may_be_chance_is_hollow_and_muted(table):
    axes = drawn(table, language="en")
    marks = {line.get_label(): line for line in axes.lines}
    assert marks["2025: changed"].get_markerfacecolor() == style.ACCENT
    assert len(marks["2025: changed"].get_xdata()) == 1
    assert marks["2025: no change shown"].get_markerfacecolor() == "white"
    colours = sorted(text.get_color() for text in axes.texts if "[" in text.get_text())
    assert colours == [style.INK, style.MUTED, style.MUTED]


def test_differences_of_weights_are_written_in_percentage_points(table):
    row = changes_of(table).query("measure == 'weight' and group == '2025'").iloc[0]
    texts = [text.get_text() for text in drawn(table, language="en").texts]
    numbers = [100 * row[name] for name in ("estimate", "conf_low", "conf_high")]
    shown = "{:.1f} [{:.1f}, {:.1f}]".format(*numbers).replace("-", "−")
    assert shown in texts
    assert "difference, points" in texts
    assert "verschil" in [text.get_text() for text in drawn(table, measure="mean").texts]


def test_the_line_says_which_wave_it_hangs_on(table):
    labels = [str(part.get_label()) for part in drawn(table).collections]
    assert "interval van het verschil, vanaf 2024" in labels


def test_a_driver_that_a_wave_was_not_asked_keeps_its_row_with_a_dash(table):
    gone = table["group"].eq("2024") & table["driver"].eq("empathy")
    table.loc[gone, ["estimate", "conf_low", "conf_high"]] = np.nan
    axes = drawn(table)
    assert "–" in [text.get_text() for text in axes.texts]
    assert "Empathie" in [label.get_text() for label in axes.get_yticklabels()]
