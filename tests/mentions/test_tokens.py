"""Tests of `cxdrivers.mentions.tokens`."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions import tokens as module
from cxdrivers.mentions.tokens import Tokens, tokens_of

ANYTHING = st.lists(st.none() | st.text(st.characters(categories=None), max_size=30), max_size=6)
SIMPLE = st.text(st.sampled_from("abK1'-,.! \n"), max_size=40)


def forms(tokens: Tokens) -> list[str]:
    return [tokens.forms[form] for form in tokens.form]


def sentences(text: str, abbreviations: tuple[str, ...] = ()) -> list[str]:
    tokens = tokens_of([text], abbreviations)
    numbers = range(int(tokens.sentence.max(initial=-1)) + 1)
    every = np.array(forms(tokens))
    return [" ".join(every[tokens.sentence == number]) for number in numbers]


@given(ANYTHING)
def test_every_token_lies_within_its_text_after_the_one_before(texts: list[str | None]):
    tokens = tokens_of(texts)
    assert (tokens.start < tokens.end).all()
    lengths = np.array([len(text or "") for text in texts], dtype=int)
    assert (tokens.end <= lengths[tokens.text]).all()
    same = tokens.text[1:] == tokens.text[:-1]
    assert (tokens.end[:-1][same] <= tokens.start[1:][same]).all()
    assert (np.diff(tokens.text) >= 0).all()
    assert set(np.diff(tokens.sentence)) <= {0, 1}
    assert (np.diff(tokens.sentence)[~same] == 1).all()
    assert "" not in tokens.forms
    assert sorted(set(tokens.form)) == list(range(len(tokens.forms)))


@given(st.lists(SIMPLE, max_size=4))
def test_words_are_those_that_a_plain_search_finds(texts: list[str]):
    tokens = tokens_of(texts)
    word = r"[abK1](?:[abK1]|['-](?=[abK1])|(?<=1)[.,](?=1))*"
    expected = [
        (row, found.start(), found.end(), found.group().casefold())
        for row, text in enumerate(texts)
        for found in re.finditer(rf"{word}|[,-]", text)
    ]
    found = zip(tokens.text, tokens.start, tokens.end, forms(tokens), strict=True)
    assert list(found) == expected


@given(ANYTHING)
def test_looking_at_texts_in_blocks_changes_nothing(texts: list[str | None]):
    whole = tokens_of(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", 12)
        parts = tokens_of(texts)
    assert parts.forms == whole.forms
    for name in ("form", "text", "start", "end", "sentence", "word", "capital", "first", "cased"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Goed geholpen. Dank!", ["goed geholpen", "dank"]),
        ("goed.Snel ook", ["goed", "snel ook"]),
        ("een\ntwee\r\ndrie;vier?vijf…zes", ["een", "twee", "drie", "vier", "vijf", "zes"]),
        ("Top<br>Kim<p class='x'>hielp</p>", ["top", "kim", "hielp"]),
        ("Om 9.30 een 8,5 gegeven", ["om 9.30 een 8,5 gegeven"]),
        ("J. de Vries a.u.b. bellen", ["j de vries a u b bellen"]),
        ("Dank u. Kim", ["dank u", "kim"]),
        ("Dhr. Vos hielp", ["dhr", "vos hielp"]),
        ("", []),
        ("?!…", []),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, expected: list[str]):
    assert sentences(text) == expected


def test_an_abbreviation_of_the_lexicon_ends_no_sentence():
    assert sentences("Met Dhr. Vos. Top", ("dhr",)) == ["met dhr vos", "top"]


def test_words_hold_together_through_hyphens_apostrophes_and_hidden_characters():
    text = "call-center foto’s me\u00addewer\u200bker -los- 'n “top” kassi&egrave;re"
    tokens = tokens_of([text])
    assert forms(tokens) == [
        "call-center", "foto's", "medewerker", "-", "los", "-", "n", '"', "top", '"', "kassiere",
    ]  # fmt: skip
    shown = [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)]
    assert (shown[2], shown[-1]) == ("me\u00addewer\u200bker", "kassi&egrave;re")


def test_a_span_covers_a_wrongly_decoded_word_as_it_was_written():
    text = "De caissiÃ¨re in industriÃ« was top"
    tokens = tokens_of([text])
    shown = [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)]
    assert shown == ["De", "caissiÃ¨re", "in", "industriÃ«", "was", "top"]


def test_capitals_count_only_where_they_tell_something():
    tokens = tokens_of(["Met Kim ERG goed", "KIM WAS TOP", "kim was top", "iPhone"])
    said = dict(enumerate(zip(forms(tokens), tokens.capital, tokens.shouted, strict=True)))
    assert [said[place][1] for place in (0, 1, 2, 3)] == [True, True, True, False]
    assert [said[place][2] for place in (0, 1, 2, 3)] == [False, False, True, False]
    assert not tokens.capital[tokens.text > 0].any()
    assert tokens.cased.tolist() == [True, False, False, True]


def test_the_first_word_of_a_sentence_is_a_word():
    tokens = tokens_of(['"Kim" was er. 👍 Top'])
    first = [form for form, is_first in zip(forms(tokens), tokens.first, strict=True) if is_first]
    assert first == ["kim", "top"]
    assert tokens.begins.tolist() == [True, False, False, False, False, True, False]
    assert tokens.tail.tolist() == [False] * 7
    assert tokens_of(["top :)"]).tail.tolist() == [False, True, True]


def test_nothing_written_has_no_tokens():
    for texts in ([], [None, None], ["", "  "]):
        tokens = tokens_of(texts)
        assert (len(tokens), tokens.forms, len(tokens.cased)) == (0, (), len(texts))


def test_some_of_the_sentences_can_be_taken():
    tokens = tokens_of(["een twee. drie", "vier"])
    taken = tokens.taken(tokens.sentence != 0)
    assert forms(taken) == ["drie", "vier"]
    assert taken.text.tolist() == [0, 1]


@pytest.mark.parametrize("part", ["(", "a", "<", "<a", "&", "Ã¨", "'a", "1,", "a.", "\u200d", "👍"])
def test_a_hundred_thousand_characters_of_anything_are_cut(part: str):
    text = (part * 100_000)[:100_000]
    assert len(tokens_of([text])) <= len(text)
