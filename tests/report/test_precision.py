"""The part of the report on precision: there with resamples, and else it says why not."""

from __future__ import annotations

import numpy as np

from cxdrivers.report.results.results import results_of
from cxdrivers.report.sections.precision import precision_section
from tests.samples import answers, survey_of


def section(language: str = "en", *, n_boot: int = 100, **fields: object):
    frame = answers().assign(region=np.where(np.arange(300) % 3, "north", "south"))
    survey = survey_of(frame, **fields)
    results = results_of(survey, n_boot=n_boot, level=0.95, seed=7)
    return precision_section(results, language)


def test_widths_now_and_with_more_respondents_stand_in_text_table_and_chart():
    found = section("nl", segments=("region",))
    assert found.title == "Wat dit onderzoek wel en niet kan zeggen"
    assert found.paragraphs[0].startswith("Hoe breed de intervallen nu zijn")
    assert any("Uitgesplitst naar region" in paragraph for paragraph in found.paragraphs)
    assert "± bij 1\xa0200" in found.table.columns
    assert len(found.data) == 9
    assert found.chart.title == "Hoe zeker elk aandeel is, en zou zijn"


def test_a_screen_reader_is_told_every_margin():
    description = section().chart.description
    assert description.startswith("Intervals of 3 drivers, drawn in with more respondents, large")
    assert description.count("±") == 9


def test_without_segments_none_are_mentioned():
    assert not any("Split by" in paragraph for paragraph in section().paragraphs)


def test_without_resamples_the_section_says_why_it_is_empty():
    found = section(n_boot=0)
    assert found.table is None
    assert found.chart is None
    assert found.paragraphs[0].startswith("These weights have no resamples")
