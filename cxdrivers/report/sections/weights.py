"""Show what each driver adds, as a chart and a table."""

from __future__ import annotations

from cxdrivers.charts.style import figure_for_rows
from cxdrivers.charts.weights import draw_weights
from cxdrivers.formatting import level_percent, percent, percent_range
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.wording import of_language, say


def weights_section(results: Results, language: str) -> Section:
    """Return the weights with their intervals."""
    weights = results.weights
    return Section(
        stem="weights",
        title=say("report.weights.title", language),
        paragraphs=(say("report.weights.intro", language),),
        chart=_chart(results, language),
        table=weights.table(language),
        notes=(weights.footer(language),),
        data=weights.tidy(),
        headline=weights.sentences(language)[0],
    )


def _chart(results: Results, language: str) -> Chart:
    table, labels = results.weights.tidy(), of_language(results.weights.labels, language)
    figure, axes = figure_for_rows(len(table))
    draw_weights(table, labels, ax=axes, language=language)
    told = table["share"].notna().any()
    size = ("share", "share_low", "share_high") if told else ("estimate", "conf_low", "conf_high")
    resampled = len(results.weights.replicates) > 0
    values = [
        say(
            "charts.weights.value" if resampled else "charts.weights.value_alone",
            language,
            driver=labels[row["driver"]],
            share=percent(row[size[0]], language),
            range=percent_range(row[size[1]], row[size[2]], language),
        )
        for _, row in table.sort_values("rank", kind="stable").iterrows()
    ]
    return Chart(
        stem="weights",
        figure=figure,
        title=say("charts.weights.title", language),
        description=say(
            "charts.weights.description" if resampled else "charts.weights.description_alone",
            language,
            level=level_percent(results.weights.settings.level, language),
            count=len(table),
            values="; ".join(values),
        ),
    )
