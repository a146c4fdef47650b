"""Learn from labelled texts what a mention looks like, and measure it on voices left out.

First weights of n-grams are learnt, each text scaled to length one and each n-gram by how rare it
is. Then the log odds of texts whose voice was left out, and the flags of the lexicon, are brought
together by a second, small regression: so flags get the weight that they deserve beside n-grams
that were not learnt from the same text, and a probability is what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import FloatArray
from cxdrivers.mentions.doubt import doubt_band
from cxdrivers.mentions.mention_model import DIGITS, FLAGS, MentionModel
from cxdrivers.mentions.ngrams import IntArray, ngram_codes, ngram_features, ngram_of, symbols_of
from cxdrivers.models.proportions import BoolArray

FOLDS = 10
LARGEST = 20_000
"""N-grams in a model; more than this adds nothing on voices left out."""
PENALTY = 0.1
"""Inverse of the ridge penalty of n-grams, chosen on voices left out."""
LAPSES = 0.25
"""How often the lexicon is taken to be wrong where it was made with these texts in sight.

So often it was wrong about the 650 hardest of them, before it had been made with those too.
"""
MENTION_FLAGS = FLAGS[:2]
THRESHOLD = 0.5
USUAL = 0.99
"""Part of the texts a model learns from that are as short as those it may judge."""


@dataclass(frozen=True, eq=False)
class MentionTraining:
    """A model, and what models that had not seen a voice said of the texts of that voice.

    Attributes
    ----------
    model
        Learnt from all texts.
    probabilities
        Shape ``(n,)``: of each text, by a model that saw no text of its group.
    labels
        Shape ``(n,)``: whether there is a mention.
    """

    model: MentionModel
    probabilities: FloatArray
    labels: BoolArray

    def figures(self) -> dict[str, float]:
        """Return precision, recall and the share that is right, on groups left out."""
        found = self.probabilities >= self.model.threshold
        both = float((found & self.labels).sum())
        return {
            "precision": both / max(float(found.sum()), 1.0),
            "recall": both / max(float(self.labels.sum()), 1.0),
            "accuracy": float((found == self.labels).mean()),
        }


def train_mentions(
    texts: Sequence[str],
    labels: Sequence[bool] | BoolArray,
    *,
    language: str,
    flags: BoolArray | None = None,
    groups: Sequence[object] | None = None,
    lapses: float | FloatArray = LAPSES,
    goal: float = 0.95,
) -> MentionTraining:
    """Learn from labelled texts whether a text speaks of an employee.

    Parameters
    ----------
    texts, labels
        The texts, and whether each has a mention.
    language
        Of the texts, ``"nl"`` or ``"en"``.
    flags
        Shape ``(n, 4)``: what the lexicon found, in the order of `mention_model.FLAGS`; None to
        learn from n-grams alone.
    groups
        Who wrote each text: a voice is learnt from as a whole or left out as a whole. By default
        everybody wrote one.
    lapses
        How often the lexicon is taken to be wrong about a text, for all or for each. A lexicon that
        was made with the texts in sight seems better than it is; 0 believes it.
    goal
        Which part of the texts outside the band of doubt must be right.

    Returns
    -------
    MentionTraining

    Raises
    ------
    FitError
        When there are too few texts of a kind, or of groups, or `goal` cannot be.
    """
    if not (isinstance(goal, float) and 0.5 < goal < 1):
        raise FitError("training_goal", goal=goal)
    truth = np.asarray(labels, dtype=bool)
    writer = np.unique([str(group) for group in groups or range(len(truth))], return_inverse=True)[
        1
    ]
    kinds = np.bincount(truth, minlength=2)
    n_groups = int(writer.max(initial=-1)) + 1
    if kinds.min() < FOLDS or n_groups < FOLDS:
        raise FitError(
            "training_texts_few",
            mentions=int(kinds[1]),
            others=int(kinds[0]),
            groups=n_groups,
            needed=FOLDS,
        )
    given = np.zeros((len(truth), len(FLAGS)), bool) if flags is None else np.asarray(flags, bool)
    doubted = np.broadcast_to(np.asarray(lapses, np.float64), truth.shape)
    everything = np.arange(len(truth))
    splits = list(GroupKFold(FOLDS).split(everything, truth, writer))
    odds = np.empty(len(truth))
    for learnt, left in splits:
        some = [texts[place] for place in learnt]
        codes, weights, start = ngram_weights(some, truth[learnt], writer[learnt])
        odds[left] = start + ngram_features([texts[place] for place in left], codes) @ weights
    readings = _readings(given, doubted)
    judged = np.empty((len(readings), len(truth)))
    for learnt, left in splits:
        joint = _joined(odds[learnt], _readings(given[learnt], doubted[learnt]), truth[learnt])
        for place, (flags_read, _) in enumerate(readings):
            columns = _columns(odds[left], flags_read[left])
            judged[place, left] = joint.predict_proba(columns)[:, 1]
    codes, weights, start = ngram_weights(texts, truth, writer)
    joint = _joined(odds, readings, truth)
    slope, *of_flags = joint.coef_[0]
    masses = np.concatenate([counts for _, counts in readings])
    truths = np.tile(truth, len(readings))
    low, high = doubt_band(judged.reshape(-1), truths, goal=goal, masses=masses)
    model = MentionModel(
        language=language,
        ngrams=_rounded(codes, weights * slope),
        flags={flag: round(float(of), DIGITS) for flag, of in zip(FLAGS, of_flags, strict=True)},
        intercept=round(float(joint.intercept_[0] + slope * start), DIGITS),
        threshold=THRESHOLD,
        low=low,
        high=high,
        longest=round(float(np.quantile([len(text.split()) for text in texts], USUAL))),
        made_of={"texts": len(truth), "mentions": int(kinds[1]), "voices": n_groups},
    )
    return MentionTraining(model, judged[0], truth)


def ngram_weights(
    texts: Sequence[str], truth: BoolArray, writer: IntArray
) -> tuple[IntArray, FloatArray, float]:
    """Return n-grams, their weights and the intercept of a ridge logistic regression.

    Only n-grams that two writers used are looked at, and of these the `LARGEST` that matter most.

    Parameters
    ----------
    texts, truth
        The texts, and whether each has a mention.
    writer
        Shape ``(n,)``: who wrote each.
    """
    codes = _shared_ngrams(texts, writer)
    features = ngram_features(texts, codes)
    used = np.bincount(features.indices, minlength=len(codes))
    rarity = np.log((1 + len(texts)) / (1 + used)) + 1
    scaled = _scaled(features, rarity)
    weights, start = _ridge(scaled, truth)
    matter = np.round(np.abs(weights) * rarity * np.sqrt(used), 6)
    kept = np.sort(np.argsort(-matter, kind="stable")[:LARGEST])
    if len(kept) < len(codes):
        codes, rarity = codes[kept], rarity[kept]
        weights, start = _ridge(_scaled(ngram_features(texts, codes), rarity), truth)
    return codes, weights * rarity, start


def _shared_ngrams(texts: Sequence[str], writer: IntArray) -> IntArray:
    """Return the n-grams that two writers or more used, rising."""
    parts = [
        np.unique(np.column_stack([codes, writer[text]]), axis=0)
        for text, codes in ngram_codes(symbols_of(texts))
    ]
    codes, writers = np.unique(np.concatenate(parts)[:, 0], return_counts=True)
    return codes[writers > 1]


def _scaled(features: csr_array, by: FloatArray) -> csr_array:
    scaled = features.copy()
    scaled.data *= by[scaled.indices]
    return scaled


def _ridge(features: csr_array, truth: BoolArray) -> tuple[FloatArray, float]:
    if not features.shape[1]:
        chance = (truth.sum() + 0.5) / (len(truth) + 1)
        return np.empty(0), float(np.log(chance / (1 - chance)))
    fit = LogisticRegression(C=PENALTY, tol=1e-8, max_iter=5000).fit(features, truth)
    return fit.coef_[0], float(fit.intercept_[0])


def _columns(odds: FloatArray, flags: BoolArray) -> FloatArray:
    return np.column_stack([odds, flags.astype(np.float64)])


def _readings(flags: BoolArray, lapses: FloatArray) -> list[tuple[BoolArray, FloatArray]]:
    """Return the flags as found and as they would be if the lexicon were wrong, with their counts.

    Where it found a mention it would find none; where it found none, an explicit or an implicit
    one.
    """
    few = len(MENTION_FLAGS)
    nothing = ~flags[:, :few].any(axis=1)
    found = [(flags, 1 - lapses)]
    for place in range(few):
        wrong = flags.copy()
        wrong[:, :few] = False
        wrong[:, place] = nothing
        found.append((wrong, lapses / few))
    return found


def _joined(
    odds: FloatArray, readings: list[tuple[BoolArray, FloatArray]], truth: BoolArray
) -> LogisticRegression:
    """Bring the log odds of n-grams and the flags together."""
    columns = np.concatenate([_columns(odds, flags) for flags, _ in readings])
    counts = np.concatenate([counts for _, counts in readings])
    fit = LogisticRegression(C=10.0, tol=1e-10, max_iter=5000)
    return fit.fit(columns, np.tile(truth, len(readings)), sample_weight=counts)


def _rounded(codes: IntArray, weights: FloatArray) -> dict[str, float]:
    rounded = np.round(weights, DIGITS)
    kept = np.flatnonzero(rounded)
    return {ngram_of(int(codes[place])): float(rounded[place]) for place in kept}
