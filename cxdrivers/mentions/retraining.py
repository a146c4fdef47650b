"""Learn from the shipped motivations and from a client's own labelled texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from cxdrivers.errors import FitError
from cxdrivers.mentions.detector import LEXICON, find_mentions
from cxdrivers.mentions.doubt import doubt_band
from cxdrivers.mentions.label_table import read_labels
from cxdrivers.mentions.lexicon_choice import LexiconChanges
from cxdrivers.mentions.mention_model import FLAGS
from cxdrivers.mentions.motivations import load_motivations
from cxdrivers.mentions.training import LAPSES, MentionTraining, train_mentions
from cxdrivers.models.proportions import BoolArray

FEWEST = 20
"""Labelled texts of either kind with which a client's own band of doubt can be found."""


def train_shipped(language: str) -> MentionTraining:
    """Learn the model that ships with the package from the shipped motivations.

    Parameters
    ----------
    language
        ``"nl"`` or ``"en"``.
    """
    rows = load_motivations()
    rows = rows[rows["language"] == language]
    texts = rows["text"].tolist()
    return train_mentions(
        texts,
        rows["mention"].to_numpy(bool),
        language=language,
        flags=lexicon_flags(texts, language),
        groups=rows["voice"].tolist(),
    )


def retrain_mentions(
    labels: pd.DataFrame | str | Path,
    *,
    language: str,
    lexicon: LexiconChanges | None = None,
    goal: float = 0.95,
) -> MentionTraining:
    """Learn from the shipped motivations together with texts that a client labelled.

    The band of doubt is chosen on the client's texts alone, each judged by a model that had not
    seen it: outside the band at least `goal` of them are right. Give the model to `find_mentions`,
    and save it with ``training.model.save(path)``. It holds weights of runs of three to six letters
    that occur in two texts or more, and no texts.

    Parameters
    ----------
    labels
        What `mention_sample` drew, with `label` filled in: a table, or a CSV or Excel file. 300
        texts or more are advised.
    language
        Of the texts, ``"nl"`` or ``"en"``.
    lexicon
        The client's changes to the lexicon, as for `find_mentions`.
    goal
        Which part of the texts outside the band of doubt must be right.

    Returns
    -------
    MentionTraining
        Its probabilities, labels and figures are those of the client's texts, left out.

    Raises
    ------
    FitError
        When there are fewer than 20 texts with or without a mention, a text is labelled both 1 and
        0, or the table cannot be read.
    """
    table = read_labels(labels)
    own = pd.DataFrame(
        {"text": table.text, "mention": table.label == 1, "stands_for": table.stands_for}
    )
    share = own.groupby("text")["mention"].mean()
    torn = share.index[(share > 0) & (share < 1)]
    if len(torn):
        raise FitError("labels_torn", count=len(torn), texts=list(torn))
    counts = np.bincount(own["mention"], minlength=2)
    if counts.min() < FEWEST:
        raise FitError("labels_few", mentions=int(counts[1]), others=int(counts[0]), needed=FEWEST)
    shipped = load_motivations()
    shipped = shipped[shipped["language"] == language]
    texts = [*shipped["text"], *own["text"]]
    ours = np.arange(len(texts)) < len(shipped)
    training = train_mentions(
        texts,
        np.concatenate([shipped["mention"].to_numpy(bool), own["mention"].to_numpy(bool)]),
        language=language,
        flags=lexicon_flags(texts, language, lexicon=lexicon),
        groups=[*shipped["voice"], *(f"\0{text}" for text in own["text"])],
        lapses=np.where(ours, LAPSES, 0.0),
        goal=goal,
    )
    probabilities, truth = training.probabilities[~ours], training.labels[~ours]
    masses = own["stands_for"].to_numpy(np.float64)
    low, high = doubt_band(probabilities, truth, goal=goal, masses=masses)
    made_of = {**training.model.made_of, "own_texts": len(own), "own_mentions": int(counts[1])}
    return MentionTraining(
        replace(training.model, low=low, high=high, made_of=made_of), probabilities, truth
    )


def lexicon_flags(
    texts: Sequence[str], language: str, *, lexicon: LexiconChanges | None = None
) -> BoolArray:
    """Return what the lexicon finds, shape ``(texts, 4)``: a column for each of `FLAGS`."""
    found = find_mentions(texts, language=language, method=LEXICON, lexicon=lexicon)
    return np.column_stack([getattr(found, flag) for flag in FLAGS])
