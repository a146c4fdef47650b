"""Put the weights of many groups into a reader's table and plain sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.answers.settings import Settings
from cxdrivers.formatting import count, level_percent, number, percent
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.part_slopes import FEWEST_PARTS
from cxdrivers.moments.grouped import GroupedMoments, IntArray
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.wording import Sentence, column_words, say, together

MOST_NAMED = 3
"""So many drivers that come first somewhere are named."""


@dataclass(frozen=True, eq=False)
class Told:
    """What weights of groups are told with.

    Attributes
    ----------
    moments, settings, reasons
        As in `GroupWeights`.
    labels
        What the drivers are called.
    language
        Of the words.
    """

    moments: GroupedMoments
    settings: Settings
    reasons: Mapping[int, Sentence]
    labels: Mapping[str, str]
    language: str

    def say(self, key: str, **facts: Any) -> str:
        """Return a sentence about weights of groups."""
        return say(f"group_weights.{key}", self.language, by=self.names.column(), **facts)

    @property
    def names(self) -> ReaderNames:
        """What the groups and their column are called."""
        return ReaderNames(self.moments.codebook, self.moments.by, self.language)


def largest_groups(moments: GroupedMoments, most: int) -> IntArray:
    """Return the places of the largest groups, at most so many, in the order of all groups."""
    largest = np.argsort(-moments.n, kind="stable")[:most]
    return np.sort(largest)


def group_table(told: Told, share: FloatArray, fit: FloatArray, places: IntArray) -> pd.DataFrame:
    """Return one row a group: respondents, R², the share of every driver, and what is wrong.

    Parameters
    ----------
    told
        What it is told with.
    share, fit
        Shapes ``(K, p)`` and ``(K,)``.
    places
        Of the groups that have a row.
    """
    moments, language = told.moments, told.language
    words = column_words(("n", "remark"), told.settings.level, language)
    names = told.names
    heads = [names.column(), words["n"], "R²", *(told.labels[key] for key in moments.drivers)]
    rows = [
        [
            names.group(moments.labels[place]),
            count(int(moments.n[place]), language),
            number(float(fit[place]), language),
            *(percent(float(value), language) for value in share[place]),
        ]
        for place in places
    ]
    if told.reasons:
        heads.append(words["remark"])
        for place, row in zip(places.tolist(), rows, strict=True):
            reason = told.reasons.get(place)
            row.append(told.say(f"cell.{_key(reason)}") if reason else "")
    return pd.DataFrame(rows, columns=pd.Index(heads))


def group_sentences(told: Told, table: Mapping[str, FloatArray]) -> list[str]:
    """Return what comes first in how many groups, and which groups say less or nothing."""
    return [
        _sizes(told),
        *_first(told, table),
        *_unsure(told, table),
        *_left_out(told),
        told.say("alone"),
        say("weights.association", told.language),
    ]


def footer_sentence(told: Told) -> str:
    """Return the line under the table: how many, what was resampled, seed."""
    settings, moments = told.settings, told.moments
    most = int(moments.parts.max(initial=0))
    numbers = say(
        f"weights.numbers.{'adjusted' if settings.adjusted else 'classic'}", told.language
    )
    whole = {"count": len(moments.labels), "n": int(moments.n.sum()), "numbers": numbers}
    if not settings.n_boot or most < FEWEST_PARTS:
        return told.say("footer_without_interval", **whole)
    drawn = {"resamples": settings.n_boot, "parts": most, "seed": str(settings.seed)}
    return told.say("footer", **whole, **drawn)


def _sizes(told: Told) -> str:
    sizes = told.moments.n
    ends = {name: count(int(size), told.language) for name, size in _ends(sizes)}
    key = "same" if ends["least"] == ends["most"] else "between"
    among = say(f"groups.sizes.{key}", told.language, **ends)
    return told.say("weighed", count=len(sizes), sizes=among, n=int(sizes.sum()))


def _ends(sizes: Any) -> tuple[tuple[str, Any], ...]:
    return ("least", sizes.min()), ("most", sizes.max())


def _first(told: Told, table: Mapping[str, FloatArray]) -> Iterator[str]:
    """Yield which drivers weigh most in how many groups, and in how many that is clear."""
    shares = table["share"]
    known = np.isfinite(shares).all(axis=1)
    if not known.any():
        return
    first = Counter(shares[known].argmax(axis=1).tolist())
    named = [
        told.say("first_in", driver=told.labels[told.moments.drivers[driver]], count=times)
        for driver, times in first.most_common(MOST_NAMED)
    ]
    rest = int(known.sum()) - sum(times for _, times in first.most_common(MOST_NAMED))
    if rest:
        named.append(told.say("first_elsewhere", count=rest))
    yield told.say("first", drivers=together(named, told.language))
    chances = table["p_first"][known].max(axis=1)
    resampled = np.isfinite(chances)
    if resampled.any():
        level = level_percent(told.settings.level, told.language)
        clear = int((chances[resampled] >= told.settings.level).sum())
        yield told.say("clear", count=clear, total=int(resampled.sum()), level=level)


def _unsure(told: Told, table: Mapping[str, FloatArray]) -> Iterator[str]:
    """Yield in how many groups there are no shares, or no intervals."""
    weighed = np.isfinite(table["estimate"]).all(axis=1)
    nothing = int((weighed & ~np.isfinite(table["share"]).all(axis=1)).sum())
    if nothing:
        yield told.say("nothing", count=nothing)
    few = int((weighed & (told.moments.parts < FEWEST_PARTS)).sum())
    if told.settings.n_boot and few:
        yield told.say("few", count=few, least=FEWEST_PARTS)
    if told.moments.blank.any():
        yield f"{told.say('blanks', count=int(told.moments.blank.sum()))}."


def _left_out(told: Told) -> Iterator[str]:
    """Yield which groups have no numbers, and why."""
    moments = told.moments
    by_reason: dict[str, list[str]] = {}
    for place, reason in told.reasons.items():
        by_reason.setdefault(_key(reason), []).append(told.names.group(moments.labels[place]))
    for key, names in by_reason.items():
        yield told.say(f"left_out.{key}", count=len(names), names=names)
    if moments.withheld:
        yield told.say("withheld", count=moments.withheld, n=moments.withheld_n)
    yield from _not_in(told)
    if moments.unplaced:
        facts = {"count": moments.unplaced, "by": told.names.column()}
        yield say("groups.trouble.unplaced", told.language, **facts)
    if moments.empty:
        names = [told.names.group(label) for label in moments.empty]
        yield told.say("empty", count=len(names), names=names)


def _not_in(told: Told) -> Iterator[str]:
    """Yield how many respondents of the groups are in none of the numbers."""
    moments = told.moments
    lost = 0 if moments.rows is None else int((moments.rows - moments.n).sum())
    if moments.pairwise:
        yield say("groups.trouble.pairwise", told.language)
    elif lost:
        facts = {"count": lost, "rows": int(moments.n.sum()) + lost}
        yield say("groups.trouble.unusable", told.language, **facts)


def _key(reason: Sentence) -> str:
    return reason.key.removeprefix("errors.")
