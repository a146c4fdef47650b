"""Put a table on a slide in letters that fit, and give one on an old slide new numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu

from cxdrivers.report.deck.deck_frames import Box
from cxdrivers.report.deck.deck_measure import INSET, POINT, height_of, width_of
from cxdrivers.report.deck.deck_text import rewrite_text, said, write_text
from cxdrivers.report.deck.package import plain
from cxdrivers.report.page.document import NUMBER

SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
LONGEST_WORD = 20.0
"""A longer word is broken; in sizes of its letters."""
SHORT = 18.0
"""A text that stands in one line where there is room; in sizes of its letters."""
PADDING = 2 * INSET + 20_000
ROW = 1.9
"""Height of a row of one line, in sizes."""


def add_table(shapes: Any, box: Box, table: pd.DataFrame, language: str) -> tuple[Any, int]:
    """Add as much of a table as fits and return its frame, and how many rows that is.

    Parameters
    ----------
    shapes, box
        Of the slide; where the table may stand.
    table
        Texts only.
    language
        Of the texts.
    """
    texts = [[plain(name) for name in table.columns], *table.map(plain).to_numpy().tolist()]
    size, widths, heights = _fitted(texts, box)
    texts = texts[: len(heights)]
    frame = shapes.add_table(len(texts), len(widths), box.left, box.top, sum(widths), sum(heights))
    drawn = frame.table
    numeric = _numeric(table)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Emu(width)
    for row, height, cells in zip(drawn.rows, heights, texts, strict=True):
        row.height = Emu(height)
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            write_text(cell.text_frame, (text,), language, size=size)
            if place in numeric:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return frame, len(texts) - 1


def refresh_table(table: Any, new: pd.DataFrame, language: str) -> bool:
    """Give a table new rows in the looks it has; columns that somebody took out stay out.

    Returns
    -------
    bool
        False when a heading is not one of the new table, so that nothing was done.
    """
    headings = [said(cell.text_frame) for cell in table.rows[0].cells]
    known = {plain(name): name for name in new.columns}
    if not set(headings) <= known.keys() or len(set(headings)) != len(headings) or new.empty:
        return False
    shown = new[[known[heading] for heading in headings]].map(plain).to_numpy().tolist()
    element = table._tbl
    rows = list(element.tr_lst)
    for extra in rows[len(shown) + 1 :]:
        element.remove(extra)
    while len(element.tr_lst) < len(shown) + 1:
        element.append(_copied(element.tr_lst[-1]))
    for row, cells in zip(list(table.rows)[1:], shown, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            rewrite_text(cell.text_frame, (text,), language)
    return True


def _copied(row: Any) -> Any:
    """Return a copy of a row without what makes it unique in the file."""
    copied = row.__deepcopy__({})
    for child in copied.findall("{*}extLst"):
        copied.remove(child)
    return copied


def _fitted(texts: list[list[str]], box: Box) -> tuple[float, list[int], list[int]]:
    """Return size, widths of columns and heights of rows: as large as lets all rows fit.

    In the smallest size as many rows as fit.
    """
    columns = list(zip(*texts, strict=True))
    for size in SIZES:
        widths = _widths(columns, size, box.width)
        heights = [_height(row, widths, size) for row in texts]
        whole = sum(widths) <= box.width
        if whole and sum(heights) <= box.height:
            return size, widths, heights
    kept = [sum(heights[: place + 1]) <= box.height for place in range(len(heights))]
    scale = min(1.0, box.width / sum(widths))
    return size, [int(scale * width) for width in widths], heights[: max(2, sum(kept))]


def _widths(columns: list[tuple[str, ...]], size: float, width: int) -> list[int]:
    """Return the widths of columns: short ones in one line, the rest for the long ones.

    No column is narrower than its longest word, unless that is very long.
    """
    least = [max(width_of(word) for text in column for word in _words(text)) for column in columns]
    whole = [max(map(width_of, column)) for column in columns]
    words = [int(min(part, LONGEST_WORD) * size * POINT) + PADDING for part in least]
    wanted = [int(part * size * POINT) + PADDING for part in whole]
    lines = [
        max(less, more) if part <= SHORT else less
        for less, more, part in zip(words, wanted, whole, strict=True)
    ]
    needed = lines if sum(lines) <= width else words
    missing = [max(more - less, 0) for more, less in zip(wanted, needed, strict=True)]
    room = max(width - sum(needed), 0)
    share = min(room / (sum(missing) or 1), 1.0)
    spare = max(room - sum(missing), 0) // len(columns)
    return [less + int(share * more) + spare for less, more in zip(needed, missing, strict=True)]


def _height(row: list[str], widths: list[int], size: float) -> int:
    lines = (height_of((text,), size, width) for text, width in zip(row, widths, strict=True))
    return max(int(ROW * size * POINT), *lines)


def _words(text: str) -> list[str]:
    return text.split(" ")


def _numeric(table: pd.DataFrame) -> set[int]:
    return {
        place
        for place, (_, column) in enumerate(table.items())
        if any(column) and all(not text or NUMBER.fullmatch(text) for text in column)
    }
