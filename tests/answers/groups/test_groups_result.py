"""Tests of `answers.groups.groups_result`: the tables and lines of a comparison of groups."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import MOST_ROWS, GroupComparison
from cxdrivers.errors import FitError
from tests.answers.groups.grouped_surveys import grouped_answers, grouped_survey, teams
from tests.samples import survey_of


@pytest.fixture(scope="module")
def comparison() -> GroupComparison:
    slopes = [(0.2, 0.3, 0.1), (0.3, 0.3, 0.1), (1.4, 0.3, 0.1), (0.3, 0.3, 0.1), (0.3, 0.3, 0.1)]
    return compare_groups(grouped_survey([150, 140, 160, 20, 15], slopes=slopes))


def test_a_reader_sees_every_group_drawn_to_the_whole_and_the_whole_first(comparison):
    table = comparison.table("nl")
    assert list(table.columns) == ["groep", "n", "Betrouwbaarheid", "Empathie", "Klantfocus"]
    assert table["groep"].tolist() == ["alle groepen", "a", "b", "c", "kleinere groepen samen"]
    assert table["n"].tolist() == ["450", "150", "140", "160", "35"]
    row = comparison.tidy().set_index(["group", "driver"]).loc[("b", "empathy")]
    drawn = [100 * row[name] for name in ("shrunk", "shrunk_low", "shrunk_high")]
    shown = "{:.1f}\xa0% ({:.1f}–{:.1f}\xa0%)".format(*drawn).replace(".", ",")
    assert table["Empathie"][2] == shown
    whole = comparison.spread().iloc[0]["estimate"]
    assert table["Betrouwbaarheid"][0].startswith(f"{100 * whole:.1f}\xa0% (".replace(".", ","))


def test_small_groups_together_show_their_own_numbers(comparison):
    assert comparison.others == "others"
    assert comparison.group_label("others") == "smaller groups together"
    assert comparison.group_label("a", "nl") == "a"
    row = comparison.tidy().set_index(["group", "driver"]).loc[("others", "empathy")]
    assert np.isnan(row["effect_shrunk"])
    shown = comparison.table(measure="effect")["Empathy"].iloc[-1]
    assert shown.startswith(f"{row['effect']:.2f} [")
    assert "others" not in set(comparison.against_rest()["group"])
    assert comparison.spread()["n"].tolist() == [3] * 9


def test_how_far_groups_are_apart_has_a_table_of_its_own(comparison):
    table = comparison.spread_table(measure="effect")
    assert list(table.columns) == [
        "driver",
        "all groups (95\xa0%)",
        "± between groups",
        "in a further group (95\xa0%)",
        "differs",
        "p, adjusted",
        "groups",
    ]
    assert table["differs"].tolist() == ["yes", "not shown", "not shown"]
    tau = comparison.spread().query("measure == 'effect'")["tau"]
    assert table["± between groups"].tolist() == [f"{value:.2f}" for value in tau]
    assert comparison.spread_table("nl")["verschilt"][1] == "niet aangetoond"


def test_groups_that_stand_out_have_a_table_of_their_own(comparison):
    table = comparison.rest_table()
    found = comparison.against_rest().query("stands_out")
    assert len(table) == len(found) > 0
    first = table.query("what == 'own effect' and driver == 'Reliability' and group == 'c'")
    row = found.query("measure == 'effect' and driver == 'reliability' and group == 'c'").iloc[0]
    shown = f"{row['estimate']:.2f} [{row['conf_low']:.2f}, {row['conf_high']:.2f}]"
    assert first["difference (95\xa0%)"].tolist() == [shown]
    assert set(table["stands out"]) == {"yes"}
    assert "springt eruit" in comparison.rest_table("nl").columns


def test_weights_stand_before_ratings_however_clear_those_are():
    slopes = [(0.2, 0.3, 0.1), (0.2, 0.3, 0.1), (1.4, 0.3, 0.1)]
    moved = compare_groups(grouped_survey([150, 140, 160], slopes=slopes, means=[0, 2, 4]))
    what = moved.rest_table()["what"].tolist()
    assert what == sorted(what, key=["part of all differences", "own effect", "rating"].index)
    assert {"own effect", "rating"} <= set(what)


def test_of_two_groups_each_difference_stands_once_and_nothing_is_told_of_a_further_one():
    two = compare_groups(grouped_survey([150, 160], slopes=[(0.2, 0.3, 0.1), (1.4, 0.3, 0.1)]))
    assert len(two.rest_table()) == two.against_rest()["stands_out"].sum() / 2 > 0
    assert two.spread_table().iloc[:, 3].tolist() == ["–"] * 3
    assert "(" not in two.table()["Empathy"][0]
    assert two.spread()["prediction_high"].notna().all()
    assert "a further group" not in two.summary()
    assert "In b, a point more for Reliability goes with more than in the other group, by" in (
        two.summary()
    )


@pytest.mark.parametrize(("method", "lowest"), [("lmg", 0.0), ("pratt", -np.inf)])
def test_a_further_group_has_no_weight_below_zero_but_by_pratt(method: str, lowest: float):
    survey = grouped_survey([40] * 4, slopes=[(0.9, 0.0, 0.0), (0.1, 0.4, 0.0)] * 2)
    spread = compare_groups(survey, method=method, adjusted=False).spread()
    below = spread.query("measure == 'weight'")["prediction_low"].min()
    assert below == lowest if method == "lmg" else below < 0
    assert spread.query("measure == 'effect'")["prediction_low"].min() < 0


def test_changes_from_wave_to_wave_have_a_table_of_their_own():
    frame = grouped_answers([80, 80], names=["2024", "2025"])
    table = compare_groups(survey_of(frame, wave="group")).changes_table("nl")
    assert list(table.columns) == [
        "daarvoor", "groep", "driver", "wat", "verschil (95\xa0%)", "p, gecorrigeerd", "veranderd",
        "n",
    ]  # fmt: skip
    assert table["daarvoor"].unique().tolist() == ["2024"]
    assert len(table) == 9


def test_a_measure_that_there_is_not_is_refused(comparison):
    with pytest.raises(
        FitError, match=r"measure is 'effects'\. Did you mean 'effect'\? It can be "
    ):
        comparison.table(measure="effects")


def test_the_line_under_the_table_says_what_the_numbers_are(comparison):
    assert comparison.footer() == (
        "Numbers drawn towards the whole, with 95\xa0% intervals; in front the mean of the groups. "
        "3 groups of 'group', 450 respondents, weights adjusted for noise. Standard errors by "
        "leaving out parts of each group in turn, seed 0; p-values adjusted for their number "
        "(Benjamini and Hochberg)."
    )
    assert "gewichten gecorrigeerd voor ruis" in comparison.footer("nl")


def test_the_summary_ends_with_what_is_not_shown(comparison):
    said = comparison.summary()
    assert said.startswith("3 groups of 'group' are compared, with 140 to 160 respondents each")
    assert "What a point more for Reliability goes with differs between groups:" in said
    assert "the smaller the group and the less groups differ" in said
    assert said.endswith("it does not show its cause.")
    assert comparison.summary("nl").endswith("de oorzaak toont het niet aan.")
    assert "cause" not in said.removesuffix("does not show its cause.")


def test_the_summary_of_two_levels_says_both():
    comparison = compare_groups(survey_of(teams(3, 3, 40)), by=("organisation", "team"))
    said = comparison.summary()
    assert said.index("3 groups of 'organisation'") < said.index("Within them 9 groups of 'team'")
    assert said.count("it does not show its cause") == 1
    assert comparison.inner.spread_table().iloc[:, 3].tolist() == ["–"] * 3
    first = comparison.inner.table().iloc[0, 2]
    assert first.endswith("%")


def test_a_notebook_shows_the_table_the_line_and_what_stood_in_the_way(comparison):
    assert "all groups" in repr(comparison)
    assert comparison.footer() in repr(comparison)
    assert "'d', 'e'" in repr(comparison)
    assert "<table" in comparison._repr_html_()
    assert "&#x27;d&#x27;" in comparison._repr_html_()


def test_a_notebook_shows_the_first_of_many_groups():
    many = compare_groups(grouped_survey([25] * (MOST_ROWS + 5)))
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5} groups; table() has all." in repr(many)
    assert len(many.table()) == MOST_ROWS + 6
    assert repr(many).count("\n") == MOST_ROWS + 2


def test_a_chart_has_a_row_for_every_driver(comparison):
    ax = comparison.plot(Figure().subplots(), measure="effect", language="nl")
    named = {text.get_text() for text in ax.get_yticklabels()}
    assert {"Betrouwbaarheid", "Empathie", "Klantfocus"} <= named


def test_a_view_can_be_changed_without_changing_the_result(comparison):
    for view in (
        comparison.tidy,
        comparison.spread,
        comparison.against_rest,
        comparison.changes,
    ):
        changed = view()
        changed.iloc[:, -1] = -1
        assert not (view().iloc[:, -1] == -1).any()


def test_a_share_of_next_to_nothing_is_not_told():
    slopes = [(0.5, 0.3, 0.1), (0.0, 0.0, 0.0)]
    table = compare_groups(grouped_survey([200, 60], slopes=slopes)).tidy().set_index("group")
    assert table.loc["a", "share"].sum() == pytest.approx(1)
    assert table.loc["b", "share"].isna().all()
    assert table.loc["b", "estimate"].notna().all()
