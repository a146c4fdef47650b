"""Make the presentation that a deck stands in when a client gives no template, or empty theirs."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches

from cxdrivers.charts.style import ACCENT, FAINT, INK, MUTED
from cxdrivers.report.deck.deck_frames import TITLES, placeholders

WIDTH, HEIGHT = 12_192_000, 6_858_000
"""16:9, in EMU."""
FONT = "Arial"
"""Of the theme: it is there, or has a twin of the same widths, on every system."""
COLOURS = {
    "dk1": INK,
    "lt1": "#ffffff",
    "dk2": ACCENT,
    "lt2": FAINT,
    "accent1": ACCENT,
    "accent2": MUTED,
    "accent3": "#c98b2b",
    "accent4": "#5b8c5a",
    "accent5": "#8a5a83",
    "accent6": INK,
}
PLACES: dict[PP_PLACEHOLDER, tuple[float, float, float, float]] = {
    PP_PLACEHOLDER.TITLE: (0.6, 0.35, 12.13, 1.15),
    PP_PLACEHOLDER.CENTER_TITLE: (0.9, 2.0, 11.5, 1.7),
    PP_PLACEHOLDER.SUBTITLE: (0.9, 3.9, 11.5, 1.5),
    PP_PLACEHOLDER.BODY: (0.6, 1.9, 12.13, 4.6),
    PP_PLACEHOLDER.DATE: (0.6, 7.0, 2.0, 0.35),
    PP_PLACEHOLDER.FOOTER: (3.0, 7.0, 7.3, 0.35),
    PP_PLACEHOLDER.SLIDE_NUMBER: (11.73, 7.0, 1.0, 0.35),
}
BAND = (
    f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='99' name='Band' descr=''/><p:cNvSpPr/>"
    "<p:nvPr userDrawn='1'/></p:nvSpPr><p:spPr><a:xfrm><a:off x='0' y='0'/>"
    f"<a:ext cx='320040' cy='{HEIGHT}'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
    "<a:solidFill><a:schemeClr val='accent1'/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>"
    "</p:sp>"
)
"""A band of colour down the left of the title slide."""
KEPT = ("title", "titleOnly")
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""PowerPoint's name for the list of sections, which names slides."""


def blank_deck() -> Deck:
    """Return an empty presentation of 16:9: a title slide, a slide with a title, our theme."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    deck.element.find(qn("p:sldSz")).attrib.pop("type", None)
    master = deck.slide_master
    for layout in list(master.slide_layouts):
        if layout.element.get("type") not in KEPT:
            master.slide_layouts.remove(layout)
    for holder in (master, *master.slide_layouts):
        for shape in holder.placeholders:
            _place(shape)
    for shape in (*placeholders(master, TITLES), *_opening_titles(master)):
        properties = shape.text_frame._txBody.find(qn("a:bodyPr"))
        properties.set("anchor", "b")
        for child in list(properties):
            properties.remove(child)
    for layout in master.slide_layouts:
        if placeholders(layout, (PP_PLACEHOLDER.CENTER_TITLE,)):
            layout.shapes._spTree.insert(2, parse_xml(BAND))
    _set_title_style(master)
    _set_theme(master)
    return deck


def emptied(deck: Deck) -> Deck:
    """Take the slides out of a presentation; masters, layouts and theme stay."""
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)
    root = deck.element
    for shows in root.findall(qn("p:custShowLst")):
        root.remove(shows)
    for extension in root.iter(qn("p:ext")):
        if extension.get("uri") == SECTIONS:
            extension.getparent().remove(extension)
            break
    return deck


def drop_leftovers(deck: Deck) -> None:
    """Take out what tells of slides that are no longer there: their titles and a picture of one."""
    package = deck.part.package
    kinds = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    for key, found in list(package._rels.items()):
        if found.reltype in kinds:
            package._rels.pop(key)


def _opening_titles(master: Any) -> list[Any]:
    return [shape for layout in master.slide_layouts for shape in placeholders(layout, TITLES)]


def _place(shape: Any) -> None:
    sides = PLACES.get(shape.placeholder_format.type)
    if sides is not None:
        shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in sides)


def _set_title_style(master: Any) -> None:
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    run = title.find(qn("a:defRPr"))
    run.set("sz", "2800")
    run.set("b", "1")
    for layout in master.slide_layouts:
        for shape in placeholders(layout, (PP_PLACEHOLDER.SUBTITLE,)):
            for level in shape.element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")


def _set_theme(master: Any) -> None:
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8").replace('name="Office Theme"', 'name="cxdrivers"')
    text = re.sub(r'(<a:(?:major|minor)Font><a:latin typeface=")[^"]*', rf"\g<1>{FONT}", text)
    for name, colour in COLOURS.items():
        value = f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", value, text, flags=re.DOTALL)
    theme._blob = text.encode("utf-8")
