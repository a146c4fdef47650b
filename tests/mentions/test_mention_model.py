"""Models of mentions: what they say, and the files they are kept in."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cxdrivers.errors import CxError
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.mention_model import FLAGS, MentionModel, load_mention_model

SMALL = MentionModel(
    language="en",
    ngrams={"kim": 2.0, "price": -1.5, "lady": 1.0},
    flags=dict(zip(FLAGS, (3.0, 2.0, -2.0, -0.5), strict=True)),
    intercept=-0.25,
    threshold=0.5,
    low=0.2,
    high=0.8,
    longest=12,
    made_of={"texts": 3},
)


def _saved(folder: Path, **changes: object) -> Path:
    content = json.loads(SMALL.to_bytes()) | changes
    path = folder / "model.json"
    path.write_text(json.dumps({k: v for k, v in content.items() if v is not None}), "utf-8")
    return path


def test_a_probability_is_the_logistic_curve_of_the_weights():
    small = replace(SMALL, ngrams={"kim": 2.0, "lady": 1.0})
    flags = np.array([[True, False, False, False], [False, False, True, False]])
    told = small.probabilities(["Kim", "Kim, kim and a lady"], flags)
    kim = 1 + math.log(2)
    odds = [-0.25 + 2.0 + 3.0, -0.25 + (2.0 * kim + 1.0) / math.hypot(kim, 1.0) - 2.0]
    np.testing.assert_allclose(told, [1 / (1 + math.exp(-odd)) for odd in odds])


def test_no_flags_are_the_same_as_flags_that_are_all_false():
    texts = ["a lovely lady", "too dear"]
    assert (SMALL.probabilities(texts) == SMALL.probabilities(texts, np.zeros((2, 4), bool))).all()


def test_the_order_of_the_texts_makes_no_difference():
    model = load_mention_model("nl")
    texts = ["De monteur was top", "Te duur", "", "x" * 1000]
    forwards, backwards = model.probabilities(texts), model.probabilities(texts[::-1])
    np.testing.assert_allclose(forwards, backwards[::-1], rtol=1e-12)


def test_long_lists_are_read_in_blocks_with_the_same_outcome(monkeypatch):
    texts = ["Kim was a lady", "", "the price", "kim kim"] * 3
    whole = SMALL.probabilities(texts)
    monkeypatch.setattr("cxdrivers.mentions.ngrams.BLOCK", 15)
    np.testing.assert_allclose(SMALL.probabilities(texts), whole)


def test_no_texts_have_no_probabilities():
    assert SMALL.probabilities([]).shape == (0,)


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("nl", "Die aardige meneer heeft mij heel goed geholpen", "De prijs is te hoog"),
        ("en", "The lady on the phone was so patient with me", "The price is too high"),
    ],
)
def test_the_shipped_models_know_a_mention_from_a_price(language: str, text: str, other: str):
    model = load_mention_model(language)
    one, two = model.probabilities([text, other])
    assert one > model.threshold > two
    assert model.language == language
    assert 0 < model.low < model.threshold < model.high <= 1.01


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_shipped_file_is_small_and_in_an_open_format(language: str):
    model = load_mention_model(language)
    content = model.to_bytes()
    assert len(content) < 600_000
    assert json.loads(content)["version"] == 1
    assert content.isascii()


def test_a_saved_model_is_the_model_that_is_loaded(tmp_path):
    path = tmp_path / "client.json"
    SMALL.save(path)
    loaded = load_mention_model(path)
    assert loaded.to_bytes() == SMALL.to_bytes() == path.read_bytes()
    assert loaded.probabilities(["Kim"]) == SMALL.probabilities(["Kim"])


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path):
    path = tmp_path / "client.json"
    path.write_text("mine", "utf-8")
    with pytest.raises(CxError, match=r"'client\.json' already exists"):
        SMALL.save(path)
    assert path.read_text("utf-8") == "mine"
    SMALL.save(path, force=True)
    assert load_mention_model(path).threshold == 0.5


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CxError, match=r"'nowhere' cannot be written"):
        SMALL.save(tmp_path / "nowhere" / "client.json")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CxError, match=r"no model file 'gone\.json'\. Give the path .* 'en', 'nl'"):
        load_mention_model(tmp_path / "gone.json")


def test_a_pickle_is_not_opened(tmp_path):
    path = tmp_path / "model.json"
    path.write_bytes(pickle.dumps({"format": "cxdrivers mention model"}))
    with pytest.raises(CxError, match=r"'model\.json' is damaged"):
        load_mention_model(path)


def test_a_file_that_is_cut_off_is_damaged(tmp_path):
    path = tmp_path / "model.json"
    path.write_bytes(SMALL.to_bytes()[:-30])
    with pytest.raises(CxError, match=r"is damaged: part of it is not there .* Copy it again"):
        load_mention_model(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"ngrams": None},
        {"ngrams": {"KIM": 1.0}},
        {"ngrams": {"kimkimkim": 1.0}},
        {"ngrams": {"kim": "a lot"}},
        {"ngrams": {"kim": float("nan")}},
        {"ngrams": [1.0]},
        {"flags": {"explicit": 1.0}},
        {"language": "de"},
        {"threshold": 1.0},
        {"low": 0.9},
        {"intercept": True},
        {"made_of": None},
    ],
)
def test_a_file_in_which_something_cannot_be_is_damaged(tmp_path, changes: dict[str, object]):
    with pytest.raises(CxError, match=r"is damaged"):
        load_mention_model(_saved(tmp_path, **changes))


def test_a_file_of_something_else_is_foreign(tmp_path):
    for content in ("[1, 2]", '{"format": "another"}'):
        path = tmp_path / "other.json"
        path.write_text(content, "utf-8")
        with pytest.raises(CxError, match=r"'other\.json' is no model of mentions\. Give the path"):
            load_mention_model(path)


def test_a_file_of_a_later_version_is_said(tmp_path):
    with pytest.raises(CxError, match=r"has version 2, and this version .* reads version 1\."):
        load_mention_model(_saved(tmp_path, version=2))


def test_a_text_longer_than_those_it_learnt_from_is_not_judged():
    text = " ".join(["kim"] * 12)
    told = SMALL.probabilities([text, f"{text} kim"])
    assert told[0] > 0.5
    assert np.isnan(told[1])
    found = find_mentions([text, f"{text} kim"], language="en", method="model", model=SMALL)
    assert found.mention.tolist() == [True, False]
    assert found.unsure.tolist() == [False, True]


@pytest.mark.parametrize("longest", [0, 3.5, "12"])
def test_a_file_without_a_sound_longest_text_is_damaged(tmp_path: Path, longest: object):
    with pytest.raises(CxError, match=r"damaged|incomplete"):
        load_mention_model(_saved(tmp_path, longest=longest))
