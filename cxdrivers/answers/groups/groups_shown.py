"""Put groups, what differs between them and what changed into a reader's tables."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.groups.group_estimates import EFFECT, MEAN, WEIGHT
from cxdrivers.answers.groups.groups_words import Telling
from cxdrivers.formatting import (
    MISSING,
    count,
    interval,
    number,
    p_value,
    percent_range,
)
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.wording import say

OWN = {
    WEIGHT: ("estimate", "conf_low", "conf_high"),
    EFFECT: ("effect", "effect_low", "effect_high"),
    MEAN: ("mean", "mean_low", "mean_high"),
}
"""What a group's own answers say, with its interval."""
SHRUNK = {
    WEIGHT: ("shrunk", "shrunk_low", "shrunk_high"),
    EFFECT: ("effect_shrunk", "effect_shrunk_low", "effect_shrunk_high"),
    MEAN: ("mean_shrunk", "mean_shrunk_low", "mean_shrunk_high"),
}
"""The same, drawn towards the whole."""
FEWEST_TOLD = 3
"""With fewer groups a reader is not told how sure their mean and τ are, nor where a further group
would lie: two groups hardly tell how far groups lie apart, and the intervals would say so with
numbers that no weight can have."""


def shown_groups(
    tidy: pd.DataFrame,
    spread: pd.DataFrame,
    sizes: Mapping[str, int],
    *,
    measure: str,
    compared: Collection[str],
    telling: Telling,
) -> pd.DataFrame:
    """Return one row a group and a column a driver: numbers drawn to the whole, the mean in front.

    What has none, such as the small groups together, shows its own.
    """
    values = tidy[[*SHRUNK[measure]]].to_numpy()
    values = np.where(np.isnan(values[:, :1]), tidy[[*OWN[measure]]].to_numpy(), values)
    names = list(dict.fromkeys(tidy["group"]))
    drivers = list(dict.fromkeys(tidy["driver"]))
    cells = np.array([_cell(row, measure, telling) for row in values], dtype=object)
    whole = told_ends(spread[spread["measure"] == measure])[["estimate", "conf_low", "conf_high"]]
    first = [_cell(row, measure, telling) for row in whole.to_numpy()]
    table = np.vstack([first, cells.reshape(len(names), len(drivers))])
    others = telling.say("others")
    called = [telling.names.group(name) if name in compared else others for name in names]
    n = [sum(sizes[name] for name in compared), *(sizes[name] for name in names)]
    shown = {
        telling.say("column.group"): [telling.say("everybody"), *called],
        "n": [count(each, telling.language) for each in n],
    }
    labels = [telling.labels[driver] for driver in drivers]
    return pd.DataFrame(shown | dict(zip(labels, table.T, strict=True)))


def shown_spread(spread: pd.DataFrame, *, measure: str, telling: Telling) -> pd.DataFrame:
    """Return one row a driver: the mean of the groups, how far they are apart, and how sure."""
    rows = told_ends(spread[spread["measure"] == measure])
    middle = rows[["estimate", "conf_low", "conf_high"]].to_numpy()
    further = rows[["prediction_low", "prediction_high"]].to_numpy()
    shown = {
        say("labels.column.driver", telling.language): [
            telling.labels[key] for key in rows["driver"]
        ],
        telling.say("column.whole"): [_cell(row, measure, telling) for row in middle],
        telling.say("column.between"): [telling.size(tau, measure) for tau in rows["tau"]],
        telling.say("column.further"): [
            _range(low, high, measure, telling) for low, high in further
        ],
        telling.say("column.differs"): _clear(rows["differs"], rows["p_value"], telling),
        telling.say("column.p_adjusted"): [
            p_value(value, telling.language) for value in rows["p_adjusted"]
        ],
        telling.say("column.groups"): [count(n, telling.language) for n in rows["n"]],
    }
    return pd.DataFrame(shown)


def shown_contrasts(contrasts: pd.DataFrame, *, clear: str, telling: Telling) -> pd.DataFrame:
    """Return one row a difference between groups, or between a wave and the one before it.

    Parameters
    ----------
    contrasts
        A tidy table of them.
    clear
        Its column that says which are clear.
    telling
        Labels, level and language.
    """
    rows = contrasts.to_dict("records")
    names = ["before", "group"] if "before" in contrasts else ["group"]
    return pd.DataFrame(
        {
            **{
                telling.say(f"column.{name}"): [telling.names.group(row[name]) for row in rows]
                for name in names
            },
            say("labels.column.driver", telling.language): [
                telling.labels[row["driver"]] for row in rows
            ],
            telling.say("column.measure"): [
                telling.say(f"measure.{row['measure']}") for row in rows
            ],
            telling.say("column.difference"): [_difference(row, telling) for row in rows],
            telling.say("column.p_adjusted"): [
                p_value(row["p_adjusted"], telling.language) for row in rows
            ],
            telling.say(f"column.{clear}"): _clear(contrasts[clear], contrasts["p_value"], telling),
            "n": [count(row["n"], telling.language) for row in rows],
        }
    )


def told_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of what groups have in common without intervals that two groups do not tell."""
    ends = [f"{name}_{end}" for name in ("conf", "tau", "prediction") for end in ("low", "high")]
    told = rows["n"] >= FEWEST_TOLD
    return rows.assign(**{end: rows[end].where(told) for end in ends})


def _cell(row: FloatArray, measure: str, telling: Telling) -> str:
    """Return a number with its interval; a mean of outer groups has none."""
    middle, low, high = row
    shown = telling.value(middle, measure)
    return shown if np.isnan(low) else f"{shown} {_range(low, high, measure, telling)}"


def _range(low: float, high: float, measure: str, telling: Telling) -> str:
    if measure != WEIGHT:
        return interval(low, high, telling.language)
    shown = percent_range(low, high, telling.language, digits=1)
    return shown if shown == MISSING else f"({shown})"


def _difference(row: Mapping[Hashable, Any], telling: Telling) -> str:
    digits, factor = (1, 100) if row["measure"] == WEIGHT else (2, 1)
    middle, low, high = (factor * row[name] for name in ("estimate", "conf_low", "conf_high"))
    shown = number(middle, telling.language, digits=digits)
    return f"{shown} {interval(low, high, telling.language, digits=digits)}"


def _clear(clear: pd.Series, told: pd.Series, telling: Telling) -> list[str]:
    """Return of every row whether it is clear, "not shown" if not, a dash where it is not known."""
    words = {True: telling.say("yes"), False: telling.say("not_shown_cell")}
    pairs = zip(clear, told.notna(), strict=True)
    return [words[bool(found)] if known else MISSING for found, known in pairs]
