"""Every public chart of the package, by the name of its picture."""

from __future__ import annotations

from dataclasses import dataclass

from cxdrivers.charts import (
    advocacy,
    benchmark,
    calibration,
    group_weights,
    missing,
    outcomes,
    planning,
    priorities,
    scenarios,
    score_shares,
    shapes,
    spread,
    users,
)
from tests.studies.gallery_draws import Draw, beside, changed, curves, forest, gaps, panels, plotted


@dataclass(frozen=True)
class Drawing:
    """One chart of the gallery.

    Attributes
    ----------
    function
        Of `cxdrivers.charts`, as ``module.function``.
    code
        What a user types for it.
    draw
        Makes it from the material, in a language.
    """

    function: str
    code: str
    draw: Draw


POINTS = score_shares.ROWS
DRAWINGS = {
    name: Drawing(function, code, draw)
    for name, function, code, draw in (
        (
            "weights",
            "weights.draw_weights",
            "cx.driver_weights(survey).plot()",
            plotted(lambda found: found.results.weights, lambda drivers: drivers),
        ),
        (
            "methods",
            "methods.draw_methods",
            "cx.compare_methods(survey).plot()",
            plotted(lambda found: found.results.comparison, lambda drivers: drivers + 1),
        ),
        (
            "outcomes",
            "outcomes.draw_outcomes",
            "cx.compare_outcomes(survey).plot()",
            plotted(lambda found: found.results.outcomes, outcomes.rows_of),
        ),
        (
            "users",
            "users.draw_users",
            "cx.compare_users(survey).plot()",
            plotted(lambda found: found.results.users, users.rows_of),
        ),
        (
            "missing",
            "missing.draw_missing",
            "cx.compare_missing(survey).plot()",
            plotted(lambda found: found.results.missing, missing.rows_of),
        ),
        (
            "priorities",
            "priorities.draw_priorities",
            "cx.priorities(survey).plot()",
            plotted(lambda found: found.results.priorities, priorities.rows_of),
        ),
        (
            "shapes",
            "shapes.draw_shapes",
            "cx.driver_shapes(survey).plot()",
            plotted(lambda found: found.results.shapes, shapes.rows_of),
        ),
        ("curves", "partial_effects.draw_curves", "cx.driver_shapes(survey).plot_curves()", curves),
        (
            "scenarios",
            "scenarios.draw_scenarios",
            "cx.what_if(survey, …).plot()",
            plotted(lambda found: found.results.scenarios, scenarios.rows_of),
        ),
        (
            "scenarios_top_box",
            "scenarios.draw_scenarios",
            'cx.what_if(survey, …).plot(quantity="top_box")',
            plotted(lambda found: found.results.scenarios, scenarios.rows_of, quantity="top_box"),
        ),
        (
            "agent_link",
            "agent_link.draw_agent_link",
            "cx.agent_link(survey).plot()",
            plotted(lambda found: found.results.advocacy.agent_link, POINTS),
        ),
        (
            "recommendation",
            "recommendation.draw_recommendation",
            "cx.recommendation_curve(survey).plot()",
            plotted(lambda found: found.results.advocacy.recommendation, POINTS),
        ),
        (
            "advocacy",
            "advocacy.draw_advocacy",
            "cx.advocacy_chain(survey).plot()",
            plotted(lambda found: found.results.advocacy.chain, advocacy.ROWS),
        ),
        (
            "group_weights",
            "group_panels.draw_group_weights",
            "draw_group_weights(groups.tidy(), groups.spread(), labels)",
            panels(lambda found: found.segment),
        ),
        (
            "team_weights",
            "group_panels.draw_group_weights",
            "draw_group_weights(teams.tidy(), teams.spread(), labels)",
            panels(lambda found: found.teams),
        ),
        (
            "group_shares",
            "group_weights.draw_group_shares",
            "cx.driver_weights(moments).plot()  # moments of many groups",
            plotted(lambda found: found.alone, group_weights.rows_of),
        ),
        (
            "group_spread",
            "spread.draw_spread",
            'cx.compare_groups(survey, by="organisation").plot()',
            plotted(lambda found: found.segment, spread.rows_of),
        ),
        (
            "forest",
            "groups.draw_forest",
            "draw_forest(teams.tidy(), teams.spread(), labels)",
            forest,
        ),
        (
            "changes",
            "changes.draw_changes",
            "draw_changes(waves.changes(), waves.tidy(), labels)",
            changed,
        ),
        (
            "benchmark",
            "benchmark.draw_benchmark",
            "cx.Benchmark.of(surveys).place(survey).plot()",
            plotted(lambda found: found.place, benchmark.rows_of),
        ),
        (
            "benchmark_weights",
            "benchmark.draw_benchmark",
            'cx.Benchmark.of(surveys).place(survey).plot(measure="weight")',
            plotted(lambda found: found.place, benchmark.rows_of, measure="weight"),
        ),
        ("perceptions", "perceptions.draw_gaps", "cx.perception_gaps(figures, …).plot()", gaps),
        (
            "beside_published",
            "perceptions.draw_beside",
            "cx.perception_gaps(answers, …).beside_published().plot()",
            beside,
        ),
        (
            "precision",
            "precision.draw_precision",
            "cx.expected_precision(survey).plot()",
            plotted(lambda found: found.results.precision, lambda drivers: drivers + 1),
        ),
        (
            "planning",
            "planning.draw_planning",
            "cx.sample_size().plot()",
            plotted(lambda found: found.size, planning.ROWS),
        ),
        (
            "calibration",
            "calibration.draw_calibration",
            'cx.fit_satisfaction(survey, kind="top_box").validation().plot()',
            plotted(lambda found: found.validation, calibration.ROWS),
        ),
    )
}
"""Name of the picture → how it is drawn, in the order of the page."""
