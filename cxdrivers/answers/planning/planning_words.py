"""Put what a planned survey needs into a reader's table and plain sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.answers.planning.precision_words import about, points
from cxdrivers.formatting import count, level_percent, number, percent
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import say

NEARLY_ALWAYS = 0.99


def planned_labels(plan: PlannedSurvey, language: str) -> dict[str, str]:
    """Return what the drivers of a plan are called: by name, or by number when only counted."""
    if isinstance(plan.drivers, int):
        return {
            name: say("planning.driver", language, number=str(place + 1))
            for place, name in enumerate(plan.names)
        }
    return {name: driver_label(name, language) for name in plan.names}


def reader_table(table: pd.DataFrame, labels: dict[str, str], language: str) -> pd.DataFrame:
    """Return a row a driver: its share, how well it is known, and whether its effect is shown."""
    return pd.DataFrame(
        {
            say("labels.column.driver", language): [labels[name] for name in table["driver"]],
            say("labels.column.share", language): [
                percent(share, language) for share in table["share"]
            ],
            say("planning.column.margin", language): [
                points(width / 2, language) for width in table["width"]
            ],
            say("planning.column.power", language): [
                _chance(power, language) for power in table["power"]
            ],
        }
    )


def summary_sentences(
    table: pd.DataFrame,
    plan: PlannedSurvey,
    pair: tuple[str, str] | None,
    facts: dict[str, Any],
    language: str,
) -> list[str]:
    """Return how many are needed, for what, on which assumptions, and how sure the number is."""
    labels = planned_labels(plan, language)
    shares = dict(zip(table["driver"], table["share"], strict=True))
    n = int(table["n"].iloc[0])
    level = level_percent(facts["level"], language)
    said = []
    if pair is None:
        margin = points(facts["width"] / 2, language)
        said.append(
            say("planning.width", language, n=about(n, language), margin=margin, level=level)
        )
    else:
        first, second = pair
        said.append(
            say(
                "planning.apart",
                language,
                first=labels[first],
                second=labels[second],
                first_share=percent(shares[first], language, digits=1),
                second_share=percent(shares[second], language, digits=1),
                power=percent(facts["power"], language),
                n=about(n, language),
                level=level,
            )
        )
    if facts["at_least"]:
        said.append(say("planning.at_least", language))
    if plan.teams is not None:
        size, likeness = plan.teams
        teams = {"teams": count(n // size, language), "size": count(size, language)}
        shown = percent(likeness, language)
        said.append(say("planning.teams", language, likeness=shown, **teams))
    weakest = table.sort_values("power", kind="stable").iloc[0]
    said.append(
        say(
            "planning.found",
            language,
            driver=labels[weakest["driver"]],
            share=percent(weakest["share"], language),
            power=_chance(weakest["power"], language),
        )
    )
    assumed = {
        "count": len(table),
        "correlation": number(plan.correlation, language),
        "explained": percent(plan.r_squared, language),
    }
    said.append(say("planning.assumed", language, **assumed))
    if plan.top_box is not None:
        said.append(say("planning.top_box", language, part=percent(plan.top_box, language)))
    exact = {"n": count(n, language), "error": count(max(facts["error"], 1.0), language)}
    said.append(say("planning.simulated", language, draws=count(facts["draws"], language), **exact))
    said.append(say("planning.usable", language))
    return said


def _chance(power: float, language: str) -> str:
    if power > NEARLY_ALWAYS:
        return say("weights.more_than", language, value=percent(NEARLY_ALWAYS, language))
    return percent(power, language)
