"""Put driver weights into a reader's table and plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.formatting import (
    count,
    interval,
    level_percent,
    number,
    percent,
    percent_range,
    rank_range,
)
from cxdrivers.wording import column_words, of_language, say

if TYPE_CHECKING:
    from cxdrivers.answers.weights import DriverWeights


def reader_table(
    table: pd.DataFrame, labels: dict[str, str], level: float, language: str
) -> pd.DataFrame:
    """Return the tidy table ranked, labelled and rounded, with the columns in words."""
    rows = [
        _row(row, labels, language) for row in table.sort_values("rank", kind="stable").itertuples()
    ]
    words = column_words(rows[0], level, language)
    return pd.DataFrame(rows).rename(columns=words)


def finding_sentences(weights: DriverWeights, language: str) -> list[str]:
    """Return the findings as plain sentences: what comes first, how sure, who travels along."""
    table = weights.tidy().sort_values("rank", kind="stable")
    labels = of_language(weights.labels, language)
    level = level_percent(weights.settings.level, language)
    sentences = [_fit_sentence(weights, language)]
    first = table.iloc[0]
    if first["share"] > 0:
        key = "first" if len(weights.replicates) else "first_without_interval"
        facts = {
            "driver": labels[first["driver"]],
            "share": percent(first["share"], language),
            "range": percent_range(first["share_low"], first["share_high"], language),
            "level": level,
            "chance": percent(first["p_first"], language),
        }
        sentences.append(say(f"weights.{key}", language, **facts))
    for remark in ("passenger", "not_shown", "negative", "constant"):
        named = [labels[driver] for driver in table.loc[table["remark"] == remark, "driver"]]
        if named:
            drivers = _together(named, language)
            sentences.append(say(f"weights.{remark}", language, drivers=drivers, count=len(named)))
    sentences.append(say("weights.association", language))
    return sentences


def footer_line(weights: DriverWeights, language: str) -> str:
    """Return the line under the table: fit, how it was resampled, seed."""
    settings = weights.settings
    low, high = weights.r_squared_interval
    fit = number(weights.r_squared, language)
    if not len(weights.replicates):
        return say("weights.footer_without_interval", language, fit=fit, n=weights.n)
    clustered = weights.model.design.cluster is not None
    return say(
        "weights.footer",
        language,
        fit=fit,
        low=number(low, language),
        high=number(high, language),
        count=settings.n_boot,
        units=say(f"weights.units.{'clusters' if clustered else 'respondents'}", language),
        seed=str(settings.seed),
        numbers=say(f"weights.numbers.{'adjusted' if settings.adjusted else 'classic'}", language),
    )


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


def _fit_sentence(weights: DriverWeights, language: str) -> str:
    return say(
        "weights.fit",
        language,
        outcome=of_language(weights.labels, language)[weights.moments.outcome],
        fit=percent(max(weights.r_squared, 0.0), language),
        n=weights.n,
    )


def _together(names: list[str], language: str) -> str:
    """Return names as running text: 'a, b and c'."""
    if len(names) == 1:
        return names[0]
    return say("labels.list.last", language, first=", ".join(names[:-1]), last=names[-1])
