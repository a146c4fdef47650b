"""Tests of `answers.advocacy.advocacy_result`: the tables and sentences of a chain."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.advocacy.advocacy import advocacy_chain
from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from tests.answers.advocacy.chain_surveys import DRIVERS, advocates, chain_survey


@pytest.fixture(scope="module")
def chain() -> AdvocacyChain:
    return advocacy_chain(chain_survey(advocates(800)), n_boot=100, seed=7)


def points(row) -> str:
    return (
        f"{100 * row['estimate']:.1f} [{100 * row['conf_low']:.1f}, {100 * row['conf_high']:.1f}]"
    ).replace("-", "−")


def test_the_headline_is_the_total_with_its_interval_and_what_is_held_equal(chain):
    total = points(chain.tidy().iloc[2])
    assert chain.headline() == (
        "Customers who mention an employee really recommended more often than customers who do "
        f"not, with 3 drivers held equal: by {total} percentage points."
    )
    assert chain.headline("nl").startswith(
        "Klanten die een medewerker noemen, bevalen vaker echt aan dan klanten die dat niet doen, "
        "bij gelijke waarden van 3 drivers: "
    )


def test_parts_are_said_in_percentage_points_with_the_share_that_is_indirect(chain):
    direct, indirect, _ = (row for _, row in chain.tidy().iterrows())
    assert (
        f"Of that difference {points(indirect)} percentage points go with how often a score of "
        f"8–10 is given (the indirect part), and {points(direct)} stand beside the score (the "
        "direct part)."
    ) in chain.summary()
    share = 100 * indirect["share"]
    assert f"that runs through scores of 8–10 is {share:.0f}\xa0% (" in chain.summary()
    assert "procentpunten samen met hoe vaak een cijfer van 8–10 wordt gegeven" in (
        chain.summary("nl")
    )
    assert "Het deel dat via cijfers van 8–10 loopt, is" in chain.summary("nl")


def test_every_chance_along_the_way_is_said(chain):
    none, some, neither, top_only, mention_only, both = (
        f"{100 * share:.0f}\xa0%" for share in chain.steps()["estimate"]
    )
    assert (
        f"With the same held equal, a score of 8–10 is given by {some} of those who mention an "
        f"employee and by {none} of the others. Of those who mention one, {both} recommended after "
        f"such a score and {mention_only} after a lower one; of the others, {top_only} and "
        f"{neither}."
    ) in chain.summary()
    assert f"komt een cijfer van 8–10 van {some} van wie een medewerker noemt" in (
        chain.summary("nl")
    )


def test_the_driver_with_most_recommenders_is_named_per_thousand_customers(chain):
    first = chain.drivers().sort_values("recommenders").iloc[-1]
    label = cx.vocabulary.driver_label(first["driver"])
    assert (
        f"Half a point more on {label} goes with {1000 * first['estimate']:.0f} "
        f"[{1000 * first['conf_low']:.0f}, {1000 * first['conf_high']:.0f}] more scores of 8–10 in "
        f"1\xa0000 customers and, through these, with {first['recommenders']:.0f} "
        f"[{first['recommenders_low']:.0f}, {first['recommenders_high']:.0f}] more real "
        "recommenders."
    ) in chain.summary()
    assert "Een half punt meer op" in chain.summary("nl")


def test_what_it_takes_to_explain_it_is_said_only_of_a_difference_that_is_shown(chain):
    row = chain.sensitivity().set_index("effect").loc["total"]
    assert (
        f"by a ratio of {row['e_value']:.2f} or more (E-value; {row['e_value_end']:.2f} for the "
        f"end of the interval), or accounted for {100 * row['robustness']:.1f}\xa0% of what is left"
    ) in chain.summary()
    assert "E-waarde" in chain.summary("nl")
    without = advocacy_chain(chain_survey(advocates(800)), n_boot=0)
    assert "E-value" not in without.summary()


def test_fewer_recommendations_are_said_to_be_less_often_with_a_size_that_is_no_minus():
    frame = advocates(800)
    chain = advocacy_chain(chain_survey(frame.assign(named=1 - frame["named"])), n_boot=100, seed=7)
    total = chain.tidy().iloc[2]
    size = (
        f"{-100 * total['estimate']:.1f} [{-100 * total['conf_high']:.1f}, "
        f"{-100 * total['conf_low']:.1f}]"
    )
    assert total["conf_high"] < 0
    assert chain.headline().endswith(f"held equal: by {size} percentage points.")
    assert "bevalen minder vaak echt aan" in chain.headline("nl")


def test_a_difference_that_is_not_shown_is_said_to_be_not_shown():
    frame = advocates(200)
    frame["told"] = np.random.default_rng(8).integers(0, 2, 200)
    chain = advocacy_chain(chain_survey(frame), n_boot=50)
    assert "no difference in real recommendations is shown between customers who" in (
        chain.headline()
    )
    assert "is geen verschil in echte aanbevelingen aangetoond" in chain.headline("nl")
    assert "that runs through scores" not in chain.summary()


def test_it_is_said_that_this_is_an_association_and_that_words_came_after_the_score(chain):
    assert chain.summary().endswith(
        "The motivation was written after the score, and customers remember themselves whether "
        "they recommended: this is an association, decomposed, and it does not show causes."
    )
    assert chain.summary("nl").endswith(
        "dit is een samenhang, uiteengelegd, en oorzaken toont zij niet aan."
    )
    assert "Whether an employee is mentioned stands in a column" in chain.summary()


def test_a_reader_sees_three_rows_and_a_row_a_driver(chain):
    table = chain.table("nl")
    assert list(table.columns) == [
        "deel",
        "procentpunten (95\xa0%)",
        "van het totaal (95\xa0%)",
    ]
    assert table["deel"].tolist() == [
        "direct, los van het cijfer",
        "indirect, via het cijfer",
        "totaal",
    ]
    assert table.iloc[2, 2] == "100\xa0%"
    drivers = chain.driver_table()
    assert list(drivers.columns) == [
        "driver",
        "more scores of 8–10, percentage points (95\xa0%)",
        "more recommenders per 1\xa0000 customers (95\xa0%)",
    ]
    order = chain.drivers().sort_values("recommenders", ascending=False)["driver"]
    assert drivers["driver"].tolist() == [cx.vocabulary.driver_label(name) for name in order]
    assert chain.driver_table("nl").columns[2].startswith("extra aanbevelers per 1\xa0000 klanten")


def test_the_line_under_the_table_says_how_it_was_made(chain):
    assert chain.footer() == (
        "Percentage points of real recommendation, with 3 drivers held equal. 800 customers, 100 "
        "resamples of respondents, seed 7, 95\xa0% intervals."
    )
    assert "100 hertrekkingen van respondenten" in chain.footer("nl")
    without = advocacy_chain(chain_survey(advocates()), n_boot=0)
    assert without.footer().endswith("400 customers, no resamples.")
    assert without.footer("nl").endswith("400 klanten, geen hertrekkingen.")
    frame = advocates().assign(w=1.0, r1=1.0, r2=1.5, r3=0.5)
    weighted = chain_survey(frame, weight="w", replicate_weights=("r1", "r2", "r3"))
    assert advocacy_chain(weighted).footer().endswith("95\xa0% intervals from replicate weights.")
    assert "uit replicatiegewichten" in advocacy_chain(weighted).footer("nl")


def test_without_resamples_the_headline_has_no_interval():
    chain = advocacy_chain(chain_survey(advocates(800)), n_boot=0)
    assert chain.headline().endswith(
        f"by {100 * chain.tidy()['estimate'].iloc[2]:.1f} percentage points."
    )
    assert "[" not in chain.summary()


def test_a_control_is_named_with_what_is_held_equal():
    frame = advocates().assign(company=np.tile(["north", "south"], 200))
    chain = advocacy_chain(chain_survey(frame), always=["company"], n_boot=0)
    assert "with 3 drivers and 'company' held equal" in chain.headline()
    assert "van 3 drivers en 'company'" in chain.headline("nl")


def test_another_scale_has_its_own_words():
    frame = advocates()
    survey = cx.Survey.from_frame(
        frame.assign(grade=np.ceil(frame["grade"] / 2)),
        outcome="grade",
        drivers=DRIVERS,
        mention="named",
        recommended="told",
    )
    chain = advocacy_chain(survey, threshold=4, n_boot=0)
    assert "how often a score of 4 or higher is given" in chain.summary()


def test_a_notebook_shows_the_table_the_headline_and_the_line(chain):
    assert chain.headline() in repr(chain)
    assert repr(chain).endswith(chain.footer())
    html = chain._repr_html_()
    assert html.startswith("<table")
    assert html.endswith("</p>")


def test_names_are_escaped_where_a_notebook_shows_them():
    frame = advocates().assign(**{"<b>": np.tile(["north", "south"], 200)})
    chain = advocacy_chain(chain_survey(frame), always=["<b>"], n_boot=0)
    assert "<b>" not in chain._repr_html_()
    assert "&lt;b&gt;" in chain._repr_html_()


def test_a_view_can_be_changed_without_changing_the_result(chain):
    for view in (chain.tidy, chain.steps, chain.drivers, chain.sensitivity):
        changed = view()
        changed.iloc[:, 1] = 0
        assert not (view().iloc[:, 1] == 0).all()


def test_rows_without_a_weight_are_said_to_be_left_out_for_it():
    frame = advocates().assign(w=[0.0] * 100 + [1.0] * 300)
    chain = advocacy_chain(chain_survey(frame, weight="w"), n_boot=0)
    assert "100 of the 400 respondents are not counted" in chain.summary()
    assert "is held equal is not known, or the weight is zero." in chain.summary()
    assert "niet bekend is, of het gewicht nul is." in chain.summary("nl")
