"""Show whether the finding hangs on the method."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say


def methods_section(results: Results, language: str) -> Section:
    """Return the classic weights by every method that is defined, side by side."""
    comparison = results.comparison
    return Section(
        stem="methods",
        title=say("report.methods.title", language),
        paragraphs=(say("report.methods.intro", language), comparison.summary(language)),
        table=comparison.table(language),
        data=comparison.tidy(),
    )
