"""Put driver weights into a reader's table and plain sentences."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.settings import Settings
from cxdrivers.formatting import (
    MINUS,
    MISSING,
    count,
    interval,
    level_percent,
    number,
    percent,
    percent_range,
    rank_range,
)
from cxdrivers.vocabulary import LINEAR, ORDINAL, TOP_BOX
from cxdrivers.wording import column_words, say, together

EFFECT = ("effect", "effect_low", "effect_high")
SMALL_EFFECT = 0.1
"""When no effect reaches this, as on a scale to 100, effects get one more decimal."""


def reader_table(
    table: pd.DataFrame, labels: dict[str, str], settings: Settings, language: str
) -> pd.DataFrame:
    """Return the tidy table ranked, labelled and rounded, with the columns in words.

    Effects on a chance are shown in percentage points.
    """
    shown, digits, column = table, 1, "points"
    if settings.kind == LINEAR:
        ends = table[["effect_low", "effect_high"]].abs().to_numpy()
        digits, column = 3 if np.nanmax(ends, initial=0) < SMALL_EFFECT else 2, "effect"
    else:
        shown = table.assign(**{name: 100 * table[name] for name in EFFECT})
    rows = [
        _row(row, labels, digits, column, language)
        for row in shown.sort_values("rank", kind="stable").itertuples()
    ]
    words = column_words(rows[0], settings.level, language)
    return pd.DataFrame(rows).rename(columns=words)


def fit_sentence(
    outcome: str, fit: float, settings: Settings, language: str, *, index: str, n: int
) -> str:
    """Return what the drivers explain together, as a sentence.

    McFadden's R² is a part of the uncertainty, other indices of a likelihood are parts of nothing
    that has a name.
    """
    facts: dict[str, Any] = {
        "outcome": outcome,
        "fit": percent(max(fit, 0.0), language),
        "index": say(f"weights.index.{index}", language),
        "n": n,
    }
    if settings.kind == LINEAR:
        return say("weights.fit", language, outcome=outcome, fit=facts["fit"], n=n)
    if index != "mcfadden":
        facts["fit"] = number(fit, language)
        return say("weights.fit_by_index", language, **facts)
    if settings.kind == ORDINAL:
        return say("weights.fit_ordinal", language, **facts)
    return say("weights.fit_top_box", language, threshold=_threshold(settings, language), **facts)


def finding_sentences(
    table: pd.DataFrame, labels: dict[str, str], level: float, language: str
) -> list[str]:
    """Return the findings as plain sentences: what comes first, how sure, who travels along."""
    ranked = table.sort_values("rank", kind="stable")
    first = ranked.iloc[0]
    sentences = []
    if not math.isfinite(first["share"]):
        sentences.append(say("weights.little", language))
    elif first["share"] > 0:
        resampled = first["p_first"] == first["p_first"]
        facts = {
            "driver": labels[first["driver"]],
            "share": percent(first["share"], language),
            "range": percent_range(first["share_low"], first["share_high"], language),
            "level": level_percent(level, language),
            "chance": _chance(first["p_first"], language),
        }
        key = "first" if resampled else "first_without_interval"
        sentences.append(say(f"weights.{key}", language, **facts))
    for remark in ("passenger", "not_shown", "negative", "constant"):
        named = [labels[driver] for driver in ranked.loc[ranked["remark"] == remark, "driver"]]
        if named:
            drivers = together(named, language)
            sentences.append(say(f"weights.{remark}", language, drivers=drivers, count=len(named)))
    sentences.append(say("weights.association", language))
    return sentences


def resampled_footer(
    fit: tuple[float, float, float], index: str, settings: Settings, units: str, language: str
) -> str:
    """Return the line under the table: fit with its interval, what was resampled, seed."""
    middle, low, high = (number(value, language) for value in fit)
    dash = " – " if low.startswith(MINUS) else "–"
    return say(
        "weights.footer",
        language,
        index=say(f"weights.index.{index}", language),
        explains=_explains(settings, language),
        fit=middle,
        range=f"{low}{dash}{high}",
        count=settings.n_boot,
        units=units,
        seed=str(settings.seed),
        numbers=say(f"weights.numbers.{'adjusted' if settings.adjusted else 'classic'}", language),
    )


def plain_footer(fit: float, index: str, settings: Settings, n: int, language: str) -> str:
    """Return the line under a table without resamples."""
    return say(
        "weights.footer_without_interval",
        language,
        index=say(f"weights.index.{index}", language),
        explains=_explains(settings, language),
        fit=number(fit, language),
        n=n,
    )


def _explains(settings: Settings, language: str) -> str:
    facts = {"threshold": _threshold(settings, language)} if settings.kind == TOP_BOX else {}
    return say(f"weights.explains.{settings.kind}", language, **facts)


def _threshold(settings: Settings, language: str) -> str:
    threshold = settings.threshold or 0.0
    return number(threshold, language, digits=0 if threshold == int(threshold) else 1)


def _chance(value: float, language: str) -> str:
    """Return a frequency that is called 100 % only when it is exactly that."""
    if 0.99 < value < 1:
        return say("weights.more_than", language, value=percent(0.99, language))
    return percent(value, language)


def _row(
    row: Any, labels: dict[str, str], digits: int, column: str, language: str
) -> dict[str, str]:
    middle = number(row.effect, language, digits=digits)
    ends = interval(row.effect_low, row.effect_high, language, digits=digits)
    effect = f"{middle} {ends}" if math.isfinite(row.effect) else MISSING
    resampled = row.rank_low == row.rank_low
    told = math.isfinite(row.share)
    size = (row.share, row.share_low, row.share_high)
    part, low, high = size if told else (row.estimate, row.conf_low, row.conf_high)
    decimals = 0 if told else 1
    return {
        "driver": labels[row.driver],
        "share" if told else "part": percent(part, language, digits=decimals),
        "interval": percent_range(low, high, language, digits=decimals),
        "rank": rank_range(row.rank_low, row.rank_high) if resampled else str(row.rank),
        column: effect,
        "n": count(row.n, language),
        "remark": say(f"weights.remark.{row.remark}", language) if row.remark else "",
    }
