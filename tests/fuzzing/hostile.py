"""Name the texts and numbers that have broken programs before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from numpy.random import Generator

Thing = TypeVar("Thing")

TEXTS = (
    *("", " ", "\t", "\xa0", "\u2028", "\u200b", "\ufeff", "\x00", "\x07", "\x1b[31m", "\x85"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://a.b")'),
    *("\u202eomgekeerd", "\u2066x\u2069", "e\u0301", "\U0001f642", "\U000e0001", "שלום", "ﷺ"),
    *("NaN", "nan", "NA", "#NULL!", "#REF!", "None", "null", "True", "inf", "-inf", "Infinity"),
    *("n.v.t.", "weet niet", "98", "99", "999", "-1", "−1", "１２", "٣", "Ⅷ", "½", "1_000"),
    *("1.234,5", "1,234.5", "1e308", "1e400", "-1e-400", "0x1A", "0031", "9" * 400, "1" * 16),
    *("2024-02-30", "31/12/99", "0000-00-00", "24:61", "1582-10-04", "9999-12-31T23:59:59"),
    *('"', '""', '"""', "'", "a\nb", "a\r\nb", "sep=;", ";", ",", "|", "#", "%s", "{}", "{path}"),
    *("../../x", "/etc/passwd", "CON", "a/b", "C:\\x", "~", "$HOME", "`id`", "<script>", "&amp;"),
    *("]]>", "<!--", "satisfaction", "drivers.empathy", "y" * 40_000, "é" * 300, "ß" * 70),
)
"""Cells, names, labels and paths."""

NUMBERS = (
    *(0.0, -0.0, 1.0, -1.0, 10.0, 98.0, 99.0, 1e-320, 1e15, 2.0**53, 2.0**53 + 2, 1e300, -1e300),
    *(float("inf"), float("-inf"), float("nan"), 86400.0, -86400.0, 1e14, 253402300800.0),
)
WIDE = (b"\xff" * 4, b"\x00" * 4, b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\xff" * 8)
"""Sizes and counts that a binary file should not hold."""


def pick(rng: Generator, things: Sequence[Thing]) -> Thing:
    """Return one of some things."""
    return things[int(rng.integers(len(things)))]


def chance(rng: Generator, odds: float) -> bool:
    """Return whether something that happens so often happens now."""
    return bool(rng.random() < odds)
