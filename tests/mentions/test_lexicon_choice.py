"""Tests of `cxdrivers.mentions.lexicon_choice`."""

from __future__ import annotations

import pytest

from cxdrivers.errors import CxError
from cxdrivers.mentions.lexicon import load_lexicon
from cxdrivers.mentions.lexicon_choice import lexicons_of
from tests.mentions.small_lexicons import dutch, english

OWN = {
    "language": "en",
    "classes": {"guide": {"words": ["usher"]}},
    "rules": [{"name": "guide", "flag": "explicit", "patterns": ["<guide>"]}],
}


def test_without_changes_the_lexicons_are_those_of_the_package():
    assert lexicons_of("nl") == (load_lexicon("nl"),)
    assert lexicons_of("auto") == (load_lexicon("nl"), load_lexicon("en"))


def test_changes_are_made_to_the_lexicon_of_their_language():
    assert "guide" in lexicons_of("en", OWN)[0].classes
    first, second = lexicons_of("auto", OWN)
    assert first is load_lexicon("nl")
    assert "guide" in second.classes
    nameless = {name: OWN[name] for name in ("classes", "rules")}
    assert "guide" in lexicons_of("nl", nameless)[0].classes


def test_a_whole_lexicon_comes_in_the_place_of_another():
    own = dutch()
    assert lexicons_of("nl", own) == (own,)
    assert lexicons_of("auto", own) == (own, load_lexicon("en"))


def test_changes_must_say_their_language_where_there_is_more_than_one():
    with pytest.raises(CxError) as caught:
        lexicons_of("auto", {"classes": {}})
    assert str(caught.value) == (
        "The lexicon 'lexicon=' does not say its language, and the texts are read in more than "
        "one. Write language = \"nl\" in it, or another of 'nl', 'en'."
    )
    assert "noemt geen taal" in caught.value.say("nl")


@pytest.mark.parametrize("lexicon", [OWN, english()])
def test_a_lexicon_of_another_language_is_refused(lexicon: object):
    with pytest.raises(CxError, match="is for the language 'en', but the texts are read as nl"):
        lexicons_of("nl", lexicon)  # type: ignore[arg-type]
    with pytest.raises(CxError, match="is for the language 'fr', but the texts are read as 'nl'"):
        lexicons_of("auto", {"language": "fr"})


def test_a_language_without_a_lexicon_is_refused():
    with pytest.raises(CxError) as caught:
        lexicons_of("de")
    assert str(caught.value) == "Language 'de' is not available. Choose one of 'nl', 'en', 'auto'."
