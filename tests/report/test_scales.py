"""The part of the report on how well the questions measure."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cxdrivers.answers.scales.scales import assess_scales
from cxdrivers.report.sections.scales import scales_section
from cxdrivers.wording import sentence
from tests.scale_samples import scale_answers, scale_survey


@pytest.mark.parametrize(
    ("language", "title"), [("en", "How well the questions measure"), ("nl", "Hoe goed de vragen")]
)
def test_every_driver_of_several_items_has_its_reliability(language: str, title: str):
    assessment = assess_scales(scale_survey(scale_answers(n=200)), n_boot=20)
    section = scales_section(SimpleNamespace(scales=assessment), language)
    assert section.stem == "scales"
    assert section.title.startswith(title)
    assert section.paragraphs[1:] == tuple(assessment.sentences(language))
    assert section.table.equals(assessment.table(language))
    assert section.data.equals(assessment.tidy())
    assert section.notes[-1] == assessment.footer(language)


def test_where_there_are_none_it_says_why():
    reason = sentence("errors.no_scales", count=3, survey="survey.csv")
    section = scales_section(SimpleNamespace(scales=reason), "nl")
    assert section.table is None
    assert section.paragraphs[0].startswith("De uitkomst noch een van de drivers van 'survey.csv'")
