"""Say the findings in plain sentences."""

from __future__ import annotations

from cxdrivers.report.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say


def summary_section(results: Results, language: str) -> Section:
    """Return the executive summary, with the findings that ask for care."""
    cautions = [
        f"{finding.meaning.say(language)} {finding.next_step.say(language)}"
        for finding in results.survey.found
        if finding.severity == "warn"
    ]
    return Section(
        stem="summary",
        title=say("report.summary.title", language),
        paragraphs=(*results.weights.sentences(language), *cautions),
    )
