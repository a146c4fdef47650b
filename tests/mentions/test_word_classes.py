"""Tests of `cxdrivers.mentions.word_classes`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.mentions.spelling import one_slip
from cxdrivers.mentions.word_classes import WordClass, class_members

ROLE = WordClass(
    words=frozenset({"monteur", "dame", "kim"}),
    endings=frozenset({"medewerker", "agent"}),
    beginnings=frozenset({"klantgids"}),
    exceptions=frozenset({"oudmedewerker", "reagent"}),
    near=True,
)
PLAIN = WordClass(words=frozenset({"monter", "super", "heel"}))


def belongs(form: str, known: frozenset[str] = frozenset()) -> set[str]:
    members = class_members([form], {"role": ROLE, "plain": PLAIN}, known)
    return {name for name, has in members.items() if has[0]}


@pytest.mark.parametrize(
    ("form", "classes"),
    [
        ("monteur", {"role"}),
        ("medewerker", {"role"}),
        ("winkelmedewerker", {"role"}),
        ("klantgidsen", {"role"}),
        ("oudmedewerker", set()),
        ("reagent", set()),
        ("suuuuper", {"plain"}),
        ("heeeel", {"plain"}),
        ("kiiim", {"role"}),
        ("kim's", {"role"}),
        ("winkel-medewerker", {"role"}),
        ("mon-teur", {"role"}),
        ("montuer", {"role"}),
        ("monteru", {"role"}),
        ("mdewerker", {"role"}),
        ("winkelmedewreker", {"role"}),
        ("monter", {"plain"}),
        ("supre", set()),
        ("damee", set()),
        ("mo", set()),
        ("", set()),
    ],
)
def test_a_word_belongs_to_the_classes_it_is_meant_for(form: str, classes: set[str]):
    assert belongs(form) == classes


def test_a_known_word_is_no_typing_error():
    assert belongs("montuer", frozenset({"montuer"})) == set()


def test_a_known_word_of_a_class_belongs_to_it():
    assert belongs("monteur", frozenset({"monteur"})) == {"role"}


@pytest.mark.parametrize("form", ["a" * 100_000, "ab" * 50_000, "'" * 9 + "a-" * 50_000])
def test_a_word_beyond_all_measure_belongs_to_nothing(form: str):
    assert belongs(form) == set()


@given(st.lists(st.text("abm", max_size=9), max_size=8), st.data())
def test_classes_are_those_that_trying_every_word_finds(forms: list[str], data: st.DataObject):
    words = st.frozensets(st.text("abm", min_size=1, max_size=7), max_size=5)
    one, other = (WordClass(words=data.draw(words), endings=data.draw(words)) for _ in range(2))
    forms = [form for form in forms if not any(letter * 3 in form for letter in "abm")]
    members = class_members(forms, {"one": one, "other": other})
    for name, each in (("one", one), ("other", other)):
        expected = [form in each.words or form.endswith(tuple(each.endings)) for form in forms]
        assert members[name].tolist() == expected


@given(st.text("abm", min_size=6, max_size=9), st.text("abm", min_size=6, max_size=9))
def test_one_slip_is_forgiven_in_long_words_only_where_the_class_says_so(form: str, word: str):
    for near in (True, False):
        members = class_members([form], {"one": WordClass(words=frozenset({word}), near=near)})
        drawn_out = any(letter * 3 in form for letter in "abm")
        if not drawn_out:
            assert members["one"][0] == (form == word or (near and one_slip(form, word)))
