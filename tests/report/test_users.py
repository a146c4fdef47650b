"""The parts of the report on drivers that did not apply to everybody."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from matplotlib.axes import Axes

from cxdrivers.answers.blanks.users import compare_users
from cxdrivers.report.sections.users import complete_section, users_section
from tests.answers.blanks.partial_surveys import partial, partial_survey
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def results() -> SimpleNamespace:
    return SimpleNamespace(users=compare_users(partial_survey(partial()), n_boot=50, seed=7))


def test_users_and_everybody_stand_side_by_side_in_text_table_and_chart(results):
    section = users_section(results, "nl")
    assert section.title == "Drivers die niet voor iedereen van toepassing waren"
    assert "twee keer gewogen" in section.paragraphs[0]
    assert "1 driver was niet voor iedereen van toepassing." in section.paragraphs
    assert results.users.lost("nl") not in section.paragraphs
    assert section.table.equals(results.users.table("nl"))
    assert section.data.equals(results.users.tidy())
    assert "50 hertrekkingen van respondenten" in section.notes[0]


def test_a_screen_reader_is_told_both_shares_of_every_driver(results):
    chart = users_section(results, "en").chart
    shares = [f"{100 * share:.0f}\xa0%" for share in results.users.tidy()["share"]]
    assert chart.title == "Weights among everybody and among users"
    assert chart.description == (
        f"Shares among everybody – among users: Customer focus {shares[0]} – {shares[1]}."
    )
    assert "Customer focus" in [
        label.get_text() for label in chart.figure.axes[0].get_yticklabels()
    ]


def test_complete_cases_stand_beside_all_rows_with_what_they_would_have_lost(results):
    section = complete_section(results, "en")
    assert section.title == "All respondents beside complete cases"
    assert section.paragraphs == (results.users.lost("en"),)
    assert section.table.equals(results.users.complete_table("en"))
    assert section.notes[0].endswith("Complete cases: every driver applied and was answered.")
    assert complete_section(results, "nl").notes[0].startswith("Aandelen in wat de drivers")


def test_where_every_driver_applied_to_everybody_the_section_says_so():
    results = SimpleNamespace(users=compare_users(survey_of(answers()), n_boot=0))
    section = users_section(results, "en")
    assert "no users to set apart" in section.paragraphs[0]
    assert section.chart is None
    assert section.table is None


def test_a_comparison_draws_itself(results):
    axes = results.users.plot()
    assert isinstance(axes, Axes)
    assert "not met: difference" in [text.get_text() for text in axes.texts]
