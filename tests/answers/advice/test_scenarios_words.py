"""What a reader is told of scenarios: sentences with their "if", tables, and reach, twice."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import cxdrivers as cx
from cxdrivers.answers.advice.scenarios import what_if
from cxdrivers.answers.advice.scenarios_result import Scenarios
from tests.answers.advice.scenario_surveys import AWAY, CHANGED, scenario_frame, scenario_survey

PLANS = {
    "Training": {"empathy": 0.5, "reliability": 9},
    "Capacity": {"wait_time": ("at_least", 7)},
    "Cuts": {"reliability": -1, "wait_time": ("at_most", 6)},
    "empathy": {"empathy": 0.25},
}


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    frame = scenario_frame(300)
    frame["empathy"] = frame["empathy"].mask(np.arange(300) % 10 == 0, AWAY)
    frame.loc[[3, 4], "reliability"] = np.nan
    return scenario_survey(frame, not_applicable=[AWAY])


@pytest.fixture(scope="module")
def plans(survey) -> Scenarios:
    return what_if(survey, PLANS, costs={"Training": 25000, "Cuts": 10}, n_boot=60, seed=7)


@pytest.fixture(scope="module")
def single(survey) -> Scenarios:
    return what_if(survey, CHANGED, n_boot=0)


def test_every_prediction_says_that_it_supposes_a_cause(plans):
    for language, words in (("en", "the association is causal"), ("nl", "het verband oorzakelijk")):
        said = plans.sentences(language)
        assert sum(f"{words}" in sentence for sentence in said) >= 5
        assert words in said[-1]
        assert words in plans.footer(language).replace("Als", "als").replace("If", "if")


def test_a_scenario_is_one_sentence_with_its_numbers(single):
    table = single.tidy().set_index("quantity")
    mean, top = table.loc["mean"], table.loc["top_box"]
    [said] = [sentence for sentence in single.sentences() if "would go from" in sentence]
    assert said.startswith(
        "Reliability +1, Wait time at least 7: if the association is causal, the mean of "
        f"satisfaction would go from {mean['today']:.2f} to {mean['changed']:.2f}, a difference "
        f"of {mean['estimate']:.2f}; the share that gives 8–10 from {100 * top['today']:.1f}\xa0%"
    )
    assert re.search(r"and of 1\xa0000 customers \d+ instead of \d+ would really recommend", said)
    dutch = single.sentences("nl")[0]
    assert dutch.startswith("Betrouwbaarheid +1, Wachttijd ten minste 7: als het verband oorzakel")
    assert "het aandeel dat 8–10 geeft van" in dutch


def test_whom_a_change_does_not_reach_is_counted(plans):
    reach = plans.reach().set_index(["scenario", "driver"])
    row = reach.loc[("Training", "empathy")]
    said = plans.summary()
    assert (
        f"Empathy: of 300 respondents {row['moved']} move as far as asked; {row['stuck']} cannot "
        "be moved, being at the end of the scale; 30 did not meet it and stay as they are."
    ) in said
    assert "2 gave no answer and move with an estimated one" in said
    ceiling = reach.loc[("Training", "reliability")]
    assert f"{ceiling['partly']} move less, up to the end of the scale" in said
    already = reach.loc[("Capacity", "wait_time"), "already"]
    assert f"{already} are there already." in said
    dutch = plans.summary("nl")
    assert "30 hadden er niet mee te maken en blijven gelijk." in dutch
    assert f"{ceiling['partly']} schuiven minder ver op, tot het eind van de schaal" in dutch


def test_one_respondent_is_spoken_of_in_the_singular(survey):
    frame = survey.frame.assign(wait_time=np.where(np.arange(300) == 7, 10.0, 4.0))
    frame.loc[8, "wait_time"] = 3.0
    found = what_if(
        scenario_survey(frame, not_applicable=[AWAY]), {"wait_time": ("at_least", 4)}, n_boot=0
    )
    assert "of 300 respondents 1 moves as far as asked; 299 are there already." in found.summary()
    assert "schuift er 1 zo ver op als gevraagd" in found.summary("nl")


def test_only_the_largest_gains_are_told_and_the_table_has_all(plans):
    assert plans.table()["scenario"].tolist() == [
        "today",
        "Training",
        "Capacity",
        "Empathy",
        "Cuts",
    ]
    assert "1 more scenario stands in the table." in plans.sentences()
    assert "Nog 1 scenario staat in de tabel." in plans.sentences("nl")
    assert "Cuts" not in plans.summary()


def test_a_reader_finds_today_first_and_a_column_for_every_difference(plans):
    table = plans.table("nl")
    assert list(table.columns) == [
        "scenario",
        "gemiddelde van tevredenheid",
        "verschil (95\xa0%)",
        "aandeel met 8–10",
        "procentpunten (95\xa0%)",
        "aanbevelers per 1\xa0000",
        "meer aanbevelers (95\xa0%)",
    ]
    assert table.iloc[0, 0] == "nu"
    assert table.iloc[0, 2] == "–"
    assert re.fullmatch(r"\d,\d\d \[\d,\d\d; \d,\d\d\]", table.iloc[1, 2])
    assert table["scenario"].tolist()[3] == "Empathie"


def test_costs_have_a_sentence_and_a_table_of_their_own(plans):
    row = plans.tidy().iloc[0]
    shown = f"{row['cost_per_point']:,.0f}".replace(",", "\xa0")
    assert f"Training costs 25\xa0000: if the association is causal, {shown} [" in plans.summary()
    assert "Training kost 25\xa0000: als het verband oorzakelijk is" in plans.summary("nl")
    table = plans.cost_table("nl")
    assert table["scenario"].tolist() == ["Training", "Cuts"]
    assert table["kosten"].tolist() == ["25\xa0000", "10,00"]
    assert (table.iloc[1, 2:] == "geen winst").all()
    assert (plans.cost_table().iloc[1, 2:] == "no gain").all()


def test_a_scenario_that_gains_nothing_has_no_cost_of_a_point(survey):
    found = what_if(survey, {"reliability": -1}, costs=10, n_boot=0)
    assert (
        "Reliability −1 costs 10.00, and no gain is predicted that it could be divided by."
        in found.sentences()
    )
    dutch = "Betrouwbaarheid −1 kost 10,00, en er is geen winst voorspeld om dat door te delen."
    assert dutch in found.sentences("nl")


def test_small_differences_in_means_have_a_decimal_more(survey):
    found = what_if(survey, {"empathy": 0.05}, n_boot=0)
    row = found.tidy().iloc[0]
    assert found.table().iloc[1, 2] == f"{row['estimate']:.3f}"
    axes = found.plot(Figure().subplots())
    assert f"{row['estimate']:.3f}" in [text.get_text() for text in axes.texts]


def test_of_how_many_recommending_is_known_is_said_when_not_of_all(survey, single):
    frame = survey.frame.assign(
        recommended=survey.frame["recommended"].where(np.arange(300) % 3 == 0)
    )
    found = what_if(scenario_survey(frame, not_applicable=[AWAY]), {"empathy": 1}, n_boot=0)
    assert (
        "It is known of 100 of the 300 respondents whether they really recommended."
        in found.sentences()
    )
    assert "Van 100 van de 300 respondenten is bekend" in found.summary("nl")
    assert "It is known" not in single.summary()


def test_a_cost_without_an_upper_end_says_what_it_is_at_least(survey):
    frame = survey.frame
    shuffled = np.random.default_rng(9).permutation(frame["wait_time"])
    noise = scenario_survey(frame.assign(wait_time=shuffled), not_applicable=[AWAY])
    for size in (1, -1):
        found = what_if(noise, {"wait_time": size}, costs=100, n_boot=60)
        if found.tidy()["estimate"][0] > 0:
            break
    assert "(at least " in found.cost_table().iloc[0, 2]
    assert "(ten minste " in found.cost_table("nl").iloc[0, 2]


def test_without_costs_there_is_no_table_of_them(single):
    with pytest.raises(cx.FitError) as caught:
        single.cost_table()
    assert str(caught.value) == (
        "There are no costs to divide by the gains. Give what_if the argument costs, for example "
        "costs=25000."
    )
    assert caught.value.say("nl").startswith("Er zijn geen kosten om door de winst te delen.")


def test_the_observed_mean_stands_beside_what_the_model_predicts(single):
    row = single.tidy().iloc[0]
    assert (
        "For the answers as they are the model predicts a mean of satisfaction of "
        f"{row['today']:.2f}; the respondents themselves give {row['observed']:.2f}."
    ) in single.sentences()
    assert "de respondenten zelf geven" in single.summary("nl")


def test_what_recommenders_follow_from_is_said(single):
    assert "nothing else is taken to count beside the grade" in single.summary()
    assert "naast het cijfer telt hier niets anders mee" in single.summary("nl")


def test_the_line_under_the_table_tells_resamples_and_seed(plans, single):
    assert plans.footer() == (
        "If the association is causal. 300 respondents, 60 resamples of respondents, seed 7, "
        "95\xa0% intervals."
    )
    assert plans.footer("nl").endswith(
        "300 respondenten, 60 hertrekkingen van respondenten, seed 7, 95\xa0%-intervallen."
    )
    assert single.footer().endswith("300 respondents, no resamples.")
    assert single.footer("nl").endswith("300 respondenten, geen hertrekkingen.")


def test_changes_without_a_name_are_called_by_what_they_change(survey):
    changes = {"empathy": -0.5, "wait_time": ("at_most", 3), "reliability": 1}
    found = what_if(survey, changes, n_boot=0)
    [title], [dutch] = found.titles().values(), found.titles("nl").values()
    assert title == "Empathy −0.5, Wait time at most 3, Reliability +1"
    assert dutch == "Empathie −0,5, Wachttijd ten hoogste 3, Betrouwbaarheid +1"


def test_a_top_box_of_the_highest_grade_alone_is_called_by_it(survey):
    found = what_if(survey, {"empathy": 1}, threshold=10, n_boot=0)
    assert "share with 10 or higher" in found.table().columns
    assert "aandeel met 10 of hoger" in found.table("nl").columns


def test_a_notebook_and_a_terminal_show_the_table_and_its_line(plans):
    assert "Training" in repr(plans)
    assert "60 resamples" in repr(plans)
    assert plans._repr_html_().startswith("<table")


def test_what_is_shown_agrees_with_the_tidy_table(plans):
    tidy = plans.tidy().set_index(["quantity", "scenario"])
    shown = plans.table().set_index("scenario")
    mean = shown["mean of satisfaction"]
    assert mean["Training"] == f"{tidy.loc[('mean', 'Training'), 'changed']:.2f}"
    assert mean["today"] == f"{tidy.loc[('mean', 'Training'), 'today']:.2f}"
    assert isinstance(shown, pd.DataFrame)
