"""Tests of `report.sections.findings`: a reader meets labels, the data keep names."""

from __future__ import annotations

from types import SimpleNamespace

import cxdrivers as cx
from cxdrivers.report.sections.findings import findings_section
from tests.samples import OUTCOME
from tests.survey.sick_surveys import sound, with_value


def _survey() -> cx.Survey:
    driver = cx.Question("Q7", ("empathy",), {"en": "Warmth", "nl": "Warmte"}, not_applicable=(0,))
    codebook = cx.Codebook(cx.Question("grade", (OUTCOME,)), (driver,))
    return cx.Survey(with_value("empathy", 210, 0), codebook)


def test_a_reader_meets_the_labels_of_drivers_and_no_key():
    for language, label in (("en", "Warmth"), ("nl", "Warmte")):
        section = findings_section(SimpleNamespace(survey=_survey()), language)
        assert section.table is not None
        assert section.table.shape == (2, 5)
        shown = " ".join(section.table.to_numpy().ravel())
        assert f": {label} (210)." in shown
        assert f"'{label}'" in shown
        assert "Q7" not in shown


def test_the_data_keep_the_name_that_the_codebook_gives_a_column():
    section = findings_section(SimpleNamespace(survey=_survey()), "nl")
    assert section.data is not None
    assert section.data[["check", "column", "rows"]].to_numpy().tolist() == [
        ["small_driver", "Q7", 90],
        ["not_applicable", "", 210],
    ]
    assert "'Warmte'" in section.data["meaning"].iloc[0]


def test_a_survey_in_which_nothing_stands_out_has_one_sentence():
    survey = cx.Survey.from_frame(sound(), outcome=OUTCOME, drivers=["empathy", "reliability"])
    section = findings_section(SimpleNamespace(survey=survey), "en")
    assert section.paragraphs == ("The checks found nothing that asks for attention.",)
    assert section.table is None
