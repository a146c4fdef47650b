"""Choose which sentences of the summary a slide holds in letters that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cxdrivers.report.deck.deck_measure import fitting_size
from cxdrivers.report.deck.deck_names import BODY, name_of
from cxdrivers.wording import say

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

SUMMARY = "summary"
READABLE = 14.0
"""Points: smaller letters are not read on a wall."""
ROOM = (11_000_000, 4_300_000)
"""Width and height of the text of a slide in the deck's own layout, in EMU."""

Room = tuple[int, int]


def sentences_that_fit(
    sentences: Sequence[str], language: str, room: Room = ROOM
) -> tuple[str, ...]:
    """Return the first sentences of a summary, and always how sure they are, with the cautions.

    Parameters
    ----------
    sentences, language
        Of the whole summary.
    room
        Width and height of the text, in EMU.
    """
    sure = say("summary.association", language)
    last = max(len(sentences) - 1, 0)
    start = next((place for place, text in enumerate(sentences) if sure in text), last)
    found, needed = tuple(sentences[:start]), tuple(sentences[start:])
    for most in range(len(found), 1, -1):
        chosen = (*found[:most], *needed)
        if fitting_size(chosen, *room, (READABLE,)) is not None:
            return chosen
    return (*found[:1], *needed)


def room_of(deck: Deck) -> Room:
    """Return the room that a deck has for its summary now."""
    for slide in deck.slides:
        for shape in slide.shapes:
            name = name_of(shape.name)
            if name is not None and (name.stem, name.part) == (SUMMARY, BODY):
                return int(shape.width), int(shape.height)
    return ROOM
