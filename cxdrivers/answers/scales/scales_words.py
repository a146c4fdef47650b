"""Put the reliability of drivers into readers' tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from cxdrivers.formatting import count, interval, level_percent, number
from cxdrivers.survey.discrimination import APART, NOT_APART, TOO_CLOSE, UNCLEAR
from cxdrivers.survey.reliability import LEAST, LEAST_ITEM_REST, USUAL
from cxdrivers.survey.scale_verdicts import DOUBTFUL, LOW, NOT_TOLD, SOUND, STRAY_ITEM
from cxdrivers.wording import say

LIMITS = {LOW: LEAST, DOUBTFUL: USUAL}


def scale_reader_table(
    table: pd.DataFrame, labels: dict[str, str], level: float | None, language: str
) -> pd.DataFrame:
    """Return the tidy table of scales labelled and rounded, with the columns in words.

    Parameters
    ----------
    table
        One row a driver.
    labels
        What the drivers are called.
    level
        Of the intervals, or None where there are none.
    language
        Of words and numbers.
    """
    shown = {
        say("labels.column.driver", language): [labels[driver] for driver in table["driver"]],
        say("labels.column.items", language): [count(items, language) for items in table["items"]],
    }
    for name in ("alpha", "omega"):
        columns = (table[name], table[f"{name}_low"], table[f"{name}_high"])
        shown[_title(name, level, language)] = _with_intervals(*columns, level, language)
    shown[say("scales.column.ave", language)] = [number(ave, language) for ave in table["ave"]]
    shown[say("labels.column.n", language)] = [count(n, language) for n in table["n"]]
    shown[say("labels.column.remark", language)] = [
        say(f"scales.remark.{remark}", language) if remark else "" for remark in table["remark"]
    ]
    return pd.DataFrame(shown)


def pair_reader_table(
    table: pd.DataFrame, labels: dict[str, str], level: float | None, language: str
) -> pd.DataFrame:
    """Return the tidy table of pairs as a reader wants it, those most alike first."""
    ranked = table.sort_values("htmt", ascending=False, kind="stable")
    columns = (ranked["htmt"], ranked["conf_low"], ranked["conf_high"])
    return pd.DataFrame(
        {
            say("labels.column.driver", language): [labels[key] for key in ranked["driver"]],
            say("scales.column.other", language): [labels[key] for key in ranked["other"]],
            _title("htmt", level, language): _with_intervals(*columns, level, language),
            say("scales.column.apart", language): [
                say(f"scales.apart.{apart}", language) if apart else "" for apart in ranked["apart"]
            ],
        }
    )


def scale_sentences(
    table: pd.DataFrame, items: pd.DataFrame, labels: dict[str, str], language: str
) -> list[str]:
    """Return how well the items of the drivers hang together.

    Parameters
    ----------
    table
        One row a driver.
    items
        One row an item.
    labels, language
        What drivers are called, and the language of words and numbers.
    """
    found = []
    for remark, limit in LIMITS.items():
        rows = table[table["remark"] == remark]
        if len(rows):
            names = [
                say(
                    "scales.part",
                    language,
                    driver=labels[driver],
                    alpha=number(alpha, language),
                    omega=number(omega, language),
                )
                for driver, alpha, omega in zip(
                    rows["driver"], rows["alpha"], rows["omega"], strict=True
                )
            ]
            shown = number(limit, language, digits=1)
            found.append(
                say(f"scales.{remark}", language, drivers=names, limit=shown, count=len(names))
            )
    for driver in table.loc[table["remark"] == STRAY_ITEM, "driver"]:
        own = items[items["driver"] == driver]
        worst = own.loc[own["item_rest"].idxmin()]
        found.append(
            say(
                "scales.stray_item",
                language,
                driver=labels[driver],
                item=worst["item"],
                value=number(worst["item_rest"], language),
                least=number(LEAST_ITEM_REST, language, digits=1),
                without=number(worst["alpha_without"], language),
            )
        )
    untold = [labels[driver] for driver in table.loc[table["remark"] == NOT_TOLD, "driver"]]
    if untold:
        found.append(say("scales.not_told", language, drivers=untold, count=len(untold)))
    sound = table[table["remark"] == SOUND].sort_values("omega", kind="stable")
    if len(sound):
        lowest, highest = sound.iloc[0], sound.iloc[-1]
        found.append(
            say(
                "scales.sound_elsewhere" if found else "scales.sound",
                language,
                count=len(sound),
                low=number(lowest["omega"], language),
                lowest=labels[lowest["driver"]],
                high=number(highest["omega"], language),
                highest=labels[highest["driver"]],
            )
        )
    return found


def pair_sentences(table: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return which drivers can be told apart, by HTMT, and what the older rule says of them."""
    told = table[table["apart"] != ""].sort_values("htmt", ascending=False, kind="stable")
    if not len(told):
        return []
    limit = number(TOO_CLOSE, language, digits=1)
    found = []
    for apart in (NOT_APART, UNCLEAR):
        rows = told[told["apart"] == apart]
        if len(rows):
            pairs = [_pair(row, labels, language) for row in rows.itertuples()]
            key = f"scales.pairs_{apart}"
            found.append(say(key, language, pairs=pairs, limit=limit, count=len(pairs)))
    if (told["apart"] == APART).all():
        first = _pair(next(told.itertuples()), labels, language)
        found.append(say("scales.pairs_yes", language, count=len(told), pair=first, limit=limit))
    older = int((told["ave"] < told["shared"]).sum())
    if older:
        found.append(say("scales.fornell_larcker", language, count=older, all=len(told)))
    return found


def _pair(row: tuple[object, ...], labels: dict[str, str], language: str) -> str:
    facts = row._asdict()  # type: ignore[attr-defined]
    return say(
        "scales.pair",
        language,
        first=labels[facts["driver"]],
        second=labels[facts["other"]],
        htmt=number(facts["htmt"], language),
    )


def _title(name: str, level: float | None, language: str) -> str:
    title = say(f"scales.column.{name}", language)
    return title if level is None else f"{title} ({level_percent(level, language)})"


def _with_intervals(
    values: Iterable[float],
    lows: Iterable[float],
    highs: Iterable[float],
    level: float | None,
    language: str,
) -> list[str]:
    if level is None:
        return [number(value, language) for value in values]
    return [
        f"{number(value, language)} {interval(low, high, language)}"
        for value, low, high in zip(values, lows, highs, strict=True)
    ]
