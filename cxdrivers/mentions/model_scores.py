"""Ask a model for the probability that a text mentions an employee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cxdrivers.mentions.polarity import FloatArray
from cxdrivers.mentions.tokens import BoolArray


class MentionScorer(Protocol):
    """What gives texts a probability of a mention."""

    @property
    def threshold(self) -> float:
        """From which probability on a text mentions an employee."""
        ...

    @property
    def low(self) -> float:
        """From which probability on it cannot be told."""
        ...

    @property
    def high(self) -> float:
        """From which probability on it can be told again."""
        ...

    def probabilities(self, texts: Sequence[str], flags: BoolArray) -> FloatArray:
        """Return the probability of each text, NaN for one that cannot be judged.

        `flags` is what the lexicon found in it.
        """
        ...


@dataclass(frozen=True, eq=False)
class ModelScores:
    """What a model says of texts.

    Attributes
    ----------
    probability
        NaN where nothing is written, or more than the model can judge.
    mention
        Whether it reaches the threshold.
    unsure
        Whether it lies in the band where the model cannot tell, or the text is too long for it.
    """

    probability: FloatArray
    mention: BoolArray
    unsure: BoolArray


def model_scores(
    texts: Sequence[str | None],
    written: BoolArray,
    flags: BoolArray,
    languages: NDArray[np.str_],
    model: MentionScorer | str | Path | None = None,
) -> ModelScores:
    """Return the scores of texts, each by the model of its language.

    Parameters
    ----------
    texts, written
        The texts, and which of them hold something.
    flags
        Shape ``(n, 4)``: explicit, implicit, absent and service noun, by the lexicon.
    languages
        Of each text.
    model
        One model, or its file, for all texts; otherwise those that come with the package.
    """
    n = len(texts)
    probability, mention, unsure = np.full(n, np.nan), np.zeros(n, bool), np.zeros(n, bool)
    for language in np.unique(languages[written]):
        rows = np.flatnonzero(written & (languages == language))
        scorer = _scorer(model, str(language))
        asked = [texts[row] or "" for row in rows.tolist()]
        scored = np.asarray(scorer.probabilities(asked, flags[rows]), dtype=np.float64)
        probability[rows] = scored
        mention[rows] = scored >= scorer.threshold
        unsure[rows] = ~((scored < scorer.low) | (scored >= scorer.high))
    return ModelScores(probability, mention, unsure)


def _scorer(model: MentionScorer | str | Path | None, language: str) -> MentionScorer:
    if model is not None and not isinstance(model, str | Path):
        return model
    from cxdrivers.mentions.mention_model import load_mention_model  # noqa: PLC0415  (a large file)

    return load_mention_model(language if model is None else model)
