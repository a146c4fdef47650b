"""Say in plain words what to improve first, what that goes with, and what has to be in order."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.advice.priorities_result import Priorities
from cxdrivers.answers.advice.priority_places import FIX_FIRST
from cxdrivers.answers.advice.scenario_numbers import PER
from cxdrivers.answers.advice.scenario_tables import MEAN
from cxdrivers.answers.advice.scenarios_result import Scenarios
from cxdrivers.answers.advice.shape_classes import DISSATISFIER
from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.formatting import MISSING, interval, number
from cxdrivers.report.summary.summary_weights import chance_shown, named_drivers
from cxdrivers.wording import Sentence, of_language, say, together


def improve_sentence(found: Priorities | Sentence, language: str) -> str:
    """Return what to improve first, with how often the draws say so; "" when that is not told."""
    if not isinstance(found, Priorities):
        return ""
    labels, first = of_language(found.weights.labels, language), _fix_first(found)
    if first.empty:
        return say("summary.nothing_first", language)
    names, chances = first["driver"].tolist(), first["p_fix_first"]
    tail = ""
    if (chances == 1).all():
        tail = say("summary.drawn_always", language)
    elif (chances >= 0).all():
        tail = say("summary.drawn_part", language)
        labels = labels | {
            name: say(
                "summary.drawn",
                language,
                driver=labels[name],
                chance=chance_shown(chance, language),
            )
            for name, chance in zip(names, chances, strict=True)
        }
    drivers = named_drivers(names, labels, language)
    return f"{say('summary.first', language, drivers=drivers, count=len(names))} {tail}".rstrip()


def half_sentence(
    scenarios: Scenarios | Sentence, found: Priorities | Sentence, language: str
) -> str:
    """Return what half a point more goes with: of what to improve first, else of the largest."""
    if not isinstance(scenarios, Scenarios):
        return ""
    table = scenarios.tidy()
    means = table[table["quantity"] == MEAN].sort_values("estimate", ascending=False, kind="stable")
    clear = means[means["conf_low"].fillna(means["estimate"]) > 0]["scenario"].tolist()
    if not clear:
        return ""
    wanted = _fix_first(found)["driver"].tolist() if isinstance(found, Priorities) else []
    name = next((driver for driver in wanted if driver in clear), clear[0])
    title = scenarios.titles(language)[name]
    shown = scenarios.table(language)
    row = shown[shown.iloc[:, 0] == title].iloc[0].tolist()
    facts = {
        "outcome": of_language(scenarios.labels, language)[scenarios.question.key],
        "top": top_shown(scenarios, language),
        "per": PER,
    }
    parts = [
        say(f"summary.gain.{quantity}", language, gain=gain, **facts)
        for quantity, gain in zip(scenarios.quantities, row[2::2], strict=True)
    ]
    return say("summary.half", language, driver=title, parts=together(parts, language))


def in_order_sentence(shapes: DriverShapes | Sentence, language: str) -> str:
    """Return which drivers are dissatisfiers, with what a low and a high rating go with."""
    if not isinstance(shapes, DriverShapes):
        return ""
    table, labels = shapes.tidy(), of_language(shapes.labels, language)
    found = table[(table["setting"] == 1) & (table["verdict"] == DISSATISFIER)]
    if found.empty:
        return ""
    return say(
        "summary.in_order",
        language,
        drivers=named_drivers(found["driver"].tolist(), labels, language),
        count=len(found),
        outcome=labels[shapes.outcome],
        **{name: _points(found.iloc[0], name, language) for name in ("penalty", "reward")},
    )


def top_shown(scenarios: Scenarios, language: str) -> str:
    """Return what scenarios call the top box: "8–10", or "8 or higher"; "" when they have none."""
    if scenarios.scale is None:
        return ""
    start, scale = scenarios.scale.threshold, scenarios.question.scale
    if scale is None or start >= scale[1]:
        return say("scenarios.top.from", language, threshold=start)
    return say("scenarios.top.range", language, low=start, high=scale[1])


def _fix_first(found: Priorities) -> pd.DataFrame:
    """Return what is to be fixed first and surely gains by it, in order."""
    table = found.tidy().sort_values("rank", kind="stable")
    gains = table["conf_low"].fillna(table["estimate"]) > 0
    return table[(table["quadrant"] == FIX_FIRST) & gains]


def _points(row: pd.Series, name: str, language: str) -> str:
    ends = interval(row[f"{name}_low"], row[f"{name}_high"], language)
    middle = number(row[name], language)
    return middle if ends == MISSING else f"{middle} {ends}"
