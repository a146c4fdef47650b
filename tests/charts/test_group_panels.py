"""Small multiples: a panel a group, or a driver when groups are many, all on one axis."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from cxdrivers.charts import style
from cxdrivers.charts.group_panels import DRAWN, draw_group_weights, figure_for_groups
from tests.charts.group_tables import LABELS, LONG, group_tables, names_of


def drawn(
    names: list[str], *, rest: pd.DataFrame | None = None, language: str = "nl"
) -> tuple[Axes, ...]:
    table, spread = group_tables(names)
    figure = figure_for_groups(len(names), len(LABELS))
    return draw_group_weights(table, spread, LABELS, rest=rest, figure=figure, language=language)


def title(axes: Axes) -> str:
    return axes.get_title(loc="left")


def key(panels: tuple[Axes, ...]) -> str:
    figure = panels[0].figure
    assert isinstance(figure, Figure)
    return str(figure.get_suptitle())


def segments(axes: Axes) -> list[tuple[float, float]]:
    found = next(part for part in axes.collections if isinstance(part, LineCollection))
    return [(float(part[0][0]), float(part[1][0])) for part in found.get_segments()]


@pytest.mark.parametrize("groups", [2, 4, 5, 12])
def test_up_to_twelve_groups_have_a_panel_each_with_their_name_and_respondents(groups: int):
    names = names_of(groups)
    table, _ = group_tables(names)
    panels = drawn(names)
    sizes = table.drop_duplicates("group")["n"]
    assert [title(axes).replace("\n", " ") for axes in panels] == [
        f"{name} n = {size}" for name, size in zip(names, sizes, strict=True)
    ]


def test_panels_share_their_axis_and_drivers_stand_in_the_order_of_all_groups():
    panels = drawn(names_of(4))
    assert len({axes.get_xlim() for axes in panels}) == 1
    labels = [label.get_text() for label in panels[0].get_yticklabels()]
    assert labels == ["Keuzemenu", "Empathie", "Betrouwbaarheid"]


def test_a_panel_has_the_intervals_drawn_towards_the_whole_and_all_groups_as_ticks():
    names = names_of(4)
    table, spread = group_tables(names)
    group = table[table["group"] == names[1]].set_index("driver")
    axes = drawn(names)[1]
    expected = group.loc[["ivr_menu", "empathy", "reliability"], ["shrunk_low", "shrunk_high"]]
    assert segments(axes) == [tuple(pair) for pair in expected.to_numpy().tolist()]
    ticks = next(line for line in axes.lines if line.get_marker() == "|")
    pooled = spread[spread["measure"] == "weight"].sort_values("estimate")["estimate"]
    assert list(ticks.get_xdata()) == pooled.tolist()


def test_numbers_stand_beside_their_intervals():
    names = names_of(2)
    table, _ = group_tables(names)
    texts = [text.get_text() for text in drawn(names)[0].texts]
    rows = table[table["group"] == names[0]].set_index("driver")["shrunk"]
    assert texts == [
        f"{100 * rows[driver]:.1f}\xa0%".replace(".", ",")
        for driver in ("ivr_menu", "empathy", "reliability")
    ]


def test_what_stands_out_from_the_others_is_filled_and_the_rest_is_hollow():
    names = names_of(4)
    table, _ = group_tables(names)
    rest = table[["group", "driver"]].assign(measure="weight", stands_out=False)
    rest.loc[rest["group"].eq(names[2]) & rest["driver"].eq("empathy"), "stands_out"] = True
    panels = drawn(names, rest=rest)
    counts = [
        {
            str(line.get_markerfacecolor()): len(line.get_xdata())
            for line in axes.lines
            if line.get_marker() == "o"
        }
        for axes in panels
    ]
    alone = {style.ACCENT: 0, "white": 3}
    assert counts == [alone, alone, {style.ACCENT: 1, "white": 2}, alone]
    assert "dicht: wijkt af van de andere groepen · open: niet aangetoond" in key(panels)


def test_without_a_comparison_with_the_rest_every_mark_is_filled_and_nothing_is_said_of_it():
    panels = drawn(names_of(2), language="en")
    hollow = [
        line
        for axes in panels
        for line in axes.lines
        if line.get_marker() == "o" and line.get_markerfacecolor() == "white"
    ]
    assert sum(len(line.get_xdata()) for line in hollow) == 0
    assert key(panels) == "Drawn towards the whole, with intervals · tick: all groups"


def test_more_than_twelve_groups_have_a_panel_a_driver_the_largest_first():
    panels = drawn(names_of(13))
    assert [title(axes) for axes in panels] == ["Betrouwbaarheid", "Empathie", "Keuzemenu"]
    first = segments(panels[0])
    table, _ = group_tables(names_of(13))
    expected = table[table["driver"] == "reliability"].sort_values("shrunk")
    assert first == [
        tuple(pair) for pair in expected[["shrunk_low", "shrunk_high"]].to_numpy().tolist()
    ]


def test_the_highest_and_the_lowest_are_named_only_where_groups_differ():
    table, _ = group_tables(names_of(13))
    ranked = table[table["driver"] == "reliability"].sort_values("shrunk")["group"].tolist()
    texts = [
        [text.get_text().replace("\n", " ") for text in axes.texts] for axes in drawn(names_of(13))
    ]
    assert texts[0] == [f"hoogste: {ranked[-1]}", f"laagste: {ranked[0]}"]
    assert texts[1:] == [["geen verschil tussen groepen aangetoond"]] * 2


def test_where_a_further_group_would_lie_is_a_band_behind_the_groups():
    _, spread = group_tables(names_of(13))
    band = drawn(names_of(13))[0].patches[0]
    low, high = spread.loc[0, ["prediction_low", "prediction_high"]]
    assert (band.get_x(), band.get_x() + band.get_width()) == pytest.approx((low, high))


def test_of_very_many_groups_some_are_drawn_from_the_lowest_to_the_highest_and_it_is_said():
    names = names_of(1000)
    table, _ = group_tables(names)
    panels = drawn(names, language="en")
    ranked = table[table["driver"] == "reliability"].sort_values("shrunk")
    found = segments(panels[0])
    assert len(found) == DRAWN
    assert found[0][0] == ranked["shrunk_low"].iloc[0]
    assert found[-1][0] == ranked["shrunk_low"].iloc[-1]
    assert "the 200 drawn are spread evenly over their order" in key(panels)
    assert key(panels).startswith("1\xa0000 groups, drawn towards the whole")


def test_a_driver_that_a_group_was_not_asked_leaves_its_row_empty():
    names = names_of(3)
    table, spread = group_tables(names)
    empty = table["group"].eq(names[0]) & table["driver"].eq("empathy")
    table.loc[empty, ["shrunk", "shrunk_low", "shrunk_high"]] = np.nan
    panels = draw_group_weights(table, spread, LABELS, figure=figure_for_groups(3, 3))
    assert len(panels[0].texts) == 2
    assert len(panels[1].texts) == 3


def test_a_name_of_forty_letters_stays_inside_its_panel():
    panels = drawn(names_of(12))
    figure = panels[0].figure
    assert isinstance(figure, Figure)
    figure.draw_without_rendering()
    assert title(panels[0]).replace("\n", " ").startswith(LONG)
    words = panels[0]._left_title.get_window_extent()
    assert words.x1 <= panels[1].get_window_extent().x0
