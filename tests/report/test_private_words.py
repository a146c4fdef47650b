"""What customers wrote, who they are and who served them stand in no file that is handed over."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape

import pytest

import cxdrivers as cx
from cxdrivers.wording import LANGUAGES
from tests.report.handed_over import example_report
from tests.report.read_back import parts_of

LONG = 20
"""Letters of a sentence that nobody else writes by chance."""
SHAPES = re.compile(r' d="[^"]*"')
"""The outlines of letters in a drawing: most of its bytes, and no words."""


@cache
def everything(language: str) -> str:
    """Return all texts of all files of the example, whatever marks they were written with."""
    parts = (
        found.decode("utf-8", "replace")
        for name, content in example_report(language).items()
        for _, found in parts_of(name, content)
    )
    return " ".join(unescape(SHAPES.sub("", text)) for text in parts)


def sentences() -> set[str]:
    """Return every sentence that a customer wrote in the example, and every whole text."""
    survey = cx.load_example()
    texts = survey.frame[survey.codebook.verbatim].dropna()
    parts = {part.strip() for text in texts for part in re.split("[.!?]", text)}
    return {part for part in {*texts, *parts} if len(part) >= LONG}


def test_there_is_something_to_find_and_it_would_be_found():
    assert len(sentences()) > 500
    assert "contact_centre.csv" in everything("nl")
    for place in ("Betrouwbaarheid weegt het zwaarst", "Gesimuleerde"):
        assert place in everything("nl")
    kinds = {name.rpartition(".")[2] for name in example_report("nl")}
    assert kinds == {"html", "pptx", "xlsx", "csv", "svg", "png"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_a_customer_stands_in_any_file(language: str):
    told = everything(language)
    assert [sentence for sentence in sentences() if sentence in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_respondent_and_no_employee_stands_in_any_file(language: str):
    survey = cx.load_example()
    words = set(re.findall(r"\w+", everything(language)))
    assert words.isdisjoint(survey.frame[survey.codebook.respondent])
    agents = survey.frame[survey.codebook.cluster].unique()
    assert len(agents) > 50
    assert [agent for agent in agents if agent in everything(language)] == []


def test_a_respondent_who_occurs_twice_is_counted_and_not_named():
    survey = cx.load_example()
    who = survey.codebook.respondent
    names = survey.frame[who].where(survey.frame.index >= 40, survey.frame[who].iloc[0])
    double = replace(survey, frame=survey.frame.assign(**{who: names}))
    for language in LANGUAGES:
        told = " ".join(double.findings(language).astype(str).to_numpy().ravel())
        assert "40" in told
        assert names.iloc[0] not in told
