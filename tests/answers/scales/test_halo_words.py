"""Tests of `answers.scales.halo_words` and of how a comparison reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.scales.halo import compare_halo
from cxdrivers.answers.scales.halo_result import HaloComparison
from cxdrivers.answers.scales.halo_words import case_sentences, moved_drivers
from tests.answers.scales.halo_surveys import of_frame, opinions, with_careless


@pytest.fixture(scope="module")
def comparison() -> HaloComparison:
    """Return a comparison in which half of the respondents are careless."""
    return compare_halo(of_frame(with_careless(opinions(), 200)), n_boot=100)


def test_the_table_puts_cases_side_by_side_in_the_order_of_everybodys(comparison):
    table = comparison.table()
    assert table.columns.tolist() == [
        "driver", "everybody", "without straight-liners", "general level held",
    ]  # fmt: skip
    assert table["driver"].iloc[0] == "strong"
    assert table["everybody"].str.match(r"^\d+\u00a0% \(\d+–\d+\u00a0%\)$").all()
    assert comparison.table("nl").columns[1] == "iedereen"
    assert str(comparison).startswith(comparison.table().to_string(index=False))
    assert "<table" in comparison._repr_html_()


def test_the_tidy_table_has_a_row_for_every_driver_and_case(comparison):
    table = comparison.tidy()
    assert table.groupby("case")["driver"].nunique().to_dict() == {
        "everybody": 3, "without": 3, "level": 3,
    }  # fmt: skip
    assert table.groupby("case")["share"].sum().to_numpy() == pytest.approx(1)
    table["share"] = 0.0
    assert comparison.tidy()["share"].sum() == pytest.approx(3)


def test_what_is_common_and_who_answered_alike_is_said_with_numbers(comparison):
    said, gezegd = comparison.summary(), comparison.summary("nl")
    assert "of what the 3 drivers say; two of them correlate" in said
    assert "200 of 600 respondents (33.3\u00a0%) gave the same answer to every question." in said
    assert "200 van de 600 respondenten (33,3\u00a0%) gaven op elke vraag" in gezegd
    assert "Without them strong still comes first." in said
    assert "Zonder hen komt strong nog steeds op de eerste plaats." in gezegd
    assert "Beside what respondents give the other drivers, strong still comes first." in said
    assert "Naast wat respondenten de andere drivers geven, komt strong" in gezegd
    assert said.endswith("read it as the strictest case.")
    assert gezegd.endswith("Lees het als het strengste geval.")


def test_the_footer_says_who_is_behind_each_column(comparison):
    assert comparison.footer() == (
        "Shares of what the drivers explain, with 95\u00a0% intervals. Respondents: everybody 600, "
        "without straight-liners 400, general level held 600. 100 resamples, seed 0."
    )
    assert comparison.footer("nl").endswith("100 hertrekkingen, seed 0.")


def _table(ranks: list[int], low: list[float], high: list[float]) -> pd.DataFrame:
    shares = np.array([0.5, 0.3, 0.2])
    return pd.DataFrame(
        {
            "driver": ["a", "b", "c"],
            "rank": ranks,
            "rank_low": low,
            "rank_high": high,
            "share": shares,
            "share_low": shares - 0.1,
            "share_high": shares + 0.1,
        }
    )


def test_a_driver_moves_when_each_rank_lies_outside_the_interval_of_the_other():
    sure = _table([1, 2, 3], [1, 2, 3], [1, 2, 3])
    turned = _table([2, 1, 3], [2, 1, 3], [2, 1, 3])
    vague = _table([2, 1, 3], [1, 1, 3], [2, 2, 3])
    assert moved_drivers(sure, turned, shares=False) == ("a", "b")
    assert moved_drivers(sure, vague, shares=False) == ()
    assert moved_drivers(vague, sure, shares=False) == ()


def test_a_share_moves_in_the_same_way_where_shares_can_be_compared():
    one = _table([1, 2, 3], [1, 1, 1], [3, 3, 3])
    other = one.assign(**{name: one[name] + [-0.25, 0.05, 0.2] for name in one if "share" in name})
    assert moved_drivers(one, other, shares=True) == ("a", "c")
    assert moved_drivers(one, other, shares=False) == ()


def test_without_resamples_another_rank_is_a_move():
    nothing = [np.nan] * 3
    one, other = _table([1, 2, 3], nothing, nothing), _table([1, 3, 2], nothing, nothing)
    assert moved_drivers(one, other, shares=True) == ("b", "c")


def test_another_first_driver_is_named_beside_the_one_it_replaces():
    frame = with_careless(opinions(), 200)
    frame.loc[:399, "satisfaction"] += 1.2 * (frame.loc[:399, "weak_1"] - 7)
    found = compare_halo(of_frame(frame), n_boot=0)
    cases = {case: table.copy() for case, table in found.cases.items()}
    cases["everybody"]["rank"] = cases["everybody"]["driver"].map(
        {"idle": 1, "strong": 2, "weak": 3}
    )
    again = HaloComparison(**{**vars(found), "cases": cases})
    assert "Without them weak comes first, instead of idle." in again.summary()
    assert "Zonder hen komt weak op de eerste plaats, in plaats van idle." in again.summary("nl")
    assert "go further than chance may take them." in again.summary()
    assert "verschuiven verder dan door toeval kan." in again.summary("nl")
    assert again.summary().startswith("Where idle and weak stand hangs on halo")
    assert again.summary("nl").startswith("Waar idle en weak staan, hangt van halo af")


def test_a_driver_that_moves_is_told_by_its_share_or_by_its_rank_where_shares_look_the_same():
    one, other = (_table(ranks, ranks, ranks) for ranks in ([1, 2, 3], [1, 3, 2]))
    other["share"] = [0.5, 0.301, 0.24]
    labels = {"a": "A", "b": "B", "c": "C"}
    for language, ranks in (("en", "B (rank 2 → 3)"), ("nl", "B (rang 2 → 3)")):
        first, said = case_sentences("without", (one, other), ("b", "c"), labels, language)
        assert "A" in first
        assert said.startswith(ranks)
        assert "C (20\u00a0% → 24\u00a0%)" in said


def test_the_footer_writes_thousands_as_a_reader_does(comparison):
    many = {case: table.assign(n=2619) for case, table in comparison.cases.items()}
    assert "everybody 2\u00a0619," in replace(comparison, cases=many).footer()


@pytest.mark.parametrize(
    ("share", "rank", "said"),
    [
        (0.302, 2, "b (30.0\u00a0% → 30.2\u00a0%)"),
        (0.3003, 2, "b (30.00\u00a0% → 30.03\u00a0%)"),
        (0.302, 3, "b (rank 2 → 3)"),
        (0.41, 2, "b (30\u00a0% → 41\u00a0%)"),
    ],
)
def test_a_move_is_said_by_what_differs_before_and_after(share: float, rank: int, said: str):
    before = _table([1, 2, 3], [1, 2, 3], [1, 2, 3])
    after = before.assign(rank=[1, rank, 5 - rank], share=[0.5, share, 0.5 - share])
    labels = {name: name for name in "abc"}
    assert said in case_sentences("level", (before, after), ["b"], labels, "en")[-1]
