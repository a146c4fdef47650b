"""Put the failures that set the dissatisfied apart into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.priorities_words import rating_shown
from cxdrivers.answers.draws import Draws
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
from cxdrivers.moments.schemes import REPLICATE_WEIGHTS
from cxdrivers.wording import Sentence, say, together

SETTLED = 0.9


def reader_table(
    table: pd.DataFrame, labels: Mapping[str, str], level: float, language: str
) -> pd.DataFrame:
    """Return one row a driver: its failures in both groups, its share, and whether it is key."""
    rows = [
        _row(row, labels, language) for row in table.sort_values("rank", kind="stable").itertuples()
    ]
    shown = level_percent(level, language)
    words = {name: say(f"key_failures.column.{name}", language, level=shown) for name in rows[0]}
    return pd.DataFrame(rows).rename(columns=words)


def headline(growth: pd.DataFrame, labels: Mapping[str, str], level: float, language: str) -> str:
    """Return what the failures of the set account for, or that there is no such set."""
    inside = growth[growth["key"]]
    if inside.empty:
        return say("key_failures.none", language)
    last = inside.iloc[-1]
    names = [labels[driver] for driver in inside["driver"]]
    told = bool(np.isfinite(last["reach_low"]))
    return say(
        f"key_failures.{'set' if told else 'set_without_interval'}",
        language,
        drivers=together(names, language),
        count=len(names),
        reach=_percent(last, "reach", language),
        others=_percent(last, "others", language),
        level=level_percent(level, language),
    )


def failure_sentences(
    table: pd.DataFrame,
    left_out: Mapping[str, Sentence],
    labels: Mapping[str, str],
    language: str,
    *,
    blank: int,
) -> list[str]:
    """Return what is not settled, what was left out, and how to read it."""
    said = []
    settled = np.where(table["key"], table["p_key"], 1 - table["p_key"])
    for key, rows in (("inside", table["key"]), ("outside", ~table["key"])):
        names = [
            say(
                "key_failures.part",
                language,
                driver=labels[driver],
                chance=percent(chance, language),
            )
            for driver, chance in table.loc[
                rows & (settled < SETTLED), ["driver", "p_key"]
            ].itertuples(index=False, name=None)
        ]
        if names:
            words = {"drivers": together(names, language), "count": len(names)}
            said.append(say(f"key_failures.open_{key}", language, **words))
    said += [
        say("key_failures.left_out", language, driver=labels[driver], reason=reason)
        for driver, reason in left_out.items()
    ]
    if blank:
        said.append(say("key_failures.blank", language, count=blank))
    return [*said, say("key_failures.association", language)]


def footer(facts: Mapping[str, Any], draws: Draws, scheme: str, drawn: int, language: str) -> str:
    """Return the line under the table: who is dissatisfied, how it was resampled, seed."""
    shown = {**facts, "bound": rating_shown(facts["bound"], language)}
    if not drawn:
        return say("key_failures.footer_without_interval", language, **shown)
    said = say(
        "key_failures.footer",
        language,
        resamples=drawn,
        units=say(f"weights.units.{scheme}", language),
        seed=str(draws.seed),
        level=level_percent(draws.level, language),
        **shown,
    )
    if scheme == REPLICATE_WEIGHTS:
        said += " " + say("key_failures.by_replicates", language)
    return said


def _row(row: Any, labels: Mapping[str, str], language: str) -> dict[str, str]:
    points = interval(100 * row.conf_low, 100 * row.conf_high, language, digits=1)
    middle = number(100 * row.estimate, language, digits=1)
    resampled = row.rank_low == row.rank_low
    found = row._asdict()
    return {
        "rank": rank_range(row.rank_low, row.rank_high) if resampled else str(row.rank),
        "driver": labels[row.driver],
        "failed": rating_shown(row.failed, language),
        "reach": _percent(found, "reach", language),
        "others": _percent(found, "others", language),
        "points": middle if points == MISSING else f"{middle} {points}",
        "key": say(f"key_failures.key.{'yes' if row.key else 'no'}", language),
        "chance": percent(row.p_key, language),
        "n_failed": count(row.n_failed, language),
        "n": count(row.n, language),
    }


def _percent(row: Any, name: str, language: str) -> str:
    ends = percent_range(row[f"{name}_low"], row[f"{name}_high"], language)
    middle = percent(row[name], language)
    return middle if ends == MISSING else f"{middle} ({ends})"
