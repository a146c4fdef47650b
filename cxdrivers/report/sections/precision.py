"""Show what this survey can and cannot tell, and what more respondents would add."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.planning.precision_result import Precision
from cxdrivers.answers.planning.precision_words import margins_by_driver
from cxdrivers.charts.precision import draw_precision
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import count
from cxdrivers.report.native import BARS, SHARE, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.sections.series import ESTIMATES, SHARES, series_of
from cxdrivers.wording import of_language, say


def precision_section(results: Results, language: str) -> Section:
    """Return the widths of intervals now and with more respondents, or why they are not known."""
    title, precision = say("precision.section.title", language), results.precision
    if not isinstance(precision, Precision):
        return Section(stem="precision", title=title, paragraphs=(precision.say(language),))
    return Section(
        stem="precision",
        title=title,
        paragraphs=(say("precision.section.intro", language), *precision.sentences(language)),
        chart=_chart(precision, language),
        table=precision.table(language),
        data=precision.tidy(),
    )


def _chart(precision: Precision, language: str) -> Chart:
    table, labels = precision.tidy(), of_language(precision.weights.labels, language)
    figure, axes = figure_for_rows(table["driver"].nunique() + 1)
    draw_precision(table, labels, ax=axes, language=language)
    return Chart(
        stem="precision",
        figure=figure,
        title=say("precision.chart.title", language),
        description=say(
            "precision.chart.description",
            language,
            count=table["driver"].nunique(),
            values="; ".join(margins_by_driver(table, labels, language)),
        ),
        native=_native(table, labels, language),
    )


def _native(table: pd.DataFrame, labels: dict[str, str], language: str) -> NativeChart:
    """Return a bar for each number of respondents, with the interval to expect."""
    told = bool(table["share_width"].notna().any())
    by_size = {n: table[table["n"] == n].set_index("driver") for n in table["n"].unique().tolist()}
    size = SHARES if told else ESTIMATES
    first = next(iter(by_size.values())).sort_values(size[0], ascending=False, kind="stable")
    return NativeChart(
        kind=BARS,
        categories=tuple(labels[driver] for driver in first.index),
        series=tuple(
            series_of(
                say("precision.chart.size", language, n=count(float(n), language)),
                rows.loc[first.index],
                size,
            )
            for n, rows in by_size.items()
        ),
        axis=say(f"precision.chart.{'axis' if told else 'axis_parts'}", language),
        format=SHARE,
    )
