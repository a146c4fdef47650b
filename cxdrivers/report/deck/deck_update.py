"""Bring what a deck shows up to date and leave what somebody wrote in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck

from cxdrivers.charts.style import png_of
from cxdrivers.errors import CxError
from cxdrivers.report.deck.deck_charts import refresh_chart
from cxdrivers.report.deck.deck_names import (
    BODY,
    CHART,
    HEADLINE,
    KICKER,
    NOTES,
    PICTURE,
    SHOWN,
    SOURCE,
    TABLE,
    TEXTS,
    TITLE,
    Name,
    digest_of,
    name_of,
    named,
)
from cxdrivers.report.deck.deck_pages import Page, source_line
from cxdrivers.report.deck.deck_slides import DOTS_PER_INCH, describe
from cxdrivers.report.deck.deck_tables import refresh_table
from cxdrivers.report.deck.deck_text import rewrite_text, said, shrink_text
from cxdrivers.wording import say


@dataclass(frozen=True, eq=False)
class Found:
    """A shape that was made here, wherever it now is."""

    slide: int
    shape: Any
    holder: Any
    name: Name


def refresh(
    deck: Deck, pages: Mapping[str, Page], *, created: datetime, language: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Bring a deck up to date in place and tell what was changed and what was left, by slide.

    Parameters
    ----------
    deck
        As it was read.
    pages
        What its slides would be now, by stem.
    created, language
        The date of the workbooks behind charts; of the words.

    Raises
    ------
    CxError
        When nothing in it was made here, or in another language.
    """
    language_of_deck(deck, language)
    found = list(_found(deck))
    done = [_refreshed(one, pages, created, language) for one in found]
    stale = {
        (one.slide, one.name.stem)
        for one, shown in zip(found, done, strict=True)
        if one.name.part in SHOWN and not shown
    }
    for place, one in enumerate(found):
        if one.name.part in TEXTS and (one.slide, one.name.stem) not in stale:
            done[place] = _text_refreshed(one, pages, language)
    changed = [one for one, shown in zip(found, done, strict=True) if shown]
    left = [one for one, shown in zip(found, done, strict=True) if not shown]
    return _told(changed, language), _told(left, language)


def language_of_deck(deck: Deck, language: str | None = None) -> str:
    """Return the language of what was made here, which must be the one that is asked for.

    Raises
    ------
    CxError
        When nothing in it was made here, or in another language.
    """
    spoken = list(dict.fromkeys(one.name.language for one in _found(deck)))
    if not spoken:
        raise CxError("deck_not_ours", slides=len(deck.slides))
    asked = language or spoken[0]
    other = next((one for one in spoken if one != asked), None)
    if other is not None:
        raise CxError("deck_language", found=other, asked=asked)
    return asked


def _found(deck: Deck) -> Iterator[Found]:
    for number, slide in enumerate(deck.slides, start=1):
        for shape in _shapes(slide.shapes):
            name = name_of(shape.name)
            if name is not None:
                yield Found(number, shape, slide, name)
        if slide.has_notes_slide:
            for shape in slide.notes_slide.shapes:
                name = name_of(shape.name)
                if name is not None:
                    yield Found(number, shape, slide.notes_slide, name)


def _told(found: Iterable[Found], language: str) -> tuple[str, ...]:
    """Return a line a slide: which of its parts these are."""
    lines: dict[int, list[str]] = {}
    for one in found:
        lines.setdefault(one.slide, []).append(say(f"deck.part.{one.name.part}", language))
    return tuple(
        say("deck.on_slide", language, slide=slide, parts=", ".join(parts))
        for slide, parts in lines.items()
    )


def _shapes(shapes: Any) -> Iterator[Any]:
    """Yield shapes, those in groups too."""
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)


def _refreshed(found: Found, pages: Mapping[str, Page], created: datetime, language: str) -> bool:
    """Give a chart, picture or table the new numbers, unless there are none for it."""
    shape, part, page = found.shape, found.name.part, pages.get(found.name.stem)
    if page is None:
        return False
    if part == CHART and page.native is not None and _has_categories(shape):
        refresh_chart(shape, page.native, created=created, language=language)
    elif part == PICTURE and page.figure is not None and shape._element.tag == qn("p:pic"):
        picture = BytesIO(png_of(page.figure, dots_per_inch=DOTS_PER_INCH))
        _, name = found.holder.part.get_or_add_image_part(picture)
        shape._element.blipFill.blip.rEmbed = name
    elif part == TABLE and page.table is not None and getattr(shape, "has_table", False):
        if not refresh_table(shape.table, page.table, language):
            return False
    else:
        return False
    describe(shape, page.alt)
    return True


def _text_refreshed(found: Found, pages: Mapping[str, Page], language: str) -> bool:
    """Refresh a text, unless somebody changed it or there is nothing to say in its place."""
    shape, page = found.shape, pages.get(found.name.stem)
    paragraphs = () if page is None else _paragraphs(page, found.name.part, language)
    if not shape.has_text_frame or not paragraphs:
        return False
    if digest_of(said(shape.text_frame)) != found.name.digest:
        return False
    rewrite_text(shape.text_frame, paragraphs, language)
    if found.name.part != NOTES:
        shrink_text(shape, paragraphs)
    shape.name = named(found.name.stem, found.name.part, language, "\n".join(paragraphs))
    return True


def _paragraphs(page: Page, part: str, language: str) -> tuple[str, ...]:
    source = source_line(page, language)
    one = {TITLE: page.headline, HEADLINE: page.headline, KICKER: page.kicker, SOURCE: source}
    many = {BODY: page.paragraphs, NOTES: page.notes}
    return many[part] if part in many else tuple(text for text in (one[part],) if text)


def _has_categories(shape: Any) -> bool:
    """Return whether a chart still is one of bars, columns or lines."""
    if not getattr(shape, "has_chart", False):
        return False
    plots = list(shape.chart.plots)
    return bool(plots) and all(
        plot._element.tag in {qn("c:barChart"), qn("c:lineChart")} for plot in plots
    )
