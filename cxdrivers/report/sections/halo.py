"""Show whether the weights hang on halo."""

from __future__ import annotations

from cxdrivers.answers.scales.halo_result import HaloComparison
from cxdrivers.report.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say


def halo_section(results: Results, language: str) -> Section:
    """Return the shares with and without halo, or why they are not compared."""
    title, halo = say("halo.title", language), results.halo
    if not isinstance(halo, HaloComparison):
        return Section(stem="halo", title=title, paragraphs=(halo.say(language),))
    return Section(
        stem="halo",
        title=title,
        paragraphs=(say("halo.intro", language), *halo.sentences(language)),
        table=halo.table(language),
        notes=(halo.footer(language),),
        data=halo.tidy(),
    )
