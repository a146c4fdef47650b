"""Tests of `cxdrivers.mentions.lexicon`, and of what a client changes in one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cxdrivers.errors import CxError
from cxdrivers.mentions.lexicon import LEXICON_LANGUAGES, Lexicon, load_lexicon
from cxdrivers.mentions.rules import RULE_FLAGS
from tests.mentions.small_lexicons import DUTCH, dutch


def rules_of(lexicon: Lexicon) -> list[str]:
    return [rule.name for rule in lexicon.rules]


@pytest.mark.parametrize("language", LEXICON_LANGUAGES)
def test_each_language_has_a_lexicon_with_rules_of_every_kind(language: str):
    lexicon = load_lexicon(language)
    assert {rule.flag for rule in lexicon.rules} == set(RULE_FLAGS)
    assert {"function_words", "positive", "negative", "negation"} <= lexicon.classes.keys()
    assert load_lexicon(language) is lexicon


def test_there_is_no_lexicon_of_another_language():
    with pytest.raises(CxError) as caught:
        load_lexicon("de")
    assert str(caught.value) == "Language 'de' is not available. Choose one of 'nl', 'en'."


def test_a_client_adds_words_and_takes_words_away():
    own = {"classes": {"role": {"words": ["Klantgids"], "not": ["monteur"], "endings": ["-team"]}}}
    before = dutch()
    after = before.extended(own)
    assert after.classes["role"].words == {"monteur", "klantgids"}
    assert after.classes["role"].exceptions == {"monteur"}
    assert after.classes["role"].endings == {"medewerker", "-team"}
    assert after.classes["role"].near
    assert before.classes["role"].words == {"monteur"}
    assert rules_of(after) == rules_of(before)


def test_a_word_that_was_taken_away_can_be_given_back():
    without = dutch().extended({"classes": {"role": {"not": ["monteur"]}}})
    again = without.extended({"classes": {"role": {"words": ["monteur"]}}})
    assert again.classes["role"].exceptions == frozenset()


def test_a_client_switches_what_a_class_forgives():
    changed = dutch().extended({"classes": {"role": {"near": False}, "name": {"plain": False}}})
    assert not changed.classes["role"].near
    assert changed.classes["name"].capital
    assert not changed.classes["name"].plain


def test_a_client_adds_replaces_and_switches_off_rules():
    own = {
        "classes": {"guide": {"words": ["gids"]}},
        "rules": [
            {"name": "guide", "flag": "explicit", "patterns": ["<guide> <role>?"]},
            {"name": "desk", "off": True},
            {"name": "name", "flag": "implicit", "patterns": ["<name>"]},
        ],
    }
    changed = dutch().extended(own)
    assert rules_of(changed) == ["own", "nobody", "role", "name", "helped", "guide"]
    assert changed.rules[3].flag == "implicit"


def test_abbreviations_and_known_words_are_added():
    changed = dutch().extended({"abbreviations": ["Mw"], "spelling": {"known": ["mentor"]}})
    assert changed.abbreviations == {"dhr", "mw"}
    assert changed.known == {"monteurt", "mentor"}


def test_a_file_says_the_same_as_a_mapping(tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text(
        'language = "nl"\n[classes.role]\nwords = ["klantgids"]\n'
        '[[rules]]\nname = "desk"\noff = true\n',
        encoding="utf-8",
    )
    own = {
        "classes": {"role": {"words": ["klantgids"]}},
        "rules": [{"name": "desk", "off": True}],
    }
    for source in (file, str(file)):
        changed = dutch().extended(source)
        assert changed.classes == dutch().extended(own).classes
        assert rules_of(changed) == rules_of(dutch().extended(own))


def test_the_mapping_of_the_caller_stays_as_it_is():
    own: dict[str, Any] = {"classes": {"role": {"words": ["Klantgids"]}}}
    dutch().extended(own)
    assert own == {"classes": {"role": {"words": ["Klantgids"]}}}
    assert DUTCH["classes"]["role"]["words"] == ["monteur"]


def test_a_class_with_a_misspelt_name_is_refused_since_no_rule_uses_it():
    own = {"classes": {"rol": {"words": ["klantgids"]}}}
    with pytest.raises(CxError) as caught:
        load_lexicon("nl").extended(own)
    assert str(caught.value) == (
        "The lexicon 'lexicon=' has words for the class 'rol', which no rule uses. Did you mean "
        "'role'? Give the class the name of one that is there; a new class works only in a rule "
        "with <rol>."
    )
    assert "maar geen regel gebruikt die. Bedoelde u 'role'?" in caught.value.say("nl")


def test_a_class_that_only_says_what_must_not_stand_near_is_used():
    rule = {"name": "fair", "flag": "explicit", "patterns": ["gids"], "unless_near": "<book>"}
    own = {"classes": {"book": {"words": ["reisgids"]}}, "rules": [rule]}
    assert "book" in dutch().extended(own).classes
