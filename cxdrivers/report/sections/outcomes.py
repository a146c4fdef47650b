"""Show which drivers count at the bottom of the outcome and which at its top."""

from __future__ import annotations

from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from cxdrivers.charts.outcomes import draw_outcomes, rows_of
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import percent
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.wording import of_language, say


def outcomes_section(results: Results, language: str) -> Section:
    """Return the drivers of the mean grade, of high and of low ones, or why they are not there."""
    title, outcomes = say("report.outcomes.title", language), results.outcomes
    if not isinstance(outcomes, OutcomeComparison):
        return Section(stem="outcomes", title=title, paragraphs=(outcomes.say(language),))
    return Section(
        stem="outcomes",
        title=title,
        paragraphs=(say("report.outcomes.intro", language), *outcomes.sentences(language)),
        chart=_chart(outcomes, of_language(results.weights.labels, language), language),
        table=outcomes.table(language),
        notes=(outcomes.footer(language), *_left_out(results.weights.n - outcomes.n, language)),
        data=outcomes.tidy(),
    )


def _left_out(respondents: int, language: str) -> tuple[str, ...]:
    """Return how many respondents with a blank are in the weights and not here, if any."""
    if not respondents:
        return ()
    return (say("report.outcomes.blank", language, count=respondents),)


def _chart(outcomes: OutcomeComparison, labels: dict[str, str], language: str) -> Chart:
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
    )
