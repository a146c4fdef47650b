"""Put a benchmark, and the place of a client in one, into tables and plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.groups.group_estimates import FEWEST_RATED
from cxdrivers.formatting import (
    MISSING,
    count,
    interval,
    level_percent,
    number,
    percent,
    percent_range,
)
from cxdrivers.wording import say, together

NAMES = ("score", "lower", "part", "field", "usual", "shrunk", "stands_out")
ORDER = ("driver", "score", "score_range", *NAMES[1:])
LITTLE = 0.005
"""Half a percentage point: a weight that moves less is shown as the same."""


def field_table(table: pd.DataFrame, labels: dict[str, str], language: str) -> pd.DataFrame:
    """Return a row a driver: its average score and weight, and the ends of the scores."""
    by_driver = table.groupby("driver", sort=False)
    means, parts = by_driver["mean"], by_driver["estimate"].mean()
    scores = {"score": means.mean(), "lowest": means.min(), "highest": means.max()}
    drivers = list(parts.index)
    shown = {say("labels.column.driver", language): [labels[driver] for driver in drivers]}
    for name, values in scores.items():
        shown[say(f"benchmark.column.{name}", language)] = [
            number(value, language, digits=0) for value in values
        ]
    shown[say("benchmark.column.part", language)] = [
        percent(part, language, digits=1) for part in parts
    ]
    return pd.DataFrame(shown)


def field_sentences(
    table: pd.DataFrame, sizes: Sequence[int], labels: dict[str, str], outcome: str, language: str
) -> list[str]:
    """Return how many clients there are, what weighs most, and where scores lie apart."""
    by_driver = table.groupby("driver", sort=False)
    parts, means = by_driver["estimate"].mean(), by_driver["mean"]
    said = [
        say(
            "benchmark.field",
            language,
            clients=len(sizes),
            least=count(min(sizes), language),
            most=count(max(sizes), language),
            n=count(sum(sizes), language),
        )
    ]
    if parts.notna().any():
        heaviest = str(parts.idxmax())
        part = percent(parts[heaviest], language, digits=1)
        facts = {"driver": labels[heaviest], "part": part, "outcome": outcome}
        said.append(say("benchmark.heaviest", language, **facts))
    ranges = means.max() - means.min()
    if ranges.notna().any():
        widest = str(ranges.idxmax())
        least, most = float(means.min()[widest]), float(means.max()[widest])
        facts = {
            "driver": labels[widest],
            "low": number(least, language, digits=0),
            "high": number(most, language, digits=0),
        }
        said.append(say("benchmark.apart", language, **facts))
    return said


def privacy_sentences(minimum: int, left_out: int, language: str, *, named: bool) -> list[str]:
    """Return what is not in a benchmark, and how far its scales are comparable."""
    said = [say("benchmark.minimum", language, minimum=minimum)]
    said.append(say("benchmark.rounded", language))
    if left_out:
        said.append(say("benchmark.left_out", language, count=left_out))
    said.append(say(f"benchmark.{'named' if named else 'anonymous'}", language))
    return [*said, say("benchmark.scales", language)]


def place_table(
    table: pd.DataFrame, labels: dict[str, str], *, level: float, language: str
) -> pd.DataFrame:
    """Return a row a driver, that with the fewest clients below it first."""
    ordered = table.sort_values("percentile", kind="stable", na_position="last")
    shown = [_shown(row, labels, language) for row in ordered.itertuples()]
    columns = {
        "driver": say("labels.column.driver", language),
        **{name: say(f"benchmark.column.{name}", language) for name in NAMES},
        "score_range": level_percent(level, language),
    }
    return pd.DataFrame(shown)[list(ORDER)].rename(columns=columns)


def place_sentences(
    table: pd.DataFrame,
    overall: pd.DataFrame,
    labels: dict[str, str],
    *,
    itself: str | None,
    level: float,
    language: str,
) -> list[str]:
    """Return where the client stands, the most important first."""
    said = [
        _overall(overall.iloc[0], labels, level, language),
        *_ends(table, labels, language),
        *_standing_out(table, labels, language),
        *_drawn(table, int(overall["n"].iloc[0]), labels, language),
    ]
    unrated = table["mean"].isna()
    for key, which in (("not_rated", unrated), ("alike", ~unrated & table["estimate"].isna())):
        if which.any():
            named = [labels[driver] for driver in table.loc[which, "driver"]]
            facts = {"drivers": together(named, language), "fewest": FEWEST_RATED}
            said.append(say(f"benchmark.{key}", language, count=len(named), **facts))
    if itself is not None:
        said.append(say("benchmark.place.itself", language, client=itself))
    return [*said, say("benchmark.scales", language), say("benchmark.place.association", language)]


def _shown(row: Any, labels: dict[str, str], language: str) -> dict[str, str]:
    lower = percent(row.percentile / 100, language)
    ends = percent_range(row.percentile_low / 100, row.percentile_high / 100, language)
    return {
        "driver": labels[row.driver],
        "score": number(row.mean, language, digits=0),
        "score_range": interval(row.mean_low, row.mean_high, language, digits=0),
        "lower": lower if ends == MISSING else f"{lower} ({ends})",
        "part": _part(row.estimate, language),
        "field": _part(row.field_estimate, language),
        "usual": _range(row.prediction_low, row.prediction_high, language),
        "shrunk": _part(row.shrunk, language),
        "stands_out": say("benchmark.place.yes", language) if row.stands_out else "",
    }


def _overall(row: pd.Series, labels: dict[str, str], level: float, language: str) -> str:
    return say(
        "benchmark.place.overall",
        language,
        outcome=labels[row["outcome"]],
        mean=number(row["mean"], language, digits=0),
        level=level_percent(level, language),
        range=interval(row["mean_low"], row["mean_high"], language, digits=0),
        percentile=percent(row["percentile"] / 100, language),
        percentile_range=percent_range(
            row["percentile_low"] / 100, row["percentile_high"] / 100, language
        ),
        clients=int(row["clients"]),
    )


def _ends(table: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return which drivers stand highest and lowest, when there are two."""
    placed = table.dropna(subset=["percentile"]).sort_values("percentile", kind="stable")
    if len(placed) < 2:
        return []
    lowest, highest = placed.iloc[0], placed.iloc[-1]
    return [
        say(
            "benchmark.place.ends",
            language,
            driver=labels[highest["driver"]],
            percentile=percent(highest["percentile"] / 100, language),
            other=labels[lowest["driver"]],
            percentile_other=percent(lowest["percentile"] / 100, language),
        )
    ]


