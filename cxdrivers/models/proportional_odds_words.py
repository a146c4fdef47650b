"""Put the check of proportional odds into readers' tables and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.formatting import NO_BREAK, count, number, p_value
from cxdrivers.models.satisfaction_words import term_label
from cxdrivers.models.threshold_logits import FEW, LEAST_P, SEPARATED
from cxdrivers.wording import say, together


def check_sentence(
    table: pd.DataFrame, failing: Sequence[str], labels: Mapping[str, str], language: str
) -> str:
    """Return what the tests found, as one sentence.

    Parameters
    ----------
    table
        The tidy table of the tests; its last row is of everything together.
    failing
        Drivers whose slopes differ.
    labels
        What the drivers are called, by key.
    language
        Of the sentence.
    """
    overall = table["p_value"].iloc[-1]
    if failing:
        named = together([labels.get(driver, driver) for driver in failing], language)
        largest = table.loc[table["driver"].isin(failing), "p_adjusted"].max()
        facts = {"drivers": named, "p": _p(largest, language), "count": len(failing)}
        return say("proportional_odds.fails", language, **facts)
    if table["p_value"].isna().all():
        return say("proportional_odds.untold", language)
    if np.isnan(overall):
        return say("proportional_odds.holds_alone", language)
    key = "differs" if overall < LEAST_P else "holds"
    return say(f"proportional_odds.{key}", language, p=_p(overall, language))


def left_out_sentences(left_out: Mapping[float, str], language: str) -> list[str]:
    """Return which thresholds were not compared and why, a sentence a reason."""
    said = []
    for reason in (FEW, SEPARATED):
        named = [_grade(value, language) for value, why in left_out.items() if why == reason]
        if named:
            facts = {"thresholds": together(named, language), "count": len(named)}
            said.append(say(f"proportional_odds.{reason}", language, **facts))
    return said


def driver_table(table: pd.DataFrame, labels: Mapping[str, str], language: str) -> pd.DataFrame:
    """Return the tests with labels and rounded numbers, everything together last."""
    whole = say("proportional_odds.all", language)
    named = [*(labels.get(driver, driver) for driver in table["driver"].iloc[:-1]), whole]
    rows = [
        _row(row, label, language) for row, label in zip(table.itertuples(), named, strict=True)
    ]
    words = {name: say(f"proportional_odds.column.{name}", language) for name in rows[0]}
    return pd.DataFrame(rows).rename(columns=words)


def picture_table(table: pd.DataFrame, labels: Mapping[str, str], language: str) -> pd.DataFrame:
    """Return odds ratios and effects in points, a row a term and a column a threshold."""
    driver = say("proportional_odds.column.driver", language)
    rows: dict[str, dict[str, str]] = {}
    row: Any
    for row in table.itertuples():
        label = term_label(row, labels, language)
        grade = _grade(row.threshold, language)
        shown = say(
            "proportional_odds.cell",
            language,
            odds_ratio=number(row.odds_ratio, language),
            points=number(100 * row.effect, language, digits=1),
        )
        column = say("proportional_odds.from", language, threshold=grade)
        rows.setdefault(label, {driver: label})[column] = shown
    return pd.DataFrame(list(rows.values()))


def _row(row: Any, label: str, language: str) -> dict[str, str]:
    return {
        "driver": label,
        "statistic": number(row.statistic, language, digits=1),
        "df": count(row.df, language),
        "p_value": p_value(row.p_value, language),
        "p_adjusted": p_value(row.p_adjusted, language),
    }


def _grade(value: float, language: str) -> str:
    _, _, decimals = f"{value:.10g}".partition(".")
    return number(value, language, digits=len(decimals))


def _p(value: float, language: str) -> str:
    """Return a p-value with its sign: '= 0.012', '< 0.001'."""
    shown = p_value(value, language)
    return shown if shown.startswith("<") else f"={NO_BREAK}{shown}"
