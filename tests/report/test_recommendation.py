"""The part of the report on real recommendation."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cxdrivers.answers.advocacy.recommendation import recommendation_curve
from cxdrivers.report.sections.recommendation import recommendation_section
from cxdrivers.wording import sentence
from tests.answers.advocacy.scored_surveys import scored, scored_survey


@pytest.fixture(scope="module")
def results() -> SimpleNamespace:
    curve = recommendation_curve(scored_survey(scored(200)), n_boot=20)
    return SimpleNamespace(advocacy=SimpleNamespace(recommendation=curve))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_text_table_chart_and_numbers_are_those_of_the_answer(results, language):
    section = recommendation_section(results, language)
    answer = results.advocacy.recommendation
    titles = {"en": "Real recommendation by score", "nl": "Echte aanbevelingen per cijfer"}
    assert section.title == titles[language]
    assert section.paragraphs[1:] == tuple(answer.sentences(language))
    assert section.table.equals(answer.table(language))
    assert section.data.equals(answer.tidy())
    assert section.notes == (answer.footer(language),)


def test_a_screen_reader_is_told_the_share_at_every_score(results):
    chart = recommendation_section(results, "en").chart
    assert chart.title == "Real recommendation by score"
    assert chart.description.startswith(
        "Share of customers who really recommended, at every score:"
    )
    given = results.advocacy.recommendation.tidy().query("n > 0")
    last = given.iloc[-1]
    shown = f"10: {100 * last['estimate']:.0f}\xa0% (n = {last['n']:.0f})."
    assert chart.description.endswith(shown)
    assert chart.description.count("n = ") == len(given)


def test_why_there_is_no_answer_stands_in_its_place():
    reason = sentence("report.outcomes.no_scale")
    results = SimpleNamespace(advocacy=SimpleNamespace(recommendation=reason))
    section = recommendation_section(results, "nl")
    assert section.paragraphs == (reason.say("nl"),)
    assert section.chart is None
