"""The parts of the report on what to do first."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from matplotlib.axes import Axes

from cxdrivers.answers.advice.key_failures import find_key_failures
from cxdrivers.answers.advice.priorities import priorities
from cxdrivers.report.sections.priorities import (
    key_failures_section,
    priorities_section,
    stated_section,
)
from cxdrivers.wording import sentence
from tests.answers.advice.priority_surveys import priority_frame, priority_survey
from tests.answers.advice.test_priority_stated import STATED, ratings


@pytest.fixture(scope="module")
def results() -> SimpleNamespace:
    survey = priority_survey(ratings(priority_frame()), STATED)
    return SimpleNamespace(
        priorities=priorities(survey, n_boot=50),
        key_failures=find_key_failures(survey, n_boot=50),
    )


def test_the_matrix_stands_with_its_sentences_table_and_footer(results):
    section = priorities_section(results, "nl")
    assert section.title == "Wat eerst te doen"
    assert "winstruimte is het eigen effect maal die ruimte" in section.paragraphs[0]
    assert results.priorities.headline("nl") in section.paragraphs
    assert section.table.equals(results.priorities.table("nl"))
    assert section.data.equals(results.priorities.tidy())
    assert section.notes == (results.priorities.footer("nl"),)


def test_a_screen_reader_is_told_where_every_driver_stands(results):
    chart = priorities_section(results, "en").chart
    row = results.priorities.tidy().iloc[0]
    assert chart.title == "Priority matrix"
    assert chart.description.startswith(
        f"Performance and share of 3 drivers. Reliability: performance {row['performance']:.0f}, "
        f"share {100 * row['share']:.0f}\xa0%, fix first; "
    )
    assert "Reliability" in [text.get_text() for text in chart.figure.axes[0].texts]


def test_stated_importance_has_a_section_of_its_own(results):
    section = stated_section(results, "en")
    assert section.title == "What respondents say is important"
    assert section.table.equals(results.priorities.stated_table("en"))
    bare = SimpleNamespace(priorities=priorities(priority_survey(priority_frame()), n_boot=0))
    assert stated_section(bare, "nl") is None
    reason = SimpleNamespace(priorities=sentence("errors.nothing_fails", n=100))
    assert stated_section(reason, "nl") is None


def test_key_failures_stand_with_their_headline_first(results):
    section = key_failures_section(results, "en")
    assert section.title == "Failures that the dissatisfied share"
    assert section.paragraphs[1] == results.key_failures.headline("en")
    assert section.table.equals(results.key_failures.table("en"))
    assert section.notes == (results.key_failures.footer("en"),)


@pytest.mark.parametrize("build", [priorities_section, key_failures_section])
def test_a_reason_stands_where_there_is_no_answer(build):
    reason = sentence("errors.nothing_fails", n=100)
    section = build(SimpleNamespace(priorities=reason, key_failures=reason), "en")
    assert section.paragraphs == (reason.say("en"),)
    assert section.table is None


def test_priorities_draw_themselves(results):
    assert isinstance(results.priorities.plot(), Axes)
