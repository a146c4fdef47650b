"""Put a regression of the outcome into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.formatting import MISSING, count, interval, number, p_value, percent
from cxdrivers.models.linear import LinearFit
from cxdrivers.models.logistic import FEW, FirthReason, LogisticFit
from cxdrivers.moments.columns import CONTROL, NOT_APPLICABLE, RATING
from cxdrivers.wording import column_words, say, together

Labels = dict[str, str]


def reader_table(table: pd.DataFrame, labels: Labels, level: float, language: str) -> pd.DataFrame:
    """Return the tidy table labelled and rounded, with the columns in words."""
    middle = _odds_and_points if "odds_ratio" in table else _slope
    rows = [
        {"driver": term_label(row, labels, language)}
        | middle(row, language)
        | {
            "p": p_value(row.p_value, language),
            "vif": number(row.vif, language, digits=1),
            "n": count(row.n, language),
        }
        for row in _rows(table)
    ]
    words = column_words(rows[0], level, language)
    return pd.DataFrame(rows).rename(columns=words)


def linear_sentences(
    fit: LinearFit, table: pd.DataFrame, n: int, labels: Labels, language: str
) -> list[str]:
    """Return what least squares say: how well they fit, and the clearest own effect."""
    fits = say(
        "models.linear.fit",
        language,
        n=n,
        r_squared=number(fit.r_squared, language),
        adjusted=number(fit.r_squared_adjusted, language),
    )
    errors = say(
        "models.linear.errors", language, kind=say(f"labels.errors.{fit.errors}", language)
    )
    row = _clearest(table)
    if row is None:
        return [fits, errors]
    clearest = say(
        "models.linear.clearest",
        language,
        driver=labels[row["driver"]],
        estimate=number(row["estimate"], language),
        interval=interval(row["conf_low"], row["conf_high"], language),
    )
    return [fits, clearest, errors]


def logistic_sentences(
    fit: LogisticFit,
    table: pd.DataFrame,
    facts: Mapping[str, Any],
    labels: Labels,
    language: str,
) -> list[str]:
    """Return what a logistic model says: who reaches the threshold, and the clearest own effect.

    Parameters
    ----------
    fit, table
        The fit and its tidy table.
    facts
        `n` respondents, what the `outcome` is called, and the `threshold`.
    labels
        What drivers are called.
    language
        ``en`` or ``nl``.
    """
    said = [
        say("models.logistic.share", language, share=percent(fit.share, language), **facts),
        say("models.logistic.fit", language, r_squared=number(fit.r_squared, language)),
    ]
    row = _clearest(table)
    if row is not None:
        clearest = say(
            "models.logistic.clearest",
            language,
            driver=labels[row["driver"]],
            effect=_points(row["effect"], language),
            interval=_points_interval(row["effect_low"], row["effect_high"], language),
            threshold=facts["threshold"],
        )
        said.append(clearest)
    if fit.firth is not None:
        said.append(_firth_sentence(fit.firth, facts["threshold"], labels, language))
    return [*said, _errors_sentence(fit, language)]


def _firth_sentence(reason: FirthReason, threshold: float, labels: Labels, language: str) -> str:
    if reason.separated:
        named = [labels.get(name, name) for name in reason.separated]
        return say(
            "models.firth.separated",
            language,
            drivers=together(named, language),
            threshold=threshold,
            count=len(named),
        )
    return say(
        "models.firth.rare",
        language,
        count=reason.events,
        columns=reason.columns,
        enough=FEW,
        threshold=threshold,
    )


def _errors_sentence(fit: LogisticFit, language: str) -> str:
    kind = "profile" if fit.profiled else "normal" if np.isinf(fit.freedom) else "t"
    freedom = 0 if np.isinf(fit.freedom) else int(fit.freedom)
    errors = fit.errors if fit.firth is None or fit.profiled else f"{fit.errors}_or_model"
    return say(
        "models.logistic.errors",
        language,
        kind=say(f"labels.errors.{errors}", language),
        intervals=say(f"models.intervals.{kind}", language, count=freedom),
    )


def _clearest(table: pd.DataFrame) -> pd.Series | None:
    """Return the rating whose effect stands out most from its error."""
    ratings = table.query("term == @RATING and statistic.notna()")
    if ratings.empty:
        return None
    return ratings.iloc[int(ratings["statistic"].abs().to_numpy().argmax())]


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    yield from table.itertuples()


def term_label(row: Any, labels: Mapping[str, str], language: str) -> str:
    """Return what a row of a tidy table is about: a driver, one of its terms, or a control."""
    label = labels.get(row.driver, row.driver)
    if row.term in (NOT_APPLICABLE, CONTROL):
        return f"{label} ({say(f'labels.term.{row.term}', language)})"
    return label if row.term == RATING else f"{label}: {row.term}"


def _slope(row: Any, language: str) -> dict[str, str]:
    return {
        "effect": number(row.estimate, language),
        "interval": interval(row.conf_low, row.conf_high, language),
    }


def _odds_and_points(row: Any, language: str) -> dict[str, str]:
    points = _points(row.effect, language)
    ends = _points_interval(row.effect_low, row.effect_high, language)
    odds = number(row.odds_ratio, language)
    return {
        "odds_ratio": _together(odds, interval(row.odds_low, row.odds_high, language)),
        "points_interval": _together(points, ends),
    }


def _together(middle: str, ends: str) -> str:
    return middle if middle == MISSING else f"{middle} {ends}"


def _points(value: float, language: str) -> str:
    return number(100 * value, language, digits=1)


def _points_interval(low: float, high: float, language: str) -> str:
    return interval(100 * low, 100 * high, language, digits=1)