def _standing_out(table: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    apart = table[table["stands_out"]]
    if apart.empty:
        return [say("benchmark.place.none_stands_out", language)]
    return [
        say(
            "benchmark.place.stands_out",
            language,
            driver=labels[row["driver"]],
            part=_part(row["estimate"], language),
            field=_part(row["field_estimate"], language),
            usual=_range(row["prediction_low"], row["prediction_high"], language),
        )
        for _, row in apart.iterrows()
    ]


def _drawn(table: pd.DataFrame, n: int, labels: dict[str, str], language: str) -> list[str]:
    """Return how far the weights move in the light of the others."""
    moves = (table["estimate"] - table["shrunk"]).abs()
    if not np.isfinite(moves).any():
        return []
    row = table.iloc[int(np.nanargmax(moves))]
    if moves.max() < LITTLE:
        return [say("benchmark.place.hardly_drawn", language, n=n)]
    facts = {"own": _part(row["estimate"], language), "shrunk": _part(row["shrunk"], language)}
    return [say("benchmark.place.drawn", language, n=n, driver=labels[row["driver"]], **facts)]


def _part(value: float, language: str) -> str:
    return percent(value, language, digits=1)


def _range(low: float, high: float, language: str) -> str:
    return percent_range(low, high, language, digits=1)
