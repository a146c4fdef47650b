"""A deck in a client's own template: its layouts, colours, fonts and size, not its slides."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

import cxdrivers as cx
from cxdrivers.report.deck.deck import deck_bytes
from cxdrivers.report.deck.deck_frames import frame_of
from tests.report.deck.deck_results import parts_of, slides_of, small_results, small_sections

SECTION_LIST = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"/></p:extLst>'
)

BAR = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="77" name="Bar"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
    '<a:off x="7315200" y="0"/><a:ext cx="914400" cy="6858000"/></a:xfrm></p:spPr></p:sp>'
)
"""Down the whole slide, eight inches from the left."""


def _deck(template: bytes) -> bytes:
    return deck_bytes(
        small_results(), tuple(small_sections("nl").values()), "nl", template=template
    )


def _saved(deck: Any) -> bytes:
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _template() -> Any:
    """Return PowerPoint's old default of 4:3 with a slide of the client's."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "A secret of the client"
    slide.notes_slide.notes_text_frame.text = "Another secret"
    return deck


def _as_potx(content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"presentation.main+xml", b"template.main+xml"))
    return buffer.getvalue()


def test_a_deck_stands_in_the_layouts_and_the_size_of_the_template():
    deck = Presentation(BytesIO(_deck(_saved(_template()))))
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    names = [slide.slide_layout.name for slide in deck.slides]
    assert names == ["Title Slide"] + ["Title Only"] * (len(names) - 1)
    theme = dict(parts_of(_deck(_saved(_template()))))["ppt/theme/theme1.xml"]
    assert b'val="4F81BD"' in theme


def test_no_slide_of_the_template_and_nothing_of_it_is_left():
    parts = dict(parts_of(_deck(_saved(_template()))))
    assert not [name for name, part in parts.items() if b"secret" in part]
    assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & parts.keys()


def test_a_template_file_of_powerpoint_gives_the_same_deck():
    content = _saved(_template())
    assert _deck(_as_potx(content)) == _deck(content)


def test_sections_and_shows_of_the_template_that_name_slides_are_taken_out():
    template = _template()
    template.element.append(etree.fromstring(SECTION_LIST))
    assert b"521415D9" in dict(parts_of(_saved(template)))["ppt/presentation.xml"]
    assert b"521415D9" not in dict(parts_of(_deck(_saved(template))))["ppt/presentation.xml"]


def test_everything_keeps_to_the_slide_and_below_the_title():
    for slide in slides_of(_deck(_saved(_template())))[1:]:
        title, *others = [s for s in slide.shapes if s.name.startswith("cxdrivers:")]
        numbered = [shape for shape in others if "number" not in shape.name]
        assert all(shape.top >= title.top + title.height for shape in numbered)
        assert all(shape.left + shape.width <= 9_144_000 for shape in numbered)
        assert all(shape.top + shape.height <= 6_858_000 for shape in numbered)


def test_a_title_that_leaves_no_room_is_moved_up():
    template = Presentation()
    layout = template.slide_layouts.get_by_name("Title Only")
    layout.placeholders[0].top, layout.placeholders[0].height = Inches(5), Inches(1)
    layout.placeholders[0].left, layout.placeholders[0].width = Inches(1), Inches(8)
    frame = frame_of(template)
    assert frame.moved
    assert frame.body.height > 0.5 * template.slide_height
    slide = slides_of(_deck(_saved(template)))[2]
    assert slide.shapes.title.top < Inches(1)


def test_below_a_title_beside_a_logo_the_slide_is_used_up_to_what_is_drawn_there():
    template = Presentation()
    layout = template.slide_layouts.get_by_name("Title Only")
    title = layout.placeholders[0]
    title.left, title.top, title.width, title.height = map(Inches, (0.5, 0.3, 6.5, 1.2))
    assert frame_of(template).body.width == Inches(9)
    bar = etree.fromstring(BAR, layout.element.getroottree().parser)
    layout.shapes._spTree.append(bar)
    body = frame_of(template).body
    assert Inches(6.5) < body.width < Inches(7.5)
    assert body.left + body.width < Inches(8)


def test_without_a_title_only_layout_the_emptiest_with_a_title_is_used_and_emptied():
    template = Presentation()
    for layout in list(template.slide_layouts):
        if layout.name not in {"Two Content", "Comparison"}:
            template.slide_layouts.remove(layout)
    content = _deck(_saved(template))
    assert {slide.slide_layout.name for slide in slides_of(content)} == {"Two Content"}
    for slide in slides_of(content):
        assert [s for s in slide.placeholders if not s.name.startswith("cxdrivers:")] == []


def test_a_template_without_titles_is_refused():
    template = Presentation()
    for layout in list(template.slide_layouts):
        if layout.name != "Blank":
            template.slide_layouts.remove(layout)
    expected = (
        r"^None of the 1 layouts of the template has a title\. Give the slide master a layout"
    )
    with pytest.raises(cx.CxError, match=expected):
        _deck(_saved(template))
