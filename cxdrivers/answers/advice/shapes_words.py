"""Put the shapes of drivers into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.advice.shape_classes import DELIGHTER, DISSATISFIER, HYBRID, UNDECIDED
from cxdrivers.answers.settings import Settings
from cxdrivers.formatting import interval, level_percent, number, p_value, percent
from cxdrivers.wording import Sentence, say, together

FEW = 30
"""Fewer low or high ratings than this make a penalty or reward uncertain."""
TOLD = (DISSATISFIER, DELIGHTER, HYBRID, UNDECIDED)


def reader_table(
    shapes: pd.DataFrame, labels: dict[str, str], level: float, language: str
) -> pd.DataFrame:
    """Return one row a driver: cut-offs, penalty, reward and asymmetry of the first setting, class.

    Parameters
    ----------
    shapes
        The tidy table.
    labels
        What drivers are called.
    level
        Of the intervals.
    language
        Of words and numbers.
    """
    rows = shapes[shapes["setting"] == 1]
    shown = level_percent(level, language)

    def spans(name: str) -> list[str]:
        ends = (rows[name], rows[f"{name}_low"], rows[f"{name}_high"])
        return [_with_interval(*three, language) for three in zip(*ends, strict=True)]

    return pd.DataFrame(
        {
            say("labels.column.driver", language): [labels[key] for key in rows["driver"]],
            say("shapes.column.cut_offs", language): [
                say(f"shapes.cut_off.{_order(low, high)}", language, low=low, high=high)
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
            say("shapes.column.penalty", language, level=shown): spans("penalty"),
            say("shapes.column.reward", language, level=shown): spans("reward"),
            say("shapes.column.asymmetry", language, level=shown): spans("asymmetry"),
            say("shapes.column.bend", language): [p_value(p, language) for p in rows["p_value"]],
            say("shapes.column.verdict", language): [
                _verdict(verdict, chance, language)
                for verdict, chance in zip(
                    rows["verdict"], rows["verdict_probability"], strict=True
                )
            ],
        }
    )


def headline_sentence(verdicts: Mapping[str, str], labels: dict[str, str], language: str) -> str:
    """Return which drivers are dissatisfiers, or that none is shown to be one."""
    named = [labels[key] for key, verdict in verdicts.items() if verdict == DISSATISFIER]
    if not named:
        return say("shapes.headline_none", language)
    return say("shapes.headline", language, drivers=together(named, language), count=len(named))


def class_sentences(shapes: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return what each class holds, with how far the first setting puts each driver from 0."""
    first = shapes[shapes["setting"] == 1]
    said = []
    for verdict in TOLD:
        rows = first[first["verdict"] == verdict]
        if verdict in (DISSATISFIER, DELIGHTER):
            names = [_part(row, labels, language) for _, row in rows.iterrows()]
        else:
            names = [labels[key] for key in rows["driver"]]
        if names:
            drivers = together(names, language)
            said.append(say(f"shapes.{verdict}", language, drivers=drivers, count=len(names)))
    return said + _disagreement(shapes, labels, language)


def ends_sentences(
    shapes: pd.DataFrame,
    ends: tuple[Sentence, Sentence] | None,
    chance: float,
    labels: dict[str, str],
    language: str,
) -> list[str]:
    """Return whether bottom and top of the outcome say the same of each one-sided driver."""
    first = shapes[shapes["setting"] == 1]
    said = []
    for verdict in (DISSATISFIER, DELIGHTER):
        rows = first[first["verdict"] == verdict]
        if not len(rows):
            continue
        if ends is None:
            return [say("shapes.ends.none", language)]
        sign = 1 if verdict == DISSATISFIER else -1
        towards = sign * rows["ends_difference"] > 0
        clear = rows["ends_p_value"] < chance
        for key, chosen in (
            ("agrees", towards & clear),
            ("leans", towards & ~clear),
            ("against", ~towards),
        ):
            names = [labels[driver] for driver in rows.loc[chosen, "driver"]]
            if names:
                said.append(
                    say(
                        f"shapes.ends.{key}",
                        language,
                        drivers=together(names, language),
                        bottom=ends[0],
                        top=ends[1],
                    )
                )
    return said


def cut_off_sentences(shapes: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return for which drivers low or high ratings are too few, or cannot be told apart."""
    said = []
    untold = shapes["penalty"].isna() | shapes["reward"].isna()
    few = ~untold & (shapes[["n_low", "n_high"]].min(axis=1) < FEW)
    for key, chosen in (("untold", untold), ("few", few)):
        names = [labels[driver] for driver in shapes.loc[chosen, "driver"].unique()]
        if names:
            facts: dict[str, Any] = {"drivers": together(names, language), "few": FEW}
            said.append(say(f"shapes.{key}", language, **facts))
    return said


def left_out_sentences(
    left_out: Mapping[str, Sentence], labels: dict[str, str], language: str
) -> list[str]:
    """Return which drivers have no shape, and why."""
    return [
        say("shapes.left_out", language, driver=labels[key], reason=reason)
        for key, reason in left_out.items()
    ]


def sentence_of_test(tested_on: str, language: str) -> str:
    """Return on which scale a change of slope was tested."""
    return say(f"shapes.tested.{tested_on}", language)


def footer_sentence(
    settings: Settings, language: str, *, n: int, resamples: int, units: str, outcome: str
) -> str:
    """Return the line under the table."""
    return say(
        "shapes.footer" if settings.n_boot else "shapes.footer_without_interval",
        language,
        outcome=outcome,
        n=n,
        level=level_percent(settings.level, language),
        resamples=resamples,
        units=say(f"weights.units.{units}", language),
        seed=str(settings.seed),
    )


def _disagreement(shapes: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return the drivers that settings put into different classes."""
    classes = shapes.groupby("driver", sort=False)["class"].nunique()
    names = [labels[driver] for driver in classes.index[classes > 1]]
    if not names:
        return []
    drivers = together(names, language)
    return [say("shapes.disagree", language, drivers=drivers, count=len(names))]


def _part(row: pd.Series, labels: dict[str, str], language: str) -> str:
    return say(
        "shapes.part",
        language,
        driver=labels[row["driver"]],
        penalty=number(row["penalty"], language),
        reward=number(row["reward"], language),
    )


def _with_interval(middle: float, low: float, high: float, language: str) -> str:
    shown = number(middle, language)
    return f"{shown} {interval(low, high, language)}" if np.isfinite(low) else shown


def _order(low: float, high: float) -> str:
    """Return whether more is better or less."""
    return "rising" if low <= high else "falling"


def _verdict(verdict: str, chance: float, language: str) -> str:
    name = say(f"shapes.class.{verdict}", language)
    return f"{name} ({percent(chance, language)})" if np.isfinite(chance) else name
