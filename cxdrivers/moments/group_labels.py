"""Say what groups are called, and in which order a reader expects them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import datetime, time
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.reading.cells import is_blank

BETWEEN = " · "
"""Stands between an outer and an inner label where the inner one alone would be ambiguous."""


def group_codes(series: pd.Series) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """Return the place of each row's group among the labels, -1 for a blank, and the labels.

    Groups come in the order of the categories where the column has them, else as
    `natural_order` has it.

    Examples
    --------
    >>> codes, labels = group_codes(pd.Series(["team 10", None, "team 2"]))
    >>> codes.tolist(), labels
    ([1, -1, 0], ('team 2', 'team 10'))
    """
    codes, values = pd.factorize(series)
    found: list[Hashable] = list(values)
    kept = [place for place, value in enumerate(found) if not is_blank(value)]
    if isinstance(series.dtype, pd.CategoricalDtype):
        order = {value: place for place, value in enumerate(series.cat.categories)}
        kept.sort(key=lambda place: order[found[place]])
    else:
        kept.sort(key=lambda place: natural_order(found[place]))
    places = np.full(len(found) + 1, -1, dtype=np.intp)
    places[kept] = np.arange(len(kept))
    return places[codes], distinct_labels([found[place] for place in kept])


def distinct_labels(values: Sequence[Hashable]) -> tuple[str, ...]:
    """Return a label for each value; a number and a text that look the same are told apart.

    Examples
    --------
    >>> distinct_labels([1, "1", "2"])
    ('1', "'1'", '2')
    """
    labels = [label_of(value) for value in values]
    times = Counter(labels)
    return tuple(
        label if times[label] == 1 else repr(_plain(value))
        for label, value in zip(labels, values, strict=True)
    )


def label_of(value: Hashable) -> str:
    """Return what a group is called: whole numbers without decimals, days without a time.

    Examples
    --------
    >>> label_of(2.0), label_of("2.0"), label_of(pd.Timestamp("2025-03-01"))
    ('2', '2.0', '2025-03-01')
    """
    plain = _plain(value)
    if isinstance(plain, float) and plain.is_integer():
        return f"{plain:.0f}"
    if isinstance(plain, Decimal) and plain == plain.to_integral_value():
        return f"{plain:.0f}"
    if isinstance(plain, datetime) and plain.time() == time():
        return plain.date().isoformat()
    return str(plain)


def natural_order(value: Hashable) -> tuple[object, ...]:
    """Return what to sort a group by: numbers by size, and numbers within texts too.

    Examples
    --------
    >>> sorted(["Team 10", "team 2", "2025-10", "2025-2"], key=natural_order)
    ['2025-2', '2025-10', 'team 2', 'Team 10']
    """
    plain = _plain(value)
    if isinstance(plain, int | float | Decimal):
        return (0, plain)
    text = str(plain)
    parts = re.split(r"(\d+)", bare(text))
    shown = tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part
    )
    return (1, shown, text)


def bare(label: str) -> str:
    """Return a label in lower case, without accents, with single spaces.

    Examples
    --------
    >>> bare("  Télé  COM ")
    'tele com'
    """
    letters = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def _plain(value: Hashable) -> object:
    """Return a number of NumPy as one of Python, and anything else as it is."""
    return value.item() if isinstance(value, np.generic) else value
