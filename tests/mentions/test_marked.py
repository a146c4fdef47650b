"""Tests of `cxdrivers.mentions.marked`."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import CxError
from cxdrivers.mentions.found_spans import Span
from cxdrivers.mentions.marked import marked_page, marked_text, marked_texts
from cxdrivers.mentions.rules import RULE_FLAGS

WORDS = {flag: flag.upper() for flag in RULE_FLAGS}
NASTY = st.text(st.sampled_from("a b<>&\"'=/!é👍\0\ud800\n"), max_size=30)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(NASTY)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    flags = st.sampled_from(RULE_FLAGS)
    spans = draw(st.lists(st.tuples(places, flags, NASTY), max_size=5))
    return text, [
        Span(*sorted(ends), flag, rule) for ends, flag, rule in spans if ends[0] != ends[1]
    ]


class Reader(HTMLParser):
    """Read a marked text back: its letters, with the flags that lie over each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.over: list[frozenset[str]] = [frozenset()]
        self.letters: list[tuple[str, frozenset[str]]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.over.append(frozenset((dict(attrs)["class"] or "").split()))

    def handle_endtag(self, tag: str) -> None:
        self.tags.add(tag)
        self.over.pop()

    def handle_data(self, data: str) -> None:
        self.letters += [(letter, self.over[-1]) for letter in data]


@given(marked())
def test_what_is_shown_is_the_text_with_its_spans_and_nothing_that_works(
    case: tuple[str, list[Span]],
):
    text, spans = case
    reader = Reader()
    reader.feed(marked_text(text, spans, WORDS))
    reader.close()
    assert reader.tags <= {"mark"}
    shown = text.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
    assert reader.letters == [
        (letter, frozenset(span.flag for span in spans if span.start <= place < span.end))
        for place, letter in enumerate(shown)
    ]


def test_the_rules_that_overlap_are_both_told():
    spans = [Span(0, 4, "explicit", "role"), Span(2, 6, "implicit", 'a "rule"')]
    assert marked_text("abcdef", spans, WORDS) == (
        '<mark class="explicit" title="EXPLICIT: role">ab</mark>'
        '<mark class="explicit implicit" title="EXPLICIT: role; IMPLICIT: a &quot;rule&quot;">cd'
        '</mark><mark class="implicit" title="IMPLICIT: a &quot;rule&quot;">ef</mark>'
    )


def view(rows: Any, language: str = "en") -> str:
    texts = ["=1+1", None, "<script>alert(1)</script>"]
    index = pd.Index(["<b>", "y", "z"])
    found = [(Span(0, 4, "explicit", "sum"),), (), ()]
    mention = np.array([True, False, False])
    return marked_texts(texts, found, index, mention, rows=rows, language=language)


def labels(html: str) -> list[str]:
    return [unescape(label) for label in re.findall(r"<tr><td>(.*?)</td>", html)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (None, ["<b>", "y", "z"]),
        ([2, 0], ["z", "<b>"]),
        (np.array([1]), ["y"]),
        ([True, False, True], ["<b>", "z"]),
        ([], []),
    ],
)
def test_the_texts_that_are_asked_for_are_shown(rows: Any, expected: list[str]):
    assert labels(view(rows)) == expected


def test_labels_texts_and_verdicts_are_shown_in_the_language_and_do_not_work():
    html = view(None, "nl")
    assert "<td>&lt;b&gt;</td><td>vermelding</td>" in html
    assert '<mark class="explicit" title="vermelding: sum">=1+1</mark>' in html
    assert "<script" not in html
    assert html.count("<mark") == len(RULE_FLAGS) + 1
    assert view(None) != html


@pytest.mark.parametrize("rows", [[3], [-1], [10**6]])
def test_a_row_that_is_not_there_is_named(rows: list[int]):
    with pytest.raises(CxError) as caught:
        view(rows)
    assert str(caught.value) == (
        f"rows names row {rows[0]}, but the 3 texts are counted from 0. Give the places of texts "
        "that are there."
    )
    assert "worden vanaf 0 geteld" in caught.value.say("nl")


@pytest.mark.parametrize(("rows", "kind"), [([0.5], "float64"), ([True], "bool"), (["y"], "<U1")])
def test_rows_are_places_or_one_truth_for_each_text(rows: Any, kind: str):
    with pytest.raises(CxError) as caught:
        view(rows)
    assert str(caught.value) == (
        f"rows holds values of the kind {kind}. Give places of texts as whole numbers, or true or "
        "false for each of the 3 texts."
    )
    assert "waar of onwaar voor elk van de 3 teksten" in caught.value.say("nl")


def test_a_page_says_its_language_and_escapes_its_title():
    page = marked_page("<p>x</p>", title="A < B", language="nl")
    assert page.startswith('<!DOCTYPE html><html lang="nl">')
    assert page.count("A &lt; B") == 2
    assert "<p>x</p></body></html>" in page
