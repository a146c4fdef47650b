"""What people write keeps its letters, and loses what would break a file or hide its words."""

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.characters import without_controls

ANYTHING = st.text(st.characters(codec=None), max_size=40)


@given(ANYTHING)
def test_any_text_can_stand_in_a_file_and_keeps_its_length(text: str):
    plain = without_controls(text)
    assert len(plain) == len(text)
    element = lxml.etree.Element("text")
    element.text = plain
    read = lxml.etree.fromstring(lxml.etree.tostring(element, encoding="utf-8"))
    assert (read.text or "").split() == plain.split()


@pytest.mark.parametrize("text", ["Ünïcode 🙂", "שירות לקוחות", "مرحبا", "a\tb\nc", "日本語", "ﬁ"])
def test_letters_of_every_script_stay(text: str):
    assert without_controls(text) == text


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\ufffe", "\ud800", "\u202e", "\u2066"])
def test_what_breaks_files_or_turns_words_around_becomes_a_space(mark: str):
    assert without_controls(f"a{mark}b") == "a b"
