"""Say in plain words which drivers count, which count less, and how sure that is."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.formatting import MISSING, percent, percent_range
from cxdrivers.wording import of_language, say, together

FIRM = 0.95
"""A first place is firm when it holds in at least this part of the draws."""
MOST_FIRST, MOST_NAMED = 3, 3
NEARLY_ALWAYS = 0.99
MATTERS = 0.5
"""A passenger matters from this part of the average weight on."""
PARTS = {
    "tenth": 1 / 10,
    "fifth": 1 / 5,
    "quarter": 1 / 4,
    "third": 1 / 3,
    "two_fifths": 2 / 5,
    "half": 1 / 2,
    "three_fifths": 3 / 5,
    "two_thirds": 2 / 3,
    "three_quarters": 3 / 4,
    "four_fifths": 4 / 5,
    "nine_tenths": 9 / 10,
    "whole": 1.0,
}
LITTLE = 0.05


def first_sentence(weights: DriverWeights, language: str) -> str:
    """Return which drivers count most, how much, and whether the first place is firm."""
    table, labels = _ranked(weights), of_language(weights.labels, language)
    outcome = labels[weights.moments.outcome]
    if not table["share"].iloc[0] > 0:
        return say("summary.nothing", language, outcome=outcome)
    first, *rest = (row for _, row in _heaviest(table).iterrows())
    named = [
        say(
            "summary.with_share",
            language,
            driver=labels[row["driver"]],
            share=_share(row, language),
        )
        for row in rest
    ]
    facts = {
        "outcome": outcome,
        "driver": labels[first["driver"]],
        "share": _share(first, language),
        "whole": len(table),
    }
    if not named:
        return say("summary.first_place.alone", language, **facts)
    told = together(named, language)
    said = say("summary.first_place", language, rest=told, count=len(named), **facts)
    if not first["p_first"] >= 0:
        return said
    key = "sure" if first["p_first"] >= FIRM else "open"
    chance = chance_shown(first["p_first"], language)
    return f"{said} {say(f'summary.order_{key}', language, chance=chance, driver=facts['driver'])}"


def less_sentence(weights: DriverWeights, language: str) -> str:
    """Return which drivers clearly count less than the average one; "" for none."""
    table, average = _ranked(weights), 1 / len(weights.drivers)
    less = table.loc[table["share_high"] < average, "driver"].tolist()
    if not less:
        return ""
    return say(
        "summary.less",
        language,
        drivers=named_drivers(less, of_language(weights.labels, language), language),
        count=len(less),
        average=percent(average, language),
    )


def along_sentence(weights: DriverWeights, language: str) -> str:
    """Return which drivers weigh something and show nothing of their own; "" for none.

    Those that weigh little are only counted.
    """
    table = _ranked(weights)
    passengers = table[table["remark"] == "passenger"]
    matters = passengers["share"] >= MATTERS / len(table)
    along, little = passengers.loc[matters, "driver"].tolist(), int((~matters).sum())
    if not along:
        return ""
    drivers = named_drivers(along, of_language(weights.labels, language), language)
    said = say("summary.along", language, drivers=drivers, count=len(along))
    return f"{said} {say('summary.along_too', language, count=little)}" if little else said


def sure_sentence(weights: DriverWeights, language: str) -> str:
    """Return how many answered, what the drivers tell together, and what is left open."""
    if not weights.r_squared_interval[0] > 0 and len(weights.replicates):
        return say("summary.sure_little", language, n=weights.n)
    fit = max(weights.r_squared, 0.0)
    ends = percent_range(*weights.r_squared_interval, language)
    shown = percent(fit, language)
    return say(
        "summary.sure" if ends != MISSING else "summary.sure_plain",
        language,
        n=weights.n,
        part=say(f"summary.part.{part_of(fit)}", language),
        outcome=of_language(weights.labels, language)[weights.moments.outcome],
        fit=shown if ends == MISSING else f"{shown} ({ends})",
    )


def part_of(value: float) -> str:
    """Return the everyday part that a proportion is nearest to.

    Examples
    --------
    >>> part_of(0.62), part_of(0.66), part_of(0.02)
    ('three_fifths', 'two_thirds', 'little')
    """
    if value < LITTLE:
        return "little"
    return min(PARTS, key=lambda name: abs(PARTS[name] - value))


def chance_shown(chance: float, language: str) -> str:
    """Return a part of the draws, called 100 % only when it is exactly that."""
    if NEARLY_ALWAYS < chance < 1:
        return say("weights.more_than", language, value=percent(NEARLY_ALWAYS, language))
    return percent(chance, language)


def named_drivers(drivers: list[str], labels: dict[str, str], language: str) -> str:
    """Return labels as running text; of more than a few the rest is counted."""
    few = drivers if len(drivers) <= MOST_NAMED + 1 else drivers[:MOST_NAMED]
    names = [labels[driver] for driver in few]
    if len(few) < len(drivers):
        names.append(say("summary.others", language, count=len(drivers) - len(few)))
    return together(names, language)


def _ranked(weights: DriverWeights) -> pd.DataFrame:
    return weights.tidy().sort_values("rank", kind="stable")


def _heaviest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the first two drivers, and the third when it may well be the second."""
    shown = table[(table["share"] > 0) & (table["remark"] != "not_shown")]
    third = shown.iloc[2:3]
    most = MOST_FIRST if (third["rank_low"] <= 2).any() else MOST_FIRST - 1
    return shown.head(max(1, min(most, len(table) - 1)))


def _share(row: pd.Series, language: str) -> str:
    ends = percent_range(row["share_low"], row["share_high"], language)
    middle = percent(row["share"], language)
    return middle if ends == MISSING else f"{middle} ({ends})"
