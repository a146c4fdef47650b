"""Show what half a point more on each driver would go with, beside each other."""

from __future__ import annotations

from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.charts.scenarios import rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.wording import say


def scenarios_section(results: Results, language: str) -> Section:
    """Return half a point more on each driver, or why that cannot be told."""
    return answer_section(
        results.scenarios,
        language,
        stem="scenarios",
        title=say("scenarios.title", language),
        intro=say("scenarios.intro", language),
        chart=_chart,
    )


def _chart(scenarios: Scenarios, language: str) -> Chart:
    figure, axes = figure_for_rows(rows_of(len(scenarios.scenarios)))
    scenarios.plot(axes, language=language)
    (_, today, _), *rows = scenarios.table(language).iloc[:, :3].to_numpy().tolist()
    values = [
        say("scenarios.chart.value", language, scenario=name, changed=changed, gain=gain)
        for name, changed, gain in rows
    ]
    return Chart(
        stem="scenarios",
        figure=figure,
        title=say("scenarios.chart.title", language),
        description=say(
            "scenarios.chart.description",
            language,
            quantity=axes.get_xlabel().replace("\n", " "),
            today=today,
            values="; ".join(values),
        ),
    )
