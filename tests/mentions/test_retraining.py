"""Models of a client's own labels, and the models that ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.mentions.__main__ import main
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.mention_model import FLAGS, load_mention_model
from cxdrivers.mentions.retraining import lexicon_flags, retrain_mentions
from cxdrivers.mentions.training import MentionTraining

SHIPPED = Path(__file__).parents[2] / "cxdrivers" / "mentions" / "models"
PRAISE = ["sorted my {}", "was a star about the {}", "kept me posted on the {}"]
THINGS = ["meter", "boiler", "contract", "refund", "parcel", "booking", "router", "claim"]


def _labels() -> pd.DataFrame:
    """Return what a client labelled who calls his employees zorbians."""
    with_mention = [f"A zorbian {praise.format(thing)}" for praise in PRAISE for thing in THINGS]
    without = [f"The {thing} {rest}" for thing in THINGS for rest in ("broke", "is dear", "works")]
    texts = [*with_mention, *without]
    return pd.DataFrame(
        {"text": texts, "label": [1] * len(with_mention) + [0] * len(without), "stands_for": 2.0}
    )


@pytest.fixture(scope="module")
def retrained() -> MentionTraining:
    return retrain_mentions(_labels(), language="en")


def test_a_client_teaches_his_own_words(retrained):
    text = ["the zorbian phoned"]
    assert load_mention_model("en").probabilities(text) < retrained.model.probabilities(text)
    assert retrained.model.probabilities(text) > 0.5


def test_figures_and_band_are_those_of_the_clients_texts_left_out(retrained):
    labels = _labels()
    assert retrained.labels.tolist() == (labels["label"] == 1).tolist()
    assert len(retrained.probabilities) == len(labels)
    outside_above = retrained.probabilities >= retrained.model.high
    outside_below = retrained.probabilities < retrained.model.low
    assert retrained.labels[outside_above].mean() >= 0.95
    assert (~retrained.labels[outside_below]).mean() >= 0.95


def test_the_model_says_what_it_was_made_of(retrained):
    shipped = load_mention_model("en").made_of
    labels = _labels()["label"]
    assert retrained.model.made_of == {
        "texts": shipped["texts"] + len(labels),
        "mentions": shipped["mentions"] + int(labels.sum()),
        "voices": shipped["voices"] + len(labels),
        "own_texts": 48,
        "own_mentions": 24,
    }


def test_a_retrained_model_is_used_to_find_mentions(retrained, tmp_path):
    path = tmp_path / "client.json"
    retrained.model.save(path)
    texts = ["A zorbian sorted my heat pump", "The heat pump broke"]
    found = find_mentions(texts, language="en", method="model", model=path)
    assert found.mention.tolist() == [True, False]


def test_a_text_with_two_labels_is_refused():
    labels = _labels()
    torn = pd.concat([labels, labels.iloc[[0]].assign(label=0)])
    with pytest.raises(FitError, match=r"1 text is labelled both 1 and 0: 'A zorbian sorted my"):
        retrain_mentions(torn, language="en")


def test_few_labels_are_refused():
    with pytest.raises(FitError, match=r"Only 24 texts with and 19 without a mention are labelled"):
        retrain_mentions(_labels().iloc[:43], language="en")


def test_a_goal_that_cannot_be_is_refused():
    with pytest.raises(FitError, match=r"goal is 95\. It must lie between 0\.5 and 1"):
        retrain_mentions(_labels(), language="en", goal=95)


def test_flags_are_what_the_lexicon_finds():
    texts = ["De monteur was aardig", "Te duur", "Geen mens te bereiken"]
    found = find_mentions(texts, language="nl", method="lexicon")
    flags = lexicon_flags(texts, "nl")
    assert flags.shape == (3, len(FLAGS))
    for place, flag in enumerate(FLAGS):
        assert (flags[:, place] == getattr(found, flag)).all()
    assert flags[0, 0]
    assert not flags[1].any()


@pytest.mark.slow
def test_the_command_writes_the_very_bytes_that_ship(tmp_path):
    main([str(tmp_path)])
    for name in ("en.json", "nl.json"):
        assert (tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes()


@pytest.mark.parametrize(("language", "texts", "voices"), [("en", 970, 45), ("nl", 2000, 80)])
def test_what_ships_was_made_of_the_shipped_motivations(language: str, texts: int, voices: int):
    made_of = load_mention_model(language).made_of
    assert (made_of["texts"], made_of["voices"]) == (texts, voices)


def test_the_command_says_that_it_cannot_write(tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main([str(tmp_path / "nowhere")])
    assert left.value.code == 2
    assert "'nowhere' cannot be written" in capsys.readouterr().err


def test_the_probability_of_a_text_does_not_hang_on_the_texts_beside_it():
    model = load_mention_model("en")
    texts = ["Kim was lovely", "Too dear", "nobody picked up"]
    flags = lexicon_flags(texts, "en")
    alone = [model.probabilities([t], flags[[i]]).item() for i, t in enumerate(texts)]
    np.testing.assert_allclose(model.probabilities(texts, flags), alone)
