"""Tests of `cxdrivers.mentions.mentions_result`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import CxError
from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.found_spans import Span
from cxdrivers.mentions.mentions_result import Mentions
from tests.mentions.small_lexicons import dutch
from tests.mentions.test_detector import Scorer

TEXTS = [
    "Monteur top, Kim ook",
    "Mijn monteur; prima geholpen",
    "Geen enkele monteur",
    "Helpdesk bot",
    "Wie weet?",
    "Super!",
    "Kim was bot",
    None,
]


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    return find_mentions(TEXTS, language="nl", lexicon=dutch(), model=Scorer())


def test_the_table_of_texts_has_a_row_for_each(mentions: Mentions):
    tidy = mentions.tidy()
    assert tidy.columns.tolist() == [
        "explicit", "implicit", "absent", "service_noun", "mention", "unsure", "polarity",
        "probability", "found_by", "language", "spans", "rules",
    ]  # fmt: skip
    assert tidy["mention"].tolist() == [True, True, False, False, False, True, True, False]
    assert tidy["spans"][0] == (Span(0, 7, "explicit", "role"), Span(13, 16, "explicit", "name"))
    assert tidy["spans"][1] == (Span(20, 28, "implicit", "helped"),)
    assert tidy["rules"][0] == ("role", "name")
    assert tidy["language"].tolist() == ["nl"] * 7 + [""]
    np.testing.assert_array_equal(tidy["polarity"], [1, 0, np.nan, np.nan, np.nan, 0, -1, np.nan])
    tidy["mention"] = False
    assert mentions.mention.any()


def test_masks_are_kept_for_who_audits(mentions: Mentions):
    assert mentions.found[1][0] == Span(0, 12, "mask", "own")
    assert 'class="mask"' in mentions.marked([1])


def test_the_table_counts_texts_among_those_with_words(mentions: Mentions):
    table = mentions.table()
    assert table.columns.tolist() == ["found", "n", "share"]
    assert dict(zip(table["found"], table["n"], strict=True)) == {
        "an employee is mentioned": 4,
        "by a role, a person, a name or a team": 2,
        "only by a pronoun, a passive or a human quality": 1,
        "by the model only": 1,
        "nobody could be reached": 1,
        "a service as a noun": 1,
        "the model cannot tell": 1,
        "a positive mention": 1,
        "a negative mention": 1,
    }
    assert table["share"][0] == "57\u00a0%"
    assert mentions.table("nl")["gevonden"][3] == "alleen door het model"


def test_the_summary_says_what_was_found_and_by_what(mentions: Mentions):
    assert mentions.summary() == (
        "In 4 of 7 texts with words (57\u00a0%) an employee is mentioned. Tone of these mentions: "
        "1 positive, 1 negative, 2 neither. 1 text says that nobody could be reached or was "
        "there. Of 1 text the model cannot tell; read it. Found by the lexicon, the model, or "
        "both. Label a sample of texts by hand to know how many mentions they miss."
    )
    assert mentions.summary("nl").startswith(
        "In 4 van 7 teksten met woorden (57\u00a0%) wordt een medewerker genoemd."
    )


@pytest.mark.parametrize("method", ["lexicon", "model"])
def test_the_summary_names_the_method(method: str):
    found = find_mentions(
        ["Super", "Geen monteur", "Geen monteur"],
        language="nl", method=method, lexicon=dutch(), model=Scorer(),
    )  # fmt: skip
    assert found.summary() == (
        "In 0 of 3 texts with words (0\u00a0%) an employee is mentioned. 2 texts say that nobody "
        f"could be reached or was there. Found by the {method}. Label a sample of texts by hand "
        "to know how many mentions it misses."
    )


def test_texts_without_a_word_have_no_share():
    nothing = find_mentions([None, "..."], language="nl", method="lexicon", lexicon=dutch())
    assert nothing.summary() == "None of the 2 texts holds a word."
    assert nothing.summary("nl") == "Geen van de 2 teksten bevat een woord."
    assert set(nothing.table()["share"]) == {"–"}
    assert len(nothing._repr_html_()) > 0


def test_a_notebook_shows_the_first_texts_and_nothing_in_them_works():
    texts = ["<script>alert(1)</script> Kim"] * 12
    found = find_mentions(texts, language="nl", method="lexicon", lexicon=dutch())
    shown = found._repr_html_()
    assert shown.count('title="mention: name"') == 10
    assert "<script" not in shown
    assert found.marked().count('title="mention: name"') == 12


def test_the_first_lines_are_what_is_printed(mentions: Mentions):
    assert repr(mentions).startswith("In 4 of 7 texts with words (57\u00a0%)")


def test_only_rows_that_are_there_can_be_marked(mentions: Mentions):
    with pytest.raises(CxError, match=r"^rows names row 8, but the 8 texts are counted from 0"):
        mentions.marked([8])
