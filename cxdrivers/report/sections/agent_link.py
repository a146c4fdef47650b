"""Show how often customers mention an employee at every score, and what that goes with."""

from __future__ import annotations

from cxdrivers.answers.advocacy.agent_link_result import AgentLink
from cxdrivers.charts.score_shares import ROWS
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.sections.score_values import score_values
from cxdrivers.wording import say


def agent_link_section(results: Results, language: str) -> Section:
    """Return the share at every score with what is said of it, or why there is none."""
    title, link = say("agent_link.title", language), results.advocacy.agent_link
    if not isinstance(link, AgentLink):
        return Section(stem="agent_link", title=title, paragraphs=(link.say(language),))
    return Section(
        stem="agent_link",
        title=title,
        paragraphs=(say("agent_link.intro", language), *link.sentences(language)),
        chart=_chart(link, language),
        table=link.table(language),
        notes=(link.footer(language),),
        data=link.tidy(),
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
    )
