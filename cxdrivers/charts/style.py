"""Keep one visual language: colours, sizes, and how a figure becomes SVG.

Colours differ in lightness too, so that a chart survives a black-and-white printer and eyes that
see fewer colours; those of text are dark enough to be read on white. The font ships with
Matplotlib, so it is there on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO, StringIO
from textwrap import wrap
from typing import Any, cast
from warnings import catch_warnings, filterwarnings
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import PlaceHolderLayoutEngine

from cxdrivers.characters import without_controls

INK = "#1f2933"
ACCENT = "#0b4f79"
MUTED = "#687481"
FAINT = "#d9dee3"
FONT = "DejaVu Sans"
TEXT = 10
SMALL = 8.5
WIDTH = 7.2
ROW_HEIGHT = 0.42
MARGIN = 1.15
LABEL_WIDTH, LABEL_LINES = 28, 2
LONGEST_WORD = 40
"""Letters of a word that stays whole; a longer one would leave a chart no room."""


def figure_for_rows(rows: int) -> tuple[Figure, Axes]:
    """Return a figure of its own, high enough for so many rows of labels."""
    figure = Figure(figsize=_size(rows), layout="constrained")
    return figure, figure.subplots()


def notebook_axes(rows: int) -> Axes:
    """Return axes that a notebook or window shows by itself."""
    import matplotlib.pyplot as plt  # noqa: PLC0415  (reports must not touch the global state)

    axes: Axes = plt.subplots(figsize=_size(rows), layout="constrained")[1]
    return axes


def _size(rows: int) -> tuple[float, float]:
    return WIDTH, MARGIN + ROW_HEIGHT * rows


def axis_label(text: str) -> str:
    """Return a label in at most two lines that fit beside a chart; what is cut ends in "…".

    Examples
    --------
    >>> axis_label("Bereikbaarheid van het klantcontactcentrum").splitlines()
    ['Bereikbaarheid van het', 'klantcontactcentrum']
    """
    return "\n".join(label_lines(text, LABEL_WIDTH, most=LABEL_LINES))


def label_lines(text: str, width: int, *, most: int, longest: int = LONGEST_WORD) -> list[str]:
    """Return a text in lines that break between words only, however long a compound is.

    Parameters
    ----------
    text
        To be read in a chart.
    width
        Letters that fit in a line; a longer word has a line of its own.
    most
        Lines there may be; what is cut ends in "…".
    longest
        Letters of a word that stays whole.
    """
    words = re.sub(rf"(\S{{{longest - 1}}})\S\S+", r"\1…", without_controls(text))
    lines = wrap(words, width, break_long_words=False) or [""]
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1], width)]


def _cut(line: str, width: int) -> str:
    """Return as much of a line as leaves room for a mark that there was more: one word at least."""
    while len(line) + 2 > width and " " in line:
        line = line.rpartition(" ")[0]
    return f"{line} …"


def clear_frame(ax: Axes) -> None:
    """Take away everything around the data that carries no information."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(FAINT)
    ax.tick_params(axis="both", length=0, labelsize=TEXT, labelcolor=INK, labelfontfamily=FONT)
    ax.tick_params(axis="x", labelsize=SMALL, labelcolor=MUTED)
    ax.grid(axis="x", color=FAINT, linewidth=0.7)
    ax.set_axisbelow(True)


@contextmanager
def plain_letters() -> Iterator[None]:
    """Draw texts as they are: dollar signs hold no formula, a box stands for an unknown letter."""
    with _settings({"text.parse_math": False}), catch_warnings():
        filterwarnings("ignore", "Glyph .* missing from font")
        yield


@contextmanager
def _settings(chosen: Mapping[str, Any]) -> Iterator[None]:
    """Let Matplotlib have some settings meanwhile.

    All others stay as they become: a notebook says that charts are to be shown while the first one
    is drawn, and `matplotlib.rc_context` would forget that.
    """
    settings = cast("dict[str, Any]", mpl.rcParams)
    before = {name: settings[name] for name in chosen}
    settings.update(chosen)
    try:
        yield
    finally:
        settings.update(before)


def settled(figure: Figure) -> Figure:
    """Lay a figure out for good, so that every file that shows it is drawn alike.

    Matplotlib lays a figure out again whenever it is drawn, and not always in the same way.
    """
    if not isinstance(figure.get_layout_engine(), PlaceHolderLayoutEngine):
        with plain_letters():
            figure.draw_without_rendering()
        figure.set_layout_engine("none")
    return figure


def png_of(figure: Figure, *, dots_per_inch: int) -> bytes:
    """Return a figure as a picture, the same bytes every time."""
    buffer = BytesIO()
    with plain_letters():
        settled(figure).savefig(
            buffer, format="png", dpi=dots_per_inch, metadata={"Software": None}
        )
    return buffer.getvalue()


def svg_of(figure: Figure, *, stem: str, title: str, description: str) -> str:
    """Return a figure as an SVG element to stand inside a page, the same bytes every time.

    Parameters
    ----------
    figure
        The figure.
    stem
        Begins every id in the element, so that several can stand on one page.
    title, description
        What a screen reader says: the name of the chart, and what it shows.
    """
    buffer = StringIO()
    with _settings({"svg.hashsalt": stem, "svg.fonttype": "path"}), plain_letters():
        settled(figure).savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r'\bid="', f'id="{stem}-', text)
    text = re.sub(r'(url\(|href=")#', rf"\g<1>#{stem}-", text)
    opening, rest = text.split(">", 1)
    names = f'role="img" aria-labelledby="{stem}-title {stem}-desc"'
    return without_controls(
        f'{opening} {names}>\n <title id="{stem}-title">{escape(title)}</title>\n'
        f' <desc id="{stem}-desc">{escape(description)}</desc>{rest}'
    )
