"""Tell from the answers in a column whether it is a rating, and on which scale.

A rating has few different values between 0 and 10 (or 0 and 100 in even steps) once the codes for
"not applicable" and "don't know" are set aside: those that a label or the file declares, and, as
a guess, those that sit where no answer can be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from cxdrivers.codebook.draft_hints import code_means, scale_end_is
from cxdrivers.reading.numerals import number_before_label

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cxdrivers.reading.table import Code

SCALES = ((1.0, 5.0), (0.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0))
"""Scales that are tried on unlabelled answers, narrowest first."""
MOST_VALUES = 200
MOST_CODES = 3
STRAY_SHARE = 0.2
ENOUGH_FOR_A_GAP = 30


@dataclass(frozen=True)
class Rating:
    """What the answers in a column say about its scale and its codes.

    Attributes
    ----------
    answers
        How many answers are ratings.
    seen
        The different answers, in order.
    scale
        Lowest and highest possible answer.
    labelled
        Whether the scale was read from value labels; otherwise it is a guess.
    reversed
        Whether the labels say that the low end is the good one.
    codes
        Code → ``not_applicable`` or ``dont_know``.
    guessed
        Those of the codes whose meaning nobody declared.
    """

    answers: int
    seen: tuple[float, ...]
    scale: tuple[float, float]
    labelled: bool
    reversed: bool
    codes: Mapping[Code, str]
    guessed: frozenset[Code]


def counted(series: pd.Series) -> dict[Code, int] | None:
    """Count every value of a column, numbers as floats, or return None when there are too many."""
    if series.nunique() > MOST_VALUES:
        return None
    counts: dict[Code, int] = {}
    for value, times in series.value_counts().items():
        code = _code(_without_label(value))
        if code != "":
            counts[code] = counts.get(code, 0) + int(times)
    return counts


def find_rating(
    counts: Mapping[Code, int], labels: Mapping[Code, str], declared: Collection[Code]
) -> Rating | None:
    """Return what the rating in a column is like, or None when it holds no rating.

    Parameters
    ----------
    counts
        How often each value occurs.
    labels
        Value labels of the file.
    declared
        Codes that the file declares missing.
    """
    labels = {_code(value): label for value, label in labels.items()}
    codes, guessed = _declared(counts, labels, {_code(value) for value in declared})
    given = {value: times for value, times in counts.items() if value not in codes}
    numbers = {value: times for value, times in given.items() if isinstance(value, float)}
    texts = {value: times for value, times in given.items() if isinstance(value, str)}
    if not numbers or len(texts) > MOST_CODES:
        return None
    if sum(texts.values()) > STRAY_SHARE * sum(given.values()):
        return None
    marks = {
        value: label
        for value, label in labels.items()
        if isinstance(value, float) and value not in codes
    }
    if len(marks) > 1:
        scale = _labelled_scale(marks)
        odd = set() if scale is None else {v for v in numbers if not scale[0] <= v <= scale[1]}
    else:
        odd = _odd_codes(numbers)
        scale = _guessed_scale({v: n for v, n in numbers.items() if v not in odd})
    if scale is None or len(odd) > MOST_CODES:
        return None
    seen = tuple(sorted(value for value in numbers if value not in odd))
    return Rating(
        answers=sum(numbers[value] for value in seen),
        seen=seen,
        scale=scale,
        labelled=len(marks) > 1,
        reversed=len(marks) > 1 and _runs_backwards(marks),
        codes=codes | dict.fromkeys(texts, "dont_know") | {v: _usual(v, scale) for v in odd},
        guessed=frozenset({*guessed, *texts, *odd}),
    )


def scale_covering(low: float, high: float) -> tuple[float, float] | None:
    """Return the narrowest usual scale that holds both answers."""
    return next((ends for ends in SCALES if ends[0] <= low and high <= ends[1]), None)


def _code(value: object) -> Code:
    try:
        number = float(str(value))
    except ValueError:
        return str(value).strip()
    return number if math.isfinite(number) else str(value).strip()


def _without_label(value: object) -> object:
    """Return "10 - zeer tevreden" as "10", but keep a text that says why there is no rating."""
    text = str(value)
    if any(code_means(text, name) for name in ("not_applicable", "dont_know")):
        return value
    return number_before_label(text) or value


def _declared(
    counts: Mapping[Code, int], labels: Mapping[Code, str], missing: Collection[Code]
) -> tuple[dict[Code, str], set[Code]]:
    """Return the codes that explain themselves, and those that say two things at once."""
    codes: dict[Code, str] = {}
    guessed: set[Code] = set()
    words = {value: value for value in counts if isinstance(value, str)} | dict(labels)
    for code, text in words.items():
        meanings = [name for name in ("not_applicable", "dont_know") if code_means(text, name)]
        if meanings:
            codes[code] = meanings[-1]
        if len(meanings) > 1:
            guessed.add(code)
    return dict.fromkeys(missing, "dont_know") | codes, guessed


def _labelled_scale(marks: Mapping[float, str]) -> tuple[float, float] | None:
    """Return the ends of the labels, or None when they name things instead of degrees."""
    low, high = min(marks), max(marks)
    degrees = any(scale_end_is(marks[end], word) for end in (low, high) for word in ("good", "bad"))
    numbered = all(marks[end].strip().startswith(f"{end:g}") for end in (low, high))
    return (low, high) if high - low >= 2 and (degrees or numbered) else None


def _runs_backwards(marks: Mapping[float, str]) -> bool:
    low, high = marks[min(marks)], marks[max(marks)]
    good_low = scale_end_is(low, "good") and not scale_end_is(low, "bad")
    return good_low and not (scale_end_is(high, "good") and not scale_end_is(high, "bad"))


def _odd_codes(numbers: Mapping[float, int]) -> set[float]:
    """Return the values that sit where no answer can be: 99, −1, a 9 above a 1–5 scale."""
    if _in_percent([value for value in numbers if 0 <= value <= 100]):
        return {value for value in numbers if not 0 <= value <= 100}
    inside = sorted(value for value in numbers if 0 <= value <= 10)
    if not inside:
        return set()
    low, high = inside[0], inside[-1]
    odd = {v for v in numbers if v < 0 or v - high > high - low or (v == 11 and high == 10)}
    if sum(numbers.values()) >= ENOUGH_FOR_A_GAP:
        odd |= set(_above_a_gap(inside))
        high = max(value for value in inside if value not in odd)
    return odd | {low, high} if low == 0 and high in (6, 8) else odd


def _above_a_gap(inside: list[float]) -> list[float]:
    """Return at most two values that an empty stretch parts from a scale ending at 4 to 7."""
    for place in range(len(inside) - 1, max(len(inside) - 3, 0), -1):
        below, above = inside[place - 1], inside[place]
        if 4 <= below <= 7 and (above - below >= 3 or (below, above) == (7, 9)):
            return inside[place:]
    return []


def _guessed_scale(numbers: Mapping[float, int]) -> tuple[float, float] | None:
    if len(numbers) < 3 or max(numbers) < 4:
        return None
    if _in_percent(numbers):
        return 0.0, 100.0
    whole = {value: times for value, times in numbers.items() if value.is_integer()}
    tenths = all((value * 10).is_integer() for value in numbers)
    if not tenths or sum(whole.values()) < sum(numbers.values()) / 2:
        return None
    return scale_covering(min(numbers), max(numbers))


def _in_percent(values: Collection[float]) -> bool:
    """Return whether the answers are steps of 10, 20 or 25 up to 100."""
    steps = any(all(value % step == 0 for value in values) for step in (10.0, 25.0))
    return 3 <= len(values) <= 11 and steps and max(values) == 100 and min(values) >= 0


def _usual(code: float, scale: tuple[float, float]) -> str:
    """Return what such a code usually means: 9, 99, or one above the scale is not applicable."""
    repdigit = code > 0 and set(f"{code:g}") == {"9"}
    return "not_applicable" if repdigit or code == scale[1] + 1 else "dont_know"
