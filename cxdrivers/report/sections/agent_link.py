"""Show how often customers mention an employee at every score, and what that goes with."""

from __future__ import annotations

from cxdrivers.answers.advocacy.agent_link_result import AgentLink
from cxdrivers.charts.score_shares import ROWS
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.score_values import score_columns, score_values
from cxdrivers.wording import say


def agent_link_section(results: Results, language: str) -> Section:
    """Return the share at every score with what is said of it, or why there is none."""
    return answer_section(
        results.advocacy.agent_link,
        language,
        stem="agent_link",
        title=say("agent_link.title", language),
        intro=say("agent_link.intro", language),
        chart=_chart,
    )


def _chart(link: AgentLink, language: str) -> Chart:
    figure, axes = figure_for_rows(ROWS)
    link.plot(axes, language=language)
    values = score_values(link.tidy(), "agent_link.chart.value", language)
    return Chart(
        stem="agent_link",
        figure=figure,
        title=say("agent_link.chart.title", language),
        description=say("agent_link.chart.description", language, values=values),
        native=score_columns(
            link.tidy(),
            (
                say("agent_link.chart.top", language, top=link.top),
                say("agent_link.chart.rest", language),
            ),
            axis=say("agent_link.chart.share", language),
            language=language,
        ),
    )
