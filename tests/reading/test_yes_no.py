"""Tests of `cxdrivers.reading.yes_no`: yes and no as people and programs write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.reading.numerals import MARKS, number
from cxdrivers.reading.yes_no import PAIRS, YesNo, yes_no_words

PAIRED = [pair for pairs in PAIRS.values() for pair in pairs]


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("ja", "nee"),
        ("j", "n"),
        ("waar", "onwaar"),
        ("yes", "no"),
        ("y", "n"),
        ("true", "false"),
        ("Ja", " NEE "),
        ("TRUE", "FALSE"),
        (True, False),
        (np.True_, np.False_),
    ],
)
def test_yes_is_one_and_no_is_zero_whatever_the_capitals_and_spaces(yes, no):
    words = yes_no_words([yes, no, yes])
    assert words is not None
    assert (words.number(yes), words.number(no)) == (1, 0)
    assert words.others([yes, no]) == []


@pytest.mark.parametrize("pair", PAIRED)
def test_one_of_the_two_words_brings_the_other(pair: tuple[str, str]):
    for word in pair:
        words = yes_no_words([word])
        assert words is not None
        assert word in words.words
        assert len(words.yes) == len(words.no) == 1


def test_an_n_goes_with_the_word_beside_it():
    assert yes_no_words(["n", "j"]) == YesNo(("j",), ("n",))
    assert yes_no_words(["n", "y"]) == YesNo(("y",), ("n",))


def test_no_word_is_a_yes_and_a_no_and_none_is_a_number_or_a_blank():
    yes, no = ({pair[side] for pair in PAIRED} for side in (0, 1))
    assert not yes & no
    for word in yes | no:
        assert [number(word, mark) for mark in MARKS] == [None, None]
        assert word == word.strip().casefold()


def test_words_of_two_languages_are_not_taken_together():
    words = yes_no_words(["ja", "nee", "yes"])
    assert words == YesNo(("ja",), ("nee",))
    assert words.others(["ja", "nee", "yes"]) == ["yes"]
    assert yes_no_words(["ja", "no"]) is None


def test_blanks_are_neither_a_word_nor_something_else():
    cells = ["ja", None, "", "  ", np.nan, "NA", "#NULL!"]
    words = yes_no_words(cells)
    assert words == YesNo(("ja",), ("nee",))
    assert words.others(cells) == []


@pytest.mark.parametrize(
    "cells", [[], [None, ""], ["7", "8", "ja"], ["ja", "misschien"], [1, 0], ["1", "0"], ["jan"]]
)
def test_what_is_not_mostly_yes_or_no_has_no_such_words(cells: list[object]):
    assert yes_no_words(cells) is None


@given(st.sampled_from(PAIRED), st.lists(st.booleans(), min_size=1), st.randoms())
def test_every_row_of_a_pair_is_read_as_it_was_meant(pair, meant, random):
    cells = [pair[0] if yes else pair[1] for yes in meant]
    cells = [random.choice(["", " "]) + random.choice([cell, cell.upper()]) for cell in cells]
    words = yes_no_words(cells)
    assert words is not None
    assert [words.number(cell) for cell in cells] == meant
