"""Tests of `cxdrivers.mentions.spelling`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions.spelling import Spelling, one_slip

LETTERS = "abc"
WORDS = st.text(LETTERS, min_size=4, max_size=8)


def slips(word: str) -> set[str]:
    """Return every word that is one slip away, by trying them all."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + letter + right for left, right in cuts for letter in LETTERS}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in LETTERS}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    return found - {word}


@given(WORDS, WORDS)
def test_one_slip_is_what_trying_every_slip_finds(form: str, word: str):
    assert one_slip(form, word) == (form in slips(word))


@given(st.lists(WORDS, max_size=6), WORDS)
def test_the_index_finds_every_word_that_is_one_slip_away(words: list[str], form: str):
    near = {word for word in words if len(word) >= 6 and form in slips(word)}
    assert Spelling(words).near(form) == (tuple(sorted(near)) if len(form) >= 6 else ())


def test_short_words_are_not_forgiven():
    assert Spelling(["dame", "heren"]).near("damee") == ()


def test_a_word_beyond_all_measure_is_not_looked_up():
    assert Spelling(["medewerker"]).near("a" * 100_000) == ()
