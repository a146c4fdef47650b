"""Tables with raw numbers can be drawn with the names that a reader knows."""

from __future__ import annotations

import pytest

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.named_groups import reason_with_names, with_names
from cxdrivers.errors import FitError
from tests.answers.groups.grouped_surveys import grouped_answers
from tests.samples import survey_of

NAMED = {"group": {"label": {"nl": "Geslacht", "en": "Gender"}, "values": {1: "man"}}}


def compared(wave: str | None = None) -> GroupComparison:
    frame = grouped_answers([80, 80, 20, 20], names=[1, 2, 3, 4])
    return compare_groups(survey_of(frame, wave=wave, groups=NAMED), by="group")


def test_groups_have_their_labels_and_a_bare_number_says_of_what() -> None:
    comparison = compared()
    table = comparison.tidy()
    assert table["group"].unique().tolist() == ["1", "2", "others"]
    named = with_names(table, comparison, "nl")
    assert named["group"].unique().tolist() == ["man", "Geslacht 2", "kleinere groepen samen"]
    assert named.drop(columns="group").equals(comparison.tidy().drop(columns="group"))
    assert table.equals(comparison.tidy())


def test_waves_have_their_labels_alone_and_so_have_those_before_them() -> None:
    comparison = compared(wave="group")
    named = with_names(comparison.changes(), comparison)
    assert (set(named["before"]), set(named["group"])) == ({"man"}, {"2"})


def test_why_groups_are_not_compared_is_said_with_their_labels() -> None:
    survey = survey_of(grouped_answers([60], names=[1]), groups=NAMED)
    with pytest.raises(FitError) as caught:
        compare_groups(survey, by="group")
    names = compared().names("nl")
    assert "in de ene groep '1' van 'group'" in caught.value.say("nl")
    said = reason_with_names(caught.value.sentence, names).say("nl")
    assert "in de ene groep 'man' van 'Geslacht'" in said


def test_a_reason_about_another_column_is_said_as_it_is() -> None:
    error = FitError("groups_alone", n=3, group="1", column="region")
    names = compared().names("nl")
    assert reason_with_names(error.sentence, names).say("nl") == error.say("nl")
