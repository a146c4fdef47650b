"""Show which part of the customers really recommended at every score."""

from __future__ import annotations

from cxdrivers.answers.advocacy.recommendation_result import RecommendationCurve
from cxdrivers.answers.advocacy.score_points import top_words
from cxdrivers.charts.score_shares import ROWS
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Chart, Section, answer_section
from cxdrivers.report.sections.score_values import score_columns, score_values
from cxdrivers.wording import say


def recommendation_section(results: Results, language: str) -> Section:
    """Return the share at every score with what is said of it, or why there is none."""
    return answer_section(
        results.advocacy.recommendation,
        language,
        stem="recommendation",
        title=say("recommendation.title", language),
        intro=say("recommendation.intro", language),
        chart=_chart,
    )


def _chart(curve: RecommendationCurve, language: str) -> Chart:
    figure, axes = figure_for_rows(ROWS)
    curve.plot(axes, language=language)
    top = top_words(curve.survey.codebook.outcome, curve.threshold)
    values = score_values(curve.tidy(), "recommendation.chart.value", language)
    return Chart(
        stem="recommendation",
        figure=figure,
        title=say("recommendation.chart.title", language),
        description=say("recommendation.chart.description", language, values=values),
        native=score_columns(
            curve.tidy(),
            (
                say("recommendation.chart.top", language, top=top),
                say("recommendation.chart.rest", language),
            ),
            axis=say("recommendation.chart.share", language),
            language=language,
        ),
    )
