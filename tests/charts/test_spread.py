"""The spread of groups: where they differ is filled, where that is not shown is hollow."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cxdrivers.charts import style
from cxdrivers.charts.spread import draw_spread, rows_of
from tests.charts.group_tables import LABELS, group_tables, names_of


def drawn(groups: int = 4, *, measure: str = "weight", language: str = "nl") -> Axes:
    table, spread = group_tables(names_of(groups))
    _, axes = style.figure_for_rows(rows_of(len(LABELS)))
    return draw_spread(spread, table, LABELS, measure=measure, ax=axes, language=language)


def weights() -> pd.DataFrame:
    spread = group_tables(names_of(4))[1]
    return spread[spread["measure"] == "weight"].sort_values("estimate")


def test_drivers_stand_in_the_order_of_all_groups_the_largest_on_top():
    labels = [label.get_text() for label in drawn().get_yticklabels()]
    assert labels == ["Keuzemenu", "Empathie", "Betrouwbaarheid"]


def test_a_thin_line_is_the_range_of_a_further_group_and_a_thick_one_the_interval():
    lines = [part for part in drawn().collections if isinstance(part, LineCollection)]
    found = [[(part[0][0], part[1][0]) for part in line.get_segments()] for line in lines]
    for place, ends in enumerate(("prediction", "conf")):
        pairs = weights()[[f"{ends}_low", f"{ends}_high"]].to_numpy()
        assert found[place] == [tuple(pair) for pair in pairs]
    assert lines[0].get_linewidth()[0] < lines[1].get_linewidth()[0]


def test_where_groups_differ_the_mark_is_filled_and_where_that_is_not_shown_it_is_hollow():
    marks = {line.get_label(): line for line in drawn(language="en").lines}
    differs = marks["all groups: they differ"]
    alike = marks["all groups: no difference shown"]
    assert list(differs.get_ydata()) == [2]
    assert differs.get_markerfacecolor() == style.ACCENT
    assert list(alike.get_ydata()) == [0, 1]
    assert alike.get_markerfacecolor() == "white"


def test_every_group_is_a_tick_below_its_driver_while_they_can_be_told_apart():
    def ticks(groups: int) -> list[int]:
        return [len(line.get_xdata()) for line in drawn(groups).lines if line.get_marker() == "|"]

    assert ticks(4) == [12]
    assert ticks(61) == []


def test_the_spread_between_groups_is_written_beside_each_driver_in_its_own_unit():
    texts = {text.get_text(): text.xy[1] for text in drawn().texts}
    assert texts["6,0 [3,0; 13,0]"] == 2
    assert "± tussen groepen, procentpunten" in texts
    effects = {text.get_text(): text.xy[1] for text in drawn(measure="effect", language="en").texts}
    assert effects["0.12 [0.06, 0.26]"] == 2
    assert "± between groups" in effects


def test_zero_is_seen_for_weights_and_need_not_be_for_ratings():
    assert drawn().get_xlim()[0] < 0
    table, spread = group_tables(["a", "b"])
    one = spread["driver"] == "reliability"
    axes = draw_spread(spread[one], table[table["driver"] == "reliability"], LABELS, measure="mean")
    assert axes.get_xlim()[0] > 0
