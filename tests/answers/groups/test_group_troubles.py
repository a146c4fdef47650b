"""Tests of `answers.groups.group_troubles`: what a reader must know before groups are compared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.survey.survey import Survey
from tests.answers.groups.grouped_surveys import grouped_answers, grouped_survey, teams
from tests.samples import OUTCOME, survey_of

ITEMS = {"empathy": ["listens", "friendly"], "wait_time": ["wait"]}


def _with_items(sizes: list[int], **changes: object) -> Survey:
    frame = grouped_answers(sizes)
    noise = np.random.default_rng(2).normal(size=(len(frame), 2))
    items = frame.rename(columns={"reliability": "wait"}).assign(
        listens=frame["empathy"] + noise[:, 0], friendly=frame["empathy"] + noise[:, 1]
    )
    items = items[["wait", "listens", "friendly", "group", OUTCOME]]
    return Survey.from_frame(items, outcome=OUTCOME, drivers=ITEMS, **changes)


def _blanked(survey: Survey, group: str, columns: list[str], value: object = np.nan) -> Survey:
    frame = survey.frame.copy()
    frame.loc[frame["group"] == group, columns] = value
    return Survey(frame, survey.codebook)


def test_a_clean_survey_has_no_remarks():
    assert compare_groups(grouped_survey([60, 60, 60])).remarks() == []


def test_an_item_that_a_group_was_not_asked_is_named_with_its_driver_and_group():
    comparison = compare_groups(_blanked(_with_items([60, 60, 60]), "b", ["listens"]), by="group")
    assert comparison.remarks() == [
        (
            "'listens', one of the items of Empathy, was not asked in 'b'. There Empathy is not "
            "measured with the same items, so a difference may be one of questions and not of "
            "customers."
        ),
    ]
    assert comparison.remarks("nl")[0].startswith(
        "'listens', een van de items van Empathie, is niet gevraagd in 'b'. Daar is Empathie niet"
    )
    assert comparison.tidy()["estimate"].notna().all()


def test_a_driver_that_a_group_was_not_asked_has_no_numbers_there():
    survey = _blanked(_with_items([60, 60, 60]), "b", ["listens", "friendly"])
    comparison = compare_groups(survey, by="group")
    assert comparison.remarks() == [
        (
            "Empathy was not asked in 'b', and has no numbers there. The weights of the other "
            "drivers there lean on how Empathy goes together with them elsewhere."
        ),
    ]
    assert "Empathie is niet gevraagd in 'b'" in comparison.remarks("nl")[0]
    table = comparison.tidy().set_index(["group", "driver"])
    empty = table.loc[("b", "empathy"), ["estimate", "effect", "mean", "shrunk"]]
    assert empty.isna().all()
    assert table.loc[("b", "wait_time"), ["estimate", "effect", "mean", "shrunk"]].notna().all()
    assert comparison.table().set_index("group").loc["b", "Empathy"] == "–"
    assert comparison.spread().set_index(["measure", "driver"])["n"]["weight", "empathy"] == 2


def test_a_driver_that_few_of_a_group_rated_has_no_numbers_there():
    survey = _with_items([60, 60, 60])
    frame = survey.frame.copy()
    frame.loc[60:112, "wait"] = np.nan
    comparison = compare_groups(Survey(frame, survey.codebook), by="group")
    assert comparison.remarks() == [
        "Wait time was rated by fewer than 10 respondents in 'b', and has no numbers there."
    ]
    assert (
        "Wachttijd is in 'b' door minder dan 10 respondenten beoordeeld"
        in (comparison.remarks("nl")[0])
    )


def test_a_driver_that_did_not_apply_to_a_group_is_told_from_one_that_was_not_asked():
    survey = _with_items([60, 60, 60], not_applicable=[99.0])
    comparison = compare_groups(_blanked(survey, "c", ["wait"], 99.0), by="group")
    assert comparison.remarks()[0].startswith(
        "Wait time did not apply to most respondents in 'c' and fewer than 10 rated it, so"
    )
    assert (
        "Wachttijd was voor de meeste respondenten in 'c' niet van toepassing"
        in (comparison.remarks("nl")[0])
    )


def test_a_driver_that_never_varies_in_a_group_has_no_effect_there_and_it_is_said():
    comparison = compare_groups(_blanked(_with_items([60, 60, 60]), "a", ["wait"], 7.0), by="group")
    assert comparison.remarks() == [
        (
            "In 'a' everybody gives the same answer about Wait time, so there it has weight 0 and"
            " no effect of its own."
        ),
    ]
    assert "In 'a' geeft iedereen hetzelfde antwoord over Wachttijd" in comparison.remarks("nl")[0]
    row = comparison.tidy().set_index(["group", "driver"]).loc[("a", "wait_time")]
    assert (row["estimate"], row["mean"]) == (0, 7)
    assert np.isnan(row["effect"])


def test_two_spellings_of_a_name_are_named_with_their_sizes_and_kept_apart():
    survey = grouped_survey([60, 50, 40], names=["Energie", "energie ", "Bank"])
    comparison = compare_groups(survey)
    assert comparison.remarks() == [
        (
            "In 'group' these names may be two spellings of one group: 'Energie' (60), 'energie ' "
            "(50). They are kept apart; if they are one group, give it one name in the file."
        ),
    ]
    assert "twee schrijfwijzen van één groep" in comparison.remarks("nl")[0]
    assert comparison.groups == ("Bank", "Energie", "energie ")


def test_a_group_that_is_too_small_is_named_also_when_it_is_a_spelling():
    said = compare_groups(grouped_survey([60, 60, 12], names=["Bank", "Post", "bank"])).remarks()
    assert any("'Bank' (60), 'bank' (12)" in remark for remark in said)
    assert (
        "1 group with fewer than 25 respondents is too small to be shown (12 respondents)"
        in (said[0])
    )


def test_small_groups_are_said_with_their_number_names_and_respondents():
    comparison = compare_groups(grouped_survey([60, 20, 15, 60]))
    assert comparison.remarks() == [
        (
            "2 groups with fewer than 25 respondents are too small to be shown and were taken "
            "together (35 respondents): 'b', 'c'."
        ),
        (
            "Together they have a row in the table; they are in no comparison, since they are "
            "not one group."
        ),
    ]
    assert "2 groepen met minder dan 25 respondenten zijn te klein" in comparison.remarks("nl")[0]
    assert "Samen hebben zij een rij in de tabel" in comparison.remarks("nl")[1]


@pytest.mark.parametrize(("blanks", "said"), [(1, "1 respondent that"), (7, "7 respondents that")])
def test_respondents_without_a_group_are_counted(blanks: int, said: str):
    frame = grouped_answers([60, 60])
    frame.loc[: blanks - 1, "group"] = " "
    comparison = compare_groups(survey_of(frame), by="group")
    assert comparison.remarks()[0].startswith(said)
    assert "geen 'group' en" in comparison.remarks("nl")[0]
    assert comparison.n == 120 - blanks


def test_clusters_in_several_groups_are_said():
    frame = grouped_answers([60, 60]).assign(agent=[*range(30)] * 4)
    said = compare_groups(survey_of(frame, cluster="agent"), by="group").remarks()
    assert said[0].startswith("Some clusters have respondents in several groups of 'group'.")
    nl = compare_groups(survey_of(frame, cluster="agent"), by="group").remarks("nl")
    assert nl[0].startswith("Sommige clusters hebben respondenten in meer dan één groep")


def test_teams_with_the_same_name_are_said_to_be_different_teams():
    comparison = compare_groups(survey_of(teams(3, 5, 40)), by=("organisation", "team"))
    assert comparison.remarks() == [
        (
            "5 groups of 'team' stand in more than one 'organisation' by name, such as 'Team 1', "
            "'Team 2', 'Team 3', 'Team 4', 'Team 5'. These are taken as different groups."
        ),
    ]
    assert "Dat zijn hier verschillende groepen." in comparison.remarks("nl")[0]


def test_teams_that_cannot_be_compared_are_said():
    frame = teams(3, 6, 20)
    frame.loc[:29, "team"] = "Team 9"
    comparison = compare_groups(survey_of(frame), by=("organisation", "team"))
    assert comparison.inner is None
    assert comparison.remarks() == [
        (
            "Groups of 'team' within one 'organisation' cannot be compared: no 'organisation' has"
            " two of at least 25 respondents that can be used."
        ),
    ]
    assert "Groepen van 'team' binnen één 'organisation'" in comparison.remarks("nl")[0]


def _said(comparison: GroupComparison, language: str = "en") -> str:
    return " ".join(comparison.remarks(language))


def test_a_tenth_of_blanks_is_said_of_the_driver_and_the_groups_that_have_it():
    frame = grouped_answers([60, 60, 60])
    frame.loc[60:65, "empathy"] = np.nan
    frame.loc[120:124, "empathy"] = np.nan
    comparison = compare_groups(survey_of(frame), by="group")
    assert comparison.remarks() == [
        "A tenth or more of the answers about Empathy is blank in 'b'.",
        (
            "What is blank is expected from the answers of all groups, so a difference in weight "
            "or own effect comes out smaller there, by about the part that is blank."
        ),
    ]
    assert _said(comparison, "nl").startswith(
        "Van de antwoorden over Empathie is een tiende of meer niet ingevuld in 'b'. Wat niet is "
        "ingevuld, wordt verwacht uit de antwoorden van alle groepen."
    )


@pytest.mark.parametrize("grade", [10.0, 0.1 + 0.2])
def test_a_group_of_one_grade_has_nothing_that_goes_with_it(grade: float):
    survey = _blanked(_with_items([60, 60, 60]), "a", [OUTCOME, "wait"], grade)
    comparison = compare_groups(survey, by="group")
    assert comparison.remarks() == [
        (
            "In 'a' everybody gives the same answer about satisfaction, so nothing can go "
            "with it: there are no weights and no own effects there."
        )
    ]
    assert _said(comparison, "nl").startswith("In 'a' geeft iedereen hetzelfde antwoord over ")
    rows = comparison.tidy().set_index("group").loc["a"]
    assert rows[["estimate", "effect"]].isna().all(axis=None)
    assert rows["mean"].notna().all()
    assert np.isfinite(comparison.spread().query("measure == 'mean'")["tau"]).all()


def test_a_group_that_is_one_cluster_is_as_unsure_as_clusters_of_the_others():
    rng = np.random.default_rng(5)
    frame = grouped_answers([120, 120, 120]).assign(agent=np.arange(360) // 20)
    frame["empathy"] += rng.normal(size=18)[frame["agent"]]
    frame.loc[240:, "agent"] = 99
    one = compare_groups(survey_of(frame, cluster="agent"), by="group")
    assert one.remarks()[0].startswith(
        "'c' is a single cluster, which does not tell how much another one would differ: how sure "
        "its numbers are is taken from the clusters of the other groups."
    )
    assert "'c' is één cluster, en dat zegt niet" in one.remarks("nl")[0]
    rows = one.tidy().query("driver == 'empathy'").set_index("group")
    width = rows["mean_high"] - rows["mean_low"]
    assert width["c"] == pytest.approx(np.sqrt(6) * width["a"], rel=0.02)
    frame.loc[120:, "agent"] = frame["group"].map({"b": 98, "c": 99})
    both = compare_groups(survey_of(frame, cluster="agent"), by="group")
    assert "'b', 'c' are a single cluster each" in _said(both)
    assert "'b', 'c' zijn elk één cluster" in _said(both, "nl")


@pytest.mark.parametrize(
    ("clusters", "english", "dutch"),
    [
        (
            3,
            "2 groups hold fewer than 5 clusters or groups within them: 'a', 'b'. So",
            "2 groepen hebben elk minder",
        ),
        (
            6,
            "1 group holds fewer than 5 clusters or groups within it: 'b'. So few",
            "1 groep heeft minder dan 5 clu",
        ),
    ],
)
def test_few_clusters_are_said(clusters: int, english: str, dutch: str):
    frame = grouped_answers([120, 120])
    frame["agent"] = np.r_[np.arange(120) % clusters, 90 + np.arange(120) % 4]
    comparison = compare_groups(survey_of(frame, cluster="agent"), by="group")
    assert comparison.remarks()[0].startswith(english)
    assert comparison.remarks("nl")[0].startswith(dutch)


@pytest.mark.parametrize(
    ("uneven", "english", "dutch"),
    [
        (
            "a",
            (
                "1 group is too small to be shown although it has 40 respondents, since these "
                "weigh so unequally that they count for fewer than 9: 'a'."
            ),
            "1 groep is te klein om te tonen, hoewel zij 40 respondenten heeft: die wegen zo ongel",
        ),
        (
            "ab",
            (
                "2 groups are too small to be shown although they have 80 respondents together, "
                "since these weigh so unequally that in each they count for fewer than 9: 'a', 'b'."
            ),
            "2 groepen zijn te klein om te tonen, hoewel zij samen 80 respondenten hebben: die weg",
        ),
    ],
)
def test_a_group_whose_weights_are_too_unequal_is_not_said_to_have_few_respondents(
    uneven: str, english: str, dutch: str
):
    frame = grouped_answers([40] * 4).assign(weight=1.0)
    heavy = np.where(np.arange(160) % 40 < 4, 50.0, 0.1)
    frame["weight"] = np.where(frame["group"].isin(list(uneven)), heavy, 1.0)
    comparison = compare_groups(survey_of(frame, weight="weight"), by="group")
    assert comparison.remarks()[0] == english
    assert comparison.remarks("nl")[0].startswith(dutch)


def test_questions_are_judged_by_the_respondents_that_can_be_used():
    survey = _with_items([60, 60, 60])
    frame = pd.concat([survey.frame, survey.frame.tail(1).assign(group="b")], ignore_index=True)
    frame.loc[frame["group"] == "b", "listens"] = np.nan
    frame.loc[frame.index[-1], ["listens", OUTCOME]] = [5.0, np.nan]
    said = compare_groups(Survey(frame, survey.codebook), by="group").remarks()
    assert said[0].startswith("'listens', one of the items of Empathy, was not asked in 'b'.")
