"""The part of the report on dissatisfiers: there when it can be, and else it says why not."""

from __future__ import annotations

from types import SimpleNamespace

from cxdrivers.answers.advice.shapes import driver_shapes
from cxdrivers.report.sections.shapes import shapes_section
from cxdrivers.wording import sentence
from tests.answers.advice.shape_surveys import bent_frame, shape_survey


def test_penalties_rewards_and_classes_are_shown_with_chart_table_and_data():
    shapes = driver_shapes(shape_survey(bent_frame()), n_boot=50)
    section = shapes_section(SimpleNamespace(shapes=shapes), "nl")
    assert section.title == "Dissatisfiers en delighters: waar lage en hoge cijfers mee samengaan"
    assert section.paragraphs[1] == shapes.headline("nl")
    assert section.table.equals(shapes.table("nl"))
    assert section.data.equals(shapes.tidy())
    assert (
        "Waar lage en hoge cijfers van 3 drivers mee samengaan: Betr" in section.chart.description
    )
    assert section.chart.title == "Straf en beloning"
    assert section.notes == (shapes.footer("nl"),)


def test_a_survey_without_shapes_is_told_why():
    reason = sentence("errors.no_shapes", drivers=["channel"])
    section = shapes_section(SimpleNamespace(shapes=reason), "en")
    assert section.chart is None
    assert section.paragraphs[0].startswith("None of the drivers 'channel' is a rating")
