"""Learning what a mention looks like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.mentions.motivations import load_motivations
from cxdrivers.mentions.training import MentionTraining, ngram_weights, train_mentions


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    motivations = load_motivations()
    return motivations[motivations["voice"].isin([f"en{voice:02}" for voice in range(1, 13)])]


def _trained(rows: pd.DataFrame, **settings: object) -> MentionTraining:
    return train_mentions(
        rows["text"].tolist(),
        rows["mention"].to_numpy(bool),
        language="en",
        groups=rows["voice"].tolist(),
        **settings,
    )


@pytest.fixture(scope="module")
def trained(rows: pd.DataFrame) -> MentionTraining:
    return _trained(rows)


def _flags(rows: pd.DataFrame, right: float, seed: int = 3) -> np.ndarray:
    """Return flags of a lexicon that is right about a given part of the texts."""
    rng = np.random.default_rng(seed)
    told = np.where(rng.random(len(rows)) < right, rows["mention"], 1 - rows["mention"])
    return np.column_stack([told, 0 * told, 0 * told, 0 * told]).astype(bool)


def test_a_voice_is_judged_by_models_that_never_saw_it(rows, trained):
    """Words that one voice alone used, and always with a mention, tell nothing about that voice."""
    marked = rows.copy()
    own = (marked["voice"] == "en01") & (marked["mention"] == 1)
    marked.loc[own, "text"] += " zqxj zqxj zqxj"
    with_mark = _trained(marked).probabilities[own.to_numpy()]
    assert np.abs(with_mark - trained.probabilities[own.to_numpy()]).max() < 0.25
    assert with_mark.mean() < trained.probabilities[own.to_numpy()].mean() + 0.05


def test_voices_left_out_are_told_far_better_than_by_chance(trained):
    figures = trained.figures()
    assert figures["accuracy"] > 0.68
    assert figures["precision"] > 0.65
    assert figures["recall"] > 0.65


def test_figures_are_those_of_a_plain_count(trained):
    found = trained.probabilities >= 0.5
    hits = sum(f and y for f, y in zip(found, trained.labels, strict=True))
    assert trained.figures()["precision"] == hits / found.sum()
    assert trained.figures()["recall"] == hits / trained.labels.sum()


def test_probabilities_are_as_often_true_as_they_say(trained):
    assert trained.probabilities.mean() == pytest.approx(trained.labels.mean(), abs=0.02)
    sure = trained.probabilities > 0.75
    assert trained.labels[sure].mean() == pytest.approx(
        trained.probabilities[sure].mean(), abs=0.08
    )


def test_the_same_texts_give_the_same_bytes(rows, trained):
    assert _trained(rows).model.to_bytes() == trained.model.to_bytes()


def test_a_good_lexicon_weighs_and_a_lexicon_that_guesses_does_not(rows, trained):
    good = _trained(rows, flags=_flags(rows, 0.9), lapses=0.0)
    guessing = _trained(rows, flags=_flags(rows, 0.5), lapses=0.0)
    assert good.model.flags["explicit"] > 3
    assert abs(guessing.model.flags["explicit"]) < 0.6
    assert good.figures()["accuracy"] > 0.88 > trained.figures()["accuracy"]


def test_a_lexicon_made_with_the_texts_in_sight_is_believed_less(rows):
    flags = _flags(rows, 1.0)
    believed, doubted = (
        _trained(rows, flags=flags, lapses=lapses).model.flags["explicit"] for lapses in (0.0, 0.2)
    )
    assert believed > 2 * doubted > 2


def test_only_ngrams_of_two_writers_are_learnt():
    texts = ["top top", "slecht slecht", "top", "slecht"] * 3
    truth = np.array([True, False, True, False] * 3)
    alone = ngram_weights(texts, truth, np.zeros(12, dtype=np.int64))
    assert len(alone[0]) == 0
    shared = ngram_weights(texts, truth, np.arange(12))
    assert len(shared[0]) > 5


def test_the_ngrams_that_matter_most_are_kept(rows, monkeypatch):
    monkeypatch.setattr("cxdrivers.mentions.training.LARGEST", 50)
    small = _trained(rows)
    assert len(small.model.ngrams) <= 50
    assert small.figures()["accuracy"] > 0.6


def test_too_few_texts_or_writers_are_refused(rows):
    with pytest.raises(
        FitError, match=r"There are 3 texts with and 2 others? without|3 texts with and 2 without"
    ):
        train_mentions(["a"] * 5, [True, True, True, False, False], language="en")
    two = rows[rows["voice"].isin(["en01", "en02"])]
    with pytest.raises(FitError, match=r"by 2 writers, and 10 of each are needed"):
        _trained(two)
