"""The slide of the summary: what fits in letters that can be read, and always how sure it is."""

from __future__ import annotations

from io import BytesIO

import pytest
from pptx import Presentation

from cxdrivers.report.deck.deck_measure import fitting_size
from cxdrivers.report.deck.deck_summary import READABLE, ROOM, room_of, sentences_that_fit
from cxdrivers.wording import say
from tests.report.deck.deck_results import shape_of, slides_of, small_deck, small_sections

FOUND = tuple(f"Finding {place}: " + "so many words to read " * 8 for place in range(8))


def _sure(language: str) -> str:
    return f"How sure this is: rather. {say('summary.association', language)}"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_how_sure_it_is_and_the_cautions_stay_whatever_does_not_fit(language: str):
    needed = (_sure(language), "With care: many gave the same answer.", "There is more to mind.")
    shown = sentences_that_fit((*FOUND, *needed), language)
    assert shown[-3:] == needed
    assert shown[:-3] == FOUND[: len(shown) - 3]
    assert 2 <= len(shown) - 3 < len(FOUND)
    assert fitting_size(shown, *ROOM, (READABLE,)) == READABLE
    more = (*FOUND[: len(shown) - 2], *needed)
    assert fitting_size(more, *ROOM, (READABLE,)) is None


def test_a_short_summary_is_shown_whole_and_a_box_without_room_keeps_the_first_sentence():
    short = ("One thing counts.", "Another less.", _sure("en"))
    assert sentences_that_fit(short, "en") == short
    assert sentences_that_fit((*FOUND, _sure("en")), "en", (900_000, 400_000)) == (
        FOUND[0],
        _sure("en"),
    )


def test_the_notes_have_the_summary_whole_and_the_slide_says_how_sure_it_is():
    sentences = small_sections("nl")["summary"].paragraphs
    slide = slides_of(small_deck("nl"))[1]
    assert slide.notes_slide.notes_text_frame.text.split("\n") == list(sentences)
    shown = shape_of(small_deck("nl"), "summary", "body").text_frame.text.split("\n")
    assert say("summary.association", "nl") in " ".join(shown)
    assert shown == [text for text in sentences if text in shown]


def test_an_update_gives_the_summary_the_room_that_it_has_now():
    deck = Presentation(BytesIO(small_deck()))
    body = next(s for slide in deck.slides for s in slide.shapes if ":summary:body:" in s.name)
    assert room_of(deck) == (body.width, body.height)
    body.width, body.height = 3_000_000, 2_000_000
    assert room_of(deck) == (3_000_000, 2_000_000)
    assert room_of(Presentation()) == ROOM
