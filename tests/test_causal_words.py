"""No sentence of the catalogue says that one answer causes another: answers go together."""

from __future__ import annotations

import re

import pytest

from cxdrivers.wording import LANGUAGES, catalogue

CAUSAL = {
    "en": r"\bcaus\w+|\b(?:leads?|leading|led) to\b|\beffects?\b|\bimpact\w*|\bdriv(?:es|en|ing)\b"
    r"|\bdrove\b|\bbecause of\b|\bdue to\b|\bthanks to\b|\binfluenc\w+|\baffect\w*|\bresult\w* in\b"
    r"|\bcontribut\w+|\bconsequen\w+|\bdetermin\w+|\b(?:dis)?satisf(?:y|ies)\b|\bdelights?\b"
    r"|\b(?:improves|increases|raises|boosts|lowers|reduces|worsens|brings|yields)\b",
    "nl": r"\bveroorza\w+|\boorza\w+|\bleidt\b|\bleid(?:en|de) (?:\w+ ){0,2}tot\b"
    r"|\beffect(?:en)?\b|\bimpact\b|\bzorg(?:t|en)(?: \w+){0,3} voor\b|\b(?:be)?[iï]nvloed\w*"
    r"|\bdankzij\b|\bvanwege\b|\bwegens\b|\bgevolg\w*|\bresulte\w+|\bdra(?:agt|gen) bij\b"
    r"|\bbijdra\w+|\bbepaal[dt]\b|\bbepalend\w*|\b(?:on)?tevreden ma(?:akt|ken)\b|\bverrassen\b"
    r"|\b(?:verbetert|verhoogt|verlaagt|vermindert|vergroot|verslechtert|bevordert|brengt)\b",
}
TERMS = {
    "en": r"\bown effects?\b|\beffects? of (?:its|their) own\b|\baverage marginal effect\b"
    r"|\bnegative effect\b",
    "nl": r"\beigen effect(?:en)?\b|\bgemiddeld marginaal effect\b|\bnegatief effect\b",
}
"""What a coefficient is called; the report explains among its terms that it shows no cause."""
DENIALS = {
    "en": r"\b(?:do|does) not show (?:its |a )?causes?\b|\bif the association is causal\b",
    "nl": r"\b(?:toont (?:het )?)?geen oorzaken aan\b|\bals het verband oorzakelijk is\b"
    r"|\boorzaken (?:tonen zij|toont (?:zij|het)) niet aan\b"
    r"|\b(?:een|de) oorzaak toont het niet aan\b",
}
FACTS = r"\{\w*\}"
ALLOWED = {
    "published.": "what a source says, in its own words and with its caution",
    "drivers.ivr_menu.claim": "the claim of the source; the menu leads to a person",
    "shapes.disagree": "a class follows from what is called low and high: a matter of definition",
}
"""Beginnings of keys that may, each with its reason."""


def causal_words(text: str, language: str) -> list[str]:
    """Return the causal words of a sentence beside its facts, its terms and its denials."""
    for harmless in (FACTS, TERMS[language], DENIALS[language]):
        text = re.sub(harmless, "", text, flags=re.IGNORECASE)
    return re.findall(CAUSAL[language], text, flags=re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_that_one_answer_causes_another(language: str):
    found = {
        key: words
        for key, text in catalogue(language).items()
        if not key.startswith(tuple(ALLOWED)) and (words := causal_words(text, language))
    }
    assert found == {}


@pytest.mark.parametrize("beginning", sorted(ALLOWED))
def test_every_exemption_is_still_needed(beginning: str):
    assert any(
        causal_words(text, language)
        for language in LANGUAGES
        for key, text in catalogue(language).items()
        if key.startswith(beginning)
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Empathy leads to higher grades."),
        ("en", "Reliability drives satisfaction."),
        ("en", "Grades are lower because of wait time."),
        ("en", "The effect of empathy on satisfaction is large."),
        ("en", "A mention causes recommendations; this does not show its cause."),
        ("nl", "Empathie zorgt voor hogere cijfers."),
        ("nl", "Betrouwbaarheid beïnvloedt de tevredenheid."),
        ("nl", "Wachttijd heeft invloed op het cijfer."),
        ("nl", "Het effect van empathie op tevredenheid is groot."),
        ("nl", "Een lange wachttijd leidt tot lage cijfers."),
        ("nl", "Welke drivers klanten ontevreden maken."),
        ("en", "Which drivers dissatisfy, and which delight."),
    ],
)
def test_causal_language_would_be_found(language: str, text: str):
    assert causal_words(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Empathy goes with higher grades; an effect of its own is shown."),
        ("en", "Weights describe how answers go together; they do not show causes."),
        ("nl", "Empathie gaat samen met hogere cijfers en heeft een eigen effect."),
        ("nl", "Dit beschrijft welke antwoorden samengaan; het toont geen oorzaken aan."),
    ],
)
def test_going_together_and_saying_so_is_not_causal(language: str, text: str):
    assert causal_words(text, language) == []
