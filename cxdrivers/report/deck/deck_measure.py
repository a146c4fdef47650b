"""Measure text without knowing the font: how wide it is, how many lines, which size fits."""

from __future__ import annotations

from collections.abc import Sequence

POINT = 12_700
LINE = 1.2
"""Height of a line, in sizes of its letters."""
BETWEEN = 0.6
"""Room between paragraphs, in sizes."""
INSET = 91_440
"""What PowerPoint keeps free on the left and on the right of a text, and half of it above."""
NARROW = frozenset("ijlI|!.,:;'‘’ \u00a0")
SLIM = frozenset('ftr()[]-/–"“”')
WIDE = frozenset("mMwW%@…—")


def width_of(text: str) -> float:
    """Return how wide a text is, in sizes of its letters: rather more than less, in any font."""
    return sum(map(_letter, text))


def lines_of(text: str, size: float, width: int) -> int:
    """Return how many lines a text takes.

    Parameters
    ----------
    text
        One paragraph, or several with line ends between them.
    size
        Of the letters, in points.
    width
        Of the box, in EMU.
    """
    room = max((width - 2 * INSET) / (size * POINT), 1.0)
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def height_of(paragraphs: Sequence[str], size: float, width: int) -> int:
    """Return how high paragraphs are, in EMU, with the room between them."""
    lines = sum(lines_of(text, size, width) for text in paragraphs)
    return int((LINE * lines + BETWEEN * (len(paragraphs) - 1)) * size * POINT) + INSET


def fitting_size(
    paragraphs: Sequence[str], width: int, height: int, sizes: Sequence[float]
) -> float | None:
    """Return the first of the sizes, largest first, in which paragraphs fit, if any."""
    return next((size for size in sizes if height_of(paragraphs, size, width) <= height), None)


def _lines(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        width = width_of(word)
        if used and used + _letter(" ") + width > room:
            lines, used = lines + 1, 0.0
        lines += int(width // room)
        used += width % room + (_letter(" ") if used else 0.0)
    return lines


def _letter(letter: str) -> float:
    if letter in NARROW:
        return 0.3
    if letter in SLIM:
        return 0.36
    if letter in WIDE:
        return 0.92
    if letter > "\u2e7f":
        return 1.2
    return 0.7 if letter.isupper() else 0.56
