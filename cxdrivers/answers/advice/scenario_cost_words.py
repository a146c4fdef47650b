"""Put into words what a point more costs in each scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.scenario_numbers import PER
from cxdrivers.answers.advice.scenario_told import Row, Told, ordered, rows_of
from cxdrivers.formatting import MISSING, interval, number
from cxdrivers.wording import say

CENTS_BELOW = 100.0


def reader_table_of_costs(table: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Return what one point more costs in every scenario that has a cost.

    Parameters
    ----------
    table
        The tidy table, with costs.
    told
        Words and language.
    """
    priced = table[table["cost"].notna()]
    order = ordered(priced)
    first = priced.drop_duplicates("scenario").set_index("scenario").loc[order]
    shown = {
        say("scenarios.column.scenario", told.language): [told.titles[name] for name in order],
        say("scenarios.column.cost", told.language): [
            _money(cost, told.language) for cost in first["cost"]
        ],
    }
    for quantity, rows in priced.groupby("quantity", sort=False):
        found = rows_of(rows.set_index("scenario").loc[order])
        shown[told.column(f"{quantity}_cost")] = [_cost_words(row, told.language) for row in found]
    return pd.DataFrame(shown)


def cost_sentence(rows: pd.DataFrame, told: Told) -> str:
    """Return what a point more costs in one scenario, of which these are the tidy rows.

    What gains nothing has no cost of a point, and is left to the table.
    """
    found = rows_of(rows)
    parts = [
        say(
            f"scenarios.cost.{row['quantity']}",
            told.language,
            cost=_cost_words(row, told.language),
            top=told.top,
            per=PER,
        )
        for row in found
        if not np.isposinf(row["cost_per_point"])
    ]
    name = rows["scenario"].iloc[0]
    cost = _money(rows["cost"].iloc[0], told.language)
    facts = {"scenario": told.titles[name], "cost": cost}
    if not parts:
        return say("scenarios.cost.without_gain", told.language, **facts)
    return say("scenarios.cost.of", told.language, parts="; ".join(parts), **facts)


def _cost_words(row: Row, language: str) -> str:
    value, low, high = (row[name] for name in ("cost_per_point", "cost_low", "cost_high"))
    if np.isposinf(value):
        return say("scenarios.cost.nothing", language)
    shown = _money(value, language)
    if np.isposinf(high):
        return say("scenarios.cost.open", language, cost=shown, low=_money(low, language))
    digits = _decimals(low)
    ends = interval(low, high, language, digits=digits)
    return shown if ends == MISSING else f"{shown} {ends}"


def _money(cost: float, language: str) -> str:
    return number(cost, language, digits=_decimals(cost))


def _decimals(cost: float) -> int:
    return 2 if cost < CENTS_BELOW else 0
