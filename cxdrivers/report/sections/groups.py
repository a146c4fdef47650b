"""Show drivers in every group, in which of them groups differ, and one of them closely."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.named_groups import reason_with_names
from cxdrivers.charts.groups import most_different
from cxdrivers.formatting import count
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.sections.group_charts import forest_chart, panels_chart, spread_chart
from cxdrivers.wording import Sentence, of_language, say

LONGEST = 50
"""So many rows of a table of groups stand in a report; its file has all."""


def groups_sections(results: Results, language: str) -> tuple[Section, ...]:
    """Return the sections of every segment, those that could not be compared last.

    Of several segments every title names its own, and the stems of the second and later ones are
    numbered.
    """
    codebook = results.survey.codebook
    named = zip(codebook.segments, results.segments, strict=True)
    found: list[Section] = []
    ordered = sorted(named, key=lambda pair: isinstance(pair[1], Sentence))
    for place, (by, comparison) in enumerate(ordered, start=1):
        names = ReaderNames(codebook, by, language)
        if isinstance(comparison, Sentence):
            made = comparison_sections(reason_with_names(comparison, names), language)
        else:
            made = comparison_sections(comparison, language)
        if len(ordered) > 1:
            made = tuple(_named(section, names.column(), language) for section in made)
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


def cut_table(table: pd.DataFrame, language: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return what of a long table stands in a report, and the note that says so."""
    if len(table) <= LONGEST:
        return table, ()
    facts = {"shown": count(LONGEST, language), "rows": count(len(table), language)}
    return table.head(LONGEST), (say("group_report.cut", language, **facts),)


def _named(section: Section, by: str, language: str) -> Section:
    """Return a section with its segment in front of its title and that of its chart."""
    chart = section.chart
    title = say("group_report.of", language, by=by, title=section.title)
    if chart is not None:
        words = say("group_report.of", language, by=by, title=chart.title)
        chart = replace(chart, title=words)
    return replace(section, title=title, chart=chart)


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
        chart=panels_chart(comparison, "groups", language),
        table=table,
        notes=(*cut, comparison.footer(language), *comparison.remarks(language)),
        data=comparison.tidy(),
        names=comparison.names(language),
        headline=comparison.headline(language),
    )


def _spread_section(comparison: GroupComparison, language: str) -> Section:
    return Section(
        stem="group_spread",
        title=say("group_report.spread.title", language),
        paragraphs=(say("group_report.spread.intro", language),),
        chart=spread_chart(comparison, language),
        table=comparison.spread_table(language),
        data=comparison.spread(),
        names=comparison.names(language),
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
        chart=forest_chart(comparison, driver, language),
        table=rest if len(rest) else None,
        notes=cut,
        data=comparison.against_rest(),
        names=comparison.names(language),
    )


def _inner_section(inner: GroupComparison, language: str) -> Section:
    table, cut = cut_table(inner.table(language), language)
    names = inner.names(language)
    by, outer = names.column(), names.column(inner.outer)
    return Section(
        stem="inner_groups",
        title=say("group_report.inner.title", language, by=by, outer=outer),
        paragraphs=(say("group_report.inner.intro", language, outer=outer),),
        chart=panels_chart(inner, "inner_groups", language),
        table=table,
        notes=(*cut, inner.footer(language)),
        data=inner.tidy(),
        names=names,
    )
