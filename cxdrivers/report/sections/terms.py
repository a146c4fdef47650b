"""Explain the terms of the report, near the method."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.summary.terms import explained_terms
from cxdrivers.wording import say


def terms_section(results: Results, language: str) -> Section:
    """Return the terms that occur, each explained once."""
    return Section(
        stem="terms",
        title=say("terms.title", language),
        paragraphs=explained_terms(results, language),
    )
