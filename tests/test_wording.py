"""Tests of `cxdrivers.wording` and of the catalogue: every sentence exists, in both languages."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cxdrivers
from cxdrivers.errors import CxError
from cxdrivers.wording import (
    LANGUAGES,
    catalogue,
    in_language,
    placeholders,
    say,
    sentence,
    together,
)

PACKAGE = Path(cxdrivers.__file__).parent
ERRORS = ("CxError", "FitError", "SurveyError", "error")
SENTENCES = ("say", "sentence")
FORMS = re.compile(r"\.(one|other)$")


def _keys() -> set[str]:
    """Return the keys of the catalogue as code names them, without their forms."""
    words = catalogue("en")
    return {FORMS.sub("", key) if FORMS.sub(".one", key) in words else key for key in words}


def _named() -> Iterator[tuple[str, str]]:
    """Yield every key that the code names as a pattern, and where.

    What an f-string fills in, and a name that holds the key, may be anything: ``weights.{key}``
    becomes ``weights.*``.
    """
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            called = call.func
            method = isinstance(called, ast.Attribute)
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            for written in _written(call.args[0]):
                if name in ERRORS:
                    yield f"errors\\.{written}", f"{file.name}:{call.lineno}"
                elif name in SENTENCES and not method:
                    yield written, f"{file.name}:{call.lineno}"


def _written(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = (
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+"
            for part in node.values
        )
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return _written(node.body) + _written(node.orelse)
    return []


def _texts_in_code() -> set[str]:
    """Return every text constant of the package: a key held in a name is one of them."""
    return {
        node.value
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _patterns_in_code() -> set[str]:
    """Return every f-string that begins with the name of a room, as a pattern."""
    patterns = {
        _written(node)[0]
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
    }
    rooms = {key.split(".")[0] for key in _keys()}
    return {pattern for pattern in patterns if pattern.split("\\.")[0] in rooms}


def test_both_languages_have_the_same_sentences():
    assert catalogue("en").keys() == catalogue("nl").keys()


@pytest.mark.parametrize("key", sorted(catalogue("en").keys() & catalogue("nl").keys()))
def test_both_languages_ask_for_the_same_facts(key: str):
    assert placeholders(catalogue("en")[key]) == placeholders(catalogue("nl")[key])


def test_no_sentence_is_empty():
    empty = [key for code in LANGUAGES for key, text in catalogue(code).items() if not text.strip()]
    assert empty == []


def test_a_sentence_with_one_form_has_the_other():
    keys = catalogue("en")
    counted = {key.removesuffix(".one") for key in keys if key.endswith(".one")}
    assert counted
    assert {f"{key}.other" for key in counted} <= keys.keys()


def test_no_two_files_of_a_room_use_the_same_key():
    """The files of a folder share one prefix, so a second sentence would replace the first."""
    for code in LANGUAGES:
        files = (PACKAGE / "words" / code).rglob("*.toml")
        trees = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
        assert sum(map(_sentences, trees)) == len(catalogue(code))


def _sentences(tree: dict[str, Any]) -> int:
    return sum(_sentences(part) if isinstance(part, dict) else 1 for part in tree.values())


def test_every_sentence_that_the_code_names_is_in_the_catalogue():
    keys, named = _keys(), list(_named())
    assert len(named) > 100
    missing = [
        f"{pattern} ({place})"
        for pattern, place in named
        if not any(re.fullmatch(pattern, key) for key in keys)
    ]
    assert missing == []


def test_every_error_sentence_is_used():
    patterns = {pattern for pattern, _ in _named()}
    texts = _texts_in_code()
    unused = [
        key
        for key in _keys()
        if key.startswith("errors.")
        and not any(re.fullmatch(pattern, key) for pattern in patterns)
        and key.removeprefix("errors.") not in texts
    ]
    assert unused == []


def test_every_other_sentence_is_used():
    """Some keys are put together before they are said: then their beginning stands in the code."""
    texts = _texts_in_code()
    patterns = {pattern for pattern, _ in _named()} | _patterns_in_code()
    beginnings = tuple(text for text in texts if re.fullmatch(r"[a-z]+(\.\w+)*\.", text))
    unused = [
        key
        for key in _keys()
        if not any(re.fullmatch(pattern, key) for pattern in patterns)
        and not key.startswith(beginnings)
        and not {key, key.split(".", 1)[1]} & texts
    ]
    assert unused == []


@pytest.mark.parametrize("key", sorted(key for key in _keys() if key.startswith("errors.")))
def test_an_error_that_ends_a_line_is_a_whole_sentence(key: str):
    """Fragments, such as what a file turned out to hold, stand in tables of their own."""
    fragment = key.count(".") > 1 or key == "errors.unsound"
    for code in LANGUAGES:
        words = catalogue(code)
        text = words.get(key) or words[f"{key}.other"]
        assert fragment or re.search(r"([.?)]|--\w+|\"|\.toml)$", text), text


def test_what_dutch_says_is_not_what_english_says():
    """Names of formats, of numbers and of parts of the codebook are the same in both."""
    words = {code: catalogue(code) for code in LANGUAGES}
    same = {key for key, text in words["en"].items() if text == words["nl"][key] and len(text) > 20}
    assert {key for key in same if re.search(r"[a-z]{3,} [a-z]{3,}", words["en"][key])} == set()


def test_a_sentence_is_chosen_by_its_count():
    assert say("weights.constant", drivers="IVR menu", count=1).startswith("IVR menu never varies")
    assert say("weights.constant", drivers="a and b", count=2).startswith("a and b never vary")


def test_numbers_are_written_as_the_language_does():
    facts = {"column": "w", "count": 1200, "lowest": -0.5}
    assert "in 1\u00a0200 rows (lowest -0.5)" in say("errors.weight_negative", "en", **facts)
    assert "in 1\u00a0200 rijen (laagste -0,5)" in say("errors.weight_negative", "nl", **facts)


def test_lists_are_quoted_and_cut_after_eight():
    facts = {"method": "x", "near": "", "known": [f"m{number}" for number in range(11)]}
    expected = "It can be 'm0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7' and 3 more."
    assert say("errors.method_unknown", **facts).endswith(expected)
    assert say("errors.method_unknown", "nl", **facts).endswith("'m7' en nog 3.")


def test_a_sentence_in_a_sentence_is_said_in_the_same_language():
    near = sentence("errors.did_you_mean", name="lmg")
    facts = {"method": "lgm", "near": near, "known": ["lmg"]}
    assert "Did you mean 'lmg'?" in sentence("errors.method_unknown", **facts).say()
    assert "Bedoelde u 'lmg'?" in sentence("errors.method_unknown", **facts).say("nl")


def test_a_fact_with_braces_is_shown_as_it_is():
    assert "'{0} {column}'" in say("errors.column_twice", column="{0} {column}")


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(
        CxError, match=r"^Language 'de' is not available\. Choose one of 'en', 'nl'"
    ):
        catalogue("de")


def test_words_of_a_person_are_given_in_the_language_or_in_the_one_there_is():
    assert in_language("Food", "nl") == "Food"
    assert in_language({"en": "Food", "nl": "Eten"}, "nl") == "Eten"
    assert in_language({"en": "Food"}, "nl") == "Food"


@pytest.mark.parametrize(("language", "last"), [("en", "and"), ("nl", "en")])
def test_names_with_a_comma_of_their_own_are_kept_apart(language: str, last: str):
    names = ["Shops", "Desk, arrivals", "Parking"]
    assert together(names, language) == f"Shops; Desk, arrivals; {last} Parking"
    assert together(["Shops", "Wi-Fi", "Parking"], language) == f"Shops, Wi-Fi {last} Parking"
    assert together(names[1:2], language) == "Desk, arrivals"
    assert together(["1 [0, 2]", "2 (1, 3)"], language) == f"1 [0, 2] {last} 2 (1, 3)"


def test_a_list_of_names_is_quoted_and_one_of_sentences_is_not():
    told = [
        sentence("findings.fragment.number", name=name, value=1927) for name in ("Desk, a", "Wi-Fi")
    ]
    shown = [
        say("findings.not_applicable.meaning", "en", count=2, drivers=drivers)
        for drivers in (told, told[1:], ["Desk, a", "Wi-Fi"])
    ]
    assert ": Desk, a (1\u00a0927); Wi-Fi (1\u00a0927). They" in shown[0]
    assert ": Wi-Fi (1\u00a0927). They" in shown[1]
    assert ": 'Desk, a', 'Wi-Fi'. They" in shown[2]
