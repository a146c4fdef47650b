"""Draw drivers in every group, how far groups lie apart, and one driver closely."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.groups_shown import told_ends
from cxdrivers.answers.groups.named_groups import with_names
from cxdrivers.charts.group_measures import (
    distance_shown,
    rows_of_measure,
    shown,
    shown_range,
    with_interval,
)
from cxdrivers.charts.group_panels import MOST, draw_group_weights, figure_for_groups
from cxdrivers.charts.groups import draw_forest, ends_of, rows_of
from cxdrivers.charts.spread import draw_spread
from cxdrivers.charts.spread import rows_of as rows_of_spread
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import count, level_percent
from cxdrivers.report.section import Chart
from cxdrivers.wording import of_language, say


def panels_chart(comparison: GroupComparison, stem: str, language: str) -> Chart:
    """Return the weights in every group, or of many groups how they lie, with its description."""
    labels, spread = of_language(comparison.labels, language), comparison.spread()
    table = with_names(_with_sizes(comparison), comparison, language)
    figure = figure_for_groups(comparison.compared, len(comparison.drivers))
    draw_group_weights(
        table,
        spread,
        labels,
        rest=with_names(comparison.against_rest(), comparison, language),
        figure=figure,
        language=language,
    )
    rows = rows_of_measure(table, WEIGHT).dropna(subset=["shrunk"])
    if comparison.compared <= MOST:
        values = [
            f"{group}: "
            + ", ".join(
                f"{labels[driver]} {shown(value, WEIGHT, language)}"
                for driver, value in zip(found["driver"], found["shrunk"], strict=True)
            )
            for group, found in rows.groupby("group", sort=False)
        ]
    else:
        ends = rows.groupby("driver", sort=False)["shrunk"].agg(["min", "max"])
        values = [
            f"{labels[str(driver)]} {shown_range(low, high, WEIGHT, language)}"
            for driver, low, high in ends.itertuples()
        ]
    kind = "description" if comparison.compared <= MOST else "description_many"
    return Chart(
        stem=stem,
        figure=figure,
        title=say("group_report.weights.chart", language),
        description=say(
            f"group_report.weights.{kind}",
            language,
            groups=count(comparison.compared, language),
            values="; ".join(values),
        ),
    )


def spread_chart(comparison: GroupComparison, language: str) -> Chart:
    """Return how far groups lie apart for each driver, with its description."""
    labels, spread = of_language(comparison.labels, language), comparison.spread()
    figure, axes = figure_for_rows(rows_of_spread(len(comparison.drivers)))
    draw_spread(spread, comparison.tidy(), labels, ax=axes, language=language)
    rows = told_ends(spread[spread["measure"] == WEIGHT])
    taus = rows[["tau", "tau_low", "tau_high"]].to_numpy(float)
    values = [
        say(
            "group_report.spread.value",
            language,
            driver=labels[driver],
            estimate=shown(estimate, WEIGHT, language),
            tau=distance_shown(tau, WEIGHT, language),
        )
        for driver, estimate, tau in zip(rows["driver"], rows["estimate"], taus, strict=True)
    ]
    return Chart(
        stem="group_spread",
        figure=figure,
        title=say("group_report.spread.chart", language),
        description=say(
            "group_report.spread.description",
            language,
            level=level_percent(comparison.settings.level, language),
            values="; ".join(values),
        ),
    )


def forest_chart(comparison: GroupComparison, driver: str, language: str) -> Chart:
    """Return one driver in every group, with its description."""
    labels, table = of_language(comparison.labels, language), comparison.tidy()
    named = with_names(table, comparison, language)
    figure, axes = figure_for_rows(rows_of(len(comparison.moments.labels)))
    draw_forest(
        named,
        comparison.spread(),
        labels,
        driver=driver,
        ax=axes,
        language=language,
    )
    drawn = ends_of(rows_of_measure(named[named["driver"] == driver], WEIGHT))
    numbers = drawn[["shrunk", "shrunk_low", "shrunk_high"]].to_numpy(float)
    values = [
        f"{group} {with_interval(found, WEIGHT, language)}"
        for group, found in zip(drawn["group"], numbers, strict=True)
    ]
    return Chart(
        stem="group_forest",
        figure=figure,
        title=say("group_report.forest.chart", language, driver=labels[driver]),
        description=say(
            "group_report.forest.description",
            language,
            level=level_percent(comparison.settings.level, language),
            driver=labels[driver],
            values="; ".join(reversed(values)),
        ),
    )


def _with_sizes(comparison: GroupComparison) -> pd.DataFrame:
    """Return a tidy table with how many respondents a group has, as its table and text say."""
    table, moments = comparison.tidy(), comparison.moments
    sizes = dict(zip(moments.labels, moments.n.tolist(), strict=True))
    return table.assign(n=table["group"].map(sizes))
