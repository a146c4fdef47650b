"""Weigh the praise and the blame in what is said of an employee."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxdrivers.mentions.patterns import CLAUSE_MARKS, Ground
from cxdrivers.mentions.steps import TOKEN, Step
from cxdrivers.mentions.tokens import BoolArray, IntArray

POSITIVE, NEGATIVE, NEGATION, ONLY = "positive", "negative", "negation", "negation_off"
"""Classes of a lexicon. A negation with a word of the last behind it ("not only") turns nothing."""
REACH = 3
"""How many tokens before a word a negation may stand."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Charges:
    """Praise less blame of every text, and how many words of praise or blame there are.

    Attributes
    ----------
    near, near_words
        In the sentences in which an employee is mentioned.
    whole
        In the whole text.
    """

    near: FloatArray
    near_words: FloatArray
    whole: FloatArray

    def __add__(self, other: Charges) -> Charges:
        return Charges(
            self.near + other.near,
            self.near_words + other.near_words,
            self.whole + other.whole,
        )

    def polarity(self) -> FloatArray:
        """Return −1, 0 or +1 by text; the rest of a text speaks where its sentences say nothing."""
        return np.sign(np.where(self.near_words > 0, self.near, self.whole))


def charges_of(ground: Ground, mentioned: BoolArray, texts: int) -> Charges:
    """Return the praise and the blame of texts.

    Parameters
    ----------
    ground
        Words with their classes.
    mentioned
        By sentence: whether an employee is mentioned in it.
    texts
        How many texts there are.
    """
    tokens = ground.tokens
    charge = word_charges(ground)
    near = mentioned[tokens.sentence]
    said, row = charge[near], tokens.text[near]
    return Charges(
        near=_summed(said, row, texts),
        near_words=_summed(np.abs(said), row, texts),
        whole=_summed(charge, tokens.text, texts),
    )


def word_charges(ground: Ground) -> FloatArray:
    """Return +1 for a word of praise, −1 for one of blame, turned round after a negation.

    A negation reaches three tokens, and not over a comma or out of the sentence.
    """
    charge = np.zeros(len(ground.tokens))
    charge[_places(ground, POSITIVE)] = 1
    charge[_places(ground, NEGATIVE)] = -1
    clause = _clauses(ground)
    negations = _places(ground, NEGATION)
    only = np.zeros(len(charge) + 1, dtype=bool)
    only[_places(ground, ONLY)] = True
    negations = negations[~only[negations + 1]]
    turned = np.zeros(len(charge), dtype=bool)
    for shift in range(1, REACH + 1):
        after = negations + shift
        before = negations[after < len(charge)]
        after = before + shift
        turned[after[clause[after] == clause[before]]] = True
    return np.where(turned, -charge, charge)


def _summed(charge: FloatArray, text: IntArray, texts: int) -> FloatArray:
    return np.asarray(np.bincount(text, weights=charge, minlength=texts), dtype=np.float64)


def _places(ground: Ground, name: str) -> IntArray:
    if name not in ground.classes:
        return np.empty(0, dtype=np.int64)
    return ground.where(Step(TOKEN, classes=frozenset({name})))


def _clauses(ground: Ground) -> IntArray:
    """Return a number for every clause: what stands between commas, within a sentence."""
    tokens = ground.tokens
    marks = np.array([form in CLAUSE_MARKS for form in tokens.forms], dtype=bool)
    return np.cumsum(marks[tokens.form] | tokens.begins)
