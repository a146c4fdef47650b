"""Show which drivers have to be in order, and which bring something beyond that."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.charts.shapes import ORDER, draw_shapes, rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import number
from cxdrivers.report.native import BARS, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.series import series_of
from cxdrivers.wording import of_language, say


def shapes_section(results: Results, language: str) -> Section:
    """Return what low and high ratings of each driver go with, or why it is not shown."""
    return answer_section(
        results.shapes,
        language,
        stem="shapes",
        title=say("shapes.title", language),
        intro=say("shapes.intro", language),
        chart=shapes_chart,
    )


def shapes_chart(shapes: DriverShapes, language: str) -> Chart:
    """Return the chart of penalties and rewards in the first setting, with its description."""
    table, labels = shapes.tidy(), of_language(shapes.labels, language)
    first = table[table["setting"] == 1]
    figure, axes = figure_for_rows(rows_of(len(first)))
    outcome = labels[shapes.outcome]
    draw_shapes(first, labels, outcome=outcome, ax=axes, language=language)
    values = [
        say(
            "shapes.chart.value",
            language,
            driver=labels[driver],
            penalty=number(penalty, language),
            reward=number(reward, language),
        )
        for driver, penalty, reward in zip(
            first["driver"], first["penalty"], first["reward"], strict=True
        )
    ]
    return Chart(
        stem="shapes",
        figure=figure,
        title=say("shapes.chart.title", language),
        description=say(
            "shapes.chart.description", language, count=len(values), values="; ".join(values)
        ),
        native=_native(first, labels, outcome, language),
    )


def _native(
    table: pd.DataFrame, labels: dict[str, str], outcome: str, language: str
) -> NativeChart:
    """Return bars to both sides, dissatisfiers first, with the class beside the driver."""
    rows = table.assign(place=table["verdict"].map(ORDER.index)).sort_values(
        ["place", "asymmetry"], na_position="last", kind="stable"
    )
    return NativeChart(
        kind=BARS,
        categories=tuple(
            f"{labels[driver]} ({say(f'shapes.class.{verdict}', language)})"
            for driver, verdict in zip(rows["driver"], rows["verdict"], strict=True)
        ),
        series=tuple(
            series_of(
                say(f"shapes.chart.{name}", language), rows, (name, f"{name}_low", f"{name}_high")
            )
            for name in ("penalty", "reward")
        ),
        axis=say("shapes.chart.axis", language, outcome=outcome),
    )
