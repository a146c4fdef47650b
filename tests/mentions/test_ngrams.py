"""Runs of letters, against a slow obvious twin."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions.ngrams import (
    LONGEST,
    SHORTEST,
    SYMBOLS,
    code_of,
    ngram_counts,
    ngram_features,
    ngram_of,
    symbols_of,
    text_blocks,
)

PLAIN = st.text("abcdeé ABC'?!.-0129\n", max_size=30)


def _written(text: str) -> str:
    """Return a text of plain characters as symbols, one character after another."""
    letters = unicodedata.normalize("NFKD", f" {text} ").casefold()
    kept = [
        " " if c.isspace() else "0" if c.isdigit() else c
        for c in letters
        if c in SYMBOLS[1:] or not unicodedata.combining(c)
    ]
    spaced = re.sub(" +", " ", "".join(kept))
    return re.sub(r"(.)\1{2,}", r"\1\1", spaced)


def _slow_counts(texts: list[str], ngrams: list[str]) -> np.ndarray:
    rows = []
    for text in texts:
        written = _written(text)
        found = Counter(
            written[place : place + length]
            for length in range(SHORTEST, LONGEST + 1)
            for place in range(len(written) - length + 1)
        )
        rows.append([found[ngram] for ngram in ngrams])
    return np.array(rows, dtype=float).reshape(len(texts), len(ngrams))


@given(st.lists(PLAIN, min_size=1, max_size=4))
def test_counts_are_those_of_a_plain_loop(texts: list[str]):
    written = [_written(text) for text in texts]
    ngrams = sorted(
        {
            one[place : place + length]
            for one in written
            for length in range(SHORTEST, LONGEST + 1)
            for place in range(len(one) - length + 1)
        },
        key=code_of,
    )
    codes = np.array([code_of(ngram) for ngram in ngrams], dtype=np.int64)
    assert (ngram_counts(texts, codes).toarray() == _slow_counts(texts, ngrams)).all()


@given(st.text(SYMBOLS[1:], min_size=SHORTEST, max_size=LONGEST))
def test_an_ngram_is_read_back_from_its_code(ngram: str):
    assert ngram_of(code_of(ngram)) == ngram


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_at_all_can_be_read(texts: list[str]):
    symbols = symbols_of(texts)
    assert (symbols == 0).sum() == len(texts)
    assert ((symbols >= 0) & (symbols < len(SYMBOLS))).all()


def test_features_grow_with_the_logarithm_and_have_length_one():
    codes = np.sort(np.array([code_of("kim"), code_of("top")], dtype=np.int64))
    one, other = ngram_features(["kim en kim en top", "niets"], codes).toarray()
    kim, top = 1 + math.log(2), 1.0
    expected = {code_of("kim"): kim, code_of("top"): top}
    length = math.hypot(kim, top)
    np.testing.assert_allclose(one, [expected[code] / length for code in codes])
    assert (other == 0).all()


def test_accents_capitals_digits_tags_and_wrong_decoding_make_no_difference():
    same = [
        "kassière 123 ok",
        "KASSIÈRE 987 OK",
        "kassiÃ¨re<br>345 ok",
        "kas\u00adsie\u0300re 100  ok",
    ]
    symbols = ["".join(SYMBOLS[place] for place in symbols_of([text])) for text in same]
    assert set(symbols) == {" kassiere 000 ok \0".replace("000", "00")}


def test_an_ngram_does_not_run_from_one_text_into_the_next():
    codes = np.array([code_of("mop")], dtype=np.int64)
    assert ngram_counts(["kim", "op"], codes).sum() == 0
    assert ngram_counts(["kimop"], codes).sum() == 1


def test_nul_characters_and_lone_surrogates_are_no_texts_of_their_own():
    assert (symbols_of(["a\0b", "\ud800"]) == 0).sum() == 2


@given(st.lists(st.text("ab", max_size=9), max_size=9), st.integers(1, 20))
def test_blocks_hold_every_text_once_and_in_order(texts: list[str], size: int):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cxdrivers.mentions.ngrams.BLOCK", size)
        blocks = list(text_blocks(texts))
    assert [text for _, block in blocks for text in block] == texts
    assert all(texts[first] == block[0] for first, block in blocks)
    sizes = [[len(text) for text in block] for _, block in blocks]
    assert all(sum(held) - max(held) <= size for held in sizes)


def test_without_texts_or_without_ngrams_there_is_nothing_to_count():
    assert ngram_counts([], np.array([5], dtype=np.int64)).shape == (0, 1)
    assert ngram_counts(["kim"], np.array([], dtype=np.int64)).shape == (1, 0)
