"""Say what not having met a driver goes with, in a cell and in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.settings import Settings
from cxdrivers.formatting import MISSING, interval, number
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import say, together


def absence_shown(row: Any, kind: str, language: str) -> str:
    """Return what not having met a driver goes with, and its interval, as a reader wants it."""
    factor, digits = _unit(kind)
    ends = interval(factor * row["conf_low"], factor * row["conf_high"], language, digits=digits)
    return (
        MISSING
        if ends == MISSING
        else f"{number(factor * row['estimate'], language, digits=digits)} {ends}"
    )


def absence_sentences(
    absence: pd.DataFrame,
    labels: dict[str, str],
    settings: Settings,
    outcome: str,
    language: str,
) -> list[str]:
    """Return what not having met a driver goes with, each route once."""
    sentences, not_shown, untold = [], [], []
    for _, route in absence.groupby("route", sort=False):
        row = route.iloc[0]
        names = [labels[driver] for driver in route["driver"]]
        drivers = together(names, language)
        if len(names) > 1:
            sentences.append(say("users.route", language, drivers=drivers, n=int(row["n"])))
        if not np.isfinite([row["conf_low"], row["conf_high"]]).all():
            untold += names
        elif row["conf_low"] <= 0 <= row["conf_high"]:
            not_shown += names
        else:
            facts = {"drivers": drivers, "count": len(names), "outcome": outcome}
            sentences.append(_effect(row, settings, facts, language))
    for key, names in (("not_shown", not_shown), ("untold", untold)):
        if names:
            drivers = together(names, language)
            sentences.append(say(f"users.{key}", language, drivers=drivers, count=len(names)))
    return sentences


def _effect(row: Any, settings: Settings, facts: Mapping[str, Any], language: str) -> str:
    """Return how much higher or lower those are who did not meet a driver, as a size."""
    factor, digits = _unit(settings.kind)
    sign = 1 if row["estimate"] > 0 else -1
    low, high = sorted(sign * factor * row[end] for end in ("conf_low", "conf_high"))
    shown = {
        "size": number(abs(factor * row["estimate"]), language, digits=digits),
        "range": interval(low, high, language, digits=digits),
    }
    if settings.kind == LINEAR:
        key = "higher" if sign > 0 else "lower"
        return say(f"users.{key}", language, **shown, **facts)
    key = "more_often" if sign > 0 else "less_often"
    return say(f"users.{key}", language, threshold=settings.threshold, **shown, **facts)


def _unit(kind: str) -> tuple[float, int]:
    """Return by what an effect is multiplied, and with how many decimals it is shown."""
    return (1.0, 2) if kind == LINEAR else (100.0, 1)
