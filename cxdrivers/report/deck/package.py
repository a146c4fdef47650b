"""Open a PowerPoint file from elsewhere safely, and write one as the same bytes every time."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from lzma import LZMAError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812  (an exception by its usual form)

from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.presentation import Presentation as Deck

from cxdrivers.characters import without_controls
from cxdrivers.errors import CxError

MOST_BYTES = 400_000_000
MOST_PARTS = 20_000
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip can hold."""
CONTENT_TYPES = "[Content_Types].xml"
TEMPLATE = b"presentationml.template.main+xml"
PRESENTATION = b"presentationml.presentation.main+xml"
MACROS = b"macroEnabled"
BROKEN = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    KeyError,
    LZMAError,
    NotImplementedError,
    OSError,
    PythonPptxError,
    RuntimeError,
    TypeError,
    ValueError,
    SyntaxError,
    ZlibError,
)
"""What the readers of zip, XML and PowerPoint raise on a file that is damaged or locked."""


def opened(content: bytes) -> Deck:
    """Read a presentation or a template.

    Parameters
    ----------
    content
        A ``.pptx`` or ``.potx`` file.

    Raises
    ------
    CxError
        When it is something else, is locked, has macros, or unpacks to more than is read.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_size(package)
            types = package.read(CONTENT_TYPES)
            readable = _repacked(package, {CONTENT_TYPES: types.replace(TEMPLATE, PRESENTATION)})
        deck = Presentation(BytesIO(readable))
        for slide in deck.slides:
            len(slide.shapes)
        len(deck.slide_masters)
    except CxError:
        raise
    except BROKEN as error:
        raise CxError("deck_unreadable", size=len(content)) from error
    if MACROS in types:
        raise CxError("deck_unreadable", size=len(content))
    return deck


def written(deck: Deck) -> bytes:
    """Return a presentation as bytes in which no clock can be read."""
    buffer = BytesIO()
    deck.save(buffer)
    with ZipFile(buffer) as package:
        return _repacked(package, {})


def day_of(date: str) -> datetime:
    """Return the start of an ISO day."""
    return datetime.fromisoformat(date).replace(tzinfo=UTC)


def plain(text: object) -> str:
    r"""Return a text without the characters that would break a file or hide its words.

    Examples
    --------
    >>> plain("a\x00b")
    'a b'
    """
    return without_controls(str(text))


def _check_size(package: ZipFile) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES or len(parts) > MOST_PARTS:
        most = {"most": MOST_BYTES, "most_parts": MOST_PARTS}
        raise CxError("deck_too_large", parts=len(parts), size=size, **most)


def _repacked(package: ZipFile, replaced: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    last = {part.filename: part for part in package.infolist()}
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for part in last.values():
            entry = ZipInfo(part.filename, FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, replaced.get(part.filename) or package.read(part))
    return buffer.getvalue()
