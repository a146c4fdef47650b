"""Show the chain from a mention of an employee to real recommendations."""

from __future__ import annotations

from cxdrivers.answers.advocacy.advocacy_result import AdvocacyChain
from cxdrivers.charts.advocacy import ROWS, shown_facts
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.wording import say


def advocacy_section(results: Results, language: str) -> Section:
    """Return the parts of what goes with a mention, with the diagram of the chain."""
    return answer_section(
        results.advocacy.chain,
        language,
        stem="advocacy",
        title=say("advocacy.title", language),
        intro=say("advocacy.intro", language),
        chart=_chart,
    )


def _chart(chain: AdvocacyChain, language: str) -> Chart:
    figure, axes = figure_for_rows(ROWS)
    chain.plot(axes, language=language)
    facts = shown_facts(chain.tidy(), chain.steps(), language)
    return Chart(
        stem="advocacy",
        figure=figure,
        title=say("advocacy.chart.title", language),
        description=say("advocacy.chart.description", language, top=chain.top, **facts),
    )
