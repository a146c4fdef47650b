"""Show what each driver adds, as a chart and a table."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.weights.weights_columns import own_effect_shown
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.charts.weights import draw_weights
from cxdrivers.formatting import level_percent, percent, percent_range
from cxdrivers.report.native import BARS, SHARE, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.sections.series import ESTIMATES, SHARES, split_series
from cxdrivers.wording import of_language, say


def weights_section(results: Results, language: str) -> Section:
    """Return the weights with their intervals."""
    weights = results.weights
    return Section(
        stem="weights",
        title=say("report.weights.title", language),
        paragraphs=(say("report.weights.intro", language), *weights.sentences(language)),
        chart=_chart(results, language),
        table=weights.table(language),
        notes=(weights.footer(language),),
        data=weights.tidy(),
        headline=_headline(weights, language),
    )


def _headline(weights: DriverWeights, language: str) -> str:
    """Return which driver weighs most; what all explain together when nothing has a share."""
    fit, *found = weights.sentences(language)
    return found[0] if weights.tidy()["share"].max() > 0 else fit


def _chart(results: Results, language: str) -> Chart:
    table, labels = results.weights.tidy(), of_language(results.weights.labels, language)
    level = results.weights.settings.level
    figure, axes = figure_for_rows(len(table))
    draw_weights(table, labels, ax=axes, language=language, level=level)
    told = table["share"].notna().any()
    size = SHARES if told else ESTIMATES
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
            level=level_percent(level, language),
            count=len(table),
            values="; ".join(values),
        ),
        native=_native(table, labels, size, level, language),
    )


def _native(
    table: pd.DataFrame,
    labels: dict[str, str],
    size: tuple[str, str, str],
    level: float,
    language: str,
) -> NativeChart:
    """Return bars, those without an effect of their own as a series by themselves."""
    ranked = table.sort_values("rank", kind="stable")
    own = own_effect_shown(ranked, level)
    names = {key: say(f"deck.series.{key}", language) for key in ("own", "none")}
    kinds = own.map({True: "own", False: "none"})
    return NativeChart(
        kind=BARS,
        categories=tuple(labels[driver] for driver in ranked["driver"]),
        series=split_series(ranked, kinds, names, size),
        axis=say(f"charts.weights.{'axis' if size == SHARES else 'axis_parts'}", language),
        format=SHARE,
    )
