"""The part of the report on blanks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.blanks.missing import compare_missing
from cxdrivers.report.section import Section
from cxdrivers.report.sections.missing import missing_section
from cxdrivers.wording import sentence
from tests.samples import answers, survey_of


def section_of(*, blank: int, language: str = "en") -> Section:
    frame = answers(n=120)
    frame.loc[: blank - 1, "empathy"] = np.nan
    comparison = compare_missing(survey_of(frame), n_boot=20) if blank else None
    weights = SimpleNamespace(labels=comparison and comparison.weights["em"].labels)
    told = comparison or sentence("missing.none")
    results: Any = SimpleNamespace(missing=told, weights=weights)
    return missing_section(results, language)


def test_policies_stand_side_by_side_in_words_table_and_chart():
    section = section_of(blank=40, language="nl")
    assert section.title == "Wat met lege antwoorden wordt gedaan"
    assert section.paragraphs[0].startswith("Dezelfde gewichten volgens elke aanpak")
    assert "40 lege antwoorden zijn geschat" in section.paragraphs[2]
    assert section.table is not None
    assert section.table.shape == (3, 5)
    assert section.notes == ("20 hertrekkingen bij elke aanpak, seed 0",)
    assert isinstance(section.data, pd.DataFrame)
    assert set(section.data["policy"]) == {"em", "imputation", "listwise"}


def test_a_screen_reader_is_told_every_share():
    chart = section_of(blank=40).chart
    assert chart is not None
    assert chart.title == "Shares by each way to treat blank answers"
    beginning = "Marks with intervals for 3 drivers by EM, imputation and complete rows"
    assert chart.description.startswith(beginning)
    assert chart.description.count("–") == 6


def test_without_blanks_it_says_so_and_shows_nothing():
    section = section_of(blank=0)
    assert section.chart is None
    assert section.table is None
    assert section.paragraphs[0].startswith("No answer about a driver is blank")
