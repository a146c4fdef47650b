"""The executive summary: short, plain, and its numbers are those of the other sections."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from cxdrivers.report.results.results import Results
from cxdrivers.report.sections import sections_of
from cxdrivers.report.sections.summary import summary_section
from cxdrivers.report.summary.summary_sentences import MOST_FINDINGS, summary_sentences
from cxdrivers.survey.finding import named_findings
from cxdrivers.wording import LANGUAGES
from tests.report.summary.summary_samples import small_results

JARGON = (
    r"R²|bootstrap|\bp[ -]value|p-waarde|LMG|Shapley|regress|hertrekking|resample|VIF"
    r"|standard error|standaardfout"
)
NUMBER = re.compile(r"\d+[.,]?\d*")


@pytest.fixture(scope="module")
def results() -> Results:
    return small_results()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_short_and_free_of_jargon(results, language: str):
    told = summary_sentences(results, language)
    assert 5 <= len(told) <= MOST_FINDINGS + 4
    assert not re.search(JARGON, " ".join(told), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_summary_stands_in_another_section(results, language: str):
    others = [part for part in sections_of(results, language) if part.stem != "summary"]
    shown = " ".join(
        [
            *(text for part in others for text in (*part.paragraphs, *part.notes)),
            *(part.table.to_string() for part in others if part.table is not None),
            *(part.chart.description for part in others if part.chart is not None),
        ]
    )
    there = set(NUMBER.findall(shown))
    average = f"{100 / len(results.weights.drivers):.0f}"
    told = NUMBER.findall(" ".join(summary_sentences(results, language)))
    fit = {f"{100 * end:.0f}" for end in results.weights.r_squared_interval}
    assert len(told) > 20
    assert set(told) - there - fit <= {average}


def test_the_finding_that_counts_most_is_the_headline(results):
    section = summary_section(results, "nl")
    assert section.title == "In het kort"
    assert section.paragraphs == summary_sentences(results, "nl")
    assert section.headline == section.paragraphs[0]
    assert any("wat een verandering zou opleveren" in text for text in section.paragraphs)


def with_warnings(results: Results, count: int) -> Results:
    found = replace(results.survey.found[0], severity="warn")
    survey = SimpleNamespace(found=(found,) * count, codebook=results.survey.codebook)
    return replace(results, survey=survey)  # type: ignore[arg-type]


def test_at_most_two_cautions_stand_in_the_summary_and_the_rest_is_counted(results):
    survey = results.survey
    meaning = named_findings(survey.found, survey.codebook, "en")[0].meaning.say("en")
    assert summary_sentences(with_warnings(results, 1), "en")[-1] == f"With care: {meaning}"
    told = summary_sentences(with_warnings(results, 4), "en")
    assert [text.startswith("With care: ") for text in told[-3:]] == [True, True, False]
    assert (
        told[-1] == "2 more findings ask for care; they stand under “What stands out in the data”."
    )
    assert "1 more finding asks for care" in summary_sentences(with_warnings(results, 3), "en")[-1]
