"""The part of the report on what changed from one wave to the next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest

from cxdrivers.answers.groups.groups import compare_groups
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.sections.changes import changes_section
from cxdrivers.wording import Sentence, sentence
from tests.samples import answers, survey_of


def section_of(found: GroupComparison | Sentence | None, language: str) -> Section | None:
    """Return the section of a report whose waves are these."""
    survey = SimpleNamespace(codebook=SimpleNamespace(wave="wave", groups=()))
    return changes_section(cast("Results", SimpleNamespace(waves=found, survey=survey)), language)


@pytest.fixture(scope="module")
def waves() -> GroupComparison:
    parts = [
        answers((slope, 0.3, 0.1), n=250, seed=seed).assign(wave=wave)
        for seed, (wave, slope) in enumerate([("2023", 0.4), ("2024", 0.4), ("2025", 1.2)])
    ]
    frame = pd.concat(parts, ignore_index=True)
    return compare_groups(survey_of(frame, wave="wave"), by="wave")


def test_changes_stand_in_text_table_and_chart(waves):
    section = section_of(waves, "nl")
    assert section.title == "Wat van meting op meting veranderde"
    assert section.paragraphs[0].endswith("de grafiek toont de laatste meting.")
    assert list(section.paragraphs[1:]) == waves.sentences("nl")
    assert section.table.equals(waves.changes_table("nl"))
    assert section.data.equals(waves.changes())


def test_a_screen_reader_is_told_what_changed_in_the_last_wave_and_what_was_not_shown_to(waves):
    chart = section_of(waves, "en").chart
    change = waves.changes().query("measure == 'weight' and group == '2025'").set_index("driver")
    assert chart.title == "Weights in 2024 and 2025"
    assert change["changed"].to_dict()["reliability"]
    size = 100 * change.loc["reliability", "estimate"]
    assert f"Reliability {size:.1f} [" in chart.description
    assert chart.description.count("], changed") == change["changed"].sum()
    assert chart.description.count("no change shown") == (~change["changed"]).sum()


def test_the_chart_draws_the_last_wave_from_the_one_before_it(waves):
    axes = section_of(waves, "nl").chart.figure.axes[0]
    labels = [str(line.get_label()) for line in axes.lines]
    assert "2024" in labels
    assert "2025: veranderd" in labels


def test_where_waves_cannot_be_compared_the_report_says_why():
    why = sentence("errors.did_you_mean", name="wave")
    section = section_of(why, "nl")
    assert section.title == "Wat van meting op meting veranderde"
    assert section.paragraphs == (why.say("nl"),)
    assert section.chart is None


def test_without_waves_there_is_no_section():
    assert section_of(None, "en") is None
