"""Say the findings in plain sentences."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.summary.summary_sentences import summary_sentences
from cxdrivers.wording import say


def summary_section(results: Results, language: str) -> Section:
    """Return the executive summary, the finding that counts most first."""
    told = summary_sentences(results, language)
    return Section(
        stem="summary",
        title=say("report.summary.title", language),
        paragraphs=told,
        headline=told[0],
    )
