"""Put gaps between groups into a reader's table and plain sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.formatting import (
    MISSING,
    count,
    interval,
    level_percent,
    number,
    p_value,
    percent,
    percent_range,
)
from cxdrivers.wording import say

FEW = 10
"""Below so many respondents a share says something about persons who can be recognised."""


def reader_table(gaps: pd.DataFrame, level: float, language: str) -> pd.DataFrame:
    """Return one row a pair of groups, its columns in words."""
    rows = [_row(row, language) for row in gaps.itertuples()]
    shown = level_percent(level, language)
    return pd.DataFrame(rows).rename(
        columns={name: say(f"perceptions.column.{name}", language, level=shown) for name in rows[0]}
    )


def headline(gaps: pd.DataFrame, level: float, language: str) -> str:
    """Return the largest gap that is shown, or else the largest there is."""
    shown = gaps[gaps["p_adjusted"] < 1 - level]
    known = gaps[gaps["p_adjusted"].notna()]
    key = "not_shown" if len(known) else "unknown"
    key, among = ("shown", shown) if len(shown) else (key, known if len(known) else gaps)
    row: Any = among.iloc[int(np.argmax(among["estimate"].abs().to_numpy()))]
    return say(
        f"perceptions.headline.{key}",
        language,
        question=row["question"],
        group=row["group"],
        other=row["other"],
        share=percent(row["share"], language),
        other_share=percent(row["other_share"], language),
        size=size_shown(row["estimate"], row["conf_low"], row["conf_high"], language),
        level=level_percent(level, language),
    )


def gap_sentences(gaps: pd.DataFrame, level: float, language: str) -> list[str]:
    """Return how many gaps stay, which cannot be told, and what no gap says."""
    known = gaps["p_adjusted"].notna()
    said = []
    if known.sum() > 1:
        stay = int((gaps["p_adjusted"] < 1 - level).sum())
        facts = {"stay": stay, "all": int(known.sum()), "level": level_percent(level, language)}
        said.append(say("perceptions.stay", language, **facts))
    if not known.all():
        left = int((~known).sum())
        said.append(say("perceptions.untold", language, count=left, all=len(gaps)))
    sizes = gaps[["n", "other_n"]].to_numpy(np.float64)
    smallest = np.min(sizes, where=np.isfinite(sizes), initial=np.inf)
    if smallest < FEW:
        said.append(say("perceptions.few", language, count=int(smallest)))
    return [*said, say("perceptions.opinion", language)]


def footer(gaps: pd.DataFrame, level: float, language: str) -> str:
    """Return which intervals and adjustment stand in the table, or that there are none."""
    pairs = int(gaps["p_adjusted"].notna().sum())
    if not pairs:
        return say("perceptions.footer_unknown", language)
    return say("perceptions.footer", language, count=pairs, level=level_percent(level, language))


def points_shown(estimate: float, low: float, high: float, language: str) -> str:
    """Return a gap in percentage points, with its interval where there is one."""
    middle = number(100 * estimate, language, digits=0)
    ends = interval(100 * low, 100 * high, language, digits=1)
    if ends == MISSING:
        return middle
    return f"{number(100 * estimate, language, digits=1)} {ends}"


def size_shown(estimate: float, low: float, high: float, language: str) -> str:
    """Return how large a gap is, whichever of the two is higher."""
    if estimate < 0:
        estimate, low, high = -estimate, -high, -low
    return points_shown(estimate, low, high, language)


def share_shown(share: float, low: float, high: float, language: str) -> str:
    """Return a share, with its interval where there is one."""
    ends, middle = percent_range(low, high, language), percent(share, language)
    return middle if ends == MISSING else f"{middle} ({ends})"


def n_shown(n: float, language: str) -> str:
    """Return a number of respondents, or a dash where it is not known."""
    return count(n, language) if np.isfinite(n) else MISSING


def _row(row: Any, language: str) -> dict[str, str]:
    return {
        "question": row.question,
        "group": row.group,
        "share": percent(row.share, language),
        "n": n_shown(row.n, language),
        "other": row.other,
        "other_share": percent(row.other_share, language),
        "other_n": n_shown(row.other_n, language),
        "gap": points_shown(row.estimate, row.conf_low, row.conf_high, language),
        "p_adjusted": p_value(row.p_adjusted, language),
    }
