"""Put the drivers of several outcomes into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from cxdrivers.answers.outcomes.outcomes_extremes import BOTTOM, MORE_BOTTOM, MORE_TOP, TOP, UNCLEAR
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.formatting import MISSING, interval, level_percent, number, percent
from cxdrivers.models.logistic import FEW
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.wording import Sentence, say, together


def reader_table(
    table: pd.DataFrame,
    extremes: pd.DataFrame | None,
    labels: dict[str, str],
    titles: dict[str, str],
    language: str,
) -> pd.DataFrame:
    """Return shares by driver and outcome, with the difference between both ends in words.

    Parameters
    ----------
    table
        The tidy table, the mean grade first.
    extremes
        One row a driver, or None when there is no pair of ends.
    labels, titles
        What drivers and outcomes are called.
    language
        Of words and numbers.
    """
    shares = table.set_index(["outcome", "driver"])["share"]
    first = table[table["outcome"] == table["outcome"].iloc[0]]
    order = first.sort_values("rank", kind="stable")["driver"].tolist()
    shown = {say("labels.column.driver", language): [labels[driver] for driver in order]}
    for outcome, title in titles.items():
        shown[title] = [percent(shares[outcome, driver], language) for driver in order]
    if extremes is not None:
        ends = extremes.set_index("driver").loc[order]
        points = [_points(row, language) for row in ends.itertuples()]
        places = [say(f"outcomes.where.{place}", language) for place in ends["where"]]
        shown[say("outcomes.column.difference", language)] = points
        shown[say("outcomes.column.where", language)] = places
    return pd.DataFrame(shown)


def ends_sentences(
    extremes: pd.DataFrame,
    inside: tuple[float, float],
    labels: dict[str, str],
    facts: Mapping[str, Any],
    language: str,
    *,
    thin: bool,
) -> list[str]:
    """Return which drivers count at one end and which at the other.

    Parameters
    ----------
    extremes
        One row a driver.
    inside
        Which part of the respondents is in the bottom box, and in the top box.
    labels
        What drivers are called.
    facts
        The `outcome`, its `bottom` and its `top` in words, and the respondents `n`.
    language
        Of words and numbers.
    thin
        Whether one of the boxes has few respondents.
    """
    shares = {
        "bottom_share": percent(inside[0], language),
        "top_share": percent(inside[1], language),
    }
    sentences = [say("outcomes.shares", language, **facts, **shares)]
    if extremes["p_value"].isna().all():
        return [*sentences, say("outcomes.untold", language, **facts)]
    names = ("share_bottom", "share_top")
    for place in (BOTTOM, MORE_BOTTOM, TOP, MORE_TOP):
        found = extremes[extremes["where"] == place]
        columns = names if place in (BOTTOM, MORE_BOTTOM) else names[::-1]
        parts = [
            say(
                "outcomes.part",
                language,
                driver=labels[row["driver"]],
                larger=percent(row[columns[0]], language),
                smaller=percent(row[columns[1]], language),
            )
            for _, row in found.iterrows()
        ]
        if parts:
            drivers = together(parts, language)
            count = len(parts)
            sentences.append(
                say(f"outcomes.{place}", language, drivers=drivers, count=count, **facts)
            )
    if len(sentences) == 1:
        sentences.append(say("outcomes.too_thin" if thin else "outcomes.same", language, **facts))
    doubtful = extremes.loc[extremes["where"] == UNCLEAR, "driver"]
    if len(doubtful):
        drivers = together([labels[driver] for driver in doubtful], language)
        sentences.append(say("outcomes.unclear", language, drivers=drivers))
    return sentences


def order_sentences(table: pd.DataFrame, labels: dict[str, str], language: str) -> list[str]:
    """Return whether the drivers stand in the same order for every outcome, or which is first."""
    ranks = table.pivot_table(index="driver", columns="outcome", values="rank")
    if ranks.eq(ranks.iloc[:, 0], axis=0).to_numpy().all():
        return [say("outcomes.same_order", language)]
    first = ranks.index[ranks.eq(1).all(axis=1)]
    return [say("outcomes.same_first", language, driver=labels[driver]) for driver in first]


def remark_sentences(
    thin: Iterable[str],
    left_out: Mapping[str, Sentence],
    names: Mapping[str, Sentence],
    language: str,
) -> list[str]:
    """Return which boxes are uncertain, and which outcomes were left out and why."""
    boxes = [names[key].say(language) for key in thin]
    sentences = []
    if boxes:
        sentences.append(say("outcomes.thin", language, boxes=together(boxes, language), few=FEW))
    for key, reason in left_out.items():
        sentences.append(say("outcomes.left_out", language, name=names[key], reason=reason))
    return sentences


def footer_of_ends(weights: DriverWeights, names: tuple[Sentence, Sentence], language: str) -> str:
    """Return the line under a table of both ends: when a difference is called clear."""
    facts = {"bottom": names[0], "top": names[1], "n": weights.n}
    settings = weights.settings
    if not settings.n_boot:
        return say("outcomes.footer_without_interval", language, **facts)
    return say(
        "outcomes.footer",
        language,
        level=level_percent(settings.level, language),
        chance=1 - settings.level,
        drivers=len(weights.drivers),
        resamples=len(weights.replicates),
        units=say(f"weights.units.{scheme_of(weights.model.design)}", language),
        seed=str(settings.seed),
        **facts,
    )


def _points(row: Any, language: str) -> str:
    """Return a difference of shares in percentage points, with its interval."""
    middle = number(100 * row.difference, language, digits=0)
    ends = interval(100 * row.difference_low, 100 * row.difference_high, language, digits=0)
    return middle if ends == MISSING else f"{middle} {ends}"
