"""Show which drivers count at the bottom of the outcome and which at its top."""

from __future__ import annotations

from functools import partial

from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.charts.outcomes import draw_outcomes, rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import percent
from cxdrivers.report.native import BARS, SHARE, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.series import SHARES, series_of
from cxdrivers.wording import Sentence, of_language, say


def outcomes_section(results: Results, language: str) -> Section:
    """Return the drivers of the mean grade, of high and of low ones, or why they are not there."""
    return answer_section(
        results.outcomes,
        language,
        stem="outcomes",
        title=say("report.outcomes.title", language),
        intro=say("report.outcomes.intro", language),
        chart=partial(_chart, results.weights),
        notes=_left_out(results, language),
    )


def _left_out(results: Results, language: str) -> tuple[str, ...]:
    """Return how many respondents with a blank are in the weights and not here, if any."""
    outcomes = results.outcomes
    respondents = 0 if isinstance(outcomes, Sentence) else results.weights.n - outcomes.n
    if not respondents:
        return ()
    return (say("report.outcomes.blank", language, count=respondents),)


def _chart(weights: DriverWeights, outcomes: OutcomeComparison, language: str) -> Chart:
    labels = of_language(weights.labels, language)
    table, titles, ends = (
        outcomes.tidy(),
        outcomes.titles(language),
        (outcomes.bottom, outcomes.top),
    )
    figure, axes = figure_for_rows(rows_of(table["driver"].nunique()))
    draw_outcomes(
        table, labels, titles, ends=ends, places=outcomes.places, ax=axes, language=language
    )
    drawn = [key for key in ends if key is not None and None not in ends] or list(titles)[:1]
    shares = table.set_index(["outcome", "driver"])["share"]
    values = [
        f"{labels[driver]} " + " – ".join(percent(shares[key, driver], language) for key in drawn)
        for driver in table["driver"].unique()
    ]
    return Chart(
        stem="outcomes",
        figure=figure,
        title=say("outcomes.chart.title", language),
        description=say(
            "outcomes.chart.description",
            language,
            count=len(values),
            outcomes=" – ".join(titles[key] for key in drawn),
            values="; ".join(values),
        ),
        native=_native(outcomes, labels, drawn, language),
    )


def _native(
    outcomes: OutcomeComparison, labels: dict[str, str], drawn: list[str], language: str
) -> NativeChart:
    """Return bars for the outcomes that are drawn with their intervals, by rank in the first."""
    table, titles = outcomes.tidy(), outcomes.titles(language)
    first = table[table["outcome"] == table["outcome"].iloc[0]]
    order = first.sort_values("rank", kind="stable")["driver"].tolist()
    by_outcome = {key: rows.set_index("driver") for key, rows in table.groupby("outcome")}
    return NativeChart(
        kind=BARS,
        categories=tuple(labels[driver] for driver in order),
        series=tuple(series_of(titles[key], by_outcome[key].loc[order], SHARES) for key in drawn),
        axis=say("outcomes.axis", language),
        format=SHARE,
    )
