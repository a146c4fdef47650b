"""Find where words and marks begin and end, by arrays of characters."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxdrivers.mentions.characters import (
    APOSTROPHES,
    CORE,
    DIGIT,
    END,
    HYPHENS,
    IGNORABLE,
    LINE,
    LOWER,
    MARK,
    PAD,
    UPPER,
    Codes,
    Kinds,
)

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

LINKS = np.array([ord(letter) for letter in APOSTROPHES + HYPHENS])
DECIMALS = np.array([ord("."), ord(",")])
PRONOUNS = frozenset({"i", "u"})
"""Single letters that may end a sentence; another before a full stop is an initial."""


def places_of(codes: Codes, kinds: Kinds) -> tuple[IntArray, IntArray, BoolArray, BoolArray]:
    """Return where words and marks begin and end, what ends a sentence, and which are words.

    A word is a run of letters and digits, with apostrophes and hyphens between them, and with a
    point or a comma between digits. Characters without a width belong to it, but for those at its
    ends; those that fill a mended text up belong to the letter before them.

    Returns
    -------
    starts, ends
        Shape ``(tokens,)``: in their order.
    ending
        Shape ``(characters,)``: what ends a sentence.
    word
        Shape ``(tokens,)``.
    """
    core = (kinds & CORE) > 0
    inside = (kinds & (CORE | IGNORABLE)) > 0
    digit = (kinds & DIGIT) > 0
    linked = np.isin(codes, LINKS) & _both_sides(inside)
    decimal = np.isin(codes, DECIMALS) & _both_sides(digit)
    inside |= linked | decimal
    ending = ((kinds & (END | LINE)) > 0) & ~decimal
    edges = np.diff(inside.astype(np.int8), prepend=0, append=0)
    begins, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    cores = np.append(np.flatnonzero(core), len(codes))
    firsts = cores[np.searchsorted(cores, begins)]
    filled = firsts < stops
    firsts, stops = firsts[filled], stops[filled]
    lasts = cores[np.searchsorted(cores, stops) - 1] + 1
    solid = np.append(np.flatnonzero(codes != ord(PAD)), len(codes))
    lasts = solid[np.searchsorted(solid, lasts)]
    marks = np.flatnonzero(((kinds & MARK) > 0) & ~inside)
    starts = np.concatenate([firsts, marks])
    order = np.argsort(starts, kind="stable")
    ends = np.concatenate([lasts, marks + 1])
    word = np.arange(len(starts)) < len(firsts)
    return starts[order], ends[order], ending, word[order]


def stops_within(
    codes: Codes,
    kinds: Kinds,
    tokens: tuple[IntArray, IntArray, IntArray],
    forms: Collection[str],
    abbreviations: frozenset[str],
) -> IntArray:
    """Return the full stops that end no sentence: behind an abbreviation or an initial.

    Parameters
    ----------
    codes, kinds
        Of the characters.
    tokens
        Where they start and end, and the number of their form.
    forms
        In the order of their numbers.
    abbreviations
        Forms behind which a full stop ends nothing.
    """
    starts, ends, form = tokens
    stopped = codes[ends] == ord(".")
    known = np.fromiter((name in abbreviations for name in forms), dtype=bool, count=len(forms))
    pronoun = np.fromiter((name in PRONOUNS for name in forms), dtype=bool, count=len(forms))
    single = (ends - starts == 1) & ((kinds[starts] & (UPPER | LOWER)) > 0)
    capital = (kinds[starts] & UPPER) > 0
    joined = (kinds[np.minimum(ends + 1, len(codes) - 1)] & CORE) > 0
    joined |= codes[np.maximum(starts - 1, 0)] == ord(".")
    initial = single & (joined | (capital & ~pronoun[form]))
    found: IntArray = ends[stopped & (known[form] | initial)]
    return found


def running_counts(kind: NDArray[np.integer[Any]]) -> IntArray:
    """Return how many characters of a kind stand before each place, the end included."""
    return np.concatenate([[0], np.cumsum(kind > 0)])


def counts_between(running: IntArray, start: IntArray, end: IntArray) -> IntArray:
    """Return how many characters of a kind stand between places."""
    return running[end] - running[start]


def _both_sides(kind: BoolArray) -> BoolArray:
    sides = np.zeros_like(kind)
    sides[1:-1] = kind[:-2] & kind[2:]
    return sides
