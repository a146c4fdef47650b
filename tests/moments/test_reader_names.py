"""Groups and their columns are shown by the labels of the codebook, each part of a name by its."""

from __future__ import annotations

import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.codebook.group_names import GroupNames
from cxdrivers.moments.reader_names import ReaderNames

CODEBOOK = Codebook(
    Question("grade", ("g",)),
    (Question("empathy", ("e",)),),
    groups=(
        GroupNames("Q1", {"nl": "Bedrijf", "en": "Company"}, {1: "Energie", 2: "Water"}),
        GroupNames("Q2", "Team", {1: "noord", "1 · 2": "noordwest"}),
        GroupNames("a · b", "Samen", {"x · y": "beide"}),
        GroupNames("Q3", values={"C · D": "warm"}),
    ),
)


@pytest.mark.parametrize(
    ("by", "outer", "name", "column", "group"),
    [
        ("Q1", None, "1", "Company", "Energie"),
        ("Q1", None, "3", "Company", "3"),
        ("region", None, "1", "region", "1"),
        ("Q1 · Q2", None, "2 · 1", "Company · Team", "Water · noord"),
        ("Q1 · region", None, "2 · 1", "Company · region", "Water · 1"),
        ("Q2", "Q1", "2 · 1", "Team", "Water · noord"),
        ("Q2", "Q1", "1", "Team", "noord"),
        ("Q2", "Q1", "1 · 2", "Team", "noordwest"),
        ("Q1", None, "1 · 2", "Company", "1 · 2"),
        ("a · b", None, "x · y", "Samen", "beide"),
        ("a · b", None, "y · x", "Samen", "y · x"),
        ("Q3", "Q1", "2 · C · D", "Q3", "Water · warm"),
        ("Q3", "Q1", "3 · C · D", "Q3", "3 · warm"),
        ("Q3", "Q1", "2 · C · E", "Q3", "Water · C · E"),
        ("Q3 · Q1", None, "C · D · 2", "Q3 · Company", "warm · Water"),
        ("Q3 · Q1", None, "C · E · 3", "Q3 · Company", "C · E · 3"),
    ],
)
def test_every_part_of_a_name_has_the_label_of_its_own_column(
    by: str, outer: str | None, name: str, column: str, group: str
) -> None:
    names = ReaderNames(CODEBOOK, by, "en", outer)
    assert (names.column(), names.group(name)) == (column, group)
    assert names.is_labelled(name) == (group != name)


def test_another_column_can_be_asked_for_and_each_language_has_its_labels() -> None:
    names = ReaderNames(CODEBOOK, "Q2", "nl", "Q1")
    assert [names.column(), names.column("Q1"), names.column("Q9")] == ["Team", "Bedrijf", "Q9"]


def test_without_a_codebook_everything_is_called_what_it_is() -> None:
    names = ReaderNames(None, "Q1 · Q2", "nl")
    assert (names.column(), names.group("1 · 2")) == ("Q1 · Q2", "1 · 2")
    assert not names.is_labelled("1 · 2")


@pytest.mark.parametrize("number", ["3", "-1", "1.5", "-2,25"])
def test_a_bare_number_on_its_own_says_of_which_column_it_is(number: str) -> None:
    names = ReaderNames(CODEBOOK, "Q1", "en")
    assert names.told(number) == f"Company {number}"
    assert [names.told(name) for name in ("1", "3-", "2025-1")] == ["Energie", "3-", "2025-1"]
