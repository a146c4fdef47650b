"""Show the regression behind the own effects."""

from __future__ import annotations

from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import say


def model_section(results: Results, language: str) -> Section:
    """Return the coefficients of all drivers at once."""
    return Section(
        stem="model",
        title=say("report.model.title", language),
        paragraphs=(say("report.model.intro", language), results.weights.model.summary(language)),
        table=results.weights.model.table(language),
        data=results.weights.model.tidy(),
    )
