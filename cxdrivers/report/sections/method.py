"""Explain how the numbers were made, in words a client can read."""

from __future__ import annotations

from cxdrivers.report.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say

PARAGRAPHS = ("weight", "noise", "interval", "own", "cause")


def method_section(results: Results, language: str) -> Section:
    """Return the method note."""
    away = results.survey.not_applicable.to_numpy().any()
    names = (*PARAGRAPHS[:-1], "not_applicable", PARAGRAPHS[-1]) if away else PARAGRAPHS
    return Section(
        stem="method",
        title=say("report.method.title", language),
        paragraphs=tuple(say(f"report.method.{name}", language) for name in names),
    )
