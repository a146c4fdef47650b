"""Put all rows beside complete cases in a reader's table, and say what those would have lost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.answers.blanks.users_words import rank_shown, share_shown
from cxdrivers.formatting import count, level_percent, number, percent
from cxdrivers.wording import Sentence, say


def reader_table_of_complete(
    table: pd.DataFrame, labels: dict[str, str], level: float, language: str
) -> pd.DataFrame:
    """Return one row a driver: its share and rank on all rows, and on complete cases."""
    names = ("all_rows", "rank_all", "n_all", "complete", "rank_complete", "n_complete")
    words = [
        say(f"users.column.{name}", language, level=level_percent(level, language))
        for name in names
    ]
    rows = []
    for _, row in table.sort_values("rank", kind="stable").iterrows():
        complete = row.filter(like="complete_").rename(lambda name: name.removeprefix("complete_"))
        shown = [
            text
            for half in (row, complete)
            for text in (share_shown(half, language), rank_shown(half), count(half["n"], language))
        ]
        driver = {say("labels.column.driver", language): labels[row["driver"]]}
        rows.append(driver | dict(zip(words, shown, strict=True)))
    return pd.DataFrame(rows)


def complete_sentence(
    table: pd.DataFrame,
    rows: tuple[int, int],
    reason: Sentence | None,
    labels: dict[str, str],
    language: str,
) -> str:
    """Return what would have been lost with complete cases only.

    Parameters
    ----------
    table
        All drivers, both ways.
    rows
        How many complete cases, of how many respondents.
    reason
        Why complete cases have no weights, or None.
    labels
        What drivers are called.
    language
        Of words and numbers.
    """
    complete, n = rows
    if complete == n:
        return say("users.nothing_lost", language, n=n)
    facts = {
        "complete": complete,
        "n": n,
        "lost": n - complete,
        "part": percent((n - complete) / n, language),
    }
    said = say("users.lost", language, **facts)
    if reason is not None:
        return f"{said} {say('users.lost_weights', language, reason=reason)}"
    change = (table["complete_share"] - table["share"]).abs()
    if change.isna().all():
        return said
    most = table.iloc[int(np.nanargmax(change.to_numpy()))]
    changed = say(
        "users.changed",
        language,
        driver=labels[most["driver"]],
        before=percent(most["share"], language),
        after=percent(most["complete_share"], language),
    )
    width = table["share_high"] - table["share_low"]
    ratio = ((table["complete_share_high"] - table["complete_share_low"]) / width).median()
    if not np.isfinite(ratio):
        return f"{said} {changed}"
    times = number(ratio, language, digits=1)
    return f"{said} {say('users.wider', language, times=times)} {changed}"
