"""Tests of the study of mentions: its counts, and that the documents say what is measured now."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from cxdrivers.mentions.motivations import load_motivations
from tests.studies.mentions import (
    GOAL,
    NAMES,
    Found,
    counted,
    kinds_table,
    page,
    unseen_counts,
    unseen_motivations,
    unseen_table,
    verdict,
)

DOCS = Path(__file__).parents[2] / "docs"


def test_precision_is_of_what_is_found_and_recall_of_what_is_there():
    found = np.array([True, True, True, False])
    assert counted(found, [1, 0, 1, 1]) == Found(right=2, found=3, there=3)
    assert Found(2, 3, 4).precision == pytest.approx(2 / 3)
    assert Found(2, 3, 4).recall == 0.5


def test_no_unseen_text_is_among_those_that_the_rules_were_made_with():
    def plain(texts: list[str]) -> set[str]:
        return {re.sub(r"\W+", " ", text).strip().casefold() for text in texts}

    unseen, seen = unseen_motivations(), load_motivations()
    assert not plain(unseen["text"].tolist()) & plain(seen["text"].tolist())
    assert not set(unseen["voice"]) & set(seen["voice"])
    assert unseen.groupby("language").size().to_dict() == {"en": 120, "nl": 230}


def test_the_page_says_what_is_found_in_the_unseen_texts_today():
    shown = (DOCS / "mention-detection.md").read_text("utf-8")
    assert unseen_table() in shown
    assert verdict() in shown
    assert kinds_table() in shown


def test_the_methods_give_the_figures_of_the_unseen_texts():
    methods = " ".join((DOCS / "methods.md").read_text("utf-8").split())
    for language, name in NAMES.items():
        both = unseen_counts(language)["both"]
        told = f"in {name} precision {both.precision:.2f} and recall {both.recall:.2f}"
        assert told.replace(" 0.", " .") in methods


def test_the_verdict_names_every_goal_in_every_language():
    assert verdict().count("precision") == verdict().count("recall") == len(NAMES)
    assert set(GOAL) == {"precision", "recall"}


@pytest.mark.slow
def test_the_page_is_what_the_command_writes():
    assert (DOCS / "mention-detection.md").read_text("utf-8") == page()
