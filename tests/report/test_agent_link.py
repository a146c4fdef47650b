"""The part of the report on mentions of an employee."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cxdrivers.answers.advocacy.agent_link import agent_link
from cxdrivers.report.sections.agent_link import agent_link_section
from cxdrivers.wording import sentence
from tests.answers.advocacy.scored_surveys import scored, scored_survey


@pytest.fixture(scope="module")
def results() -> SimpleNamespace:
    link = agent_link(scored_survey(scored(200)), n_boot=20)
    return SimpleNamespace(advocacy=SimpleNamespace(agent_link=link))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_text_table_chart_and_numbers_are_those_of_the_answer(results, language):
    section = agent_link_section(results, language)
    answer = results.advocacy.agent_link
    titles = {
        "en": "Mentions of an employee and high scores",
        "nl": "Vermeldingen van een medewerker en hoge cijfers",
    }
    assert section.title == titles[language]
    assert section.paragraphs[1:] == tuple(answer.sentences(language))
    assert section.table.equals(answer.table(language))
    assert section.data.equals(answer.tidy())
    assert section.notes == (answer.footer(language),)


def test_a_screen_reader_is_told_the_share_at_every_score(results):
    chart = agent_link_section(results, "en").chart
    assert chart.title == "Mentions of an employee by score"
    assert chart.description.startswith(
        "Share of customers who mention an employee, at every score:"
    )
    given = results.advocacy.agent_link.tidy().query("n > 0")
    last = given.iloc[-1]
    shown = f"10: {100 * last['estimate']:.0f}\xa0% (n = {last['n']:.0f})."
    assert chart.description.endswith(shown)
    assert chart.description.count("n = ") == len(given)


def test_why_there_is_no_answer_stands_in_its_place():
    reason = sentence("report.outcomes.no_scale")
    section = agent_link_section(SimpleNamespace(advocacy=SimpleNamespace(agent_link=reason)), "nl")
    assert section.paragraphs == (reason.say("nl"),)
    assert section.chart is None
