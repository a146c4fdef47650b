"""Tables of numbers keep the codes of groups; everything for a reader has their labels."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.named_groups import with_names
from cxdrivers.answers.planning.precision import expected_precision
from cxdrivers.moments.warehouse.reading import moments_from
from cxdrivers.survey.survey import Survey
from tests.answers.groups.grouped_surveys import grouped_answers, teams
from tests.samples import survey_of

GENDER = {
    "Q21": {
        "label": {"nl": "Geslacht", "en": "Gender"},
        "values": {
            1: "man",
            2: {"nl": "vrouw", "en": "woman"},
            3: {"nl": "anders", "en": "other"},
        },
    }
}
SLOPES = [(0.2, 0.3, 0.1), (1.4, 0.3, 0.1), (0.3, 0.3, 0.1), (0.3, 0.3, 0.1)]


def coded(sizes: list[int], **fields: Any) -> Survey:
    """Return a survey of groups 1, 2, 3 and so on of the column Q21."""
    codes = [float(place + 1) for place in range(len(sizes))]
    frame = grouped_answers(sizes, slopes=SLOPES[: len(sizes)], names=codes)
    return survey_of(frame.rename(columns={"group": "Q21"}), **fields)


@pytest.fixture(scope="module")
def labelled() -> GroupComparison:
    return compare_groups(coded([150, 140, 12, 160], groups=GENDER), by="Q21")


def test_tables_of_numbers_keep_the_codes(labelled: GroupComparison) -> None:
    assert labelled.groups == ("1", "2", "4")
    for table in (labelled.tidy(), labelled.against_rest(), labelled.changes()):
        assert set(table["group"]) <= {"1", "2", "4"}


def test_tables_for_a_reader_have_the_labels_and_a_code_without_one_stays(
    labelled: GroupComparison,
) -> None:
    assert labelled.table("nl")["groep"].tolist() == ["alle groepen", "man", "vrouw", "4"]
    assert labelled.table("en")["group"].tolist() == ["all groups", "man", "woman", "4"]
    assert {"vrouw"} <= set(labelled.rest_table("nl")["groep"]) <= {"man", "vrouw", "4"}
    changes = labelled.changes_table("nl")
    assert [*dict.fromkeys(changes["daarvoor"])] == ["man", "vrouw"]
    assert [*dict.fromkeys(changes["groep"])] == ["vrouw", "4"]
    assert labelled.group_label("2", "nl") == "vrouw"
    assert "woman" in repr(labelled)
    assert "<td>woman</td>" in labelled._repr_html_()


def test_sentences_say_the_label_with_that_of_its_column(labelled: GroupComparison) -> None:
    said, gezegd = labelled.summary("en"), labelled.summary("nl")
    assert "3 groups of 'Gender' are compared" in said
    assert "In the group 'woman' (Gender), Reliability weighs more than in the other" in said
    assert "In de groep 'vrouw' (Geslacht) weegt Betrouwbaarheid zwaarder dan in" in gezegd
    assert "Q21" not in said + gezegd


def test_what_stands_in_the_way_and_the_line_below_say_the_labels(
    labelled: GroupComparison,
) -> None:
    assert "(12 respondenten): 'anders'." in labelled.remarks("nl")[0]
    assert "(12 respondents): 'other'." in labelled.remarks("en")[0]
    assert "3 groepen van 'Geslacht', 450 respondenten" in labelled.footer("nl")


def test_groups_without_a_place_are_said_by_the_label_of_their_column() -> None:
    survey = coded([80, 80], groups=GENDER)
    frame = survey.frame.assign(Q21=survey.frame["Q21"].where(survey.frame.index > 4))
    said = compare_groups(Survey(frame, survey.codebook), by="Q21").remarks("nl")
    assert any("5 bruikbare respondenten hebben geen 'Geslacht'" in line for line in said)


def test_names_that_must_be_mended_in_the_file_are_said_as_in_the_file() -> None:
    frame = grouped_answers([60, 50, 40], names=["Energie", "energie ", "Bank"])
    named = {"group": {"label": "Bedrijf", "values": {"Energie": "Stroom", "Bank": "Geld"}}}
    said = compare_groups(survey_of(frame, groups=named), by="group").remarks("en")[0]
    assert said.startswith("In 'group' these names may be two spellings of one group: ")
    assert "'Energie' (60)" in said


def test_waves_are_called_by_their_labels_without_their_column() -> None:
    seasons = {"Q21": {"label": "Meting", "values": {1: "voorjaar", 2: "najaar"}}}
    changed = compare_groups(coded([250, 250], wave="Q21", groups=seasons), by="Q21")
    assert changed.headline("nl").startswith(
        "Van voorjaar op najaar nam het gewicht van Betrouwbaarheid toe"
    )
    frame = grouped_answers([60, 60], names=["1", "2"]).rename(columns={"group": "Q21"})
    same = compare_groups(survey_of(frame, wave="Q21", groups=seasons), by="Q21")
    assert "(voorjaar → najaar)" in same.headline("nl")


def test_a_code_without_a_label_has_that_of_its_column_beside_it() -> None:
    named = {"Q21": {"label": "Geslacht", "values": {1: "man"}}}
    said = compare_groups(coded([150, 140, 160], groups=named), by="Q21").summary("nl")
    assert "In Geslacht 2 weegt Betrouwbaarheid zwaarder" in said


NESTED = {
    "organisation": {"label": "Bedrijf", "values": {"Org 1": "Energie", "Org 2": "Water"}},
    "team": {"label": "Afdeling", "values": {"Team 1": "noord", "Team 2": "zuid"}},
}


def test_groups_within_groups_have_the_labels_of_both_columns() -> None:
    survey = survey_of(teams(2, 2, 60), groups=NESTED)
    found = compare_groups(survey, by=("organisation", "team"))
    assert found.table("nl")["groep"].tolist() == ["alle groepen", "Energie", "Water"]
    inner = found.inner
    assert inner is not None
    called = ["Energie · noord", "Energie · zuid", "Water · noord", "Water · zuid"]
    assert inner.table("nl")["groep"].tolist() == ["alle groepen", *called]
    assert inner.groups[0] == "Org 1 · Team 1"
    assert "groepen van 'Afdeling' vergeleken, elk met de andere binnen dezelfde 'Bedrijf'" in (
        found.summary("nl")
    )
    assert any(
        "2 groepen van 'Afdeling' staan met dezelfde naam in meer dan één 'Bedrijf', zoals "
        "'noord', 'zuid'." in line
        for line in found.remarks("nl")
    )


def test_sums_from_elsewhere_are_shown_by_the_same_labels() -> None:
    survey = survey_of(teams(2, 2, 60), groups=NESTED)
    by = ["organisation", "team"]
    moments = moments_from(survey.frame, codebook=survey.codebook, by=by)
    weights = cx.driver_weights(moments, n_boot=0)
    assert isinstance(weights, cx.GroupWeights)
    assert weights.groups[0] == "Org 1 · Team 1"
    assert weights.tidy().iloc[0, 0] == "Org 1 · Team 1"
    assert weights.table("nl").columns[0] == "Bedrijf · Afdeling"
    assert weights.table("nl").iloc[3, 0] == "Water · zuid"
    assert "4 groepen van 'Bedrijf · Afdeling'" in weights.footer("nl")
    inner = compare_groups(moments).inner
    assert inner is not None
    assert inner.table("nl")["groep"].tolist()[1] == "Energie · noord"


def test_groups_that_cannot_be_weighed_are_said_by_their_labels() -> None:
    survey = coded([60, 60, 3], groups=GENDER)
    frame = survey.frame.assign(Q21=survey.frame["Q21"].where(survey.frame.index > 4))
    weights = cx.driver_weights(moments_from(Survey(frame, survey.codebook), by="Q21"), n_boot=0)
    assert "heeft te weinig respondenten voor zoveel kolommen" in weights.summary("nl")
    assert "geen gewichten: 'anders'." in weights.summary("nl")
    assert "5 bruikbare respondenten hebben geen 'Geslacht'" in weights.summary("nl")


def test_what_segments_could_tell_is_said_by_their_labels() -> None:
    survey = coded([150, 140, 12], groups=GENDER)
    precision = expected_precision(survey, by="Q21", n_boot=50)
    said = precision.summary("nl")
    assert precision.segments_table()["segment"].tolist() == ["1", "2", "3"]
    assert "Uitgesplitst naar Geslacht" in said
    assert all(name in said for name in ("voor man", "voor vrouw", "'anders'"))


def test_names_without_labels_change_nothing() -> None:
    plain, named = (
        compare_groups(coded([150, 140, 12, 160], **fields), by="Q21")
        for fields in ({}, {"groups": {"Q21": {}}})
    )
    for language in ("en", "nl"):
        assert named.sentences(language) == plain.sentences(language)
        assert named.remarks(language) == plain.remarks(language)
        pd.testing.assert_frame_equal(named.table(language), plain.table(language))
    assert repr(named) == repr(plain)
    assert "In Q21 2, Reliability weighs more" in plain.summary()


def test_no_number_stands_alone_where_a_group_is_told() -> None:
    frame = grouped_answers([150, 140, 160, 12], slopes=SLOPES, names=[-1.0, 1.5, 2.0, 3.0])
    survey = survey_of(frame.rename(columns={"group": "Q21"}), groups={"Q21": {"label": "Gender"}})
    compared = compare_groups(survey, by="Q21")
    assert "In Gender 1.5, Reliability weighs more" in compared.summary("en")
    drawn = with_names(compared.tidy(), compared)["group"]
    assert drawn.unique().tolist()[:3] == ["Gender -1", "Gender 1.5", "Gender 2"]
    said = expected_precision(survey, by="Q21", n_boot=50).summary("en")
    assert all(name in said for name in ("for Gender -1 (n", "for Gender 1.5 (n", "'Gender 3'"))
