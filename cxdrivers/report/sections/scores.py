"""Show how each driver was scored and by how many."""

from __future__ import annotations

import pandas as pd

from cxdrivers.formatting import count, number
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say

COUNTS = ("items", "n", "not_applicable", "missing")


def scores_section(results: Results, language: str) -> Section:
    """Return items, reliability, mean, spread and bases of the outcome and every driver."""
    data = results.survey.tidy()
    labels = results.survey.codebook.labels(language)
    shown = {
        say(f"labels.column.{name}", language): [
            labels[value] if name == "driver" else _shown(name, value, language) for value in column
        ]
        for name, column in data.items()
    }
    return Section(
        stem="scores",
        title=say("report.scores.title", language),
        paragraphs=(say("report.scores.intro", language),),
        table=pd.DataFrame(shown),
        data=data,
    )


def _shown(name: object, value: float, language: str) -> str:
    return count(value, language) if name in COUNTS else number(value, language)
