"""The part of the report on high and low grades: there when it can be, and else it says why not."""

from __future__ import annotations

import re
from io import BytesIO

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.report.page.contents import UNTOLD
from cxdrivers.report.results import further_results
from cxdrivers.report.results.results import results_of
from cxdrivers.report.write import report_contents
from tests.answers.outcomes.graded_surveys import DRIVERS, graded_survey, proportional


def contents_of(survey: cx.Survey, language: str = "en", *, n_boot: int = 50) -> dict[str, bytes]:
    results = results_of(survey, n_boot=n_boot, level=0.95, seed=7)
    return report_contents(results, language)


def section_of(contents: dict[str, bytes], stem: str = "outcomes") -> str:
    page = contents["report.html"].decode()
    start = page.index(f'<section id="{stem}">')
    return page[start : page.index("</section>", start)]


def test_high_and_low_grades_stand_beside_the_mean_in_page_table_and_chart():
    contents = contents_of(graded_survey(proportional()), "nl")
    section = section_of(contents)
    assert ">Van het gemiddelde cijfer naar het beste en het slechtste</h2>" in section
    assert "Voor geen enkele driver verschillen de aandelen" in section
    assert "50 hertrekkingen van respondenten, dezelfde voor elke uitkomst" in section
    assert re.search(r'<th scope="col"[^>]*>waar het telt</th>', section)
    raw = pd.read_csv(BytesIO(contents["tables/outcomes.csv"]), sep=";", decimal=",")
    assert set(raw["outcome"]) >= {"mean", "ordinal", "at_most_5", "at_least_10"}
    assert b"5 of lager" in contents["charts/outcomes.svg"]


def test_a_screen_reader_is_told_both_ends_of_every_driver():
    section = section_of(contents_of(graded_survey(proportional())))
    description = re.search(r'<desc id="outcomes-desc">(.*?)</desc>', section)
    assert re.search(
        r"Shares of 3 drivers for 5 or lower – 10: Reliability \d+\xa0% – \d+\xa0%; Empathy",
        description.group(1),
    )


def test_a_report_needs_no_more_resamples_of_high_and_low_grades_than_are_quick():
    survey = graded_survey(proportional())
    outcomes = results_of(survey, n_boot=300, level=0.95, seed=7).outcomes
    drawn = {key: len(weights.replicates) for key, weights in outcomes.weights.items()}
    assert drawn.pop("ordinal") == 0
    assert set(drawn.values()) == {200}


def test_respondents_with_a_blank_are_left_out_and_counted():
    frame = proportional()
    frame.loc[:29, "empathy"] = np.nan
    section = section_of(contents_of(graded_survey(frame), "nl"))
    assert "30 respondenten met een leeg antwoord blijven hier weg" in section
    assert "470 respondenten, 50 hertrekkingen" in section


def test_an_outcome_without_a_scale_is_told_so():
    contents = contents_of(graded_survey(proportional(), scale=None))
    section = section_of(contents, UNTOLD)
    assert "The outcome has no scale in the codebook, so what is a high" in section
    assert "tables/outcomes.csv" not in contents


def test_an_outcome_of_two_answers_is_shown_without_ends():
    frame = proportional().assign(satisfaction=lambda rows: (rows["satisfaction"] > 6) * 1.0)
    frame[list(DRIVERS)] /= 10
    contents = contents_of(graded_survey(frame, scale=(0, 1)))
    assert "both have the same model." in section_of(contents)
    assert "Shares of 3 drivers for mean: Reliability" in section_of(contents)


def test_what_would_take_minutes_is_left_to_a_call(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(further_results, "MOST_WORK", 1000)
    section = section_of(contents_of(graded_survey(proportional()), "nl"), UNTOLD)
    assert "met 3 drivers en 500 respondenten duurt dat minuten." in section


def test_more_drivers_than_can_be_fitted_do_not_stop_the_report():
    rng = np.random.default_rng(1)
    ratings = {f"x{place}": rng.integers(1, 11, 50) for place in range(15)}
    frame = pd.DataFrame(ratings).assign(satisfaction=rng.integers(1, 11, 50))
    survey = cx.Survey.from_frame(frame, outcome="satisfaction", scale=(1, 10))
    section = section_of(contents_of(survey, n_boot=2), UNTOLD)
    assert "15 drivers are more than the 14 whose subsets can all be fitted" in section
