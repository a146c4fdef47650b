"""Put stated beside derived importance into a reader's table and plain sentences."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from cxdrivers.answers.advice.priorities_words import Told, share_shown
from cxdrivers.answers.advice.priority_stated import BASIC, EXCITEMENT, StatedImportance
from cxdrivers.formatting import MISSING, count, interval, level_percent, number, rank_range
from cxdrivers.wording import say


def reader_table_of_stated(stated: StatedImportance, told: Told) -> pd.DataFrame:
    """Return both rankings side by side, the most important by what respondents say on top."""
    level = level_percent(told.level, told.language)
    ordered = stated.comparison.sort_values("stated_rank", kind="stable")
    rows = [_row(row, told) for row in ordered.itertuples()]
    mean = "mean_rank" if stated.ranked else "mean_rating"
    words = {
        name: say(f"priorities.stated_column.{name}", told.language, level=level)
        for name in rows[0]
        if name != "stated"
    }
    words["stated"] = say(f"priorities.stated_column.{mean}", told.language, level=level)
    return pd.DataFrame(rows).rename(columns=words)


def stated_sentences(stated: StatedImportance, told: Told) -> list[str]:
    """Return what respondents say is most important, what counts most, and where they part."""
    table, language = stated.comparison, told.language
    firsts = {
        name: told.names(table.loc[table[f"{name}_rank"] == 1, "driver"].tolist())
        for name in ("stated", "share")
    }
    key = "ranks" if stated.ranked else "ratings"
    said = [say(f"priorities.stated.{key}", language, **firsts)]
    for grid in (BASIC, EXCITEMENT):
        drivers = table.loc[table["grid"] == grid, "driver"].tolist()
        if drivers:
            words = {"drivers": told.names(drivers), "count": len(drivers)}
            said.append(say(f"priorities.grid_sentence.{grid}", language, **words))
    return [*said, say("priorities.stated.caution", language)]


def _row(row: Any, told: Told) -> dict[str, str]:
    language = told.language
    ends = interval(row.stated_low, row.stated_high, language)
    mean = number(row.stated, language)
    return {
        "driver": told.labels[row.driver],
        "stated_rank": _rank(row.stated_rank, row.stated_rank_low, row.stated_rank_high),
        "stated": mean if ends == MISSING else f"{mean} {ends}",
        "share_rank": _rank(row.share_rank, row.share_rank_low, row.share_rank_high),
        "share": share_shown(row, language),
        "grid": say(f"priorities.grid.{row.grid}", language),
        "n": count(row.n, language),
    }


def _rank(rank: float, low: float, high: float) -> str:
    return rank_range(low, high) if math.isfinite(low) else str(rank)
