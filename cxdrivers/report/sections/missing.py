"""Show whether the finding hangs on what is done with blanks."""

from __future__ import annotations

from cxdrivers.answers.blanks.missing_result import MissingComparison
from cxdrivers.charts.missing import draw_missing, rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import percent
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.wording import of_language, say, together


def missing_section(results: Results, language: str) -> Section:
    """Return the weights by every policy for blanks, or that there are no blanks."""
    title, missing = say("missing.title", language), results.missing
    if not isinstance(missing, MissingComparison):
        return Section(stem="missing", title=title, paragraphs=(missing.say(language),))
    return Section(
        stem="missing",
        title=title,
        paragraphs=(say("missing.intro", language), *missing.sentences(language)),
        chart=_chart(missing, of_language(results.weights.labels, language), language),
        table=missing.table(language),
        notes=(missing.footer(language),),
        data=missing.tidy(),
    )


def _chart(missing: MissingComparison, labels: dict[str, str], language: str) -> Chart:
    table = missing.tidy()
    size = "share" if table["share"].notna().all() else "estimate"
    drivers = table.loc[table["policy"] == table["policy"].iloc[0]].sort_values("rank")["driver"]
    values = table.set_index(["policy", "driver"])[size]
    shown = [
        f"{labels[driver]} "
        + " – ".join(percent(values[policy, driver], language) for policy in missing.weights)
        for driver in drivers
    ]
    figure, axes = figure_for_rows(rows_of(len(drivers)))
    draw_missing(table, labels, ax=axes, language=language)
    names = [say(f"missing.policy.{policy}", language) for policy in missing.weights]
    return Chart(
        stem="missing",
        figure=figure,
        title=say("missing.chart.title", language),
        description=say(
            "missing.chart.description",
            language,
            count=len(shown),
            policies=together(names, language),
            values="; ".join(shown),
        ),
    )
