"""Show what half a point more on each driver would go with, beside each other."""

from __future__ import annotations

from cxdrivers.answers.advice.scenario_tables import MEAN
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.charts.scenarios import rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.native import BARS, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.series import ESTIMATES, series_of
from cxdrivers.wording import of_language, say


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
        native=_native(scenarios, language),
    )


def _native(scenarios: Scenarios, language: str) -> NativeChart:
    """Return a bar a scenario: how much higher the mean would be."""
    table, titles = scenarios.tidy(), scenarios.titles(language)
    rows = table[table["quantity"] == MEAN].sort_values("estimate", ascending=False, kind="stable")
    labels = of_language(scenarios.labels, language)
    axis = say("deck.axis.scenarios", language, outcome=labels[scenarios.question.key])
    return NativeChart(
        kind=BARS,
        categories=tuple(titles[name] for name in rows["scenario"]),
        series=(series_of(axis, rows, ESTIMATES),),
        axis=axis,
    )
