"""Show what to do first, what respondents say is important, and the failures they share."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.priority_places import QUADRANTS
from cxdrivers.charts.priorities import rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import number, percent
from cxdrivers.report.native import BARS, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.series import ESTIMATES, split_series
from cxdrivers.wording import of_language, say


def priorities_section(results: Results, language: str) -> Section:
    """Return the drivers between performance and share, or why they are not placed."""
    return answer_section(
        results.priorities,
        language,
        stem="priorities",
        title=say("priorities.title", language),
        intro=say("priorities.intro", language),
        chart=_chart,
    )


def stated_section(results: Results, language: str) -> Section | None:
    """Return stated beside derived importance; nothing when respondents were not asked."""
    title, found = say("priorities.stated.title", language), results.priorities
    if not isinstance(found, Priorities) or found.stated_importance is None:
        return None
    return Section(
        stem="stated",
        title=title,
        paragraphs=(say("priorities.stated.intro", language),),
        table=found.stated_table(language),
        data=found.stated(),
    )


def key_failures_section(results: Results, language: str) -> Section:
    """Return the failures that set the dissatisfied apart, or why they cannot be told."""
    return answer_section(
        results.key_failures,
        language,
        stem="key_failures",
        title=say("key_failures.title", language),
        intro=say("key_failures.intro", language),
    )


def _chart(found: Priorities, language: str) -> Chart:
    figure, axes = figure_for_rows(rows_of(len(found.drivers)))
    found.plot(axes, language=language)
    labels = of_language(found.weights.labels, language)
    table = found.tidy()
    values = [
        say(
            "priorities.chart.value",
            language,
            driver=labels[driver],
            performance=number(performance, language, digits=0),
            share=percent(share, language),
            quadrant=say(f"priorities.quadrant.{quadrant}", language),
        )
        for driver, performance, share, quadrant in zip(
            table["driver"], table["performance"], table["share"], table["quadrant"], strict=True
        )
    ]
    return Chart(
        stem="priorities",
        figure=figure,
        title=say("priorities.chart.title", language),
        description=say(
            "priorities.chart.description", language, count=len(values), values="; ".join(values)
        ),
        native=_native(table, labels, labels[found.weights.moments.outcome], language),
    )


def _native(
    table: pd.DataFrame, labels: dict[str, str], outcome: str, language: str
) -> NativeChart:
    """Return bars of headroom, largest first, a series for each quadrant."""
    rows = table.sort_values("estimate", ascending=False, kind="stable")
    names = {key: say(f"priorities.quadrant.{key}", language) for key in QUADRANTS}
    return NativeChart(
        kind=BARS,
        categories=tuple(labels[driver] for driver in rows["driver"]),
        series=split_series(rows, rows["quadrant"], names, ESTIMATES),
        axis=say("deck.axis.priorities", language, outcome=outcome),
    )
