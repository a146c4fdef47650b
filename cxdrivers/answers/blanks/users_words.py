"""Put drivers among everybody and among users into a reader's table and plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxdrivers.answers.blanks.users_absence_words import absence_shown
from cxdrivers.answers.settings import Settings
from cxdrivers.answers.weights.weights_result import DriverWeights
from cxdrivers.formatting import (
    MISSING,
    count,
    level_percent,
    percent,
    percent_range,
    rank_range,
)
from cxdrivers.moments.schemes import scheme_of
from cxdrivers.vocabulary import LINEAR
from cxdrivers.wording import Sentence, say

MOST_NAMED = 3
"""So many drivers are set apart in sentences; the table has all."""


def reader_table(
    table: pd.DataFrame,
    absence: pd.DataFrame,
    labels: dict[str, str],
    settings: Settings,
    language: str,
) -> pd.DataFrame:
    """Return one row a driver: its share, rank and base in both groups, and not having met it.

    Parameters
    ----------
    table, absence
        The tidy tables.
    labels
        What drivers are called.
    settings
        For the level of intervals and the unit of effects.
    language
        Of words and numbers.
    """
    everybody, users = of_groups(table)
    absent = absence.set_index("driver")
    level = level_percent(settings.level, language)
    unit = "not_met" if settings.kind == LINEAR else "not_met_points"
    words = {
        name: say(f"users.column.{name}", language, level=level)
        for name in ("everybody", "rank", "users", "rank_users", "n_users", unit)
    }
    order = users.sort_values("share", ascending=False, kind="stable").index
    shown = {
        say("labels.column.driver", language): [labels[driver] for driver in order],
        words["everybody"]: [share_shown(everybody.loc[driver], language) for driver in order],
        words["rank"]: [rank_shown(everybody.loc[driver]) for driver in order],
        words["users"]: [share_shown(users.loc[driver], language) for driver in order],
        words["rank_users"]: [rank_shown(users.loc[driver]) for driver in order],
        words["n_users"]: [count(users.loc[driver, "base"], language) for driver in order],
        words[unit]: [
            absence_shown(absent.loc[driver], settings.kind, language) for driver in order
        ],
    }
    return pd.DataFrame(shown)


def of_groups(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows among everybody and among users, by driver."""
    among = table["among"] == "users"
    return table[~among].set_index("driver"), table[among].set_index("driver")


def users_sentences(
    table: pd.DataFrame,
    reasons: Mapping[str, Sentence],
    labels: dict[str, str],
    language: str,
    *,
    n: int,
) -> list[str]:
    """Return which drivers weigh otherwise among users, and which have no weight there."""
    if table.empty:
        return [say("users.nobody_missed", language, n=n)]
    everybody, users = of_groups(table)
    gap = (users["share"] - everybody["share"]).abs().dropna()
    sentences = [say("users.compared", language, count=len(users))]
    for driver in gap.sort_values(ascending=False, kind="stable").index[:MOST_NAMED]:
        met = int(users.loc[driver, "base"])
        sentences.append(
            say(
                "users.apart",
                language,
                driver=labels[driver],
                n_users=met,
                n=n,
                part=percent(met / n, language),
                users=share_shown(users.loc[driver], language),
                everybody=share_shown(everybody.loc[driver], language),
            )
        )
    return sentences + [
        say("users.no_weight", language, driver=labels[driver], reason=reason)
        for driver, reason in reasons.items()
    ]


def footer(weights: DriverWeights, language: str, *, n_boot: int) -> str:
    """Return the line under the table: what the numbers are, and how they were resampled.

    `n_boot` is that of the groups; everybody may have more.
    """
    settings = weights.settings
    facts = {"n": weights.n, "level": level_percent(settings.level, language)}
    if not settings.n_boot:
        return say("users.footer_without_interval", language, **facts)
    return say(
        "users.footer",
        language,
        resamples=settings.n_boot,
        of_groups=n_boot,
        units=say(f"weights.units.{scheme_of(weights.model.design)}", language),
        seed=str(settings.seed),
        **facts,
    )


def share_shown(row: Any, language: str) -> str:
    """Return a share and its interval, as a reader wants them."""
    middle = percent(row["share"], language)
    ends = percent_range(row["share_low"], row["share_high"], language)
    return middle if ends == MISSING else f"{middle} ({ends})"


def rank_shown(row: Any) -> str:
    """Return the interval of a rank, or the rank itself without resamples."""
    if "rank_low" in row and row["rank_low"] == row["rank_low"]:
        return rank_range(row["rank_low"], row["rank_high"])
    return rank_range(row["rank"], row["rank"])
