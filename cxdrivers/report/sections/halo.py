"""Show whether the weights hang on halo."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section, answer_section
from cxdrivers.wording import say


def halo_section(results: Results, language: str) -> Section:
    """Return the shares with and without halo, or why they are not compared."""
    return answer_section(
        results.halo,
        language,
        stem="halo",
        title=say("halo.title", language),
        intro=say("halo.intro", language),
    )
