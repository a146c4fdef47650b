"""Show which drivers changed from one wave to the next, and which differences may be chance."""

from __future__ import annotations

from cxdrivers.answers.groups.group_estimates import WEIGHT
from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.groups.named_groups import reason_with_names, with_names
from cxdrivers.charts.changes import draw_changes, last_change, rows_of
from cxdrivers.charts.group_measures import distance_shown
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import level_percent
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.sections.groups import cut_table
from cxdrivers.wording import of_language, say


def changes_section(results: Results, language: str) -> Section | None:
    """Return the last wave beside the one before it, with every change in the table, or why not.

    Nothing without waves.
    """
    comparison = results.waves
    if comparison is None:
        return None
    title = say("group_report.changes.title", language)
    if not isinstance(comparison, GroupComparison):
        codebook = results.survey.codebook
        names = ReaderNames(codebook, codebook.wave or "", language)
        reason = reason_with_names(comparison, names).say(language)
        return Section(stem="changes", title=title, paragraphs=(reason,))
    table, cut = cut_table(comparison.changes_table(language), language)
    return Section(
        stem="changes",
        title=title,
        paragraphs=(
            say("group_report.changes.intro", language),
            *comparison.sentences(language),
        ),
        chart=_chart(comparison, language),
        table=table,
        notes=(*cut, *comparison.remarks(language)),
        data=comparison.changes(),
        names=comparison.names(language),
        headline=comparison.headline(language),
    )


def _chart(comparison: GroupComparison, language: str) -> Chart:
    labels = of_language(comparison.labels, language)
    changes = with_names(comparison.changes(), comparison, language)
    figure, axes = figure_for_rows(rows_of(len(comparison.drivers)))
    table = with_names(comparison.tidy(), comparison, language)
    draw_changes(changes, table, labels, ax=axes, language=language)
    last = last_change(changes, WEIGHT)
    before, wave = last["before"].iloc[0], last["group"].iloc[0]
    numbers = last[["estimate", "conf_low", "conf_high"]].to_numpy(float)
    values = [
        say(
            f"group_report.changes.{'changed' if changed else 'same'}",
            language,
            driver=labels[driver],
            size=distance_shown(found, WEIGHT, language),
        )
        for driver, changed, found in zip(last["driver"], last["changed"], numbers, strict=True)
    ]
    return Chart(
        stem="changes",
        figure=figure,
        title=say("group_report.changes.chart", language, before=before, wave=wave),
        description=say(
            "group_report.changes.description",
            language,
            before=before,
            wave=wave,
            level=level_percent(comparison.settings.level, language),
            values="; ".join(values),
        ),
    )
