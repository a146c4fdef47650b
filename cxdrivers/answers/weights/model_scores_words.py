"""Put what drivers add to a model's score into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxdrivers.formatting import number, percent
from cxdrivers.vocabulary import driver_label
from cxdrivers.wording import say


def reader_table(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the tidy table ranked, labelled and rounded, with the columns in words."""
    rows = [_row(row, language) for row in table.sort_values("rank", kind="stable").itertuples()]
    words = {name: say(f"scores.column.{name}", language) for name in rows[0]}
    return pd.DataFrame(rows).rename(columns=words)


def finding_text(table: pd.DataFrame, fit: tuple[float, float], scoring: str, language: str) -> str:
    """Return what the drivers add together, and which adds most, as sentences.

    Parameters
    ----------
    table
        The tidy table.
    fit
        The score without drivers, and with all.
    scoring
        Name of the score, or nothing when it is the model's own.
    language
        Of the sentences.
    """
    first = table.sort_values("rank", kind="stable").iloc[0]
    gained = fit[1] > fit[0]
    most = say(
        "scores.first" if gained else "scores.nothing",
        language,
        driver=driver_label(first["driver"], language),
        share=percent(first["share"], language),
    )
    return say("scores.fit", language, **_facts(fit, scoring, language)) + " " + most


def footer_text(
    fit: tuple[float, float], scoring: str, facts: Mapping[str, object], language: str
) -> str:
    """Return the line under the table: score, folds, rows, seed."""
    return say("scores.footer", language, **_facts(fit, scoring, language), **facts)


def _facts(fit: tuple[float, float], scoring: str, language: str) -> dict[str, str]:
    none, full = (number(score, language) for score in fit)
    return {
        "none": none,
        "full": full,
        "score": scoring or say("scores.own_score", language),
    }


def _row(row: Any, language: str) -> dict[str, str]:
    return {
        "driver": driver_label(row.driver, language),
        "estimate": number(row.estimate, language, digits=3),
        "std_error": number(row.std_error, language, digits=3),
        "share": percent(row.share, language),
        "rank": str(row.rank),
        "own": number(row.own, language, digits=3),
    }
