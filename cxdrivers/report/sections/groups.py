"""Show drivers in every group, in which of them groups differ, and one of them closely."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.groups_shown import told_ends
from cxdrivers.charts.group_measures import (
    distance_shown,
    rows_of_measure,
    shown,
    shown_range,
    with_interval,
)
from cxdrivers.charts.group_panels import MOST, draw_group_weights, figure_for_groups
from cxdrivers.charts.groups import draw_forest, ends_of, most_different, rows_of
from cxdrivers.charts.spread import draw_spread
from cxdrivers.charts.spread import rows_of as rows_of_spread
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import count, level_percent
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.wording import Sentence, of_language, say

LONGEST = 50
"""So many rows of a table of groups stand in a report; its file has all."""


def groups_sections(results: Results, language: str) -> tuple[Section, ...]:
    """Return the sections of every segment; the stems of the second and later ones are numbered."""
    found: list[Section] = []
    for place, comparison in enumerate(results.segments, start=1):
        made = comparison_sections(comparison, language)
        found += made if place == 1 else [_numbered(section, place) for section in made]
    return tuple(found)


def comparison_sections(
    comparison: GroupComparison | Sentence, language: str
) -> tuple[Section, ...]:
    """Return the weights by group, where groups differ, and one driver closely, or why not.

    Groups within groups follow in sections of their own.
    """
    if not isinstance(comparison, GroupComparison):
        title = say("group_report.weights.title", language)
        reason = comparison.say(language)
        return (Section(stem="groups", title=title, paragraphs=(reason,)),)
    found = (
        _weights_section(comparison, language),
        _spread_section(comparison, language),
        _forest_section(comparison, language),
    )
    if comparison.inner is None:
        return found
    return (*found, _inner_section(comparison.inner, language))


def group_names(table: pd.DataFrame, comparison: GroupComparison, language: str) -> pd.DataFrame:
    """Return a tidy table with groups as a reader calls them: of a bare number, which one it is."""
    names = {
        name: f"{comparison.by} {name}"
        if name.isdecimal() and not comparison.in_time
        else comparison.group_label(name, language)
        for name in table["group"].unique()
    }
    return table.assign(group=table["group"].map(names))


def cut_table(table: pd.DataFrame, language: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return what of a long table stands in a report, and the note that says so."""
    if len(table) <= LONGEST:
        return table, ()
    facts = {"shown": count(LONGEST, language), "rows": count(len(table), language)}
    return table.head(LONGEST), (say("group_report.cut", language, **facts),)


def _numbered(section: Section, place: int) -> Section:
    stem, chart = f"{section.stem}_{place}", section.chart
    return replace(section, stem=stem, chart=None if chart is None else replace(chart, stem=stem))


def _weights_section(comparison: GroupComparison, language: str) -> Section:
    table, cut = cut_table(comparison.table(language), language)
    return Section(
        stem="groups",
        title=say("group_report.weights.title", language),
        paragraphs=(
            say("group_report.weights.intro", language),
            *comparison.sentences(language),
        ),
        chart=_panels(comparison, "groups", language),
        table=table,
        notes=(*cut, comparison.footer(language), *comparison.remarks(language)),
        data=comparison.tidy(),
        headline=comparison.headline(language),
    )


def _spread_section(comparison: GroupComparison, language: str) -> Section:
    return Section(
        stem="group_spread",
        title=say("group_report.spread.title", language),
        paragraphs=(say("group_report.spread.intro", language),),
        chart=_spread_chart(comparison, language),
        table=comparison.spread_table(language),
        data=comparison.spread(),
    )


def _forest_section(comparison: GroupComparison, language: str) -> Section:
    driver = most_different(comparison.spread())
    label = of_language(comparison.labels, language)[driver]
    rest, cut = cut_table(comparison.rest_table(language), language)
    none = say("group_report.forest.none", language)
    return Section(
        stem="group_forest",
        title=say("group_report.forest.title", language, driver=label),
        paragraphs=(
            say("group_report.forest.intro", language),
            say("group_report.forest.rest", language) if len(rest) else none,
        ),
        chart=_forest(comparison, driver, language),
        table=rest if len(rest) else None,
        notes=cut,
        data=comparison.against_rest(),
    )


def _inner_section(inner: GroupComparison, language: str) -> Section:
    table, cut = cut_table(inner.table(language), language)
    return Section(
        stem="inner_groups",
        title=say("group_report.inner.title", language, by=inner.by, outer=inner.outer),
        paragraphs=(say("group_report.inner.intro", language, outer=inner.outer),),
        chart=_panels(inner, "inner_groups", language),
        table=table,
        notes=(*cut, inner.footer(language)),
        data=inner.tidy(),
    )


def _panels(comparison: GroupComparison, stem: str, language: str) -> Chart:
    labels, spread = of_language(comparison.labels, language), comparison.spread()
    table = group_names(comparison.tidy(), comparison, language)
    figure = figure_for_groups(comparison.compared, len(comparison.drivers))
    draw_group_weights(
        table,
        spread,
        labels,
        rest=group_names(comparison.against_rest(), comparison, language),
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


def _spread_chart(comparison: GroupComparison, language: str) -> Chart:
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


def _forest(comparison: GroupComparison, driver: str, language: str) -> Chart:
    labels, table = of_language(comparison.labels, language), comparison.tidy()
    named = group_names(table, comparison, language)
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
