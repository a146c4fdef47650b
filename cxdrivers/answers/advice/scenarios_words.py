"""Put scenarios into a reader's table and plain sentences, each with its "if"."""

from __future__ import annotations

import pandas as pd

from cxdrivers.answers.advice.scenario_cost_words import cost_sentence
from cxdrivers.answers.advice.scenario_numbers import PER
from cxdrivers.answers.advice.scenario_tables import MEAN, RECOMMENDED
from cxdrivers.answers.advice.scenario_told import Row, Told, ordered, rows_of
from cxdrivers.formatting import MISSING, number
from cxdrivers.wording import say, together

MOST_TOLD = 3
"""So many scenarios are told in sentences; the table has all."""
STAYED = ("stuck", "partly", "already", "blank", "not_met")


def reader_table(table: pd.DataFrame, told: Told) -> pd.DataFrame:
    """Return today and every scenario with its differences, the largest gain in the mean first.

    Parameters
    ----------
    table
        The tidy table.
    told
        Words and language.
    """
    order = ordered(table)
    today = say("scenarios.today", told.language)
    shown = {
        say("scenarios.column.scenario", told.language): [
            today,
            *(told.titles[name] for name in order),
        ]
    }
    for quantity, rows in table.groupby("quantity", sort=False):
        found = rows.set_index("scenario").loc[order]
        values = [found["today"].iloc[0], *found["changed"]]
        column = told.column(str(quantity))
        shown[column] = [told.level_of(value, str(quantity)) for value in values]
        gains = [told.gain_of(row) for row in rows_of(found)]
        shown[told.column(f"{quantity}_gain")] = [MISSING, *gains]
    return pd.DataFrame(shown)


def scenarios_sentences(table: pd.DataFrame, reach: pd.DataFrame, told: Told) -> list[str]:
    """Return what the scenarios with the largest gains would go with, and whom they reach.

    Parameters
    ----------
    table, reach
        The tidy table, and the respondents that each change reaches.
    told
        Words and language.
    """
    order = ordered(table)
    said = []
    for name in order[:MOST_TOLD]:
        rows = table[table["scenario"] == name]
        parts = "; ".join(_gain_words(row, told) for row in rows_of(rows))
        facts = {"scenario": told.titles[name], "parts": parts}
        said.append(say("scenarios.gain.of", told.language, **facts))
        if "cost" in rows and rows["cost"].notna().any():
            said.append(cost_sentence(rows, told))
        said += _reach_sentences(reach[reach["scenario"] == name], told)
    if len(order) > MOST_TOLD:
        said.append(say("scenarios.more", told.language, count=len(order) - MOST_TOLD))
    said.append(_today_sentence(rows_of(table)[0], told))
    if RECOMMENDED in set(table["quantity"]):
        said += _recommenders_sentences(table, told)
    if told.unscaled:
        drivers = together([told.labels[driver] for driver in told.unscaled], told.language)
        said.append(say("scenarios.unscaled", told.language, drivers=drivers))
    return said + _unheld_sentences(told)


def _gain_words(row: Row, told: Told) -> str:
    quantity = row["quantity"]
    return say(
        f"scenarios.gain.{quantity}",
        told.language,
        outcome=told.outcome,
        top=told.top,
        per=PER,
        today=told.level_of(row["today"], quantity),
        changed=told.level_of(row["changed"], quantity),
        gain=told.gain_of(row),
    )


def _recommenders_sentences(table: pd.DataFrame, told: Told) -> list[str]:
    """Return what recommenders follow from, and of how many it is known when not of all."""
    said = [say("scenarios.recommenders", told.language)]
    base = table.groupby("quantity")["n"].first()
    asked, n = int(base[RECOMMENDED]), int(base[MEAN])
    return said if asked == n else [*said, say("scenarios.asked", told.language, count=asked, n=n)]


def _today_sentence(row: Row, told: Told) -> str:
    facts = {name: told.level_of(row[name], MEAN) for name in ("today", "observed")}
    return say("scenarios.as_today", told.language, outcome=told.outcome, **facts)


def _reach_sentences(reach: pd.DataFrame, told: Told) -> list[str]:
    """Return whom each change of a scenario does not move as far as was asked, if anybody."""
    said = []
    for row in rows_of(reach):
        stayed = [
            say(f"scenarios.reach.{name}", told.language, count=int(row[name]))
            for name in STAYED
            if row[name]
        ]
        if stayed:
            facts = {"driver": told.labels[row["driver"]], "n": int(row["n"])}
            moved = int(row["moved"])
            parts = "; ".join(stayed)
            said.append(say("scenarios.reach.of", told.language, count=moved, parts=parts, **facts))
    return said


def _unheld_sentences(told: Told) -> list[str]:
    """Return by how much less everybody may move if the ends of scales held them."""
    if not told.unheld:
        return []
    said = [say("scenarios.unheld.of", told.language)]
    bounded = [one for one in told.unheld if one.least == one.least]
    parts = [
        say(
            "scenarios.unheld.part",
            told.language,
            driver=told.labels[one.driver],
            size=number(one.size, told.language, digits=2),
            least=number(one.least, told.language, digits=2),
        )
        for one in bounded
    ]
    if parts:
        shown = together(parts, told.language)
        said.append(say("scenarios.unheld.bounded", told.language, parts=shown))
    others = dict.fromkeys(one.driver for one in told.unheld if one not in bounded)
    if others:
        names = together([told.labels[driver] for driver in others], told.language)
        said.append(say("scenarios.unheld.unknown", told.language, drivers=names))
    return said
