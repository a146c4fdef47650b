"""Write pages as slides: headline, chart or table, source, notes and number."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from matplotlib.figure import Figure
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck

from cxdrivers.charts.style import png_of
from cxdrivers.report.deck.deck_charts import add_chart
from cxdrivers.report.deck.deck_frames import Box, Frame, placeholders
from cxdrivers.report.deck.deck_measure import INSET, fitting_size
from cxdrivers.report.deck.deck_names import (
    BODY,
    CHART,
    HEADLINE,
    KICKER,
    NOTES,
    PICTURE,
    SOURCE,
    TABLE,
    TITLE,
    named,
)
from cxdrivers.report.deck.deck_pages import Page, source_line
from cxdrivers.report.deck.deck_tables import add_table
from cxdrivers.report.deck.deck_text import LANGUAGE_TAGS, write_text
from cxdrivers.report.deck.package import plain

HEADLINE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
BODY_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 10.0)
KICKER_SIZE, SOURCE_SIZES = 14.0, (11.0, 10.0, 9.0, 8.0)
DOTS_PER_INCH = 200
SMALLEST_TITLE = 12.0


def add_title_slide(deck: Deck, frame: Frame, page: Page, language: str) -> None:
    """Add the first slide: the title, and under it how many respondents, when, and a note."""
    slide = deck.slides.add_slide(frame.opening)
    title = slide.shapes.title
    sizes = (44.0, 40.0, 36.0, 32.0, *HEADLINE_SIZES)
    _write_title(title, page.headline, sizes, language)
    title.name = named(page.stem, TITLE, language, page.headline)
    below = placeholders(slide, (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY))
    text = "\n".join(page.paragraphs)
    if below:
        shape = below[0]
        size = fitting_size(page.paragraphs, shape.width, shape.height, BODY_SIZES[4:])
        write_text(shape.text_frame, page.paragraphs, language, size=size or BODY_SIZES[-1])
        shape.name = named(page.stem, BODY, language, text)
    else:
        _add_text(slide, frame.body, page.paragraphs, (page.stem, BODY, language), BODY_SIZES[4:])
    _finish(slide, frame, page, language, numbered=False)


def add_answer_slide(
    deck: Deck, frame: Frame, page: Page, *, created: datetime, language: str
) -> None:
    """Add the slide of an answer: its headline, what shows it, and where the numbers come from."""
    slide = deck.slides.add_slide(frame.answer)
    title = slide.shapes.title
    if frame.moved:
        title.left, title.top, title.width, title.height = frame.title.place
    _write_title(title, page.headline, HEADLINE_SIZES, language)
    title.name = named(page.stem, HEADLINE, language, page.headline)
    if page.kicker:
        place = (page.stem, KICKER, language)
        _add_text(slide, frame.kicker, (page.kicker,), place, (KICKER_SIZE, 12.0), muted=True)
    page = replace(page, shown=_show(slide, frame.body, page, created, language))
    source = source_line(page, language)
    if source:
        place = (page.stem, SOURCE, language)
        _add_text(slide, frame.source, (source,), place, SOURCE_SIZES, muted=True)
    _finish(slide, frame, page, language, numbered=True)


def describe(shape: Any, text: str) -> None:
    """Tell a screen reader what a shape shows."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", plain(text))


def _show(slide: Any, body: Box, page: Page, created: datetime, language: str) -> int:
    """Put on a slide what it shows and return how many rows or bars that is."""
    shown = page.shown
    if page.native is not None:
        shape = add_chart(slide.shapes, body.place, page.native, created=created, language=language)
        part = CHART
    elif page.figure is not None:
        shape, part = _add_picture(slide, body, page.figure), PICTURE
    elif page.table is not None:
        shape, shown = add_table(slide.shapes, _inset(body), page.table, language)
        part = TABLE
    else:
        _add_text(slide, body, page.paragraphs, (page.stem, BODY, language), BODY_SIZES)
        return shown
    shape.name = named(page.stem, part, language)
    describe(shape, page.alt)
    return shown


def _inset(box: Box) -> Box:
    """Return a box whose edge is in line with the letters of a text in the box given."""
    return replace(box, left=box.left + INSET, width=box.width - 2 * INSET)


def _add_picture(slide: Any, body: Box, figure: Figure) -> Any:
    width, height = figure.get_size_inches()
    scale = min(body.width / width, body.height / height)
    size = (int(width * scale), int(height * scale))
    left = body.left + (body.width - size[0]) // 2
    top = body.top + (body.height - size[1]) // 2
    return slide.shapes.add_picture(
        BytesIO(png_of(figure, dots_per_inch=DOTS_PER_INCH)), left, top, *size
    )


def _write_title(shape: Any, text: str, sizes: tuple[float, ...], language: str) -> None:
    size = fitting_size((text,), shape.width, shape.height, sizes) or SMALLEST_TITLE
    write_text(shape.text_frame, (text,), language, size=size)


def _add_text(
    slide: Any,
    box: Box,
    paragraphs: tuple[str, ...],
    place: tuple[str, str, str],
    sizes: tuple[float, ...],
    *,
    muted: bool = False,
) -> None:
    stem, part, language = place
    shape = slide.shapes.add_textbox(*box.place)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    size = fitting_size(paragraphs, box.width, box.height, sizes) or sizes[-1]
    write_text(frame, paragraphs, language, size=size, muted=muted)
    shape.name = named(stem, part, language, "\n".join(paragraphs))


def _finish(slide: Any, frame: Frame, page: Page, language: str, *, numbered: bool) -> None:
    """Take out places that stayed empty, write the notes, and number the slide."""
    for shape in list(slide.placeholders):
        if shape.has_text_frame and not shape.name.startswith("cxdrivers:"):
            shape._element.getparent().remove(shape._element)
    notes = slide.notes_slide
    write_text(notes.notes_text_frame, page.notes, language)
    notes.notes_placeholder.name = named(page.stem, NOTES, language, "\n".join(page.notes))
    if numbered:
        slide.shapes._spTree.append(_number(slide, frame, language))


def _number(slide: Any, frame: Frame, language: str) -> Any:
    """Return a slide number: as the layout has it, or in the corner when it has none."""
    found = placeholders(slide.slide_layout, (PP_PLACEHOLDER.SLIDE_NUMBER,))
    if found:
        element = deepcopy(found[0]._element)
    else:
        left, top, width, height = frame.number.place
        element = parse_xml(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='0' name=''/>"
            "<p:cNvSpPr txBox='1'/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>"
            f"<a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/></a:xfrm>"
            "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>"
            "<a:lstStyle/><a:p><a:pPr algn='r'/>"
            "<a:fld id='{C1FF6DA9-008F-8B48-92A6-B652298478BF}' type='slidenum'>"
            "<a:rPr sz='1100'/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>"
        )
    properties = element.xpath(".//p:cNvPr")[0]
    properties.set("id", str(1 + max(shape.shape_id for shape in slide.shapes)))
    properties.set("name", f"cxdrivers:number:{language}")
    for run in element.iter(qn("a:rPr"), qn("a:endParaRPr")):
        run.set("lang", LANGUAGE_TAGS[language])
    return element
