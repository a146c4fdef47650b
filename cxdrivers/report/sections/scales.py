"""Show how well the items of each driver hang together."""

from __future__ import annotations

from cxdrivers.answers.scales.scales_result import ScaleAssessment
from cxdrivers.report.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say


def scales_section(results: Results, language: str) -> Section:
    """Return the reliability of every driver of several items, or why there is none."""
    title, scales = say("scales.title", language), results.scales
    if not isinstance(scales, ScaleAssessment):
        return Section(stem="scales", title=title, paragraphs=(scales.say(language),))
    return Section(
        stem="scales",
        title=title,
        paragraphs=(say("scales.intro", language), *scales.sentences(language)),
        table=scales.table(language),
        notes=(say("scales.key", language), scales.footer(language)),
        data=scales.tidy(),
    )
