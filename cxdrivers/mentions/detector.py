"""Find in which texts customers speak of an employee."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from cxdrivers.errors import CxError, nearest
from cxdrivers.mentions.given_texts import texts_with_index
from cxdrivers.mentions.lexicon_choice import AUTO, LexiconChanges, lexicons_of
from cxdrivers.mentions.lexicon_reading import read_texts
from cxdrivers.mentions.mentions_result import FLAGS, Mentions
from cxdrivers.mentions.model_scores import MentionScorer, ModelScores, model_scores
from cxdrivers.mentions.rules import EXPLICIT, IMPLICIT, SERVICE_NOUN
from cxdrivers.mentions.tokens import BoolArray

LEXICON, MODEL, BOTH = METHODS = ("lexicon", "model", "both")
"""By which of the two a text may be found."""


def find_mentions(
    texts: Iterable[object],
    *,
    language: str = AUTO,
    method: str = BOTH,
    lexicon: LexiconChanges | None = None,
    service_nouns: bool = False,
    model: MentionScorer | str | Path | None = None,
) -> Mentions:
    """Find in which texts customers speak of an employee, and where.

    Use it on what customers write with a grade. It reads Dutch and English, and forgives typing
    errors, capitals and wrongly decoded characters. It is not meant for letters or for talks.

    Parameters
    ----------
    texts
        A column of a table, or any list. None and NaN are no text.
    language
        ``"nl"``, ``"en"``, or ``"auto"``: each sentence by its function words.
    method
        ``"lexicon"`` (words and rules), ``"model"`` (a classifier), or ``"both"``: one is enough.
    lexicon
        A client's changes to the lexicon, as a TOML file or a mapping, or a whole `Lexicon`.
    service_nouns
        Let a service as a noun ("the help desk") count as a mention.
    model
        A model, or its file; otherwise the one that comes with the package.

    Returns
    -------
    Mentions
        What was found in every text.

    Raises
    ------
    CxError
        For a value that is no text, an unknown language or method, or a fault in the lexicon.

    Examples
    --------
    >>> texts = ["De monteur was heel vriendelijk.", "Snelle levering."]
    >>> find_mentions(texts, language="nl", method="lexicon").mention.tolist()
    [True, False]
    """
    if method not in METHODS:
        near = nearest(method, METHODS)
        raise CxError("mention_method_unknown", method=method, near=near, known=METHODS)
    lexicons = lexicons_of(language, lexicon)
    given, index = texts_with_index(texts)
    reading = read_texts(given, lexicons)
    flags = {name: reading.flagged(name) for name in FLAGS}
    counted = [EXPLICIT, IMPLICIT, *([SERVICE_NOUN] if service_nouns else [])]
    by_lexicon: BoolArray = np.logical_or.reduce([flags[name] for name in counted])
    n = len(given)
    scores = ModelScores(np.full(n, np.nan), np.zeros(n, bool), np.zeros(n, bool))
    if method != LEXICON:
        columns = np.column_stack([flags[name] for name in FLAGS])
        scores = model_scores(given, reading.written, columns, reading.main_languages, model)
    if method == MODEL:
        by_lexicon = np.zeros(n, bool)
    return Mentions(
        texts=given,
        index=index,
        written=reading.written,
        **flags,
        by_lexicon=by_lexicon,
        by_model=scores.mention,
        unsure=scores.unsure & ~by_lexicon,
        charge=reading.charges(counted).polarity(),
        probability=scores.probability,
        language=reading.languages,
        found=reading.spans(),
        method=method,
    )
