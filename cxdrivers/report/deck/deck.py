"""Write a report as a PowerPoint deck, and bring an earlier deck up to date."""

from __future__ import annotations

from collections.abc import Sequence

from cxdrivers.report.deck.deck_checks import slides_needed
from cxdrivers.report.deck.deck_pages import pages_of
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section

EVERY = 1_000
"""Slides: an earlier deck may have one that would now be spared."""


def deck_bytes(
    results: Results, sections: Sequence[Section], language: str, *, template: bytes | None = None
) -> bytes:
    """Return a report as a PowerPoint file: a slide an answer, with charts that can be edited.

    Parameters
    ----------
    results, sections
        Of one run, the sections in the language of the deck.
    language
        Of words and numbers.
    template
        A ``.pptx`` or ``.potx`` file of the client: the deck stands in its layouts, colours and
        fonts, without its slides.

    Raises
    ------
    CxError
        When the template cannot be read or has no layout with a title, or a package is missing.
    """
    with slides_needed():
        from cxdrivers.report.deck.deck_base import (  # noqa: PLC0415  (extra `report`)
            blank_deck,
            drop_leftovers,
            emptied,
        )
        from cxdrivers.report.deck.deck_frames import frame_of  # noqa: PLC0415
        from cxdrivers.report.deck.deck_slides import add_answer_slide, add_title_slide  # noqa: PLC0415
        from cxdrivers.report.deck.package import day_of, opened, plain, written  # noqa: PLC0415
    deck = blank_deck() if template is None else emptied(opened(template))
    drop_leftovers(deck)
    created, frame = day_of(results.date), frame_of(deck)
    room = (frame.body.width, frame.body.height)
    title, *answers = pages_of(results, sections, language, room=room)
    add_title_slide(deck, frame, title, language)
    for page in answers:
        add_answer_slide(deck, frame, page, created=created, language=language)
    known = deck.core_properties
    known.title, known.author = plain(title.headline)[:255], "cxdrivers"
    known.language = language
    known.last_modified_by, known.comments, known.revision = "cxdrivers", "", 1
    known.created = known.modified = created.replace(tzinfo=None)
    return written(deck)


def updated_deck(
    old: bytes, results: Results, sections: Sequence[Section], language: str
) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """Return an earlier deck with new numbers, and what was changed and what was left.

    Charts, tables and pictures that were made here get the new numbers wherever they were moved.
    Texts that nobody changed are refreshed; those that somebody did stay as they are, and so does
    everything else.

    Parameters
    ----------
    old
        A deck that `deck_bytes` wrote, with whatever was done to it since.
    results, sections, language
        As in `deck_bytes`.

    Returns
    -------
    tuple
        The deck; then the names of what was changed and of what was left, such as
        ``2: weights chart``, with the number of the slide.

    Raises
    ------
    CxError
        When the file cannot be read, has nothing in it that was made here, or is in another
        language.
    """
    with slides_needed():
        from cxdrivers.report.deck.deck_summary import room_of  # noqa: PLC0415  (extra `report`)
        from cxdrivers.report.deck.deck_update import refresh  # noqa: PLC0415
        from cxdrivers.report.deck.package import day_of, opened, written  # noqa: PLC0415
    deck, day = opened(old), day_of(results.date)
    shown = pages_of(results, sections, language, most=EVERY, room=room_of(deck))
    pages = {page.stem: page for page in shown}
    changed, left = refresh(deck, pages, created=day, language=language)
    deck.core_properties.modified = day.replace(tzinfo=None)
    return written(deck), changed, left
