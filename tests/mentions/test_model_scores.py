"""Tests of `cxdrivers.mentions.model_scores`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from cxdrivers.mentions import mention_model
from cxdrivers.mentions.model_scores import model_scores
from cxdrivers.mentions.polarity import FloatArray
from cxdrivers.mentions.tokens import BoolArray


@dataclass
class Scorer:
    """Give every text the probability that it says itself, and keep what was asked."""

    threshold: float = 0.5
    low: float = 0.4
    high: float = 0.6
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def probabilities(self, texts: Sequence[str], flags: BoolArray) -> FloatArray:
        assert flags.shape == (len(texts), 4)
        self.asked.append(tuple(texts))
        return np.array([float(text) for text in texts])


def test_a_probability_is_a_mention_from_the_threshold_on_and_in_doubt_within_the_band():
    texts = ["0.3", "0.4", None, "0.5", "0.6"]
    written = np.array([True, True, False, True, True])
    scores = model_scores(texts, written, np.zeros((5, 4), bool), np.full(5, "nl"), Scorer())
    np.testing.assert_array_equal(scores.probability, [0.3, 0.4, np.nan, 0.5, 0.6])
    assert scores.mention.tolist() == [False, False, False, True, True]
    assert scores.unsure.tolist() == [False, True, False, True, False]


def test_each_text_is_read_by_the_model_of_its_language(monkeypatch: pytest.MonkeyPatch):
    scorers = {"nl": Scorer(), "en": Scorer(threshold=0.9), "own.json": Scorer()}
    monkeypatch.setattr(mention_model, "load_mention_model", scorers.__getitem__)
    texts, languages = ["0.8", "0.7", "0.95"], np.array(["nl", "en", "en"])
    flags, written = np.zeros((3, 4), bool), np.ones(3, bool)
    scores = model_scores(texts, written, flags, languages)
    assert scores.mention.tolist() == [True, False, True]
    assert [scorers[name].asked for name in ("nl", "en")] == [[("0.8",)], [("0.7", "0.95")]]
    model_scores(texts, written, flags, languages, "own.json")
    assert scorers["own.json"].asked == [("0.7", "0.95"), ("0.8",)]


def test_a_model_is_not_asked_about_nothing():
    scorer = Scorer()
    none = np.zeros(2, bool)
    scores = model_scores([None, ""], none, np.zeros((2, 4), bool), np.full(2, "nl"), scorer)
    assert scorer.asked == []
    assert np.isnan(scores.probability).all()
