"""Say what every character of a text is, after mending what other programs did to it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

import numpy as np
from numpy.typing import NDArray

CORE, UPPER, LOWER, DIGIT, IGNORABLE, MARK, END, LINE = (1 << bit for bit in range(8))
"""Kinds of characters: part of a word, of which a capital, a small letter or a digit; without a
width; a mark of its own (an apostrophe is none, since it may be an elision); the end of a sentence;
the end of a line."""
PAD = "\u2060"
APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u00b4`"
HYPHENS = "-\u2010\u2011"
ENDS = ".!?;\u2026\u3002\uff01\uff1f"
LINES = "\n\r\x0b\x0c\x85\u2028\u2029"
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,400}>")
CONTINUED = (
    "[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
"""What bytes 128 to 191 look like when they are read as Windows or Latin letters."""
BROKEN = f"(?:[\xc2-\xc5]{CONTINUED}|[\xe2\xef]{CONTINUED}{{2}}|\xf0{CONTINUED}{{3}})"
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});"
MENDABLE = re.compile(f"(?:{BROKEN})+|{ENTITY}")

Kinds = NDArray[np.uint8]
Codes = NDArray[np.uint32]


def mend(text: str) -> str:
    r"""Return the text with wrongly decoded characters and HTML entities put right.

    Its length stays the same: what becomes shorter is filled up with characters without a width,
    so that places in it are places in the text as it was written.

    Examples
    --------
    >>> mend("kassi\xc3\xa8re &amp; co").replace(PAD, "_")
    'kassi\xe8_re &____ co'
    """
    return MENDABLE.sub(_mended, text)


def kinds_of(text: str) -> tuple[Codes, Kinds]:
    """Return the code and the kind of every character; an HTML tag ends a line."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    highest = int(codes.max(initial=0)) + 1
    present = np.zeros(highest, dtype=bool)
    present[codes] = True
    kinds = np.zeros(highest, dtype=np.uint8)
    for code in np.flatnonzero(present):
        kinds[code] = _kind(int(code))
    found: Kinds = kinds[codes]
    for tag in TAG.finditer(text) if "<" in text else ():
        found[tag.start() : tag.end()] = LINE
    return codes, found


def form_of(written: str) -> str:
    r"""Return the form under which a word is looked up: no capitals, no accents.

    Examples
    --------
    >>> form_of("Caissi\xe8re"), form_of("Auto\u2019s"), form_of("\u201c")
    ('caissiere', "auto's", '"')
    """
    if len(written) == 1 and (same := _mark_form(written)):
        return same
    spelt = part_of(written)
    return spelt.strip() if len(spelt) == 1 else spelt.strip("'- ")


def part_of(written: str) -> str:
    """Return a part of a word in the letters of forms, with the hyphens at its ends.

    Examples
    --------
    >>> part_of("-Équipe")
    '-equipe'
    """
    spelt = unicodedata.normalize("NFKD", written).casefold()
    return spelt if spelt.isascii() else "".join(_letter_form(letter) for letter in spelt)


def _letter_form(letter: str) -> str:
    if letter in APOSTROPHES:
        return "'"
    if letter in HYPHENS:
        return "-"
    return "" if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc", "Cs"} else letter


def _mark_form(mark: str) -> str:
    if mark in QUOTES:
        return '"'
    return "-" if unicodedata.category(mark) == "Pd" else ""


@cache
def _kind(code: int) -> int:
    letter = chr(code)
    if letter in LINES:
        return LINE
    if letter in ENDS:
        return END
    category = unicodedata.category(letter)
    if category == "Cf" or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
        return IGNORABLE
    if category in {"Lu", "Lt"}:
        return CORE | UPPER
    if category[0] in "LMN":
        lower = LOWER if category == "Ll" else 0
        return CORE | lower | (DIGIT if category == "Nd" else 0)
    return MARK if category[0] in "PS" and letter not in APOSTROPHES else 0


def _mended(found: re.Match[str]) -> str:
    broken = found.group()
    right = unescape(broken) if broken[0] == "&" else _decoded(broken)
    return right + PAD * (len(broken) - len(right)) if len(right) <= len(broken) else broken


def _decoded(broken: str) -> str:
    """Return what the bytes behind a run of wrongly decoded characters say; twice if need be."""
    letters = bytes(_byte(letter) for letter in broken)
    try:
        right = letters.decode("utf-8")
    except UnicodeDecodeError:
        return broken
    return MENDABLE.sub(_mended, right)


@cache
def _byte(letter: str) -> int:
    return ord(letter) if ord(letter) < 256 else letter.encode("cp1252")[0]
