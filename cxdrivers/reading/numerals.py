"""Read a number as people write it, with a decimal comma or a decimal point."""

from __future__ import annotations

import re
from math import isfinite

MARKS = (".", ",")
"""The decimal marks; the other one of the two separates thousands."""


def number(text: str, mark: str) -> float | None:
    """Return the number that a text writes, correctly rounded, or None when it writes none.

    A text that begins with a needless zero ("0031") or has more than fifteen digits before its
    decimals is the name of something, not a number: a float64 would not hold it as written.

    Parameters
    ----------
    text
        Without white space around it.
    mark
        The decimal mark, "." or ",". The other one may stand between groups of three digits.

    Examples
    --------
    >>> number("1.234,5", ",")
    1234.5
    >>> number("1.234,5", ".") is None
    True
    """
    if not _WRITTEN[mark].fullmatch(text):
        return None
    value = float(text.replace(_THOUSANDS[mark], "").replace(mark, "."))
    return value if isfinite(value) else None


def number_before_label(text: str) -> str | None:
    """Return the number of an answer written with its label, or None.

    Examples
    --------
    >>> number_before_label("10 - zeer tevreden"), number_before_label("3 (neutral)")
    ('10', '3')
    >>> number_before_label("2026-11-21") is None
    True
    """
    found = _LABELLED.fullmatch(text.strip())
    return found[1] if found else None


def _pattern(mark: str, thousands: str) -> re.Pattern[str]:
    decimals = rf"{re.escape(mark)}[0-9]+"
    grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}}){{1,4}}"
    whole = rf"(?:0|[1-9][0-9]{{0,14}}|{grouped})"
    return re.compile(rf"[+-]?(?:{whole}(?:{decimals})?|{decimals})(?:[eE][+-]?[0-9]{{1,3}})?")


_LABELLED = re.compile(
    r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:[-–—:=.]\s*|\s\(|\()[^\W\d_].*", re.DOTALL
)
_THOUSANDS = {".": ",", ",": "."}
_WRITTEN = {mark: _pattern(mark, thousands) for mark, thousands in _THOUSANDS.items()}
