"""Put driver weights into a reader's table and plain sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxdrivers.answers.settings import Settings
from cxdrivers.formatting import (
    count,
    interval,
    level_percent,
    number,
    percent,
    percent_range,
    rank_range,
)
from cxdrivers.wording import column_words, say


def reader_table(
    table: pd.DataFrame, labels: dict[str, str], level: float, language: str
) -> pd.DataFrame:
    """Return the tidy table ranked, labelled and rounded, with the columns in words."""
    rows = [
        _row(row, labels, language) for row in table.sort_values("rank", kind="stable").itertuples()
    ]
    words = column_words(rows[0], level, language)
    return pd.DataFrame(rows).rename(columns=words)


def fit_sentence(outcome: str, r_squared: float, n: int, language: str) -> str:
    """Return what the drivers explain together, as a sentence."""
    fit = percent(max(r_squared, 0.0), language)
    return say("weights.fit", language, outcome=outcome, fit=fit, n=n)


def finding_sentences(
    table: pd.DataFrame, labels: dict[str, str], level: float, language: str
) -> list[str]:
    """Return the findings as plain sentences: what comes first, how sure, who travels along."""
    ranked = table.sort_values("rank", kind="stable")
    first = ranked.iloc[0]
    sentences = []
    if first["share"] > 0:
        resampled = first["p_first"] == first["p_first"]
        facts = {
            "driver": labels[first["driver"]],
            "share": percent(first["share"], language),
            "range": percent_range(first["share_low"], first["share_high"], language),
            "level": level_percent(level, language),
            "chance": percent(first["p_first"], language),
        }
        key = "first" if resampled else "first_without_interval"
        sentences.append(say(f"weights.{key}", language, **facts))
    for remark in ("passenger", "not_shown", "negative", "constant"):
        named = [labels[driver] for driver in ranked.loc[ranked["remark"] == remark, "driver"]]
        if named:
            drivers = _together(named, language)
            sentences.append(say(f"weights.{remark}", language, drivers=drivers, count=len(named)))
    sentences.append(say("weights.association", language))
    return sentences


def resampled_footer(
    fit: tuple[float, float, float], settings: Settings, units: str, language: str
) -> str:
    """Return the line under the table: fit with its interval, how it was resampled, seed."""
    middle, low, high = (number(value, language) for value in fit)
    return say(
        "weights.footer",
        language,
        fit=middle,
        low=low,
        high=high,
        count=settings.n_boot,
        units=say(f"weights.units.{units}", language),
        seed=str(settings.seed),
        numbers=say(f"weights.numbers.{'adjusted' if settings.adjusted else 'classic'}", language),
    )


def plain_footer(r_squared: float, n: int, language: str) -> str:
    """Return the line under a table without resamples."""
    fit = number(r_squared, language)
    return say("weights.footer_without_interval", language, fit=fit, n=n)


def _row(row: Any, labels: dict[str, str], language: str) -> dict[str, str]:
    effect = f"{number(row.effect, language)} {interval(row.effect_low, row.effect_high, language)}"
    resampled = row.rank_low == row.rank_low
    return {
        "driver": labels[row.driver],
        "share": percent(row.share, language),
        "interval": percent_range(row.share_low, row.share_high, language),
        "rank": rank_range(row.rank_low, row.rank_high) if resampled else str(row.rank),
        "effect": effect,
        "n": count(row.n, language),
        "remark": say(f"weights.remark.{row.remark}", language) if row.remark else "",
    }


def _together(names: list[str], language: str) -> str:
    """Return names as running text: 'a, b and c'."""
    if len(names) == 1:
        return names[0]
    return say("labels.list.last", language, first=", ".join(names[:-1]), last=names[-1])
