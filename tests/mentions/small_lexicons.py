"""Small lexicons for the tests of the engine, and tokens on which to match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cxdrivers.mentions.lexicon import Lexicon
from cxdrivers.mentions.patterns import Ground
from cxdrivers.mentions.tokens import tokens_of
from cxdrivers.mentions.word_classes import class_members

DUTCH: dict[str, Any] = {
    "language": "nl",
    "abbreviations": ["dhr"],
    "spelling": {"known": ["monteurt"]},
    "classes": {
        "role": {"words": ["monteur"], "endings": ["medewerker"], "near": True},
        "name": {"words": ["kim", "joy"], "capital": True, "plain": True},
        "function_words": {"words": ["de", "het", "was", "ik", "een", "niet"]},
        "positive": {"words": ["vriendelijk", "top", "👍"]},
        "negative": {"words": ["bot", "onvriendelijk"]},
        "negation": {"words": ["niet", "geen"]},
        "negation_off": {"words": ["alleen"]},
    },
    "rules": [
        {"name": "own", "flag": "mask", "patterns": ["mijn <role>"]},
        {"name": "nobody", "flag": "absent", "patterns": ["geen ..2 <role>"]},
        {"name": "role", "flag": "explicit", "patterns": ["<role>", "dhr <Capital>"]},
        {"name": "name", "flag": "explicit", "patterns": ["<name>"]},
        {"name": "helped", "flag": "implicit", "patterns": ["^, ben? ..3 geholpen $"]},
        {"name": "desk", "flag": "service_noun", "patterns": ["helpdesk"]},
    ],
}
ENGLISH: dict[str, Any] = {
    "language": "en",
    "classes": {
        "role": {"words": ["technician"], "near": True},
        "function_words": {"words": ["the", "was", "and", "is"]},
        "positive": {"words": ["kind", "top"]},
        "negative": {"words": ["rude"]},
    },
    "rules": [{"name": "role en", "flag": "explicit", "patterns": ["<role>"]}],
}


def dutch() -> Lexicon:
    """Return the small Dutch lexicon."""
    return Lexicon("nl").extended(DUTCH)


def english() -> Lexicon:
    """Return the small English lexicon."""
    return Lexicon("en").extended(ENGLISH)


def ground_of(texts: Sequence[str | None], lexicon: Lexicon) -> Ground:
    """Return the words of texts with the classes of a lexicon."""
    tokens = tokens_of(texts, lexicon.abbreviations)
    classes = dict(lexicon.classes)
    return Ground(tokens, classes, class_members(tokens.forms, classes, lexicon.known))
