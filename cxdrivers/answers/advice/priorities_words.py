"""Put priorities into a reader's table and plain sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.priority_places import FIX_FIRST, KEEP_UP
from cxdrivers.formatting import (
    MISSING,
    count,
    interval,
    level_percent,
    number,
    percent,
    percent_range,
    rank_range,
)
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.wording import Sentence, say, together

SETTLED = 0.9
"""A driver lies in a quadrant for certain when it does so in nine of ten resamples."""
SMALL_GAIN = 0.1
MOST_PARTIAL = 3
"""Drivers not met by everybody that have a sentence; the table has them all."""


@dataclass(frozen=True)
class Told:
    """What words need: labels, what the outcome is called, the level, the language."""

    labels: Mapping[str, str]
    outcome: str
    level: float
    language: str

    def names(self, drivers: Sequence[str]) -> str:
        """Return labels as running text."""
        return together([self.labels[driver] for driver in drivers], self.language)


def reader_table(table: pd.DataFrame, aims: FloatArray, told: Told) -> pd.DataFrame:
    """Return the tidy table in the order of what to do first, labelled and rounded.

    Parameters
    ----------
    table
        As `Priorities.tidy`.
    aims
        The target of each driver in points of performance, from 0 to 100.
    told
        What words need.
    """
    partial = bool((table["met"] < 1).any())
    digits = _digits(table)
    table = table.assign(aim=aims)
    ordered = table.sort_values(["rank", "share"], ascending=[True, False], kind="stable")
    rows = [_row(row, told, digits, partial=partial) for row in ordered.itertuples()]
    level = level_percent(told.level, told.language)
    words = {name: say(f"priorities.column.{name}", told.language, level=level) for name in rows[0]}
    return pd.DataFrame(rows).rename(columns=words)


def headline(table: pd.DataFrame, told: Told) -> str:
    """Return which driver has the most headroom, or that none has."""
    first = table.sort_values(["rank", "share"], ascending=[True, False], kind="stable").iloc[0]
    if not first["estimate"] > 0:
        return say("priorities.no_room", told.language)
    gain = number(first["estimate"], told.language, digits=_digits(table))
    return say(
        "priorities.headline",
        told.language,
        driver=told.labels[first["driver"]],
        **_mean_and_target(first["mean"], first["target"], told.language),
        gain=_ranged(gain, _gain_range(first, "conf", told, _digits(table))),
        outcome=told.outcome,
    )


def priorities_sentences(
    table: pd.DataFrame, left_out: Mapping[str, Sentence], told: Told
) -> list[str]:
    """Return the findings: what to do first, what to keep up, and what is not settled."""
    language = told.language
    ranked = table.sort_values(["rank", "share"], ascending=[True, False], kind="stable")
    first = ranked[ranked["quadrant"] == FIX_FIRST]
    said = [headline(table, told), _fix_first(first, told)]
    for key, drivers in (
        ("keep_up", ranked.loc[ranked["quadrant"] == KEEP_UP, "driver"].tolist()),
        ("without_gain", first.loc[~(first["conf_low"] > 0), "driver"].tolist()),
    ):
        if drivers and (key == "keep_up" or ranked["conf_low"].notna().any()):
            words = {"drivers": told.names(drivers), "count": len(drivers)}
            said.append(say(f"priorities.{key}", language, **words))
    said += _open(ranked, told) + _differing(ranked, told)
    partial = _partial(ranked)
    said += [
        _of_users(row, told, _digits(table)) for _, row in partial.head(MOST_PARTIAL).iterrows()
    ]
    if len(partial) > MOST_PARTIAL:
        said.append(say("priorities.of_more", language, count=len(partial) - MOST_PARTIAL))
    return said + [
        say("priorities.left_out", language, driver=told.labels[driver], reason=reason)
        for driver, reason in left_out.items()
    ]


def rating_shown(value: float, language: str) -> str:
    """Return a rating with a decimal where it has one."""
    return number(value, language, digits=0 if value == round(value) else 1)


def _mean_and_target(mean: float, target: float, language: str) -> dict[str, str]:
    """Return both with a decimal more where they would look the same."""
    if round(mean, 1) == round(target, 1):
        ends = {"mean": mean, "target": target}
        return {name: number(value, language, digits=2) for name, value in ends.items()}
    return {
        "mean": number(mean, language, digits=1),
        "target": rating_shown(target, language),
    }


def _aim_shown(row: Any, language: str) -> str:
    """Return the target in points of performance, and on the scale where that is another number."""
    aim = number(row.aim, language, digits=0)
    rating = rating_shown(row.target, language)
    if math.isclose(row.aim, row.target):
        return rating
    return aim if aim == rating else f"{aim} ({rating})"


def share_shown(row: Any, language: str) -> str:
    """Return a share with its interval, as a reader wants them."""
    ends = percent_range(row.share_low, row.share_high, language)
    return _ranged(percent(row.share, language), "" if ends == MISSING else f"({ends})")


def _fix_first(first: pd.DataFrame, told: Told) -> str:
    if first.empty:
        return say("priorities.nothing_first", told.language)
    words = {"drivers": told.names(first["driver"].tolist()), "count": len(first)}
    return say("priorities.fix_first", told.language, **words)


def _open(table: pd.DataFrame, told: Told) -> list[str]:
    """Return which drivers the resamples do not agree on."""
    inside = table["quadrant"] == FIX_FIRST
    open_ = np.where(inside, table["p_fix_first"], 1 - table["p_fix_first"]) < SETTLED
    said = []
    for key, rows in (("inside", table[inside & open_]), ("outside", table[~inside & open_])):
        names = [
            say(
                "priorities.part",
                told.language,
                driver=told.labels[driver],
                chance=percent(chance, told.language),
            )
            for driver, chance in zip(rows["driver"], rows["p_fix_first"], strict=True)
        ]
        if names:
            words = {"drivers": together(names, told.language), "count": len(names)}
            said.append(say(f"priorities.open_{key}", told.language, **words))
    return said


def _differing(table: pd.DataFrame, told: Told) -> list[str]:
    """Return whose quadrant is another at the means than at the targets."""
    apart = table[table["quadrant"] != table["quadrant_at_means"]]
    said = []
    for (fixed, at_means), rows in apart.groupby(["quadrant", "quadrant_at_means"], sort=False):
        words = {
            name: say(f"priorities.quadrant.{quadrant}", told.language)
            for name, quadrant in (("fixed", fixed), ("at_means", at_means))
        }
        drivers = told.names(rows["driver"].tolist())
        said.append(
            say("priorities.differs", told.language, drivers=drivers, count=len(rows), **words)
        )
    return said


def _partial(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["met"] < 1) & (table["room"] > 0)]


def _of_users(row: pd.Series, told: Told, digits: int) -> str:
    language = told.language
    gains = {
        name: _ranged(
            number(row[column], language, digits=digits),
            _gain_range(row, stem, told, digits),
        )
        for name, column, stem in (
            ("users", "gain_users", "gain_users"),
            ("everybody", "estimate", "conf"),
        )
    }
    return say(
        "priorities.of_users",
        language,
        driver=told.labels[row["driver"]],
        part=percent(row["met"], language),
        **gains,
    )


def _gain_range(row: pd.Series, stem: str, told: Told, digits: int) -> str:
    ends = interval(row[f"{stem}_low"], row[f"{stem}_high"], told.language, digits=digits)
    return "" if ends == MISSING else ends


def _ranged(middle: str, ends: str) -> str:
    return f"{middle} {ends}" if ends and middle != MISSING else middle


def _digits(table: pd.DataFrame) -> int:
    largest = table[["estimate", "gain_users"]].abs().to_numpy().max(initial=0.0)
    return 3 if largest < SMALL_GAIN else 2


def _row(row: Any, told: Told, digits: int, *, partial: bool) -> dict[str, str]:
    language = told.language

    def numbers(middle: float, ends: tuple[float, float], places: int) -> str:
        shown = interval(*ends, language, digits=places)
        return _ranged(number(middle, language, digits=places), "" if shown == MISSING else shown)

    resampled = row.rank_low == row.rank_low
    gain_users = numbers(row.gain_users, (row.gain_users_low, row.gain_users_high), digits)
    performance = (row.performance_low, row.performance_high)
    return {
        "order": rank_range(row.rank_low, row.rank_high) if resampled else str(row.rank),
        "driver": told.labels[row.driver],
        "quadrant": say(f"priorities.quadrant.{row.quadrant}", language),
        "chance": percent(row.p_fix_first, language),
        "performance": numbers(row.performance, performance, 0),
        "target": _aim_shown(row, language),
        "share": share_shown(row, language),
        "gain": numbers(row.estimate, (row.conf_low, row.conf_high), digits),
        **({"gain_users": gain_users} if partial else {}),
        "n": count(row.n, language),
    }
