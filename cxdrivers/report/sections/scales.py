"""Show how well the items of each driver hang together."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section, answer_section
from cxdrivers.wording import say


def scales_section(results: Results, language: str) -> Section:
    """Return the reliability of every driver of several items, or why there is none."""
    return answer_section(
        results.scales,
        language,
        stem="scales",
        title=say("scales.title", language),
        intro=say("scales.intro", language),
        notes=(say("scales.key", language),),
    )
