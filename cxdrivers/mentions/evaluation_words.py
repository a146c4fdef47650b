"""Put how well mentions are found into a reader's table and plain sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxdrivers.formatting import MISSING, interval, level_percent, number, percent, percent_range
from cxdrivers.mentions.bands import ALL, NO_SCORE
from cxdrivers.wording import say


def band_words(band: str, language: str) -> str:
    """Return what a band is called; a range of scores is called as it is."""
    return say(f"mention_quality.band.{band}", language) if band in (ALL, NO_SCORE) else band


def evaluation_table(tidy: pd.DataFrame, level: float, language: str) -> pd.DataFrame:
    """Return a row a band: precision and recall with their intervals, and their bases."""
    rows: list[dict[str, object]] = []
    for band, by in _by_band(tidy).items():
        row: dict[str, object] = {
            say("mention_quality.column.band", language): band_words(band, language)
        }
        for measure in ("precision", "recall"):
            name = say(
                f"mention_quality.column.{measure}", language, level=level_percent(level, language)
            )
            row[name] = shown(by[measure], language)
            row[say(f"mention_quality.column.n_{measure}", language)] = int(by[measure]["n"])
        rows.append(row)
    return pd.DataFrame(rows)


def evaluation_sentences(
    tidy: pd.DataFrame,
    counts: tuple[int, int],
    kappa: tuple[float, float, float],
    coders: tuple[int, int],
    *,
    level: float,
    language: str,
) -> list[str]:
    """Return precision, recall and agreement, the most important first.

    Parameters
    ----------
    tidy
        As `MentionEvaluation.tidy`.
    counts
        Labelled texts, and rows that were left blank.
    kappa
        Estimate, low and high.
    coders
        Texts with two labels, and those on which they differ.
    level
        Of the intervals.
    language
        Of words and numbers.
    """
    by_band = _by_band(tidy)
    labelled, blank = counts
    said = []
    for measure in ("precision", "recall"):
        found = by_band[ALL][measure]
        known = math.isfinite(found["estimate"])
        key = f"mention_quality.{measure}" if known else f"mention_quality.no_{measure}"
        said.append(say(key, language, share=shown(found, language)))
    recalls = {band: by["recall"] for band, by in by_band.items() if band != ALL}
    told = {band: row for band, row in recalls.items() if math.isfinite(row["estimate"])}
    least = min(told, key=lambda band: told[band]["estimate"], default=ALL)
    overall = percent(by_band[ALL]["recall"]["estimate"], language)
    if least != ALL and percent(told[least]["estimate"], language) != overall:
        name, share = band_words(least, language), shown(told[least], language)
        said.append(say("mention_quality.lowest", language, band=name, share=share))
    both, apart = coders
    if both and math.isfinite(kappa[0]):
        ends = interval(kappa[1], kappa[2], language)
        said.append(
            say(
                "mention_quality.kappa",
                language,
                kappa=number(kappa[0], language),
                interval=ends,
                texts=both,
                count=apart,
            )
        )
    elif both:
        said.append(say("mention_quality.kappa_untold", language, texts=both))
    said.append(
        say(
            "mention_quality.basis",
            language,
            count=labelled,
            level=level_percent(level, language),
        )
    )
    if blank:
        said.append(say("mention_quality.blank", language, count=blank))
    return said


def shown(row: Mapping[str, float], language: str) -> str:
    """Return a proportion with its interval in brackets.

    Parameters
    ----------
    row
        Its `estimate`, `conf_low` and `conf_high`.
    language
        Of the numbers.
    """
    estimate, low, high = (row[name] for name in ("estimate", "conf_low", "conf_high"))
    if not math.isfinite(estimate):
        return MISSING
    if not (math.isfinite(low) and math.isfinite(high)):
        return percent(estimate, language)
    return f"{percent(estimate, language)} ({percent_range(low, high, language)})"


def _by_band(tidy: pd.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the rows of `MentionEvaluation.tidy` by band and measure."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in tidy.to_dict("records"):
        found.setdefault(row["band"], {})[row["measure"]] = {str(k): v for k, v in row.items()}
    return found
