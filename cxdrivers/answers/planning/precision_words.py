"""Put what a survey can tell into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from cxdrivers.answers.planning.precision_sizes import FEWEST
from cxdrivers.formatting import MISSING, count, number, percent
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.wording import say, together

FAR = 20
"""Telling a pair apart that takes more than so many times the respondents is given up."""
SMALL_EFFECT = 0.1
BETWEEN = " · "


def reader_table(
    table: pd.DataFrame, labels: dict[str, str], language: str, *, chances: bool
) -> pd.DataFrame:
    """Return a row a driver, ranked: its share, a margin for every size, and what is found.

    Margins are half the width of an interval, in percentage points.
    """
    told, digits = _told(table), _digits(table, chances=chances)
    first = table[table["times"] == table["times"].min()]
    order = first.sort_values("share" if told else "estimate", ascending=False, kind="stable")
    shown: dict[str, list[str]] = {
        say("labels.column.driver", language): [labels[driver] for driver in order["driver"]],
        say(f"labels.column.{'share' if told else 'part'}", language): [
            percent(value, language, digits=0 if told else 1)
            for value in order["share" if told else "estimate"]
        ],
    }
    for n, rows in table.groupby("n"):
        widths = rows.set_index("driver")["share_width" if told else "width"][order["driver"]]
        title = say("precision.column.margin", language, n=count(float(str(n)), language))
        shown[title] = [points(width / 2, language) for width in widths]
    effects = table.pivot_table(
        index="driver", columns="n", values="smallest_effect", dropna=False
    ).loc[order["driver"]]
    unit = "points" if chances else "effect"
    shown[say(f"precision.column.{unit}", language)] = [
        BETWEEN.join(
            number(value * (100 if chances else 1), language, digits=digits) for value in row
        )
        if np.isfinite(row).all()
        else MISSING
        for row in effects.to_numpy()
    ]
    return pd.DataFrame(shown)


def size_sentences(table: pd.DataFrame, power: float, language: str, *, chances: bool) -> list[str]:
    """Return how well shares are known and which own effects are found, at every size."""
    told, digits = _told(table), _digits(table, chances=chances)
    by_size = table.groupby("n")
    column = "share_width" if told else "width"
    half = by_size[column].median() / 2
    least, most = by_size[column].min() / 2, by_size[column].max() / 2
    n = half.index[0]
    facts = {
        "n": count(n, language),
        "margin": points(half[n], language),
        "least": points(least[n], language),
        "most": points(most[n], language),
    }
    key = "share" if told else "part"
    said = [say(f"precision.{key}", language, **facts)]
    margins = {size: f"± {points(margin, language)}" for size, margin in half.items()}
    if len(margins) > 1:
        larger = dict(list(margins.items())[1:])
        said.append(say("precision.more", language, sizes=_at_sizes(larger, language)))
    smallest = by_size["smallest_effect"].median() * (100 if chances else 1)
    if np.isfinite(smallest).all():
        found = {size: number(value, language, digits=digits) for size, value in smallest.items()}
        unit = say(f"precision.unit.{'points' if chances else 'effect'}", language)
        facts = {"power": percent(power, language), "sizes": _at_sizes(found, language)}
        said.append(say("precision.effect", language, unit=unit, **facts))
    return said


def neighbour_sentences(
    table: pd.DataFrame, labels: dict[str, str], power: float, language: str
) -> list[str]:
    """Return which neighbours in rank are told apart now, and what the others would need."""
    now = table[table["times"] == table["times"].min()]

    def named(rows: pd.DataFrame) -> str:
        pairs = zip(rows["driver"], rows["other"], strict=True)
        return together([_pair(labels, pair, language) for pair in pairs], language)

    apart = now[now["apart"]]
    said = []
    if len(apart):
        n = count(now["n"].iloc[0], language)
        said.append(say("precision.apart", language, pairs=named(apart), n=n))
    elif len(now):
        said.append(say("precision.none_apart", language))
    together_yet = now[~now["apart"]]
    near = together_yet[together_yet["n_needed"] <= FAR * together_yet["n"]]
    if len(near):
        parts = [
            say(
                "precision.needs",
                language,
                pair=_pair(labels, (row["driver"], row["other"]), language),
                n=about(row["n_needed"], language),
            )
            for _, row in near.iterrows()
        ]
        facts = {"pairs": together(parts, language), "power": percent(power, language)}
        said.append(say("precision.needed", language, **facts))
    far = together_yet.drop(near.index)
    if len(far):
        said.append(say("precision.too_near", language, pairs=named(far), times=FAR))
    return said


def segment_sentences(table: pd.DataFrame, names: ReaderNames, *, shares: bool) -> list[str]:
    """Return how well every segment that is large enough would know its shares."""
    language = names.language
    shown, hidden = table[table["shown"]], table[~table["shown"]]
    said = []
    if len(shown):
        parts = [
            say(
                "precision.segment",
                language,
                segment=names.told(row["segment"]),
                n=count(row["n"], language),
                margin=points(row["share_width"] / 2, language),
            )
            for _, row in shown.iterrows()
        ]
        key = "segments" if shares else "segments_of_parts"
        said.append(
            say(f"precision.{key}", language, by=names.column(), segments=together(parts, language))
        )
    if len(hidden):
        few = [names.told(segment) for segment in hidden["segment"]]
        said.append(say("precision.hidden", language, segments=few, fewest=FEWEST, count=len(few)))
    return said


def margins_by_driver(table: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return the margins of every driver by size, as one text a driver, the largest first."""
    told = _told(table)
    first = table[table["times"] == table["times"].min()]
    order = first.sort_values("share" if told else "estimate", ascending=False, kind="stable")
    widths = table.set_index("driver")["share_width" if told else "width"]
    return [
        say(
            "precision.chart.value",
            language,
            driver=labels[driver],
            margins=", ".join(f"± {points(width / 2, language)}" for width in widths[[driver]]),
        )
        for driver in order["driver"]
    ]


def points(value: float, language: str) -> str:
    """Return a part as percentage points, without the word."""
    return number(100 * value, language, digits=1)


def about(n: float, language: str) -> str:
    """Return a number of respondents to two figures."""
    return count(round(n, 1 - int(np.floor(np.log10(n)))), language)


def _at_sizes(shown: Mapping[Hashable, str], language: str) -> str:
    parts = [
        say("precision.at", language, value=value, n=count(float(str(size)), language))
        for size, value in shown.items()
    ]
    return together(parts, language)


def _pair(labels: dict[str, str], pair: tuple[str, str], language: str) -> str:
    first, second = (labels[driver] for driver in pair)
    return say("precision.pair", language, first=first, second=second)


def _told(table: pd.DataFrame) -> bool:
    return bool(table["share_width"].notna().any())


def _digits(table: pd.DataFrame, *, chances: bool) -> int:
    smallest = float(table["smallest_effect"].max())
    return 1 if chances else 3 if smallest < SMALL_EFFECT / 2 else 2
