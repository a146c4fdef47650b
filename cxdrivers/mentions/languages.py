"""Tell the language of every sentence by its function words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cxdrivers.mentions.tokens import BoolArray, IntArray, Tokens
from cxdrivers.mentions.word_classes import WordClass

FUNCTION_WORDS = "function_words"
"""The class of a lexicon that tells its language: articles, pronouns, prepositions."""
MIXED = "mixed"


def telling_forms(
    forms: Sequence[str], lexicons: Sequence[Mapping[str, WordClass]]
) -> list[BoolArray]:
    """Return for every language the function words that tell it from the others.

    A function word that stands in any class of another language ("was", "me") tells nothing; names
    do not count there, since many a name is a word elsewhere.

    Parameters
    ----------
    forms
        Distinct forms.
    lexicons
        By language: the classes of its lexicon.
    """
    own = [classes.get(FUNCTION_WORDS, WordClass()).words for classes in lexicons]
    common = [
        frozenset().union(*(one.words for one in classes.values() if not one.capital))
        for classes in lexicons
    ]
    telling = [
        words.difference(*(common[other] for other in range(len(lexicons)) if other != place))
        for place, words in enumerate(own)
    ]
    return [np.fromiter((form in words for form in forms), bool, len(forms)) for words in telling]


def sentence_languages(tokens: Tokens, telling: Sequence[BoolArray], texts: int) -> IntArray:
    """Return for every sentence which language has most function words in it.

    A tie is decided by the whole text, then by all texts together, then by the order of the
    languages.

    Parameters
    ----------
    tokens
        Words and marks.
    telling
        By language: the forms that tell it.
    texts
        How many texts there are.
    """
    hits = np.array([forms[tokens.form] for forms in telling])
    sentences = int(tokens.sentence.max(initial=-1)) + 1
    by_sentence = _counts(hits, tokens.sentence, sentences)
    by_text = _counts(hits, tokens.text, texts)
    text_of = np.zeros(sentences, dtype=np.int64)
    text_of[tokens.sentence] = tokens.text
    everywhere = hits.sum(axis=1)
    best = np.ones(by_sentence.shape, dtype=bool)
    for counts in (by_sentence, by_text[:, text_of], everywhere[:, None]):
        left = np.where(best, counts, -1)
        best = left == left.max(axis=0)
    chosen: IntArray = np.argmax(best, axis=0)
    return chosen


def text_languages(
    tokens: Tokens, by_sentence: IntArray, languages: Sequence[str], texts: int
) -> NDArray[np.str_]:
    """Return the language of every text: ``"mixed"`` for more than one, empty without words."""
    counted = [
        np.bincount(tokens.text, weights=by_sentence[tokens.sentence] == place, minlength=texts) > 0
        for place in range(len(languages))
    ]
    found = np.full(texts, "", dtype=f"<U{max(map(len, (*languages, MIXED)))}")
    for name, has in zip(languages, counted, strict=True):
        found[has] = name
    found[np.sum(counted, axis=0) > 1] = MIXED
    return found


def _counts(hits: BoolArray, where: IntArray, n: int) -> IntArray:
    counts: IntArray = np.array([np.bincount(where[hit], minlength=n) for hit in hits])
    return counts
