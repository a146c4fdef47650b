"""Say what stands around the charts of a deck: sources, descriptions, the method in short."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cxdrivers.answers.groups.groups_result import GroupComparison
from cxdrivers.answers.weights.weights_columns import own_effect_shown
from cxdrivers.formatting import count, interval, level_percent, number, percent, percent_range
from cxdrivers.report.native import SHARE, NativeChart
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.wording import of_language, say, together

MOST_ROWS = 15
MOST_COLUMNS = 6
SMALL = 0.1
"""When no number reaches this, numbers get one more decimal."""
BIG = 10.0
"""When a number reaches this, numbers have one decimal."""


def source_of(results: Results, section: Section, language: str) -> str:
    """Return where the numbers of a section come from, and how many respondents they rest on."""
    settings, data = results.weights.settings, section.data
    facts = {
        "file": results.survey.source.name,
        "n": _base(results, data, language),
        "date": results.date,
        "level": level_percent(settings.level, language),
    }
    drawn = section.chart is not None and section.stem != "findings"
    resampled = len(results.weights.replicates) > 0
    told = (drawn or section.stem == "weights") and resampled
    return say("deck.source_intervals" if told else "deck.source", language, **facts)


def digits_of(native: NativeChart) -> int:
    """Return how many decimals the numbers of a chart have: as many as the sentences give them."""
    numbers = [value for series in native.series for value in series.values if value is not None]
    most = max(map(abs, numbers), default=1.0)
    if most >= BIG:
        return 1
    return 3 if most < SMALL else 2


def alt_of_chart(native: NativeChart, title: str, language: str) -> str:
    """Return what a chart shows, in words, with every number and interval."""
    parts = []
    for series in native.series:
        low, high = (ends or (None,) * len(series.values) for ends in (series.low, series.high))
        shown = [
            f"{category} {_number(native, (value, below, above), language)}"
            for category, value, below, above in zip(
                native.categories, series.values, low, high, strict=True
            )
            if value is not None
        ]
        name = f"{series.name}: " if len(native.series) > 1 else ""
        parts.append(name + "; ".join(text.replace("\n", ", ") for text in shown))
    sentence = say(f"deck.alt.{native.kind}", language, axis=native.axis, values=". ".join(parts))
    return f"{title}. {sentence}"


def alt_of_table(table: pd.DataFrame, language: str) -> str:
    """Return how large a table is and what its columns are."""
    columns = together([str(name) for name in table.columns], language)
    return say("deck.alt.table", language, rows=len(table), columns=columns)


def key_columns(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the first rows of a table, and of its columns as many as a slide can hold."""
    return _filled(table, language).iloc[:MOST_ROWS, :MOST_COLUMNS]


def more_columns(table: pd.DataFrame, language: str) -> str:
    """Return that a table has more columns than a slide can hold; "" when it has not."""
    whole = len(_filled(table, language).columns)
    if whole <= MOST_COLUMNS:
        return ""
    return say("deck.more_columns", language, shown=MOST_COLUMNS - 1, count=whole - 1)


def own_headline(results: Results, language: str) -> str:
    """Return which drivers have weight without an effect of their own, or that all have one."""
    weights = results.weights
    table = weights.tidy().sort_values("rank", kind="stable")
    labels = of_language(weights.labels, language)
    for remark in ("passenger", "negative", "not_shown"):
        named = [labels[driver] for driver in table.loc[table["remark"] == remark, "driver"]]
        if named:
            drivers = together(named, language)
            return say(f"weights.{remark}", language, drivers=drivers, count=len(named))
    shown = int(own_effect_shown(table, weights.settings.level).sum())
    if shown == len(table):
        return say("deck.own.every", language, count=shown)
    return say("deck.own.some", language, shown=shown, count=len(table))


def short_method(results: Results, language: str) -> tuple[str, ...]:
    """Return how the numbers were made, in a few lines."""
    weights = results.weights
    clustered = weights.model.design.cluster is not None
    intervals = ["interval_clusters" if clustered else "interval"]
    names = ["weight", *(intervals if len(weights.replicates) else []), "own", "cause"]
    return tuple(say(f"deck.method.{name}", language) for name in names)


def title_notes(results: Results, language: str) -> tuple[str, ...]:
    """Return what whoever shows the deck must know: what made it, and how it is edited."""
    version = results.provenance()["version"]
    made = say("report.made_with", language, version=version, date=results.date)
    return made, *(say(f"deck.{name}_notes", language) for name in ("title", "marks"))


def not_shown(sections: Sequence[Section], language: str) -> tuple[str, ...]:
    """Return which of the sections found nothing to tell, and why."""
    return tuple(
        say("deck.not_shown", language, title=section.title, reason=" ".join(section.paragraphs))
        for section in sections
        if section.data is None
    )


def other_segments(results: Results, most: int, language: str) -> str:
    """Return which segments were compared beyond the first that have a slide; "" without any."""
    told = [found for found in results.segments if isinstance(found, GroupComparison)]
    names = [found.names(language).column() for found in told[most:]]
    if not names:
        return ""
    return say("deck.other_segments", language, names=together(names, language))


def _filled(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the columns in which something stands; in a wide table without the base."""
    if len(table.columns) > MOST_COLUMNS:
        table = table.drop(columns=say("labels.column.n", language), errors="ignore")
    return table.loc[:, [bool(column.any()) for _, column in table.items()]]


def _base(results: Results, data: pd.DataFrame | None, language: str) -> str:
    """Return how many respondents: in all, or from the least to the most for a driver."""
    if data is None or "n" not in data or {"group", "measure"} & set(data.columns):
        return count(results.weights.n, language)
    if "score" in data:
        return count(data["n"].sum(), language)
    least, most = data["n"].min(), data["n"].max()
    ends = [count(end, language) for end in (least, most)]
    return ends[0] if least == most else "–".join(ends)


def _number(
    native: NativeChart, found: tuple[float, float | None, float | None], language: str
) -> str:
    value, low, high = found
    if native.format == SHARE:
        shown = percent(value, language)
        ends = "" if low is None or high is None else f" ({percent_range(low, high, language)})"
        return shown + ends
    digits = digits_of(native)
    shown = number(value, language, digits=digits)
    if low is None or high is None:
        return shown
    return f"{shown} {interval(low, high, language, digits=digits)}"
