"""The terms of a report: those that occur, each explained once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.report.sections.terms import terms_section
from cxdrivers.report.summary.terms import explained_terms
from cxdrivers.wording import LANGUAGES
from tests.report.summary.summary_samples import REASON, small_results
from tests.samples import answers, survey_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_explained_once_with_its_name_first(language: str):
    told = explained_terms(small_results(), language)
    names = [text.partition(": ")[0] for text in told]
    assert len(set(names)) == len(names) > 15
    assert all(text.partition(": ")[2].endswith(".") for text in told)


def test_terms_have_the_settings_and_words_of_this_report():
    told = " ".join(explained_terms(small_results(), "nl"))
    assert "In elk van 20 hertrekkingen" in told
    assert "Interval van 95\xa0%: wat tussen haakjes staat." in told
    assert "Onder 0,05 heet een verschil aangetoond." in told
    assert "Topbox: de hoogste antwoorden samen, hier 8–10." in told
    assert "Eigen effect: waar één schaalpunt meer voor een driver mee samengaat" in told


def test_what_does_not_occur_is_not_explained():
    results = small_results()
    survey = survey_of(answers((0.5, 0.4, 0.3)))
    bare = replace(
        results,
        survey=survey,
        weights=driver_weights(survey, n_boot=0),
        priorities=REASON,
        shapes=REASON,
        scenarios=REASON,
        halo=REASON,
        scales=REASON,
        missing=REASON,
        segments=(),
        waves=None,
        advocacy=replace(results.advocacy, agent_link=REASON, recommendation=REASON),
    )
    names = [text.partition(": ")[0] for text in explained_terms(bare, "en")]
    assert names == ["Weight and share", "R²", "Own effect", "p", "Percentage point"]


def test_only_the_classes_of_drivers_that_were_found_are_explained():
    shapes = small_results().shapes
    found = set(shapes.tidy()["verdict"])
    told = " ".join(explained_terms(small_results(), "en"))
    for name in ("dissatisfier", "delighter", "hybrid"):
        assert (f"{name.capitalize()}: " in told) == (name in found)


def test_the_section_stands_by_itself():
    section = terms_section(small_results(), "nl")
    assert (section.stem, section.title) == ("terms", "Begrippen in dit rapport")
    assert section.paragraphs == explained_terms(small_results(), "nl")
