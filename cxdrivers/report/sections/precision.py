"""Show what this survey can and cannot tell, and what more respondents would add."""

from __future__ import annotations

from cxdrivers.answers.planning.precision_result import Precision
from cxdrivers.answers.planning.precision_words import margins_by_driver
from cxdrivers.charts.precision import draw_precision
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section
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
    )
