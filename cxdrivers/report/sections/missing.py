"""Show whether the finding hangs on what is done with blanks."""

from __future__ import annotations

from functools import partial

from cxdrivers.answers.blanks.missing_result import MissingComparison
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.charts.missing import draw_missing, rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import percent
from cxdrivers.report.native import BARS, SHARE, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.series import ESTIMATES, SHARES, series_of
from cxdrivers.wording import of_language, say, together


def missing_section(results: Results, language: str) -> Section:
    """Return the weights by every policy for blanks, or that there are no blanks."""
    return answer_section(
        results.missing,
        language,
        stem="missing",
        title=say("missing.title", language),
        intro=say("missing.intro", language),
        chart=partial(_chart, results.weights),
    )


def _chart(weights: DriverWeights, missing: MissingComparison, language: str) -> Chart:
    labels = of_language(weights.labels, language)
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
        native=_native(missing, labels, language),
    )


def _native(missing: MissingComparison, labels: dict[str, str], language: str) -> NativeChart:
    """Return a bar a policy, the largest by the first policy on top."""
    table = missing.tidy()
    told = bool(table["share"].notna().all())
    by_policy = {key: rows.set_index("driver") for key, rows in table.groupby("policy")}
    first = by_policy[next(iter(missing.weights))]
    order = first.sort_values("rank", kind="stable").index.tolist()
    return NativeChart(
        kind=BARS,
        categories=tuple(labels[driver] for driver in order),
        series=tuple(
            series_of(
                say(f"missing.policy.{policy}", language),
                by_policy[policy].loc[order],
                SHARES if told else ESTIMATES,
            )
            for policy in missing.weights
        ),
        axis=say("charts.weights.axis" if told else "charts.weights.axis_parts", language),
        format=SHARE,
    )
