"""Tests of `cxdrivers.mentions.steps`."""

from __future__ import annotations

import pytest

from cxdrivers.errors import CxError
from cxdrivers.mentions.steps import Step, read_pattern, read_token

CLASSES = ("role", "helped")


def fault(key: str, **facts: object) -> CxError:
    return CxError(key, path="own.toml", rule="mine", **facts)


def test_a_pattern_is_read_step_by_step():
    assert read_pattern("^, de|<role>? ..3 !niet|<helped> , Été $", CLASSES, fault) == (
        Step("clause"),
        Step("token", frozenset({"de"}), frozenset({"role"}), optional=True),
        Step("gap", gap=3),
        Step("token", frozenset({"niet"}), frozenset({"helped"}), negated=True),
        Step("token", frozenset({","})),
        Step("token", frozenset({"ete"})),
        Step("last"),
    )


def test_classes_that_are_built_in_need_no_words():
    [step, *_] = read_pattern("<Capital>|<number>|<word> <role>", CLASSES, fault)
    assert step.classes == {"Capital", "number", "word"}


WHERE = "of the rule 'mine' in the lexicon 'own.toml'"


@pytest.mark.parametrize(
    ("pattern", "english", "dutch"),
    [
        (
            "<rol>",
            (
                f"The pattern \"<rol>\" {WHERE} names the class 'rol', which is not there. Did you "
                "mean 'role'? Known classes: 'Capital', 'helped', 'number', 'role', 'word'."
            ),
            "noemt de klasse 'rol', maar die is er niet. Bedoelde u 'role'?",
        ),
        (
            "",
            (
                f'The pattern "" {WHERE} asks for no word. Write at least one word or <class> '
                "that may not be left out."
            ),
            "vraagt om geen enkel woord.",
        ),
        ("^ de? $", f'The pattern "^ de? $" {WHERE} asks for no word.', "geen enkel woord"),
        (
            "de ..9 <role>",
            (
                f'The pattern "de ..9 <role>" {WHERE} has the gap ..9. A gap has at most 8 tokens; '
                "write a smaller one."
            ),
            "heeft de tussenruimte ..9. Een tussenruimte telt hoogstens 8 woorden",
        ),
        ("de ..99999999999 <role>", "has the gap ..99999999999.", "hoogstens 8"),
        (
            "de ..x <role>",
            (
                f"The step '..x' in the pattern \"de ..x <role>\" {WHERE} cannot be read. Write a "
                "word, a <class>, several with | between them, or a gap such as ..3."
            ),
            "De stap '..x' in het patroon",
        ),
        ("<role", "The step '<role' in the pattern", "is niet te lezen"),
        ("de||het", "The step 'de||het' in the pattern", "is niet te lezen"),
        ("(de)* het", "The step '(de)*' in the pattern", "is niet te lezen"),
        ("!", "The step '!' in the pattern", "is niet te lezen"),
        ("de ?", "The step '?' in the pattern", "is niet te lezen"),
        (
            "<role> ^ de",
            (
                f'The pattern "<role> ^ de" {WHERE} has ^ not as its first step, or $ not as its '
                "last. Write that part as a pattern of its own."
            ),
            "heeft ^ niet als eerste stap, of $ niet als laatste.",
        ),
        ("$ de", "has ^ not as its first step, or $ not as its last.", "$ niet als laatste"),
        (
            "..2 <role>",
            (
                f'The pattern "..2 <role>" {WHERE} begins or ends with a gap. Remove the gap, or '
                "write ^ before it or $ after it."
            ),
            "begint of eindigt met een tussenruimte.",
        ),
        ("<role> ..2", "begins or ends with a gap.", "eindigt met een tussenruimte"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused(pattern: str, english: str, dutch: str):
    with pytest.raises(CxError) as caught:
        read_pattern(pattern, CLASSES, fault)
    assert english in str(caught.value)
    assert dutch in caught.value.say("nl")


@pytest.mark.parametrize("text", ["de het", "", "..2", "^", "de?"])
def test_what_may_not_stand_beside_a_match_is_one_token(text: str):
    with pytest.raises(CxError) as caught:
        read_token(text, CLASSES, fault)
    assert str(caught.value) == (
        f"The rule 'mine' of the lexicon 'own.toml' has \"{text}\" where one token must stand. "
        "Write a word, a <class>, or several with | between them."
    )
    assert "waar één woord of teken moet staan" in caught.value.say("nl")


def test_what_may_not_stand_beside_a_match_can_be_a_choice():
    assert read_token("van|<role>", CLASSES, fault).words == {"van"}
