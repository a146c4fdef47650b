"""What a reader of gaps sees, in both languages."""

from __future__ import annotations

import pytest

from cxdrivers.answers.perceptions.perceptions import perception_gaps
from tests.answers.perceptions.perception_tables import SHARES, answers, shares

ASKED = {"question": "good", "group": "role"}


def test_the_headline_is_the_largest_gap_that_is_shown():
    """A larger gap between few stands back for one that is more than chance."""
    frame = shares(
        ("q", "x", 0.9, 5), ("q", "y", 0.4, 4), ("r", "x", 0.5, 400), ("r", "y", 0.3, 400)
    )
    said = perception_gaps(frame, **SHARES).headline()
    assert said.startswith(
        "'r': x 50\xa0%, y 30\xa0%. That is the largest gap that is shown: 20.0 ["
    )
    assert said.endswith("percentage points (95\xa0% interval).")


def test_a_gap_that_is_not_shown_is_not_said_to_be_there():
    gaps = perception_gaps(answers(a=(6, 14), b=(14, 26)), **ASKED)
    assert gaps.headline().startswith(
        "No gap is shown. The largest is at 'good': a 30\xa0%, b 35\xa0%, 5.0 ["
    )
    assert gaps.headline("nl").startswith("Er is geen verschil aangetoond.")


def test_how_many_gaps_stay_and_what_they_do_not_say():
    gaps = perception_gaps(answers(a=(90, 10), b=(10, 90), c=(12, 88)), **ASKED)
    assert "Of 3 gaps with known numbers of respondents, 2 are shown" in gaps.summary()
    assert "not which of them is right or why" in gaps.summary()
    assert "niet wie van hen gelijk heeft" in gaps.summary("nl")
    assert "p adjusted for 3 gaps" in gaps.footer()


def test_one_gap_has_nothing_to_adjust_for():
    gaps = perception_gaps(answers(a=(90, 10), b=(10, 90)), **ASKED)
    assert "are shown when all are counted together" not in gaps.summary()
    assert gaps.footer("nl").endswith("één p-waarde, dus er is niets te corrigeren")


def test_a_group_of_few_persons_is_said():
    gaps = perception_gaps(answers(a=(3, 1), b=(10, 90)), **ASKED)
    assert "The smallest group has 4 respondents" in gaps.summary()
    assert "smallest group" not in perception_gaps(answers(a=(5, 5), b=(1, 9)), **ASKED).summary()


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "50.0 [36.9, 60.5]"), ("nl", "50,0 [36,9; 60,5]")]
)
def test_the_table_shows_points_with_their_interval(language, shown):
    table = perception_gaps(answers(a=(70, 30), b=(20, 80)), **ASKED).table(language)
    (row,) = table.to_numpy().tolist()
    assert row[:3] == ["good", "a", "70\xa0%"]
    assert row[7] == shown
    assert len(set(table.columns)) == 9


def test_without_a_number_of_respondents_there_is_a_dash_and_no_interval():
    gaps = perception_gaps(shares(("q", "a", 40, None), ("q", "b", 20, 50)), **SHARES)
    row = gaps.table().iloc[0].tolist()
    assert row == ["q", "a", "40\xa0%", "–", "b", "20\xa0%", "50", "20", "–"]
    assert gaps.footer().startswith("no intervals")
    assert "For 1 of 1 gaps the number of respondents" in gaps.summary()


def test_the_notebook_shows_the_table_and_the_headline_safely():
    frame = answers(a=(9, 1), b=(1, 9)).rename(columns={"good": "<b>"})
    gaps = perception_gaps(frame, question="<b>", group="role")
    assert "&lt;b&gt;" in gaps._repr_html_()
    assert "<b>" not in gaps._repr_html_()
    assert gaps.headline() in repr(gaps)
