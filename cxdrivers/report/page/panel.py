"""Write the part of a page on which a reader moves drivers."""

from __future__ import annotations

import json

from cxdrivers.answers.advice.scenario_grid import ScenarioGrid
from cxdrivers.answers.advice.scenario_tables import PER_POINT
from cxdrivers.answers.advice.scenario_told import DIGITS, Told
from cxdrivers.formatting import MISSING, interval, level_percent
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.report.page.panel_numbers import HALF, panel_numbers, told_of
from cxdrivers.report.page.templates import as_markup, filled_page
from cxdrivers.wording import say, together


def panel_html(grid: ScenarioGrid, language: str) -> str:
    """Return sliders and their numbers as an element of a page; the page's script moves it.

    Parameters
    ----------
    grid
        What every step of every driver goes with.
    language
        Of words and numbers.
    """
    told = told_of(grid, language)
    sizes = (*grid.sizes, 0.0)
    return filled_page(
        "panel.html",
        title=say("panel.title", language),
        intro=say("panel.intro", language),
        sliders=[{"label": told.labels[driver]} for driver in grid.drivers],
        lowest=min(sizes),
        highest=max(sizes),
        step=HALF,
        today_words=say("panel.step.today", language),
        reset=say("panel.reset", language),
        columns={
            "quantity": say("panel.quantity", language),
            "today": say("scenarios.today", language),
            "changed": say("panel.changed", language),
            "gain": say("panel.gain", language),
        },
        rows=[
            {"name": told.quantity(name), "today": _today(grid, told, place)}
            for place, name in enumerate(grid.scenarios.quantities)
        ],
        nothing=MISSING,
        association=say("scenarios.association", language),
        notes=_notes(grid, told),
        base=_base(grid, language),
        numbers=as_markup(_script_safe(panel_numbers(grid, language))),
    )


def _today(grid: ScenarioGrid, told: Told, place: int) -> str:
    """Return what is predicted today with its interval, where there is one."""
    name, row = grid.scenarios.quantities[place], grid.predictions.row(0, place)
    low, high = (PER_POINT[name] * row[end] for end in ("changed_low", "changed_high"))
    shown = told.level_of(row["today"], name)
    ends = interval(low, high, told.language, digits=DIGITS[name])
    return shown if ends == MISSING else f"{shown} {ends}"


def _notes(grid: ScenarioGrid, told: Told) -> list[str]:
    """Return what a reader is to know of the sliders."""
    language, scenarios = told.language, grid.scenarios
    notes = [remark.say(language) for remark in scenarios.remarks]
    if grid.still:
        drivers = together([told.labels[driver] for driver in grid.still], language)
        notes.append(say("panel.still", language, drivers=drivers, count=len(grid.still)))
    if grid.sums.groups is not None:
        notes.append(say("panel.about", language))
    return notes


def _base(grid: ScenarioGrid, language: str) -> str:
    """Return whom the numbers are about, and how they were resampled."""
    scenarios, drawn = grid.scenarios, grid.numbers.replicates
    if drawn is None:
        return say("panel.without_interval", language, n=scenarios.n)
    facts = {"n": scenarios.n, "resamples": len(drawn), "seed": str(scenarios.draws.seed)}
    units = say(f"weights.units.{scheme_of(scenarios.design)}", language)
    level = level_percent(scenarios.draws.level, language)
    return say("panel.bracketed", language, level=level, units=units, **facts)


def _script_safe(numbers: dict[str, object]) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(numbers, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
