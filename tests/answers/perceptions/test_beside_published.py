"""A client's own groups beside published ones: side by side, with source and caution."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.perceptions.beside_published import BesidePublished
from cxdrivers.answers.perceptions.perceptions import perception_gaps
from cxdrivers.answers.perceptions.perceptions_result import PerceptionGaps
from cxdrivers.errors import FitError
from tests.answers.perceptions.perception_tables import SHARES, answers, shares


def own(**counts: tuple[int, int]) -> PerceptionGaps:
    return perception_gaps(answers(**counts), question="good", group="role")


@pytest.fixture
def three() -> PerceptionGaps:
    return own(klanten=(31, 69), directie=(12, 8), medewerkers=(25, 25), leveranciers=(1, 9))


def test_every_role_stands_beside_the_published_one(three):
    beside = three.beside_published()
    tidy = beside.tidy()
    assert tidy["whose"].tolist() == ["own"] * 3 + ["published"] * 3
    assert tidy["role"].tolist() == ["executive", "employee", "customer"] * 2
    assert tidy["share"].tolist() == pytest.approx([0.6, 0.5, 0.31, 0.4, 0.23, 0.1])
    assert tidy["group"].tolist()[3:] == ["P1b", "P1c", "P1a"]
    assert tidy["n"].tolist()[3:] == [1900, 3600, 7000]
    assert (tidy["share_low"] < tidy["share"]).all()


def test_gaps_are_each_sides_own(three):
    gaps = three.beside_published().gaps()
    outer = gaps[(gaps["role"] == "executive") & (gaps["other"] == "customer")]
    assert outer["estimate"].tolist() == pytest.approx([0.29, 0.30])
    alone = three.tidy()
    same = alone[(alone["group"] == "directie") & (alone["other"] == "klanten")]
    assert outer["conf_low"].iloc[0] == same["conf_low"].item()
    assert "p_value" not in gaps


def test_a_dutch_reader_reads_no_english(three):
    said = three.beside_published(published="P2").summary("nl")
    assert "directie tegenover klanten: 60\xa0% tegenover 31\xa0%" in said
    assert "'organisatie levert over de hele linie goede klantenservice': 89\xa0%" in said
    assert "Let op: consumenten beoordelen organisaties, niet een eigen organisatie." in said
    assert "Let op: de tekst zegt ‘respondenten’" in said
    assert "niet tegen elkaar getoetst" in said
    assert "'leveranciers' heeft aan de andere kant geen tegenhanger" in said
    assert "Bron: Pegasystems" in said


def test_a_source_without_numbers_has_no_interval_and_its_managers_stay_managers():
    gaps = own(executives=(8, 2), employees=(5, 15))
    with pytest.raises(FitError, match=r"fewer than two have a role that the published gap 'G2'"):
        gaps.beside_published(published="G2")
    beside = gaps.beside_published(published="G2", roles={"employees": "manager"})
    theirs = beside.tidy().query("whose == 'published'")
    assert np.isnan(theirs["share_low"]).all()
    assert "The source gives no number of respondents by group" in beside.summary()
    assert "customer-facing MANAGERS" in beside.summary()
    assert beside.headline().count("[") == 1


def test_what_stands_in_the_readers_table(three):
    table = three.beside_published().table("nl")
    assert table.iloc[0].tolist()[::3] == ["directie", "beslissers"]
    assert table.columns.tolist()[4] == "Pegasystems 2019 (95\xa0%)"
    assert table.iloc[2, 4] == "10\xa0% (9–11\xa0%)"


def test_a_published_group_without_an_own_one_is_said():
    beside = own(executives=(8, 2), customers=(5, 15)).beside_published()
    assert beside.left_out == ("P1c",)
    assert "'service employees' has no counterpart" in beside.summary()
    assert isinstance(beside, BesidePublished)
    assert "service employees" in repr(beside)
    assert "&#x27;service employees&#x27;" in beside._repr_html_()


@pytest.mark.parametrize(
    ("match", "how"),
    [
        (r"no published gap 'P9'\..* Choose one of 'G1'", {"published": "P9"}),
        (r"'B2' is between groups without a role", {"published": "B2"}),
        (r"no question 'goood'\. Did you mean 'good'\?", {"question": "goood"}),
        (r"no such group .* Did you mean 'klanten'\?", {"roles": {"klant": "customer"}}),
        (r"'chief' is not a role", {"roles": {"klanten": "chief"}}),
        (r"'klanten', 'leveranciers' all have the", {"roles": {"leveranciers": "customer"}}),
    ],
)
def test_what_cannot_stand_beside_a_published_gap_is_refused(three, match, how):
    with pytest.raises(FitError, match=match) as caught:
        three.beside_published(**how)
    assert caught.value.say("nl") != caught.value.say("en")


def test_which_of_several_questions_and_groups_without_a_role_must_be_said():
    rows = [(question, group, 40, 50) for question in "qr" for group in "ab"]
    two = perception_gaps(shares(*rows), **SHARES)
    with pytest.raises(FitError, match="more than one question: 'q', 'r'"):
        two.beside_published()
    with pytest.raises(FitError, match=r"Of 'a', 'b' at 'q', .* roles=\{\"directors\""):
        two.beside_published(question="q")
    roles = {"a": "executive", "b": "customer"}
    assert len(two.beside_published(question="q", roles=roles).tidy()) == 4
