"""The labelled motivations that ship with the package."""

from __future__ import annotations

from pathlib import Path

from cxdrivers.mentions.motivations import MOTIVATIONS, load_motivations

SHIPPED = Path(__file__).parents[2] / "datasets" / MOTIVATIONS
WITH = {"role", "person", "named", "collective", "colleague", "implicit"}
WITHOUT = {"absent", "service", "false", "none"}


def test_there_are_enough_texts_in_many_voices_of_both_languages():
    by_language = load_motivations().groupby("language")
    assert by_language.size().to_dict() == {"en": 970, "nl": 2000}
    assert by_language["voice"].nunique().to_dict() == {"en": 45, "nl": 80}
    assert by_language["mention"].mean().between(0.45, 0.55).all()


def test_the_file_is_the_same_on_every_system():
    content = SHIPPED.read_bytes()
    assert b"\r" not in content
    assert content.decode("utf-8").endswith("\n")


def test_labels_are_what_they_can_be():
    rows = load_motivations()
    assert set(rows["mention"]) == set(rows["absent"]) == {0, 1}
    assert rows["score"].between(1, 10).all()
    assert (rows["text"].str.strip() != "").all()


def test_labels_agree_with_each_other():
    rows = load_motivations()
    mention = rows["mention"] == 1
    assert rows["kind"].isin(WITH)[mention].all()
    assert rows["kind"].isin(WITHOUT)[~mention].all()
    assert rows["polarity"].isin({"positive", "negative", "neutral"})[mention].all()
    assert (rows["polarity"][~mention] == "").all()
    assert ((rows["kind"] == "absent") == (~mention & (rows["absent"] == 1))).all()


def test_the_same_words_have_the_same_label():
    by_text = load_motivations().groupby(["language", "text"])
    assert (by_text["mention"].nunique() == 1).all()
    assert (by_text["absent"].nunique() == 1).all()


def test_hard_negatives_are_there():
    kinds = load_motivations()["kind"].value_counts()
    assert kinds["false"] > 300
    assert kinds["service"] > 150
    assert kinds["absent"] > 150
