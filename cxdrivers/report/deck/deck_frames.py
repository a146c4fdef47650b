"""Find room on a slide: which layouts to use, and where title, chart and source go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

from cxdrivers.errors import CxError

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
ASIDE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
LEAST_HIGH, LEAST_WIDE = 0.5, 0.6
"""What must be left below a title for charts, as parts of the slide; else the title is moved up."""
KICKER = 0.055
SOURCE = 0.05
"""Heights of the lines above and below a chart, as parts of the slide."""
MARGIN = 0.045


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Where it ends."""
        return self.top + self.height

    @property
    def place(self) -> tuple[int, int, int, int]:
        """What python-pptx asks for."""
        return self.left, self.top, self.width, self.height


@dataclass(frozen=True, eq=False)
class Frame:
    """Where things go in a presentation.

    Attributes
    ----------
    opening, answer
        The layouts of the first slide and of all others.
    title, kicker, body, source
        Boxes on a slide of an answer, from top to bottom.
    moved
        Whether the title must leave the place that its layout gives it.
    number
        Where the number of the slide goes when the layout has no place for it.
    """

    opening: SlideLayout
    answer: SlideLayout
    title: Box
    kicker: Box
    body: Box
    source: Box
    moved: bool
    number: Box


def frame_of(deck: Deck) -> Frame:
    """Return where things go, from the layouts that a presentation has.

    Layouts are chosen by their placeholders: a title slide for the first, a title and as little
    else as possible for the others.

    Raises
    ------
    CxError
        When no layout has a title.
    """
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    titled = [layout for layout in layouts if _of_kind(layout, TITLES)]
    if not titled:
        raise CxError("deck_no_layout", count=len(layouts))
    plain = [layout for layout in titled if _of_kind(layout, (PP_PLACEHOLDER.TITLE,))]
    answer = min(plain or titled, key=_others)
    opening = next((one for one in titled if _of_kind(one, (PP_PLACEHOLDER.CENTER_TITLE,))), answer)
    width, height = int(deck.slide_width or 0), int(deck.slide_height or 0)
    title = _box(_of_kind(answer, TITLES)[0])
    bottom = min(
        (
            box.top
            for shape in _of_kind(answer, ASIDE)
            if (box := _box(shape)) is not None and box.top > 0.8 * height
        ),
        default=int((1 - MARGIN) * height),
    )
    moved = title is None or not _leaves_room(title, bottom, width, height)
    if title is None or moved:
        edge = int(MARGIN * width)
        title = Box(edge, int(0.05 * height), width - 2 * edge, int(0.17 * height))
    kicker = Box(title.left, title.bottom, title.width, int(KICKER * height))
    across = max(title.width, _right_edge(answer, title, bottom, width) - title.left)
    source = Box(title.left, bottom - int(SOURCE * height), across, int(SOURCE * height))
    body = Box(title.left, kicker.bottom, across, source.top - kicker.bottom)
    edge = int(0.07 * width)
    number = Box(width - edge, height - int(0.06 * height), edge, int(0.05 * height))
    return Frame(opening, answer, title, kicker, body, source, moved, number)


def placeholders(slide: Any, kinds: tuple[PP_PLACEHOLDER, ...]) -> list[Any]:
    """Return the placeholders of some kinds on a slide, a layout or a master."""
    return [shape for shape in slide.placeholders if shape.placeholder_format.type in kinds]


_of_kind = placeholders


def _others(layout: SlideLayout) -> int:
    return len(layout.placeholders) - len(_of_kind(layout, (*TITLES, *ASIDE)))


def _leaves_room(title: Box, bottom: int, width: int, height: int) -> bool:
    high = bottom - title.bottom - int((KICKER + SOURCE) * height)
    return high >= LEAST_HIGH * height and title.width >= LEAST_WIDE * width


def _right_edge(answer: SlideLayout, title: Box, bottom: int, width: int) -> int:
    """Return how far right things go below a title that makes room for a logo beside it."""
    drawn = [*answer.shapes, *answer.slide_master.shapes]
    boxes = [box for shape in drawn if not shape.is_placeholder and (box := _box(shape))]
    beside = [
        box.left - int(MARGIN * width)
        for box in boxes
        if box.left >= title.left + title.width and box.top < bottom and box.bottom > title.bottom
    ]
    return min([width - min(title.left, int(2 * MARGIN * width)), *beside])


def _box(shape: Any) -> Box | None:
    sides = (shape.left, shape.top, shape.width, shape.height)
    return None if None in sides else Box(*(int(side) for side in sides))
