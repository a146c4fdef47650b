"""Show which part of the customers really recommended at every score."""

from __future__ import annotations

from cxdrivers.answers.recommendation_result import RecommendationCurve
from cxdrivers.charts.score_shares import ROWS
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.formatting import count, number, percent
from cxdrivers.report.results import Results
from cxdrivers.report.section import Chart, Section
from cxdrivers.wording import say


def recommendation_section(results: Results, language: str) -> Section:
    """Return the share at every score with what is said of it, or why there is none."""
    title, curve = say("recommendation.title", language), results.advocacy.recommendation
    if not isinstance(curve, RecommendationCurve):
        return Section(stem="recommendation", title=title, paragraphs=(curve.say(language),))
    return Section(
        stem="recommendation",
        title=title,
        paragraphs=(say("recommendation.intro", language), *curve.sentences(language)),
        chart=_chart(curve, language),
        table=curve.table(language),
        notes=(curve.footer(language),),
        data=curve.tidy(),
    )


def _chart(curve: RecommendationCurve, language: str) -> Chart:
    figure, axes = figure_for_rows(ROWS)
    curve.plot(axes, language=language)
    scores = curve.tidy().query("n > 0")
    values = [
        say(
            "recommendation.chart.value",
            language,
            score=number(score, language, digits=0),
            share=percent(share, language),
            n=count(n, language),
        )
        for score, share, n in zip(scores["score"], scores["estimate"], scores["n"], strict=True)
    ]
    return Chart(
        stem="recommendation",
        figure=figure,
        title=say("recommendation.chart.title", language),
        description=say("recommendation.chart.description", language, values="; ".join(values)),
    )
