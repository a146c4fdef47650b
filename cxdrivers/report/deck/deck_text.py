"""Write text in the language that a spell checker should know, and read it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import ColorFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.text.text import _Run
from pptx.util import Pt

from cxdrivers.report.deck.deck_measure import BETWEEN, fitting_size
from cxdrivers.report.deck.package import plain

LANGUAGE_IDS = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "nl": MSO_LANGUAGE_ID.DUTCH}
LANGUAGE_TAGS = {"en": "en-GB", "nl": "nl-NL"}
SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0)
MUTED = 0.35
"""How much lighter than the text colour what stands aside is."""


def write_text(
    frame: Any,
    paragraphs: Sequence[str],
    language: str,
    *,
    size: float | None = None,
    bold: bool | None = None,
    muted: bool = False,
) -> None:
    """Write paragraphs in a text frame, in place of what it said.

    Parameters
    ----------
    frame
        Of a shape or a cell.
    paragraphs, language
        What to write.
    size, bold
        As the frame has it when None.
    muted
        Lighter than other text.
    """
    frame.clear()
    for place, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if place and size:
            paragraph.space_before = Pt(BETWEEN * size)
        run = paragraph.add_run()
        run.text = plain(text).replace("\n", " ")
        run.font.bold = bold
        if size is not None:
            run.font.size = Pt(size)
        if muted:
            mute(run.font.color)
        speak(run, language)
        if not text and size is not None:
            _hold(paragraph, run._r)


def rewrite_text(frame: Any, paragraphs: Sequence[str], language: str) -> None:
    """Write paragraphs in place of what a text frame says, looking as they did."""
    for text, paragraph in zip(paragraphs, frame.paragraphs, strict=False):
        runs = paragraph.runs or (_filled(paragraph),)
        runs[0].text = plain(text).replace("\n", " ")
        speak(runs[0], language)
        for run in runs[1:]:
            run._r.getparent().remove(run._r)
    for paragraph in frame.paragraphs[len(paragraphs) :]:
        paragraph._p.getparent().remove(paragraph._p)
    for text in paragraphs[len(frame.paragraphs) :]:
        paragraph = frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(text)
        _look_like(run, frame)
        speak(run, language)


def shrink_text(shape: Any, paragraphs: Sequence[str]) -> None:
    """Make the letters of a text smaller when it has grown too long for its box."""
    runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
    sizes = [run.font.size.pt for run in runs if run.font.size is not None]
    if not sizes:
        return
    smaller = [max(sizes), *(size for size in SIZES if size < max(sizes))]
    size = fitting_size(paragraphs, shape.width, shape.height, smaller) or smaller[-1]
    if size < max(sizes):
        for run in runs:
            run.font.size = Pt(size)


def said(frame: Any) -> str:
    """Return what a text frame says, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in frame.paragraphs)


def mute(colour: ColorFormat) -> None:
    """Make a colour lighter than that of other text."""
    colour.theme_color = MSO_THEME_COLOR.TEXT_1
    colour.brightness = MUTED


def speak(run: _Run, language: str) -> None:
    """Tell the spell checker in which language a run is."""
    run.font.language_id = LANGUAGE_IDS[language]


def _hold(paragraph: Any, run: Any) -> None:
    """Give an empty line the height of its letters; PowerPoint would take those of the theme."""
    end = paragraph._p.get_or_add_endParaRPr()
    for name in ("lang", "sz"):
        end.set(name, run.rPr.get(name))
    paragraph._p.remove(run)


def _filled(paragraph: Any) -> _Run:
    """Return a run in an empty line, in letters of its height."""
    end, run = paragraph._p.endParaRPr, paragraph.add_run()
    if end is not None and end.get("sz"):
        run.font.size = Pt(int(end.get("sz")) / 100)
    return run  # type: ignore[no-any-return]


def _look_like(run: _Run, frame: Any) -> None:
    first = frame.paragraphs[0]
    run.font.size, run.font.bold = first.runs[0].font.size, first.runs[0].font.bold
    frame.paragraphs[-1].space_before = frame.paragraphs[-2].space_before
