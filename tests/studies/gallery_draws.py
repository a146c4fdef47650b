"""How the charts of the gallery are drawn, each on a figure of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.perceptions.perceptions import perception_gaps
from cxdrivers.answers.perceptions.published_table import published_figures
from cxdrivers.charts import changes, group_panels, groups, perceptions
from cxdrivers.charts.partial_effects import draw_curves, figure_of_panels
from cxdrivers.charts.style import figure_for_rows
from cxdrivers.wording import of_language
from tests.studies.gallery_material import Material, told

Draw = Callable[[Material, str], Figure]
OWN = (
    ("Is our service excellent?", "executives", 0.62, 40),
    ("Is our service excellent?", "employees", 0.48, 210),
    ("Is our service excellent?", "customers", 0.31, 900),
)
"""Made up: what three groups would say."""


def plotted(
    answer: Callable[[Material], Any], rows: Callable[[int], int] | int, **chosen: str
) -> Draw:
    """Return what draws an answer on axes as high as its drivers need."""

    def draw(found: Material, language: str) -> Figure:
        drawn = told(answer(found))
        own = getattr(drawn, "drivers", None)
        drivers = own if isinstance(own, tuple) else found.results.weights.drivers
        figure, axes = figure_for_rows(rows if isinstance(rows, int) else rows(len(drivers)))
        drawn.plot(axes, language=language, **chosen)
        return figure

    return draw


def panels(compared: Callable[[Material], GroupComparison]) -> Draw:
    """Return what draws all drivers in all groups of a comparison."""

    def draw(found: Material, language: str) -> Figure:
        result = compared(found)
        sheet = group_panels.figure_for_groups(result.compared, len(result.drivers))
        tables = (result.tidy(), result.spread(), of_language(result.labels, language))
        rest = result.against_rest()
        group_panels.draw_group_weights(*tables, rest=rest, figure=sheet, language=language)
        return sheet

    return draw


def curves(found: Material, language: str) -> Figure:
    """Draw the curve of every driver."""
    shaped = told(found.results.shapes)
    table, labels = shaped.curves(), of_language(shaped.labels, language)
    sheet = figure_of_panels(table["driver"].nunique())
    outcome = labels[shaped.outcome]
    draw_curves(table, labels, outcome=outcome, figure=sheet, language=language)
    return sheet


def forest(found: Material, language: str) -> Figure:
    """Draw one driver in all teams."""
    teams = found.teams
    figure, axes = figure_for_rows(groups.rows_of(len(teams.moments.labels)))
    table = teams.tidy()
    named = table.assign(group=[teams.group_label(name, language) for name in table["group"]])
    tables = (named, teams.spread(), of_language(teams.labels, language))
    groups.draw_forest(*tables, ax=axes, language=language)
    return figure


def changed(found: Material, language: str) -> Figure:
    """Draw what changed between waves."""
    waves = found.waves
    figure, axes = figure_for_rows(changes.rows_of(len(waves.drivers)))
    tables = (waves.changes(), waves.tidy(), of_language(waves.labels, language))
    changes.draw_changes(*tables, ax=axes, language=language)
    return figure


def gaps(_: Material, language: str) -> Figure:
    """Draw all published gaps."""
    figures = published_figures(language)
    asked = figures[figures["gap"] != ""]
    found = perception_gaps(asked, question="statistic", group="group", share="number", n="n")
    figure, axes = figure_for_rows(perceptions.rows_of(found.shares()))
    found.plot(axes, language=language)
    return figure


def beside(_: Material, language: str) -> Figure:
    """Draw a gap of one's own beside a published one."""
    own = pd.DataFrame(OWN, columns=["question", "group", "share", "n"])
    both = perception_gaps(own, question="question", group="group", share="share", n="n")
    found = both.beside_published()
    figure, axes = figure_for_rows(perceptions.rows_of(found.tidy()))
    found.plot(axes, language=language)
    return figure
