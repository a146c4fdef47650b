"""Say in plain sentences what differs between groups, which stand out, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxdrivers.answers.groups.group_estimates import EFFECT, MEASURES, WEIGHT
from cxdrivers.formatting import interval, level_percent, number, percent
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.wording import say, together

PAIR = 2
MOST_NAMED = 2
"""So many drivers or groups are set out for each measure; the tables have all."""


@dataclass(frozen=True)
class Telling:
    """What sentences about groups need beside their tables.

    Attributes
    ----------
    labels
        What drivers and the outcome are called, by key.
    outcome
        Key of the outcome.
    level
        Of the intervals.
    names
        What groups are called, their column, and that of the groups that these lie in, in the
        language to say it in.
    in_time
        Whether the groups are waves.
    """

    labels: Mapping[str, str]
    outcome: str
    level: float
    names: ReaderNames
    in_time: bool = False

    @property
    def language(self) -> str:
        """To say it in."""
        return self.names.language

    @property
    def outer(self) -> str | None:
        """What the column of the groups that these lie in is called, or None."""
        return None if self.names.outer is None else self.names.column(self.names.outer)

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence about groups; `outcome`, `level` and `outer` are filled in."""
        return say(
            f"groups.{key}",
            self.language,
            outcome=self.labels[self.outcome],
            level=level_percent(self.level, self.language),
            by=self.names.column(),
            outer=self.outer,
            **facts,
        )

    def named(self, drivers: Sequence[str]) -> str:
        """Return the labels of drivers as running text."""
        return together([self.labels[driver] for driver in drivers], self.language)

    def group(self, name: str) -> str:
        """Return what a group is called in a sentence; a number needs its column beside it."""
        shown, told = self.names.group(name), self.names.told(name)
        if told != shown or self.in_time or not self.names.is_labelled(name):
            return told
        return self.say("labelled", group=shown)

    def size(self, value: float, measure: str) -> str:
        """Return a difference, of weights in percentage points."""
        part = measure == WEIGHT
        return number(100 * value if part else value, self.language, digits=1 if part else 2)

    def value(self, value: float, measure: str) -> str:
        """Return a number, a weight as a percentage."""
        if measure == WEIGHT:
            return percent(value, self.language, digits=1)
        return number(value, self.language)


def size_sentence(sizes: Sequence[int], telling: Telling) -> str:
    """Return how many groups are compared, and how large they are."""
    ends = {"least": min(sizes), "most": max(sizes)}
    shown = telling.say(f"sizes.{'same' if min(sizes) == max(sizes) else 'between'}", **ends)
    key = "compared" if telling.outer is None else "compared_inner"
    return telling.say(key, count=len(sizes), sizes=shown, n=sum(sizes))


def shrunk_sentence(telling: Telling) -> str:
    """Return why there are numbers drawn to the whole, and when to read them."""
    return telling.say("shrunk" if telling.outer is None else "shrunk_inner")


def spread_sentences(spread: pd.DataFrame, telling: Telling) -> Iterator[str]:
    """Yield which drivers differ between groups and by how much, and for which none is shown."""
    for measure in MEASURES:
        rows = spread[(spread["measure"] == measure) & spread["differs"]]
        ordered = rows.sort_values("tau", ascending=False, kind="stable")
        for row in ordered.head(MOST_NAMED).to_dict("records"):
            several = "differs" if row["n"] > PAIR else "differs_pair"
            yield telling.say(
                f"{several if telling.outer is None else 'differs_inner'}.{measure}",
                driver=telling.labels[row["driver"]],
                estimate=telling.value(row["estimate"], measure),
                tau=telling.size(row["tau"], measure),
                low=telling.value(row["prediction_low"], measure),
                high=telling.value(row["prediction_high"], measure),
            )
        more = ordered["driver"].iloc[MOST_NAMED:].tolist()
        if more:
            drivers = telling.named(more)
            yield telling.say(f"differ_too.{measure}", count=len(more), drivers=drivers)
    told = spread[spread["measure"].isin([WEIGHT, EFFECT]) & spread["p_value"].notna()]
    clear = told["differs"].to_numpy(bool)
    in_weight = told.loc[clear & (told["measure"] == WEIGHT), "driver"]
    not_in_effect = told.loc[~clear & (told["measure"] == EFFECT), "driver"]
    only = in_weight[in_weight.isin(not_in_effect)].tolist()
    if only:
        yield telling.say("weight_only", drivers=telling.named(only))
    differs = told.groupby("driver", sort=False)["differs"].any()
    if not differs.any():
        yield telling.say("none_differs")
    elif not differs.all():
        yield telling.say("not_shown", drivers=telling.named(differs.index[~differs].tolist()))


def each_pair_once(rest: pd.DataFrame) -> pd.DataFrame:
    """Return what is held against the rest; of two groups, that are each other's, the larger."""
    return rest[~(rest["estimate"] < 0)] if rest["group"].nunique() == PAIR else rest


def rest_sentences(rest: pd.DataFrame, telling: Telling) -> Iterator[str]:
    """Yield which groups stand out from the others."""
    others = rest["group"].nunique() - 1
    rows = each_pair_once(rest)
    compared = int(rows["p_value"].notna().sum())
    clear = rows[rows["stands_out"]]
    if clear.empty:
        yield telling.say("nobody_stands_out", count=compared)
    yield from _contrasts(clear, telling, "out", rest=telling.say("rest", count=others))
    more = len(clear) - _said(clear)
    if more:
        yield telling.say("more_out", count=more, compared=compared)


def change_sentences(changes: pd.DataFrame, telling: Telling) -> Iterator[str]:
    """Yield what changed from one wave to the next, and that the rest may be chance."""
    compared = int(changes["p_value"].notna().sum())
    clear = changes[changes["changed"]]
    if clear.empty:
        names = dict.fromkeys([*changes["before"], *changes["group"]])
        waves = [telling.names.group(name) for name in names]
        yield telling.say("no_change", waves=" → ".join(waves))
        return
    yield from _contrasts(clear, telling, "changed")
    more = len(clear) - _said(clear)
    if more:
        yield telling.say("more_changed", count=more, compared=compared)
    yield telling.say("chance")


def _contrasts(clear: pd.DataFrame, telling: Telling, key: str, **facts: object) -> Iterator[str]:
    """Yield the clearest differences of every measure."""
    for measure in MEASURES:
        rows = clear[clear["measure"] == measure].sort_values("p_adjusted", kind="stable")
        for row in rows.head(MOST_NAMED).to_dict("records"):
            size = float(row["estimate"])
            factor = 100 if measure == WEIGHT else 1
            low, high = sorted(
                float(np.copysign(factor, size) * row[end]) for end in ("conf_low", "conf_high")
            )
            yield telling.say(
                f"{key}.{measure}_{'more' if size > 0 else 'less'}",
                group=telling.group(row["group"]),
                before=telling.group(row.get("before", "")),
                driver=telling.labels[row["driver"]],
                size=telling.size(abs(size), measure),
                range=interval(low, high, telling.language, digits=1 if measure == WEIGHT else 2),
                **facts,
            )


def _said(clear: pd.DataFrame) -> int:
    """Return how many of the clear differences are said."""
    return int(clear.groupby("measure").size().clip(upper=MOST_NAMED).sum())
