"""Put published stated figures beside derived weights into a table and plain sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from cxdrivers.answers.perceptions.perceptions_words import n_shown, share_shown
from cxdrivers.answers.perceptions.published_table import figures_of
from cxdrivers.formatting import MISSING, level_percent, percent, rank_range
from cxdrivers.wording import of_language, say

if TYPE_CHECKING:
    from cxdrivers.answers.perceptions.published_stated import PublishedStated

IN_PART = "P16"
"""The figure that its driver asks only in part."""


def stated_table(stated: PublishedStated, language: str) -> pd.DataFrame:
    """Return one row a published figure, with the driver it belongs to."""
    labels = of_language(stated.labels, language)
    figures = figures_of(tuple(stated.rows["id"]), language)
    rows = [
        _row(row, statistic, labels, language)
        for row, statistic in zip(stated.rows.itertuples(), figures["statistic"], strict=True)
    ]
    shown = level_percent(stated.level, language)
    words = {
        name: say(f"perceptions.stated_column.{name}", language, level=shown) for name in rows[0]
    }
    return pd.DataFrame(rows).rename(columns=words)


def stated_sentences(stated: PublishedStated, language: str) -> list[str]:
    """Return the contrast for every figure with a driver, and how the two are to be read."""
    labels = of_language(stated.labels, language)
    figures = figures_of(tuple(stated.rows["id"]), language)
    statistics = figures["statistic"].to_dict()
    told = stated.rows[stated.rows["driver"] != ""]

    def shown(share: float) -> str:
        return percent(share, language)

    said = []
    for driver, rows in told.groupby("driver", sort=False):
        first: Any = rows.iloc[0]
        quoted = [
            say("perceptions.stated.figure", language, statistic=statistics[name], stated=share)
            for name, share in zip(rows["id"], rows["stated"].map(shown), strict=True)
        ]
        facts: dict[str, Any] = {
            "figures": "; ".join(quoted),
            "driver": labels[str(driver)],
            "share": share_shown(first["share"], first["share_low"], first["share_high"], language),
            "drivers": stated.drivers,
        }
        if math.isnan(first["share"]):
            said.append(say("perceptions.stated.without_share", language, **facts))
        else:
            facts["rank"] = int(first["rank"])
            said.append(say("perceptions.stated.contrast", language, **facts))
    partly = told.loc[told["id"] == IN_PART, "driver"]
    said += [say("perceptions.stated.in_part", language, driver=labels[name]) for name in partly]
    without = figures.loc[stated.rows.loc[stated.rows["driver"] == "", "id"], "statistic"].tolist()
    if without:
        count = len(without)
        said.append(say("perceptions.stated.without", language, statistics=without, count=count))
    citation = figures["citation"].iloc[0]
    return [
        *said,
        say("perceptions.stated.caution", language),
        say("perceptions.source", language, citation=citation),
    ]


def _row(row: Any, statistic: str, labels: dict[str, str], language: str) -> dict[str, str]:
    return {
        "statistic": statistic,
        "stated": share_shown(row.stated, row.stated_low, row.stated_high, language),
        "stated_n": n_shown(row.stated_n, language),
        "driver": labels.get(row.driver, MISSING),
        "share": share_shown(row.share, row.share_low, row.share_high, language),
        "rank": rank_range(row.rank, row.rank),
    }
