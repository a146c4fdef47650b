"""Tests of `cxdrivers.mentions.rules`."""

from __future__ import annotations

from typing import Any

import pytest

from cxdrivers.mentions.lexicon import Lexicon
from cxdrivers.mentions.rules import rule_matches
from tests.mentions.small_lexicons import ground_of


def found(text: str, *rules: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the names of the rules that apply, with the words they took."""
    lexicon = Lexicon("nl").extended({"rules": list(rules)})
    ground = ground_of([text], lexicon)
    matches = rule_matches(lexicon.rules, ground)
    tokens = ground.tokens
    return {
        (lexicon.rules[rule].name, text[tokens.start[start] : tokens.end[end - 1]])
        for rule, start, end in zip(matches.rule, matches.start, matches.end, strict=True)
    }


def rule(flag: str, *patterns: str, name: str = "", **unless: str) -> dict[str, Any]:
    return {"name": name or flag, "flag": flag, "patterns": list(patterns), **unless}


def test_what_a_mask_covers_is_no_mention():
    mask, role = rule("mask", "mijn man"), rule("explicit", "man")
    assert found("mijn man belde een man", role, mask) == {
        ("mask", "mijn man"),
        ("explicit", "man"),
    }
    assert found("mijn man belde", role, mask) == {("mask", "mijn man")}


def test_what_is_absent_is_no_mention_either():
    rules = rule("explicit", "mens"), rule("absent", "geen ..2 mens")
    assert found("er was geen enkel mens", *rules) == {("absent", "geen enkel mens")}


def test_a_mask_comes_before_an_absence():
    rules = rule("absent", "geen mens"), rule("mask", "mens genoeg")
    assert found("geen mens genoeg", *rules) == {("mask", "mens genoeg")}


def test_a_gap_may_go_over_what_is_masked():
    rules = rule("mask", "mijn man"), rule("implicit", "ben ..3 geholpen")
    assert found("ben met mijn man geholpen", *rules) == {
        ("mask", "mijn man"),
        ("implicit", "ben met mijn man geholpen"),
    }


@pytest.mark.parametrize("flag", ["explicit", "implicit", "service_noun"])
def test_mentions_do_not_take_words_from_each_other(flag: str):
    rules = rule("explicit", "dame", name="person"), rule(flag, "de dame", name="other")
    assert found("de dame", *rules) == {("person", "dame"), ("other", "de dame")}


def test_of_matches_of_one_rule_within_each_other_the_longest_counts():
    assert found("de aardige dame", rule("explicit", "dame", "aardige? dame", "de ..2 dame")) == {
        ("explicit", "de aardige dame")
    }


@pytest.mark.parametrize(
    ("text", "unless", "applies"),
    [
        ("een oude dame", {"unless_before": "oude"}, False),
        ("een dame", {"unless_before": "oude"}, True),
        ("dame", {"unless_before": "oude"}, True),
        ("oude. dame", {"unless_before": "oude"}, True),
        ("dame van stand", {"unless_after": "van|met"}, False),
        ("dame. van", {"unless_after": "van|met"}, True),
        ("dame", {"unless_after": "van"}, True),
        ("dame", {"unless_after": "!van"}, True),
        ("een dame die moet bellen", {"unless_near": "moet"}, False),
        ("een dame. dat moet", {"unless_near": "moet"}, True),
        ("oude dame", {"unless_before": "oude", "unless_near": "moet"}, False),
    ],
)
def test_a_match_counts_unless_a_word_stands_beside_it(
    text: str, unless: dict[str, str], *, applies: bool
):
    assert bool(found(text, rule("explicit", "dame", **unless))) == applies


def test_a_longer_match_that_is_forbidden_leaves_the_shorter():
    one = rule("explicit", "dame", "dame van kantoor", unless_after="nee")
    assert found("dame van kantoor nee", one) == {("explicit", "dame")}


def test_no_rules_and_no_text_find_nothing():
    assert found("de dame") == set()
    assert found("", rule("explicit", "dame", unless_before="de", unless_near="x")) == set()
