"""Put the weights with and without halo into a reader's table and plain sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cxdrivers.formatting import MISSING, number, percent, percent_range, rank_range
from cxdrivers.wording import say, together

MOST_DIGITS = 2
"""Of a share that moved; a smaller move is none to a reader."""


def reader_table(
    cases: Mapping[str, pd.DataFrame], labels: dict[str, str], language: str
) -> pd.DataFrame:
    """Return shares with their intervals side by side, in the order of the first case."""
    first = next(iter(cases.values()))
    order = first.sort_values("rank", kind="stable")["driver"].tolist()
    shown = {say("labels.column.driver", language): [labels[driver] for driver in order]}
    for case, table in cases.items():
        rows = table.set_index("driver").loc[order]
        shown[say(f"halo.case.{case}", language)] = [
            _share(share, low, high, language)
            for share, low, high in zip(
                rows["share"], rows["share_low"], rows["share_high"], strict=True
            )
        ]
    return pd.DataFrame(shown)


def moved_drivers(everybody: pd.DataFrame, other: pd.DataFrame, *, shares: bool) -> tuple[str, ...]:
    """Return the drivers whose rank, or share, lies outside the other's interval both ways."""
    moved = _apart(everybody, other, "rank")
    if shares:
        moved |= _apart(everybody, other, "share")
    return tuple(everybody.loc[moved, "driver"])


def style_sentences(
    common: tuple[float, float], straight: tuple[int, int], *, drivers: int, language: str
) -> list[str]:
    """Return how much the drivers have in common, and how many gave one answer throughout."""
    share, correlation = common
    said = []
    if math.isfinite(share):
        said.append(
            say(
                "halo.common",
                language,
                share=percent(share, language),
                drivers=drivers,
                correlation=number(correlation, language),
            )
        )
    count, asked = straight
    if count:
        part = percent(count / asked, language, digits=1)
        said.append(say("halo.straight", language, count=count, rows=asked, share=part))
    return said


def case_sentences(
    key: str,
    both: tuple[pd.DataFrame, pd.DataFrame],
    moved: Sequence[str],
    labels: dict[str, str],
    language: str,
) -> list[str]:
    """Return what a case changes: who comes first, and who goes elsewhere.

    Parameters
    ----------
    key
        What is held constant, as a word of the catalogue.
    both
        Everybody's weights, and those of the case.
    moved
        Drivers that the case puts elsewhere.
    labels
        What drivers are called.
    language
        Of words and numbers.
    """
    before, after = (_by_driver(table) for table in both)
    was, comes = next(iter(before)), next(iter(after))
    same = "stays" if was == comes else "instead"
    said = [say(f"halo.{key}.{same}", language, driver=labels[comes], other=labels[was])]
    parts = [_part(labels[driver], before[driver], after[driver], language) for driver in moved]
    if parts:
        drivers = together(parts, language)
        said.append(say("halo.moved", language, drivers=drivers, count=len(parts)))
    return said


def verdict_sentences(
    moved: Mapping[str, Sequence[str]],
    cases: Mapping[str, pd.DataFrame],
    labels: dict[str, str],
    language: str,
) -> list[str]:
    """Return whether order and weights hang on halo, as far as it can be seen."""
    if not moved:
        return [say("halo.untold", language)]
    order = next(iter(cases.values())).sort_values("rank", kind="stable")["driver"]
    hanging = [driver for driver in order if any(driver in found for found in moved.values())]
    if not hanging:
        return [say("halo.firm", language)]
    if len(hanging) == len(order):
        return [say("halo.all", language)]
    named = together([labels[driver] for driver in hanging], language)
    return [say("halo.hangs", language, drivers=named, count=len(hanging))]


def _apart(one: pd.DataFrame, other: pd.DataFrame, name: str) -> pd.Series:
    """Return where each value lies outside the other's interval; without one it is a point."""
    return _outside(one[name], other, name) & _outside(other[name], one, name)


def _outside(values: pd.Series, table: pd.DataFrame, name: str) -> pd.Series:
    if table["rank_low"].isna().all():
        return values != table[name] if name == "rank" else values.isna() & False
    return (values < table[f"{name}_low"]) | (values > table[f"{name}_high"])


def _by_driver(table: pd.DataFrame) -> dict[str, Any]:
    """Return the rows of a table by driver, the first driver first."""
    ordered = table.sort_values("rank", kind="stable")
    return {str(row.driver): row for row in ordered.itertuples()}


def _part(label: str, before: Any, after: Any, language: str) -> str:
    """Return how far a driver went: its share, or its rank where the shares look the same.

    With the same rank the shares get decimals until they look different.
    """
    both = {"before": before, "after": after}
    for digits in range(MOST_DIGITS + 1):
        ends = {end: percent(row.share, language, digits=digits) for end, row in both.items()}
        if ends["before"] != ends["after"]:
            break
        if before.rank != after.rank:
            ranks = {end: rank_range(row.rank, row.rank) for end, row in both.items()}
            return say("halo.part_rank", language, driver=label, **ranks)
    return say("halo.part", language, driver=label, **ends)


def _share(share: float, low: float, high: float, language: str) -> str:
    if not math.isfinite(share):
        return MISSING
    if not math.isfinite(low):
        return percent(share, language)
    return f"{percent(share, language)} ({percent_range(low, high, language)})"
