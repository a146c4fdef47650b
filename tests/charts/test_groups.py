"""The forest of a driver: its artists say what the tables say, in the order of the groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from cxdrivers.charts import style
from cxdrivers.charts.groups import MOST, draw_forest, rows_of
from tests.charts.group_tables import LABELS, LONG, group_tables, names_of


def drawn(
    tables: tuple[pd.DataFrame, pd.DataFrame],
    *,
    measure: str = "weight",
    language: str = "nl",
) -> Axes:
    table, spread = tables
    _, axes = style.figure_for_rows(rows_of(table["group"].nunique()))
    return draw_forest(
        table,
        spread,
        LABELS,
        driver="reliability",
        measure=measure,
        ax=axes,
        language=language,
    )


def spans(axes: Axes) -> set[tuple[float, float]]:
    found = [part for part in axes.collections if isinstance(part, LineCollection)]
    return {
        (float(segment[0][0]), float(segment[1][0]))
        for part in found
        for segment in part.get_segments()
        if len(segment)
    }


def names(axes: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


def test_groups_stand_in_the_order_of_what_is_drawn_towards_the_whole_above_all_groups():
    tables = group_tables(names_of(4))
    table = tables[0][tables[0]["driver"] == "reliability"]
    expected = table.sort_values("shrunk")["group"].tolist()
    assert names(drawn(tables)) == ["alle groepen", *expected]
    assert LONG in expected


@pytest.mark.parametrize("measure", ["weight", "effect", "mean"])
def test_every_group_has_the_interval_of_its_own_answers_and_the_one_drawn_towards_the_whole(
    measure,
):
    tables = group_tables(names_of(4))
    table = tables[0][tables[0]["driver"] == "reliability"]
    own = (
        ("conf_low", "conf_high") if measure == "weight" else (f"{measure}_low", f"{measure}_high")
    )
    shrunk = "shrunk" if measure == "weight" else f"{measure}_shrunk"
    expected = {*zip(table[own[0]], table[own[1]], strict=True)}
    expected |= {*zip(table[f"{shrunk}_low"], table[f"{shrunk}_high"], strict=True)}
    assert expected <= spans(drawn(tables, measure=measure))


def test_own_marks_are_hollow_and_those_drawn_towards_the_whole_are_filled():
    marks = {line.get_label(): line for line in drawn(group_tables(names_of(4))).lines}
    assert marks["uit de eigen antwoorden van de groep"].get_markerfacecolor() == "white"
    assert marks["naar het geheel getrokken"].get_markerfacecolor() == style.ACCENT


def test_the_range_of_a_further_group_and_the_diamond_stand_in_the_bottom_row():
    axes = drawn(group_tables(names_of(4)), language="en")
    whole = group_tables(names_of(4))[1].iloc[0]
    line = next(
        line for line in axes.lines if line.get_label() == "where a further group would lie"
    )
    assert list(line.get_xdata()) == [whole["prediction_low"], whole["prediction_high"]]
    assert list(line.get_ydata()) == [0, 0]
    diamond = axes.patches[0].get_xy()[:4]
    assert diamond[:, 0].tolist() == [
        whole["conf_low"],
        whole["estimate"],
        whole["conf_high"],
        whole["estimate"],
    ]


def test_numbers_and_respondents_stand_beside_each_row_under_their_headings():
    tables = group_tables(["a", "b", "c"])
    row = tables[0].sort_values("shrunk").query("driver == 'reliability'").iloc[0]
    axes = drawn(tables, language="en")
    texts = {(text.get_text(), text.xy[1]) for text in axes.texts}
    ends = f"({100 * row['shrunk_low']:.1f}–{100 * row['shrunk_high']:.1f}\xa0%)"
    assert (f"{100 * row['shrunk']:.1f}\xa0% {ends}", 1) in texts
    assert (str(row["n"]), 1) in texts
    assert ("20.0\xa0% (19.0–21.0\xa0%)", 0) in texts
    assert {"drawn towards the whole", "n"} <= {text for text, _ in texts}
    assert axes.get_xlabel() == "Betrouwbaarheid: part of all differences"


def test_two_groups_have_no_interval_of_all_groups_nor_of_a_further_one():
    texts = {text.get_text() for text in drawn(group_tables(["a", "b"]), language="en").texts}
    assert "20.0\xa0%" in texts
    axes = drawn(group_tables(["a", "b"]), language="en")
    (line,) = [
        line for line in axes.get_lines() if line.get_label() == "where a further group would lie"
    ]
    assert np.isnan(line.get_xdata()).all()


def test_a_group_in_which_the_driver_was_not_measured_keeps_its_row_with_a_dash():
    table, spread = group_tables(["a", "b", "c"])
    empty = table["group"].eq("b") & table["driver"].eq("reliability")
    numbers = table.columns.difference(["group", "driver", "n"])
    table.loc[empty, numbers] = np.nan
    axes = drawn((table, spread))
    assert names(axes)[1] == "b"
    assert ("–", 1) in {(text.get_text(), text.xy[1]) for text in axes.texts}


def test_an_estimate_without_an_interval_stands_alone():
    table, spread = group_tables(["a", "b"])
    axes = drawn(
        (table.drop(columns=["mean_shrunk_low", "mean_shrunk_high"]), spread), measure="mean"
    )
    texts = [text.get_text() for text in axes.texts if text.xy[1] == 1]
    assert any("[" not in text and "," in text for text in texts)


def test_of_many_groups_the_highest_and_the_lowest_are_drawn_and_the_chart_says_so():
    tables = group_tables(names_of(100))
    axes = drawn(tables)
    table = tables[0][tables[0]["driver"] == "reliability"].sort_values("shrunk")
    assert len(names(axes)) == MOST + 1
    assert names(axes)[1] == table["group"].iloc[0]
    assert names(axes)[-1] == table["group"].iloc[-1]
    assert axes.get_xlabel().endswith("\nde 40 hoogste en laagste van 100 groepen")
    assert rows_of(100) == rows_of(MOST)


def test_a_name_of_forty_letters_has_two_lines_among_few_groups_and_one_among_many():
    few = [label.get_text() for label in drawn(group_tables(names_of(4))).get_yticklabels()]
    many = [label.get_text() for label in drawn(group_tables(names_of(40))).get_yticklabels()]
    assert "Klantenservice Zakelijk\nNoord-Oost, team" in few
    assert LONG in many


@pytest.mark.parametrize("groups", [2, 13, 40])
def test_words_do_not_cover_what_is_drawn(groups: int):
    tables = group_tables(names_of(groups))
    axes = drawn(tables)
    assert isinstance(axes.figure, Figure)
    axes.figure.draw_without_rendering()
    texts = [text.get_window_extent() for text in axes.texts if "%" in text.get_text()]
    shrunk = tables[0].query("driver == 'reliability'")["shrunk_high"].max()
    assert axes.transData.transform((shrunk, 0))[0] < min(box.x0 for box in texts)
