"""Tests of `cxdrivers.mentions.polarity`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.mentions.lexicon import Lexicon
from cxdrivers.mentions.polarity import charges_of, word_charges
from tests.mentions.small_lexicons import dutch, ground_of


@pytest.mark.parametrize(
    ("text", "charges"),
    [
        ("vriendelijk", [1]),
        ("niet vriendelijk", [-1]),
        ("niet heel erg vriendelijk", [-1]),
        ("niet heel erg zo vriendelijk", [1]),
        ("niet onvriendelijk", [1]),
        ("geen probleem, vriendelijk", [1]),
        ("niet. Vriendelijk", [1]),
        ("niet alleen vriendelijk", [1]),
        ("vriendelijk en bot", [1, -1]),
        ("👍", [1]),
        ("snel", []),
        ("", []),
        ("top niet", [1]),
    ],
)
def test_a_negation_turns_praise_and_blame_round(text: str, charges: list[int]):
    found = word_charges(ground_of([text], dutch()))
    assert found[found != 0].tolist() == charges


def test_the_sentences_with_the_mention_speak_first():
    texts = ["Bot. Monteur was top.", "Monteur kwam. Top!", "Monteur was top en bot. Top", "Bot"]
    ground = ground_of(texts, dutch())
    mentioned = np.array([False, True, True, False, True, False, False])
    charges = charges_of(ground, mentioned, len(texts))
    assert charges.polarity().tolist() == [1, 1, 0, -1]
    twice = charges + charges
    assert twice.polarity().tolist() == [1, 1, 0, -1]
    assert twice.near.tolist() == [2, 0, 0, 0]


def test_a_lexicon_without_such_words_weighs_nothing():
    ground = ground_of(["niet vriendelijk"], Lexicon("nl"))
    assert word_charges(ground).tolist() == [0, 0]
